// Exact decimal numbers: up to 34 significant digits, never a double.
//
// Guarantees: + - * are exact where 34 digits hold the result; that, division and everything
// irrational is else rounded half-even to 34 digits, at most 34 of them behind the point; from
// 10^34 on: the error `overflow`. Comparison is by value, so 1.50 equals 1.5. Pure. A column keeps
// a decimal as an int64 at its field's scale (scaled(), of_scaled()). Vectors:
// tests/vectors/value/decimal.json, read by the browser's twin too. Source of the rules: IEEE
// 754-2008 decimal128 for the precision; engine/decisions.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tenon {

class Decimal {
 public:
  static constexpr int kDigitsMax = 34;
  static constexpr int kScaleMax = 34;  // Digits behind the point.

  constexpr Decimal() = default;  // 0
  static Decimal of(std::int64_t whole);
  static Decimal of_scaled(std::int64_t coefficient, int scale);  // 1054, 2 → 10.54

  // "-12.50", "1e3", as in JSON; a leading "+" and zeros at the beginning are accepted too.
  // Refused: anything else, more than 34 digits ("overflow").
  static Result<Decimal> parse(std::string_view text);

  // The shortest text of this value, without an exponent: "10.5", "-0.001", "0".
  std::string text() const;
  // With exactly `scale` digits behind the point, rounded half away from zero: text(2) → "10.50".
  std::string text(int scale) const;

  // The coefficient at this scale; nothing where digits would be lost or 64 bits do not hold it.
  std::optional<std::int64_t> scaled(int scale) const;
  std::optional<std::int64_t> whole() const { return scaled(0); }
  int digits_behind_point() const;  // Of the shortest text.
  bool is_zero() const { return coefficient_ == 0; }
  bool is_negative() const { return coefficient_ < 0; }

  Decimal negated() const;
  // Half away from zero, as Excel's ROUND; `digits` may be negative (tens, hundreds).
  Result<Decimal> rounded(int digits) const;
  Decimal truncated(int digits) const;  // Towards zero.
  Decimal floor() const;
  Decimal ceiling() const;

  friend Result<Decimal> add(const Decimal& a, const Decimal& b);
  friend Result<Decimal> subtract(const Decimal& a, const Decimal& b);
  friend Result<Decimal> multiply(const Decimal& a, const Decimal& b);
  // By zero: the error `division_by_zero`.
  friend Result<Decimal> divide(const Decimal& a, const Decimal& b);
  // a - b * floor(a / b), so the sign is that of b, as Excel's MOD.
  friend Result<Decimal> modulo(const Decimal& a, const Decimal& b);
  // Whole exponents exactly where 34 digits hold the result, else by squaring from the lowest bit,
  // each product rounded half-even to 34 digits. Halves: times the square root, rounded so too.
  // Other exponents, and beyond 10,000: `exponent`; a root of what is below zero: `domain`.
  friend Result<Decimal> power(const Decimal& base, const Decimal& exponent);

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

  __extension__ using Coefficient = __int128;  // The value is coefficient / 10^scale.
  Coefficient coefficient() const { return coefficient_; }
  int scale() const { return scale_; }

 private:
  friend Decimal decimal_of(Coefficient coefficient, int scale);
  constexpr Decimal(Coefficient coefficient, int scale)
      : coefficient_(coefficient), scale_(scale) {}

  Coefficient coefficient_ = 0;
  int scale_ = 0;
};

Result<Decimal> add(const Decimal& a, const Decimal& b);
Result<Decimal> subtract(const Decimal& a, const Decimal& b);
Result<Decimal> multiply(const Decimal& a, const Decimal& b);
Result<Decimal> divide(const Decimal& a, const Decimal& b);
Result<Decimal> modulo(const Decimal& a, const Decimal& b);
Result<Decimal> power(const Decimal& base, const Decimal& exponent);

// From parts that are known to fit: at most 34 digits, a scale from 0 to 34.
Decimal decimal_of(Decimal::Coefficient coefficient, int scale);

}  // namespace tenon
