#include "engine/formula/fixed.h"

#include <algorithm>

namespace tenon::formula {
namespace {

constexpr int kScale = 48;
constexpr int kMost = 60;  // Digits before the point.

const Wide& one_units() {
  static const Wide units = Wide::ten_to(kScale);
  return units;
}

// 2 (z + z³/3 + z⁵/5 + …), which is the logarithm of (1 + z) / (1 - z).
Fixed series(const Fixed& z) {
  const Fixed square = z * z;
  Fixed power = z;
  Fixed sum = z;
  for (int i = 3; !power.is_zero(); i += 2) {
    power = power * square;
    sum = sum + power.divided(i);
  }
  return sum + sum;
}

const Fixed& logarithm_of_two() {
  static const Fixed value = series(Fixed(1) / Fixed(3));
  return value;
}

const Fixed& logarithm_of_ten() {
  static const Fixed value =
      Fixed(3) * logarithm_of_two() + series(Fixed(1) / Fixed(9));  // 8 times 1.25
  return value;
}

// Of a number from 1 on, not too large.
Fixed logarithm_above_one(Fixed number) {
  static const Fixed bound = Fixed(3) / Fixed(2);
  int halved = 0;
  for (; bound < number; ++halved) number = number.divided(2);
  return Fixed(halved) * logarithm_of_two() + series((number - Fixed(1)) / (number + Fixed(1)));
}

}  // namespace

Fixed::Fixed(int whole) : units_(Wide(whole) * one_units()) {}

Fixed::Fixed(const Decimal& number)
    : units_(Wide(number.coefficient()) * Wide::ten_to(kScale - number.scale())) {}

Fixed Fixed::none() {
  Fixed fixed;
  fixed.some_ = false;
  return fixed;
}

Fixed Fixed::small(int digits) { return of_units(Wide::ten_to(kScale - digits)); }

Fixed Fixed::of_units(const Wide& units) {
  Fixed fixed;
  fixed.units_ = units;
  return fixed;
}

Fixed Fixed::made(const Fixed& a, const Fixed& b, const Wide& units) {
  static const Wide most = Wide::ten_to(kScale + kMost);
  if (!a.some_ || !b.some_ || units.magnitude() > most) return none();
  return of_units(units);
}

Fixed operator*(const Fixed& a, const Fixed& b) {
  return Fixed::made(a, b, (a.units_ * b.units_).without_digits(kScale));
}

Fixed operator/(const Fixed& a, const Fixed& b) {
  if (b.is_zero()) return Fixed::none();
  return Fixed::made(a, b, a.units_ * one_units() / b.units_);
}

Fixed Fixed::divided(int by) const { return some_ ? of_units(units_ / Wide(by)) : none(); }

Fixed Fixed::power(std::int64_t exponent) const {
  auto left = static_cast<std::uint64_t>(exponent < 0 ? -exponent : exponent);
  Fixed factor = *this;
  Fixed result(1);
  while (left != 0) {
    if (left % 2 != 0) result = result * factor;
    left /= 2;
    if (left != 0) factor = factor * factor;
  }
  return exponent < 0 ? Fixed(1) / result : result;
}

// As 1.25 · 10^n, so that a small number keeps its digits.
Fixed Fixed::logarithm(const Decimal& number) {
  Wide units(number.coefficient());
  int exponent = -number.scale();
  Wide unit(1);
  const Wide ten(10);
  for (; !(units < unit * ten); ++exponent) unit = unit * ten;
  const Fixed top = of_units(units * one_units() / unit);
  return logarithm_above_one(top) + Fixed(exponent) * logarithm_of_ten();
}

Fixed Fixed::logarithm() const {
  if (!some_ || is_negative() || is_zero()) return none();
  return *this < Fixed(1) ? Fixed() - logarithm_above_one(Fixed(1) / *this)
                          : logarithm_above_one(*this);
}

// e^x = 2^k · e^r with a small r.
Fixed Fixed::exponential() const {
  if (!some_ || Fixed(200) < magnitude()) return none();
  Fixed rest = *this;
  int twos = 0;
  for (; logarithm_of_two() < rest; ++twos) rest = rest - logarithm_of_two();
  for (; rest.is_negative(); --twos) rest = rest + logarithm_of_two();
  Fixed sum(1);
  Fixed term(1);
  for (int i = 1; !term.is_zero(); ++i) {
    term = (term * rest).divided(i);
    sum = sum + term;
  }
  return sum * Fixed(2).power(twos);
}

Result<Decimal> rounded_quotient(const Wide& number, const Wide& divisor, int digits,
                                 int significant) {
  const Wide most = Wide::ten_to(significant);
  for (int scale = digits; scale >= significant - Decimal::kDigitsMax; --scale) {
    const Wide units = number.magnitude() * Wide::ten_to(scale);
    const Wide unit = divisor * Wide::ten_to(-scale);
    Wide near = units / unit;
    const Wide rest = (units - near * unit) * Wide(2);
    if (rest > unit || (rest == unit && near.is_odd())) near = near + Wide(1);
    if (near >= most) continue;
    if (number.is_negative()) near = near.negated();
    if (scale < 0) near = near * Wide::ten_to(-scale);
    const Decimal decimal = decimal_of(near.narrow(), std::max(scale, 0));
    return divide(decimal, Decimal::of(1));  // Without zeros at the end.
  }
  return Error::invalid("", "overflow", "the number needs more than 34 digits");
}

Result<Decimal> Fixed::rounded(int digits, int significant) const {
  if (some_) return rounded_quotient(units_, one_units(), digits, significant);
  return Error::invalid("", "overflow", "the number needs more than 34 digits");
}

}  // namespace tenon::formula
