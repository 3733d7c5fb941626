// What operations do to values: one meaning for evaluate() and for the functions called from SQL.
// Internal to this room; pure. The errors are those of Formula::evaluate().
#pragma once

#include <span>

#include "engine/formula/functions.h"

namespace tenon::formula {

// What came out of each node; not of what was evaluated for rows.
class Trace {
 public:
  virtual ~Trace() = default;
  // `value` is null where there is an error, of this rule.
  virtual void note(int node, const Value* value, const std::string& rule) = 0;
  virtual void found(int node, Finding finding) = 0;
};

Result<Value> evaluate(const Tree& tree, const Scope& scope, Trace* trace = nullptr);

// A function with what null does to it. May let arguments point elsewhere (an empty text).
Result<Value> called(const Function& function, std::span<const Value*> arguments);
// The same of one that looks something up.
Result<Value> looked_up(const Function& function, std::span<const Value*> arguments,
                        const LookedUp& looked_up, Finding& finding);
// + - * / ^ of two numbers.
Result<Value> calculated(Op op, const Decimal& left, const Decimal& right);
// + - of dates and moments; the number, where there is one, is on the right.
Result<Value> moved(Op op, const Value& left, const Value& right);
// Comparison of two of a kind, or of null.
bool holds(Op op, const Value& left, const Value& right);

// In this zone, or UTC where there is none.
Date local_date(DateTime moment, const calendar::Zone* zone);
Time local_time(DateTime moment, const calendar::Zone* zone);

}  // namespace tenon::formula
