// Numbers with 48 digits behind the point: for what is irrational, before it is rounded.
//
// Products and quotients are cut off towards zero, step by step as the browser's twin does
// (runtime/web-kit/src/formula/fixed.ts), so that both have the same digits. Nothing (no value)
// comes out of a division by zero and of what grows beyond 10^60; so a calculation may run to its
// end and be asked once. Internal to this room.
#pragma once

#include <optional>

#include "engine/formula/wide.h"

namespace tenon::formula {

class Fixed {
 public:
  Fixed() = default;  // 0
  Fixed(int whole);   // NOLINT: 1 stands for itself.
  explicit Fixed(const Decimal& number);
  static Fixed none();
  // 10^-digits.
  static Fixed small(int digits);

  bool is_some() const { return some_; }
  bool is_zero() const { return units_.is_zero(); }
  bool is_negative() const { return units_.is_negative(); }
  Fixed magnitude() const { return is_negative() ? Fixed() - *this : *this; }
  // Rounded half-even to so many significant digits, at most so many of them behind the point.
  Result<Decimal> rounded(int digits = Decimal::kScaleMax,
                          int significant = Decimal::kDigitsMax) const;

  friend Fixed operator+(const Fixed& a, const Fixed& b) { return made(a, b, a.units_ + b.units_); }
  friend Fixed operator-(const Fixed& a, const Fixed& b) { return made(a, b, a.units_ - b.units_); }
  friend Fixed operator*(const Fixed& a, const Fixed& b);
  friend Fixed operator/(const Fixed& a, const Fixed& b);
  friend bool operator<(const Fixed& a, const Fixed& b) { return a.units_ < b.units_; }

  // By a number above zero: the same as by it as a Fixed, but faster.
  Fixed divided(int by) const;
  Fixed power(std::int64_t exponent) const;
  // The natural logarithm of a number above zero.
  static Fixed logarithm(const Decimal& number);
  Fixed logarithm() const;
  Fixed exponential() const;

 private:
  static Fixed made(const Fixed& a, const Fixed& b, const Wide& units);
  static Fixed of_units(const Wide& units);

  Wide units_;
  bool some_ = true;
};

// Rounded half-even to so many significant digits, at most so many of them behind the point. The
// divisor is above zero.
Result<Decimal> rounded_quotient(const Wide& number, const Wide& divisor,
                                 int digits = Decimal::kScaleMax,
                                 int significant = Decimal::kDigitsMax);

}  // namespace tenon::formula
