// What the rows of a table leave open, say twice, or say in vain; looked at when it is published.
//
// Exact over the values the tests name and what lies between them (grid.h), for rows all of whose
// tests are known at publish. A row with a formula in a test counts as covering for gaps, and not
// at all as covering for overlaps and shadows: nothing is reported that may not be so. Bounded: a
// table too large to be looked at whole says so.
#pragma once

#include "engine/decision/table.h"

namespace tenon::decision {

struct Gap {
  std::vector<std::string> cells;  // By input, as a row's cells would say it.
};

struct Overlap {
  int first;
  int second;
  bool agrees;                     // Both are known to have the same results.
  bool differs;                    // Both are known, and are not the same.
  std::vector<std::string> cells;  // Where.
};

struct Analysis {
  std::vector<Gap> gaps;          // At most kReportedMax.
  std::vector<Overlap> overlaps;  // Of all pairs, in order; as many of those that agree, differ …
  std::vector<int> shadowed;      // Never reached: rows before it (or above it) cover it whole.
  std::vector<int> impossible;    // No value passes all its tests.
  bool more_gaps = false;         // There are more than are named.
  bool more_overlaps = false;     // Of `any`: that do not agree.
  bool whole = true;  // false: the work was bounded, and there may be more of everything.
};

inline constexpr std::size_t kReportedMax = 20;

Analysis analyse(const Table& table);

}  // namespace tenon::decision
