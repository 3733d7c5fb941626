// Whole numbers of up to 1,024 bits: what a calculation with more digits than a Decimal needs.
//
// Sign and size; division cuts off towards zero, as BigInt in the browser's twin. Nothing here
// checks for too large a number: whoever calculates keeps below (fixed.h).
#pragma once

#include <array>
#include <cstdint>

#include "engine/value/decimal.h"

namespace tenon::formula {

class Wide {
 public:
  Wide() = default;
  explicit Wide(Decimal::Coefficient value);
  static Wide ten_to(int exponent);

  bool is_zero() const { return size_ == 0; }
  bool is_negative() const { return negative_; }
  bool is_odd() const { return size_ != 0 && (limbs_[0] & 1) != 0; }
  Wide negated() const;
  Wide magnitude() const { return negative_ ? negated() : *this; }
  // Divided by 10^count: faster than by any other number.
  Wide without_digits(int count) const;
  // Where it is known to be at most 38 digits.
  Decimal::Coefficient narrow() const;

  friend Wide operator+(const Wide& a, const Wide& b);
  friend Wide operator-(const Wide& a, const Wide& b) { return a + b.negated(); }
  friend Wide operator*(const Wide& a, const Wide& b);
  friend Wide operator/(const Wide& a, const Wide& b);
  friend Wide operator%(const Wide& a, const Wide& b) { return a - a / b * b; }
  friend std::strong_ordering operator<=>(const Wide& a, const Wide& b);
  friend bool operator==(const Wide& a, const Wide& b) { return (a <=> b) == 0; }

 private:
  static constexpr std::size_t kLimbs = 32;
  static constexpr std::size_t kKept = 64;  // Powers of ten.
  static int compare_sizes(const Wide& a, const Wide& b);
  static Wide divided_by_limb(const Wide& a, std::uint64_t divisor);
  void trim();

  std::array<std::uint32_t, kLimbs> limbs_{};  // The lowest first.
  std::size_t size_ = 0;                       // Limbs in use.
  bool negative_ = false;
};

}  // namespace tenon::formula
