#include <algorithm>

#include "engine/formula/fixed.h"
#include "engine/formula/functions.h"
#include "engine/value/type.h"

namespace tenon::formula {
namespace {

// Beyond these a number of 34 digits is itself, or zero.
int digits_at(Arguments arguments) {
  constexpr std::int64_t kDigits = Decimal::kDigitsMax + Decimal::kScaleMax;
  return static_cast<int>(std::clamp(whole_at(arguments, 1), -kDigits, kDigits));
}

Result<Value> absolute(Arguments arguments) {
  const Decimal& number = number_at(arguments, 0);
  return Value{number.is_negative() ? number.negated() : number};
}

Result<Value> round(Arguments arguments) {
  return value_of(number_at(arguments, 0).rounded(digits_at(arguments)));
}

Result<Value> truncate(Arguments arguments) {
  return Value{number_at(arguments, 0).truncated(digits_at(arguments))};
}

Result<Value> round_up(Arguments arguments) {
  const Decimal& number = number_at(arguments, 0);
  const int digits = digits_at(arguments);
  const Decimal kept = number.truncated(digits);
  if (kept == number) return Value{number};
  const auto unit = Decimal::parse("1e" + std::to_string(-digits));
  if (!unit) return out_of_range("the number needs more than 34 digits");
  return value_of(add(kept, number.is_negative() ? unit->negated() : *unit));
}

Result<Value> whole_below(Arguments arguments) { return Value{number_at(arguments, 0).floor()}; }

Result<Value> remainder(Arguments arguments) {
  return value_of(modulo(number_at(arguments, 0), number_at(arguments, 1)));
}

Result<Value> power_of(Arguments arguments) {
  return raised(number_at(arguments, 0), number_at(arguments, 1));
}

Result<Value> square_root(Arguments arguments) {
  return raised(number_at(arguments, 0), Decimal::of_scaled(5, 1));
}

Result<Value> sign(Arguments arguments) {
  const Decimal& number = number_at(arguments, 0);
  return Value{Decimal::of(number.is_zero() ? 0 : number.is_negative() ? -1 : 1)};
}

Result<Value> least(Arguments arguments) {
  const Value* best = nullptr;
  for (const Value* value : arguments) {
    if (is_empty(*value)) continue;
    if (best == nullptr || compare(*value, *best) < 0) best = value;
  }
  return best == nullptr ? Value{} : *best;
}

Result<Value> greatest(Arguments arguments) {
  const Value* best = nullptr;
  for (const Value* value : arguments) {
    if (is_empty(*value)) continue;
    if (best == nullptr || compare(*value, *best) > 0) best = value;
  }
  return best == nullptr ? Value{} : *best;
}

struct Total {
  Decimal sum;
  int count = 0;
};

Result<Total> total(Arguments arguments) {
  Total total;
  for (const Value* value : arguments) {
    const auto* number = std::get_if<Decimal>(value);
    if (number == nullptr) continue;
    TENON_TRY(total.sum, add(total.sum, *number));
    ++total.count;
  }
  return total;
}

Result<Value> sum(Arguments arguments) {
  TENON_TRY(const auto all, total(arguments));
  return Value{all.sum};
}

Result<Value> average(Arguments arguments) {
  TENON_TRY(const auto all, total(arguments));
  if (all.count == 0) return Value{};
  return value_of(divide(all.sum, Decimal::of(all.count)));
}

// The greatest multiple of the (positive) step at or below, or the least at or above.
Result<Decimal> multiple(const Decimal& number, const Decimal& step, bool above) {
  const Decimal size = step.is_negative() ? step.negated() : step;
  if (size.is_zero()) return Decimal();
  TENON_TRY(const auto rest, modulo(number, size));
  TENON_TRY(const auto below, subtract(number, rest));
  return above && !rest.is_zero() ? add(below, size) : below;
}

// A negative step turns up and down about zero; a positive number has none.
Result<Value> next_multiple(Arguments arguments, bool above) {
  const Decimal& number = number_at(arguments, 0);
  const Decimal step = arguments.size() > 1 ? number_at(arguments, 1) : Decimal::of(1);
  if (step.is_negative() && !number.is_negative() && !number.is_zero()) {
    return bad_argument("a positive number has no multiples of a negative one");
  }
  return value_of(multiple(number, step, above != step.is_negative()));
}

Result<Value> ceiling(Arguments arguments) { return next_multiple(arguments, true); }

Result<Value> floor(Arguments arguments) {
  const Decimal& number = number_at(arguments, 0);
  const bool by_zero = arguments.size() > 1 && number_at(arguments, 1).is_zero();
  if (by_zero && !number.is_zero()) return value_of(divide(number, Decimal()));
  return next_multiple(arguments, false);
}

// The next whole number of the form 2n + `odd`, away from zero.
Result<Value> next_of_two(Arguments arguments, bool odd) {
  const Decimal& number = number_at(arguments, 0);
  const Decimal size = number.is_negative() ? number.negated() : number;
  const Decimal shift = Decimal::of(odd ? 1 : 0);
  TENON_TRY(const auto moved, add(size, shift));
  TENON_TRY(const auto even, multiple(moved, Decimal::of(2), true));
  TENON_TRY(const auto next, subtract(even, shift));
  if (odd && next.is_negative()) return Value{Decimal::of(1)};
  return Value{number.is_negative() ? next.negated() : next};
}

Result<Value> even(Arguments arguments) { return next_of_two(arguments, false); }
Result<Value> odd(Arguments arguments) { return next_of_two(arguments, true); }

// To 30 digits: 8 ^ (1 / 3) is 2, though 1 / 3 has lost what is behind its 34 digits.
Result<Value> raised_by_logarithm(const Decimal& base, const Decimal& exponent) {
  constexpr int kDigits = 30;
  constexpr int kPowerMax = 100;  // Of e: beyond, 34 digits hold nothing of it.
  const Fixed power = Fixed(exponent) * Fixed::logarithm(base);
  if (power < Fixed(-kPowerMax)) return Value{Decimal()};
  if (Fixed(kPowerMax) < power) return out_of_range("the number needs more than 34 digits");
  return value_of(power.exponential().rounded(Decimal::kScaleMax, kDigits));
}

constexpr Parameter kNumber[] = {{"number", Takes::number}};
constexpr Parameter kDigits[] = {{"number", Takes::number}, {"digits", Takes::number, true}};
constexpr Parameter kDivision[] = {{"number", Takes::number}, {"divisor", Takes::number}};
constexpr Parameter kPower[] = {{"number", Takes::number}, {"exponent", Takes::number}};
constexpr Parameter kStep[] = {{"number", Takes::number}, {"significance", Takes::number, true}};
constexpr Parameter kValues[] = {{"value", Takes::same}};
constexpr Parameter kExchange[] = {
    {"money", Takes::number}, {"to", Takes::text}, {"on", Takes::day, true}};

constexpr Function kFunctions[] = {
    number_function("ABS", kNumber, absolute),
    number_function("ROUND", kDigits, round),
    number_function("ROUNDUP", kDigits, round_up),
    number_function("ROUNDDOWN", kDigits, truncate),
    number_function("INT", kNumber, whole_below),
    number_function("TRUNC", kDigits, truncate),
    number_function("MOD", kDivision, remainder),
    number_function("POWER", kPower, power_of),
    number_function("SQRT", kNumber, square_root),
    number_function("SIGN", kNumber, sign),
    {"MIN", kValues, 1, std::nullopt, Nulls::skip, Op::call, least, true},
    {"MAX", kValues, 1, std::nullopt, Nulls::skip, Op::call, greatest, true},
    {"SUM", kNumber, 1, Kind::number, Nulls::skip, Op::call, sum, true},
    {"AVERAGE", kNumber, 1, Kind::number, Nulls::skip, Op::call, average, true},
    number_function("CEILING", kStep, ceiling),
    number_function("FLOOR", kStep, floor),
    number_function("EVEN", kNumber, even),
    number_function("ODD", kNumber, odd),
    // Written by the compiler: the amount times EXCHANGE_RATE of its currency.
    {"EXCHANGE", kExchange, 0, Kind::number, Nulls::propagate, Op::multiply},
};

}  // namespace

Result<Value> raised(const Decimal& base, const Decimal& exponent) {
  constexpr std::int64_t kExponentMax = 1'000'000'000;
  auto result = power(base, exponent);
  if (result) return Value{*result};
  const std::string& rule = result.error().problems.front().rule;
  if (rule == "overflow" || rule == "division_by_zero") return std::move(result.error());
  if (rule == "domain") return bad_argument(std::move(result.error().problems.front().message));
  if (base.is_negative()) {
    return bad_argument("a negative number has whole powers only, from -10,000 to 10,000");
  }
  if (base.is_zero()) return raised(base, Decimal::of(exponent.is_negative() ? -1 : 1));
  if (exponent > Decimal::of(kExponentMax) || exponent < Decimal::of(-kExponentMax)) {
    return bad_argument("the exponent must lie between -1,000,000,000 and 1,000,000,000");
  }
  return raised_by_logarithm(base, exponent);
}

std::span<const Function> number_functions() { return kFunctions; }

}  // namespace tenon::formula
