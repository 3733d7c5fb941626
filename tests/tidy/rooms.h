// The rooms as the CMakeLists.txt declare them, and the floors as floors.txt has them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/tree.h"

namespace tenon::tidy {

struct Room {
  std::string folder;             // "engine/rule"
  std::string name;               // As declared: "rule".
  std::vector<std::string> uses;  // Names, as declared.
  std::string file;               // The CMakeLists.txt.
  int line = 0;
};

struct Floor {
  int height = 0;  // Within its side: engine and runtime count apart.
  bool pure = false;
  bool door = false;  // Of the engine: runtime may open it.
};

constexpr std::string_view kFloorsFile = "tests/tidy/floors.txt";

std::vector<Room> rooms_of(const Tree& tree);
std::map<std::string, Floor, std::less<>> floors_of(const Tree& tree);

// "engine/flow" of "engine/flow/nodes/wait.cpp"; "" outside engine and runtime, and for web code.
std::string room_folder_of(std::string_view path);

}  // namespace tenon::tidy
