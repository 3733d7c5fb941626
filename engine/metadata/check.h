// Everything there is to mend in a bundle, and what is only doubtful.
//
// Problems are exactly what load() (bundle.h) refuses. Warnings stop nothing: a translation that is
// missing, a grant that cannot be used. Each is at "<file>: <path>", its message begins with the
// line. Pure.
#pragma once

#include <vector>

#include "engine/metadata/bundle.h"

namespace tenon::metadata {

struct Findings {
  std::vector<Problem> problems;  // By file, then in the order of its text.
  std::vector<Problem> warnings;
};

Findings check(const Files& files, const Bundle* required);

// What rooms above find in these files (at "<file>: <path>"), behind what was found before: with
// lines, in order.
void add(Findings& findings, const Files& files, Findings more);

}  // namespace tenon::metadata
