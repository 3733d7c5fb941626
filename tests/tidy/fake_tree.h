// A small tree for the tests of tidy's rules.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "tests/tidy/finding.h"

namespace tenon::tidy {

inline Tree tree_of(std::vector<File> files) {
  Tree tree{.files = std::move(files), .top = {}};
  std::sort(tree.files.begin(), tree.files.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  return tree;
}

// "path:line: message" of every finding, as check() gives them.
inline std::vector<std::string> findings_in(std::vector<File> files) {
  std::vector<std::string> lines;
  for (const auto& [rule, path, line, message] : check(tree_of(std::move(files)))) {
    lines.push_back(path + ":" + std::to_string(line) + ": " + message);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace tenon::tidy
