// Whole numbers, logarithms, multiples.
#include "engine/formula/fixed.h"
#include "engine/formula/functions.h"

namespace tenon::formula {
namespace {

Decimal magnitude(const Decimal& number) {
  return number.is_negative() ? number.negated() : number;
}

Result<Value> quotient(Arguments arguments) {
  const Decimal size = magnitude(number_at(arguments, 0));
  const Decimal by = magnitude(number_at(arguments, 1));
  TENON_TRY(const auto rest, modulo(size, by));
  TENON_TRY(const auto whole, subtract(size, rest));
  TENON_TRY(const auto result, divide(whole, by));
  const bool negative =
      number_at(arguments, 0).is_negative() != number_at(arguments, 1).is_negative();
  return Value{negative ? result.negated() : result};
}

Result<Decimal> common_divisor(Decimal a, Decimal b) {
  while (!b.is_zero()) {
    TENON_TRY(const auto rest, modulo(a, b));
    a = b;
    b = rest;
  }
  return a;
}

Result<Decimal> common_multiple(const Decimal& a, const Decimal& b) {
  if (a.is_zero() || b.is_zero()) return Decimal();
  TENON_TRY(const auto divisor, common_divisor(a, b));
  TENON_TRY(const auto part, divide(a, divisor));
  return multiply(part, b);
}

Result<Value> folded(Arguments arguments, Result<Decimal> (*step)(const Decimal&, const Decimal&)) {
  Value result;
  for (const Value* value : arguments) {
    if (is_empty(*value)) continue;
    const Decimal whole = std::get<Decimal>(*value).truncated(0);
    if (whole.is_negative()) return bad_argument("this needs numbers that are not negative");
    if (is_empty(result)) {
      result = whole;
      continue;
    }
    TENON_TRY(result, step(std::get<Decimal>(result), whole));
  }
  return result;
}

Result<Decimal> divisor_step(const Decimal& a, const Decimal& b) { return common_divisor(a, b); }

Result<Value> greatest_divisor(Arguments arguments) { return folded(arguments, divisor_step); }
Result<Value> least_multiple(Arguments arguments) { return folded(arguments, common_multiple); }

// from · (from - 1) · …, so many factors.
Result<Value> falling(std::int64_t from, std::int64_t factors) {
  Decimal product = Decimal::of(1);
  for (std::int64_t i = 0; i < factors; ++i) {
    TENON_TRY(product, multiply(product, Decimal::of(from - i)));
  }
  return Value{product};
}

Result<Value> factorial(Arguments arguments) {
  const std::int64_t count = whole_at(arguments, 0);
  if (count < 0) return bad_argument("FACT needs a number that is not negative");
  return falling(count, count);
}

Result<Value> permutations(Arguments arguments) {
  const std::int64_t count = whole_at(arguments, 0);
  const std::int64_t chosen = whole_at(arguments, 1);
  if (chosen < 0 || count < chosen) return bad_argument("so many cannot be chosen");
  return falling(count, chosen);
}

Result<Value> combinations(Arguments arguments) {
  const std::int64_t count = whole_at(arguments, 0);
  std::int64_t chosen = whole_at(arguments, 1);
  if (chosen < 0 || count < chosen) return bad_argument("so many cannot be chosen");
  chosen = std::min(chosen, count - chosen);
  Decimal product = Decimal::of(1);
  for (std::int64_t i = 0; i < chosen; ++i) {
    TENON_TRY(const auto raised, multiply(product, Decimal::of(count - i)));
    TENON_TRY(product, divide(raised, Decimal::of(i + 1)));
  }
  return Value{product};
}

Result<Value> near_multiple(Arguments arguments) {
  const Decimal& number = number_at(arguments, 0);
  const Decimal& step = number_at(arguments, 1);
  if (number.is_zero() || step.is_zero()) return Value{Decimal()};
  if (number.is_negative() != step.is_negative()) {
    return bad_argument("MROUND needs two numbers of the same sign");
  }
  const Decimal size = magnitude(step);
  TENON_TRY(const auto rest, modulo(magnitude(number), size));
  TENON_TRY(const auto above, subtract(size, rest));
  TENON_TRY(auto near, subtract(magnitude(number), rest));
  if (rest >= above) {
    TENON_TRY(near, add(near, size));
  }
  return Value{number.is_negative() ? near.negated() : near};
}

Result<Value> is_odd_whole(Arguments arguments, bool odd) {
  TENON_TRY(const auto rest, modulo(number_at(arguments, 0).truncated(0), Decimal::of(2)));
  return Value{rest.is_zero() != odd};
}

Result<Value> is_even(Arguments arguments) { return is_odd_whole(arguments, false); }
Result<Value> is_odd(Arguments arguments) { return is_odd_whole(arguments, true); }

Result<Value> exponential(Arguments arguments) {
  const Decimal& number = number_at(arguments, 0);
  if (number < Decimal::of(-100)) return Value{Decimal()};
  if (number > Decimal::of(100)) return out_of_range("the number needs more than 34 digits");
  return value_of(Fixed(number).exponential().rounded());
}

Result<Value> logarithm_to(const Decimal& number, const Decimal& base) {
  if (number.is_negative() || number.is_zero() || base.is_negative() || base.is_zero()) {
    return bad_argument("only a number above zero has a logarithm");
  }
  const Fixed unit = Fixed::logarithm(base);
  if (unit.is_zero()) {
    return Error::invalid("", "division_by_zero", "there is no logarithm to the base 1");
  }
  return value_of((Fixed::logarithm(number) / unit).rounded());
}

Result<Value> natural_logarithm(Arguments arguments) {
  const Decimal& number = number_at(arguments, 0);
  if (number.is_negative() || number.is_zero()) {
    return bad_argument("only a number above zero has a logarithm");
  }
  return value_of(Fixed::logarithm(number).rounded());
}

Result<Value> logarithm(Arguments arguments) {
  return logarithm_to(number_at(arguments, 0),
                      arguments.size() > 1 ? number_at(arguments, 1) : Decimal::of(10));
}

Result<Value> pi(Arguments /*arguments*/) {
  return value_of(Decimal::parse("3.141592653589793238462643383279503"));
}

constexpr Parameter kNumber[] = {{"number", Takes::number}};
constexpr Parameter kDivision[] = {{"number", Takes::number}, {"divisor", Takes::number}};
constexpr Parameter kChoice[] = {{"number", Takes::number}, {"chosen", Takes::number}};
constexpr Parameter kMultiple[] = {{"number", Takes::number}, {"multiple", Takes::number}};
constexpr Parameter kBase[] = {{"number", Takes::number}, {"base", Takes::number, true}};

constexpr Function kFunctions[] = {
    number_function("QUOTIENT", kDivision, quotient),
    {"GCD", kNumber, 1, Kind::number, Nulls::skip, Op::call, greatest_divisor},
    {"LCM", kNumber, 1, Kind::number, Nulls::skip, Op::call, least_multiple},
    number_function("FACT", kNumber, factorial),
    number_function("COMBIN", kChoice, combinations),
    number_function("PERMUT", kChoice, permutations),
    number_function("MROUND", kMultiple, near_multiple),
    {"ISEVEN", kNumber, 0, Kind::boolean, Nulls::propagate, Op::call, is_even},
    {"ISODD", kNumber, 0, Kind::boolean, Nulls::propagate, Op::call, is_odd},
    number_function("EXP", kNumber, exponential),
    number_function("LN", kNumber, natural_logarithm),
    number_function("LOG", kBase, logarithm),
    number_function("LOG10", kNumber, logarithm),
    {"PI", {}, 0, Kind::number, Nulls::own, Op::call, pi},
};

}  // namespace

std::span<const Function> whole_functions() { return kFunctions; }

}  // namespace tenon::formula
