// Names of files, the fixed top level, words that mean unfinished work, and header comments.
#include <algorithm>
#include <cctype>

#include "tests/tidy/finding.h"

namespace tenon::tidy {
namespace {

constexpr std::string_view kTop[] = {"CHANGELOG.md",      "CMakeLists.txt", "CONTRIBUTING.md",
                                     "LICENSE",           "README.md",      "check",
                                     "designer/",         "engine/",        "examples/",
                                     "package-lock.json", "package.json",   "run",
                                     "runtime/",          "schemas/",       "tests/"};

// A file that fits no room shows a missing word.
constexpr std::string_view kShapeless[] = {"util",     "utils",   "common",  "core",
                                           "helper",   "helpers", "misc",    "manager",
                                           "managers", "service", "services"};

// Written in two parts, so that this file passes.
constexpr std::string_view kUnfinished[] = {
    "TO"
    "DO",
    "FIX"
    "ME",
    "XX"
    "X",
    "HA"
    "CK"};

constexpr std::size_t kCommentLinesMax = 12;

bool holds(const auto& list, std::string_view item) {
  return std::find(std::begin(list), std::end(list), item) != std::end(list);
}

bool is_source(std::string_view path) {
  return under(path, "engine") || under(path, "runtime") || under(path, "designer") ||
         under(path, "tests");
}

bool is_code(std::string_view path) {
  const auto extension = extension_of(path);
  return is_cpp(path) || is_typescript(path) || extension == ".mjs" || extension == ".css" ||
         extension == ".sh" || extension.empty() || file_name_of(path) == "CMakeLists.txt";
}

void check_top(const Tree& tree, Findings& findings) {
  for (const auto& name : tree.top) {
    if (name.starts_with('.') || holds(kTop, name)) continue;
    findings.push_back({"top", name, 0, "the top level is fixed; put it in a folder"});
  }
}

void check_name(const File& file, Findings& findings) {
  const auto name = file_name_of(file.path);
  if (name != "service_worker.ts") {
    for (const auto part : split(file.path, "/_.-")) {
      if (!holds(kShapeless, part)) continue;
      findings.push_back(
          {"name", file.path, 0,
           "\"" + std::string(part) + "\" says nothing: name the type or verb it holds"});
    }
  }
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  if ((is_cpp(name) || is_typescript(name)) && !std::all_of(name.begin(), name.end(), fits)) {
    findings.push_back({"name", file.path, 0, "file names are snake_case"});
  }
}

void check_unfinished(const File& file, Findings& findings) {
  const auto is_letter = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  int number = 0;
  for (const auto line : lines_of(file.text)) {
    ++number;
    for (const auto word : kUnfinished) {
      const auto at = line.find(word);
      if (at == std::string_view::npos) continue;
      const auto end = at + word.size();
      if ((at > 0 && is_letter(line[at - 1])) || (end < line.size() && is_letter(line[end])))
        continue;
      findings.push_back({"unfinished", file.path, number,
                          std::string(word) + ": finish it, or write it down as an issue"});
    }
  }
}

void check_comment(const File& file, Findings& findings) {
  const auto lines = lines_of(file.text);
  std::size_t count = 0;
  while (count < lines.size() && lines[count].starts_with("//")) ++count;
  const auto report = [&](std::string message) {
    findings.push_back({"comment", file.path, 1, std::move(message)});
  };
  if (count == 0) return report("a header begins with a comment: what it is, what it guarantees");
  if (count > kCommentLinesMax) {
    report("the comment has " + std::to_string(count) + " lines; at most " +
           std::to_string(kCommentLinesMax));
  }
  if (count == lines.size() || lines[count] != "#pragma once") {
    report("#pragma once follows the header comment");
  }
}

}  // namespace

void check_names(const Tree& tree, Findings& findings) {
  check_top(tree, findings);
  for (const auto& file : tree.files) {
    if (is_source(file.path)) check_name(file, findings);
    if (is_code(file.path)) check_unfinished(file, findings);
    const bool is_public = under(file.path, "engine") || under(file.path, "runtime");
    if (is_public && extension_of(file.path) == ".h") check_comment(file, findings);
  }
}

}  // namespace tenon::tidy
