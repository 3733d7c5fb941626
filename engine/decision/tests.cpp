#include "engine/decision/tests.h"

#include <algorithm>

namespace tenon::decision {
namespace {

using Op = metadata::UnaryTest::Op;

bool is_above(const Value& value, const Value& low, bool open) {
  if (is_empty(value) || is_empty(low)) return false;
  const auto order = compare(value, low);
  return open ? order > 0 : order >= 0;
}

bool is_below(const Value& value, const Value& high, bool open) {
  if (is_empty(value) || is_empty(high)) return false;
  const auto order = compare(value, high);
  return open ? order < 0 : order <= 0;
}

Result<bool> passes_part(const Part& part, const Value& value, const formula::Scope& scope) {
  if (part.op == Op::null) return is_empty(value);
  TENON_TRY(const Value low, value_of(part.low, scope));
  switch (part.op) {
    case Op::null: return is_empty(value);
    case Op::equal: return same(value, low);
    case Op::not_equal: return !same(value, low);
    case Op::less: return is_below(value, low, true);
    case Op::less_equal: return is_below(value, low, false);
    case Op::greater: return is_above(value, low, true);
    case Op::greater_equal: return is_above(value, low, false);
    case Op::between: break;
  }
  if (!is_above(value, low, part.open_low)) return false;
  TENON_TRY(const Value high, value_of(part.high, scope));
  return is_below(value, high, part.open_high);
}

}  // namespace

bool Test::is_constant() const {
  return std::none_of(parts.begin(), parts.end(), [](const Part& part) {
    return part.low.formula.has_value() || part.high.formula.has_value();
  });
}

Result<Value> value_of(const Operand& operand, const formula::Scope& scope) {
  if (!operand.formula) return operand.value;
  return operand.formula->evaluate(scope);
}

Result<bool> passes(const Test& test, const Value& value, const formula::Scope& scope) {
  if (test.is_any()) return true;
  for (const Part& part : test.parts) {
    TENON_TRY(const bool holds, passes_part(part, value, scope));
    if (holds) return !test.negated;
  }
  return test.negated;
}

}  // namespace tenon::decision
