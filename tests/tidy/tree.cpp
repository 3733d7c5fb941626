#include "tests/tidy/tree.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace tenon::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kIgnored{"build", "data", "node_modules"};
constexpr std::array<std::string_view, 11> kRead{".h",   ".cpp", ".ts", ".tsx",  ".mjs", ".js",
                                                 ".css", ".txt", ".md", ".json", ".sh"};
constexpr std::array<std::string_view, 8> kFolders{"engine",   "runtime", "designer", "schemas",
                                                   "examples", "tests",   ".ci",      ".github"};

bool holds(auto& list, std::string_view item) {
  return std::find(std::begin(list), std::end(list), item) != std::end(list);
}

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

// Sample data can be large and holds no rule's concern: only names of other files are kept.
bool is_read(const std::string& path) {
  if (path.find("/data/") != std::string::npos && under(path, "schemas")) return false;
  if (path.find("/fixtures/") != std::string::npos) return false;
  return holds(kRead, extension_of(path)) || extension_of(path).empty();
}

void read_folder(const fs::path& root, const std::string& folder, Tree& tree) {
  auto it = fs::recursive_directory_iterator(root / folder);
  for (const auto end = fs::end(it); it != end; ++it) {
    const auto name = it->path().filename().string();
    if (it->is_directory()) {
      // Only the root's /build/ and /data/ are ignored: a bundle's data/ is part of the tree.
      if (name == "node_modules") it.disable_recursion_pending();
      continue;
    }
    auto path = fs::relative(it->path(), root).generic_string();
    auto text = is_read(path) ? content_of(it->path()) : std::string();
    tree.files.push_back({std::move(path), std::move(text)});
  }
}

}  // namespace

const File* Tree::find(std::string_view path) const {
  const auto it =
      std::lower_bound(files.begin(), files.end(), path,
                       [](const File& file, auto wanted) { return file.path < wanted; });
  return it != files.end() && it->path == path ? &*it : nullptr;
}

Tree read_tree(const fs::path& root) {
  Tree tree;
  for (const auto& entry : fs::directory_iterator(root)) {
    const auto name = entry.path().filename().string();
    if (holds(kIgnored, name) || name == ".git") continue;
    tree.top.push_back(entry.is_directory() ? name + "/" : name);
    if (!entry.is_directory()) {
      tree.files.push_back({name, is_read(name) ? content_of(entry.path()) : std::string()});
    } else if (holds(kFolders, name)) {
      read_folder(root, name, tree);
    }
  }
  std::sort(tree.top.begin(), tree.top.end());
  std::sort(tree.files.begin(), tree.files.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  return tree;
}

bool under(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

std::string_view file_name_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

std::string_view folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view extension_of(std::string_view path) {
  const auto name = file_name_of(path);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto begin = text.find_first_not_of(separators);
    if (begin == std::string_view::npos) return parts;
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_of(separators), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

bool is_cpp(std::string_view path) {
  return extension_of(path) == ".h" || extension_of(path) == ".cpp";
}

bool is_typescript(std::string_view path) {
  return extension_of(path) == ".ts" || extension_of(path) == ".tsx";
}

}  // namespace tenon::tidy
