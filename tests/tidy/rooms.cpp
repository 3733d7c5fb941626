#include "tests/tidy/rooms.h"

#include <algorithm>

namespace tenon::tidy {
namespace {

// A CMake file without its comments; lines stay where they are.
std::string without_comments(std::string_view text) {
  std::string out;
  for (const auto line : lines_of(text)) {
    out += line.substr(0, line.find('#'));
    out += '\n';
  }
  return out;
}

Room room_in(const File& file, std::string_view arguments) {
  Room room{.folder = std::string(folder_of(file.path)), .name = {}, .uses = {}, .file = file.path};
  std::string_view part;
  for (const auto word : split(arguments, " \t\n")) {
    if (room.name.empty()) {
      room.name = word;
    } else if (word == "SOURCES" || word == "USES" || word == "LIBRARIES") {
      part = word;
    } else if (part == "USES") {
      room.uses.emplace_back(word);
    }
  }
  return room;
}

}  // namespace

std::vector<Room> rooms_of(const Tree& tree) {
  std::vector<Room> rooms;
  for (const auto& file : tree.files) {
    if (file_name_of(file.path) != "CMakeLists.txt") continue;
    if (!under(file.path, "engine") && !under(file.path, "runtime")) continue;
    const auto text = without_comments(file.text);
    constexpr std::string_view kCall = "tenon_room(";
    for (auto at = text.find(kCall); at != std::string::npos; at = text.find(kCall, at + 1)) {
      const auto begin = at + kCall.size();
      const auto end = std::min(text.find(')', begin), text.size());
      rooms.push_back(room_in(file, std::string_view(text).substr(begin, end - begin)));
      const auto until = text.begin() + static_cast<std::ptrdiff_t>(at);
      rooms.back().line = 1 + static_cast<int>(std::count(text.begin(), until, '\n'));
    }
  }
  return rooms;
}

std::map<std::string, Floor, std::less<>> floors_of(const Tree& tree) {
  std::map<std::string, Floor, std::less<>> floors;
  const auto* file = tree.find(kFloorsFile);
  for (const auto line : lines_of(file == nullptr ? std::string_view() : file->text)) {
    const auto words = split(line, " \t");
    if (words.size() < 2 || words[0].starts_with('#')) continue;
    auto& floor = floors[std::string(words[0])];
    floor.height = std::stoi(std::string(words[1]));
    floor.pure = std::find(words.begin() + 2, words.end(), "pure") != words.end();
    floor.door = std::find(words.begin() + 2, words.end(), "door") != words.end();
  }
  return floors;
}

std::string room_folder_of(std::string_view path) {
  const auto parts = split(path, "/");
  if (parts.size() < 3 || (parts[0] != "engine" && parts[0] != "runtime")) return {};
  if (parts[1] == "web" || parts[1] == "web-kit") return {};
  return std::string(parts[0]) + "/" + std::string(parts[1]);
}

}  // namespace tenon::tidy
