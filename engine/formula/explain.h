// Why a formula has its value: what was written, as a tree with the value of each part.
//
// The same walk as Formula::evaluate(), noted down. Parts that were not looked at (the branch of an
// IF that was not taken) say so; of an aggregate its rows are not told, only what came out.
#pragma once

#include <string>
#include <vector>

#include "engine/formula/formula.h"
#include "engine/formula/looked_up.h"

namespace tenon::formula {

// What a part reads, itself and all below it: to be asked about before its value is told.
struct Reads {
  std::vector<int> slots;     // Of the record, also as they were before.
  std::vector<int> paths;     // Places in the Needs.
  std::vector<ManyUse> many;  // One for each aggregate.
  bool is_empty() const { return slots.empty() && paths.empty() && many.empty(); }
};

struct Explanation {
  enum class State { value, error, unused };
  int begin = 0;  // Bytes in the text.
  int end = 0;
  Kind kind = Kind::text;
  State state = State::unused;
  Value value;            // Of `value`; may be null.
  std::string rule;       // Of `error`: as Formula::evaluate() refuses.
  bool is_input = false;  // A field or a path: its value does not hang on what else was looked at.
  Reads reads;
  Finding finding;  // Of a part that looks something up.
  std::vector<Explanation> parts;
};

// Of the whole first; literals have no parts and are left out below a part that is not one.
Explanation explain(const Formula& formula, const Scope& scope);

// Of the whole, without evaluating it.
Reads reads_of(const Formula& formula);

}  // namespace tenon::formula
