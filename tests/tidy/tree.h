// The files that tidy looks at, read once; a test builds a small one by hand.
//
// Paths are relative to the root, with '/'. What git ignores by the root's .gitignore (build, data,
// node_modules) is not part of it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::tidy {

struct File {
  std::string path;
  std::string text;
};

struct Tree {
  std::vector<File> files;       // Sorted by path.
  std::vector<std::string> top;  // Names in the root, folders with a '/' behind.

  const File* find(std::string_view path) const;
};

Tree read_tree(const std::filesystem::path& root);

bool under(std::string_view path, std::string_view folder);  // under("engine/a/b.h", "engine/a")
std::string_view extension_of(std::string_view path);        // ".h"
std::string_view file_name_of(std::string_view path);
std::string_view folder_of(std::string_view path);  // "" in the root
std::vector<std::string_view> lines_of(std::string_view text);
std::vector<std::string_view> split(std::string_view text, std::string_view separators);

bool is_cpp(std::string_view path);         // .h and .cpp
bool is_typescript(std::string_view path);  // .ts and .tsx

}  // namespace tenon::tidy
