// What tidy reports, and the rules it knows. Every rule is a pure function of the tree.
#pragma once

#include <string>
#include <vector>

#include "tests/tidy/tree.h"

namespace tenon::tidy {

struct Finding {
  std::string rule;  // "floor", "size", …: the word that exceptions.txt uses.
  std::string path;
  int line = 0;  // 0: the file as a whole.
  std::string message;

  friend bool operator==(const Finding&, const Finding&) = default;
};
using Findings = std::vector<Finding>;

void check_floors(const Tree& tree, Findings& findings);     // floors.cpp
void check_foreign(const Tree& tree, Findings& findings);    // foreign.cpp
void check_sizes(const Tree& tree, Findings& findings);      // sizes.cpp
void check_functions(const Tree& tree, Findings& findings);  // functions.cpp
void check_names(const Tree& tree, Findings& findings);      // names.cpp
void check_client(const Tree& tree, Findings& findings);     // client.cpp
void check_words(const Tree& tree, Findings& findings);      // words.cpp

// All of them, less what tests/tidy/exceptions.txt excuses; an exception that excuses nothing, or
// gives no reason, is a finding itself. Sorted by path and line.
Findings check(const Tree& tree);

}  // namespace tenon::tidy
