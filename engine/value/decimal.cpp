#include "engine/value/decimal.h"

#include <algorithm>
#include <array>
#include <bit>

namespace tenon {
namespace {

using Wide = Decimal::Coefficient;
__extension__ using Unsigned = unsigned __int128;

constexpr int kPowers = 39;  // 10^38 is the highest below 2^127.

constexpr std::array<Wide, kPowers> powers_of_ten() {
  std::array<Wide, kPowers> powers{};
  Wide power = 1;
  for (int i = 0; i < kPowers; ++i) {
    powers[static_cast<std::size_t>(i)] = power;
    if (i + 1 < kPowers) power *= 10;
  }
  return powers;
}

constexpr auto kTen = powers_of_ten();

constexpr Wide ten_to(int exponent) { return kTen[static_cast<std::size_t>(exponent)]; }

const Wide kCoefficientMax = ten_to(Decimal::kDigitsMax) - 1;

Wide absolute(Wide value) { return value < 0 ? -value : value; }

int digits_of(Wide value) {
  const auto size = static_cast<Unsigned>(absolute(value));
  const auto high = static_cast<std::uint64_t>(size >> 64);
  const auto low = static_cast<std::uint64_t>(size);
  const int bits = static_cast<int>(high != 0 ? 64 + std::bit_width(high) : std::bit_width(low));
  const int digits = bits * 30'103 / 100'000;  // By log10(2); one too few at most.
  return std::max(1, digits + (size >= static_cast<Unsigned>(ten_to(digits)) ? 1 : 0));
}

Error overflow() { return Error::invalid("", "overflow", "the number needs more than 34 digits"); }

struct Parts {
  Wide coefficient;
  int scale;
};

// Without zeros at the end of the digits behind the point. Most coefficients fit into 64 bits,
// where a division costs a tenth.
template <class Number>
Parts stripped_of(Number coefficient, int scale) {
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  return {coefficient, scale};
}

Parts stripped(Parts parts) {
  if (parts.coefficient == 0) return {0, 0};
  const bool small = parts.coefficient <= INT64_MAX && parts.coefficient >= -INT64_MAX;
  return small ? stripped_of(static_cast<std::int64_t>(parts.coefficient), parts.scale)
               : stripped_of(parts.coefficient, parts.scale);
}

// Keeps the scale where 34 digits hold the value, else gives up zeros at its end.
Result<Decimal> fitted(Parts parts) {
  while (absolute(parts.coefficient) > kCoefficientMax || parts.scale > Decimal::kScaleMax) {
    if (parts.scale == 0 || parts.coefficient % 10 != 0) return overflow();
    parts.coefficient /= 10;
    --parts.scale;
  }
  while (parts.scale < 0) {
    if (absolute(parts.coefficient) > kCoefficientMax / 10) return overflow();
    parts.coefficient *= 10;
    ++parts.scale;
  }
  return decimal_of(parts.coefficient, parts.scale);
}

// 256 bits as four limbs, the lowest first: what a product of two coefficients needs.
using Limbs = std::array<std::uint64_t, 4>;

Limbs product(Unsigned a, Unsigned b) {
  const std::array<std::uint64_t, 2> x{static_cast<std::uint64_t>(a),
                                       static_cast<std::uint64_t>(a >> 64)};
  const std::array<std::uint64_t, 2> y{static_cast<std::uint64_t>(b),
                                       static_cast<std::uint64_t>(b >> 64)};
  Limbs limbs{};
  for (std::size_t i = 0; i < 2; ++i) {
    Unsigned carry = 0;
    for (std::size_t j = 0; j < 2; ++j) {
      carry += static_cast<Unsigned>(x[i]) * y[j] + limbs[i + j];
      limbs[i + j] = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
    limbs[i + 2] = static_cast<std::uint64_t>(carry);
  }
  return limbs;
}

// Divides by ten in place; answers the remainder.
int divide_by_ten(Limbs& limbs) {
  Unsigned rest = 0;
  for (std::size_t i = limbs.size(); i-- > 0;) {
    rest = (rest << 64) | limbs[i];
    limbs[i] = static_cast<std::uint64_t>(rest / 10);
    rest %= 10;
  }
  return static_cast<int>(rest);
}

bool fits(const Limbs& limbs) {
  if (limbs[3] != 0 || limbs[2] != 0) return false;
  const Unsigned low = (static_cast<Unsigned>(limbs[1]) << 64) | limbs[0];
  return low <= static_cast<Unsigned>(kCoefficientMax);
}

// The product to 34 digits, rounded half-even where it is not exact.
Parts multiplied(const Decimal& a, const Decimal& b) {
  const Parts x = stripped({a.coefficient(), a.scale()});
  const Parts y = stripped({b.coefficient(), b.scale()});
  Limbs limbs = product(static_cast<Unsigned>(absolute(x.coefficient)),
                        static_cast<Unsigned>(absolute(y.coefficient)));
  int scale = x.scale + y.scale;
  int last = 0;
  bool below = false;  // A digit that is not zero, below the last one dropped.
  while (!fits(limbs) || scale > Decimal::kScaleMax) {
    below = below || last != 0;
    last = divide_by_ten(limbs);
    --scale;
  }
  Wide low = static_cast<Wide>((static_cast<Unsigned>(limbs[1]) << 64) | limbs[0]);
  if (last > 5 || (last == 5 && (below || low % 2 != 0))) low += 1;
  const bool negative = (x.coefficient < 0) != (y.coefficient < 0);
  return {negative ? -low : low, scale};
}

// Reads the digits behind an "e"; nothing where that is no exponent. Beyond 9,999 all are alike.
std::optional<int> exponent_of(std::string_view text) {
  constexpr int kMost = 9'999;
  const bool down = text.starts_with('-');
  if (down || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  int exponent = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    exponent = std::min(kMost, exponent * 10 + (digit - '0'));
  }
  return down ? -exponent : exponent;
}

// Writes backwards from `end`; answers where the text begins. `zeros` follow the digits.
template <class Number>
char* write_digits(Number rest, int zeros, int scale, char* end) {
  for (int written = 0; rest != 0 || written <= scale; ++written) {
    if (written == scale && scale > 0) *--end = '.';
    if (written < zeros) {
      *--end = '0';
      continue;
    }
    *--end = static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  }
  return end;
}

}  // namespace

Decimal decimal_of(Decimal::Coefficient coefficient, int scale) {
  return Decimal(coefficient, scale);
}

Decimal Decimal::of(std::int64_t whole) { return {whole, 0}; }

Decimal Decimal::of_scaled(std::int64_t coefficient, int scale) { return {coefficient, scale}; }

Result<Decimal> Decimal::parse(std::string_view text) {
  const auto malformed = [] { return Error::invalid("", "number", "is not a number"); };
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.front() < '0' || text.front() > '9') return malformed();
  Parts parts{0, 0};
  int digits = 0;  // Of the coefficient.
  int zeros = 0;   // Behind 34 digits: 1000…0 may still fit with an exponent or behind the point.
  bool point = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char digit = text[at];
    if (digit == '.' && !point) {
      point = true;
      continue;
    }
    if (digit < '0' || digit > '9') break;
    if (point) ++parts.scale;
    if (digits + zeros >= kDigitsMax) {
      if (digit != '0') return overflow();
      ++zeros;
      continue;
    }
    parts.coefficient = parts.coefficient * 10 + (digit - '0');
    if (parts.coefficient != 0) ++digits;
  }
  if (text[at - 1] == '.') return malformed();
  parts.scale -= zeros;
  if (at < text.size()) {
    const bool marked = text[at] == 'e' || text[at] == 'E';
    const auto exponent = marked ? exponent_of(text.substr(at + 1)) : std::nullopt;
    if (!exponent) return malformed();
    parts.scale -= *exponent;
  }
  if (parts.coefficient == 0) return Decimal(0, std::clamp(parts.scale, 0, kScaleMax));
  if (parts.scale < -kDigitsMax) return overflow();
  if (negative) parts.coefficient = -parts.coefficient;
  return fitted(parts);
}

std::string Decimal::text() const {
  const Parts parts = stripped({coefficient_, scale_});
  return decimal_of(parts.coefficient, parts.scale).text(parts.scale);
}

std::string Decimal::text(int scale) const {
  scale = std::clamp(scale, 0, kScaleMax);
  Parts parts{coefficient_, scale_};
  if (scale < scale_) {
    // Fewer digits than before always fit.
    if (const auto near = rounded(scale)) parts = {near->coefficient_, near->scale_};
  }
  std::array<char, 2 * kDigitsMax + 4> buffer;
  char* const end = buffer.data() + buffer.size();
  const auto size = static_cast<Unsigned>(absolute(parts.coefficient));
  const auto small = static_cast<std::uint64_t>(size);
  const int zeros = scale - parts.scale;
  char* begin = small == size ? write_digits(small, zeros, scale, end)
                              : write_digits(size, zeros, scale, end);
  if (parts.coefficient < 0) *--begin = '-';
  return std::string(begin, end);
}

std::optional<std::int64_t> Decimal::scaled(int scale) const {
  Wide coefficient = coefficient_;
  if (scale > scale_ && coefficient != 0) {
    const int up = scale - scale_;
    if (digits_of(coefficient) + up >= kPowers) return std::nullopt;
    coefficient *= ten_to(up);
  } else if (scale < scale_) {
    const Wide unit = ten_to(scale_ - scale);
    if (coefficient % unit != 0) return std::nullopt;
    coefficient /= unit;
  }
  if (coefficient > INT64_MAX || coefficient < INT64_MIN) return std::nullopt;
  return static_cast<std::int64_t>(coefficient);
}

int Decimal::digits_behind_point() const { return stripped({coefficient_, scale_}).scale; }

Decimal Decimal::negated() const { return {-coefficient_, scale_}; }

Result<Decimal> Decimal::rounded(int digits) const {
  if (digits >= scale_) return *this;
  if (digits < -kDigitsMax) return Decimal();
  const int drop = scale_ - digits;
  if (drop > kDigitsMax) return Decimal();
  const Wide unit = ten_to(drop);
  Wide quotient = coefficient_ / unit;
  const Wide rest = absolute(coefficient_ % unit);
  if (rest >= unit - rest) quotient += coefficient_ < 0 ? -1 : 1;
  return fitted({quotient, digits});
}

Decimal Decimal::truncated(int digits) const {
  if (digits >= scale_) return *this;
  if (digits < -kDigitsMax || scale_ - digits > kDigitsMax) return Decimal();
  const Wide quotient = coefficient_ / ten_to(scale_ - digits);
  return digits >= 0 ? Decimal(quotient, digits) : Decimal(quotient * ten_to(-digits), 0);
}

Decimal Decimal::floor() const {
  const Decimal whole = truncated(0);
  return is_negative() && whole != *this ? Decimal(whole.coefficient_ - 1, 0) : whole;
}

Decimal Decimal::ceiling() const { return negated().floor().negated(); }

namespace {

// Rounded half-even to 34 digits. `lost` is the sign of what was left off below the last digit.
Result<Decimal> near(Parts parts, int lost) {
  const int drop = std::max(
      {digits_of(parts.coefficient) - Decimal::kDigitsMax, parts.scale - Decimal::kScaleMax, 0});
  const Wide unit = ten_to(drop);
  Wide quotient = parts.coefficient / unit;
  const Wide twice = absolute(parts.coefficient % unit) * 2;
  const int sign = parts.coefficient < 0 ? -1 : 1;
  const bool half_up = lost == 0 ? quotient % 2 != 0 : lost == sign;
  if (drop > 0 && (twice > unit || (twice == unit && half_up))) quotient += sign;
  return fitted({quotient, parts.scale - drop});
}

}  // namespace

Result<Decimal> add(const Decimal& a, const Decimal& b) {
  Parts x{a.coefficient(), a.scale()};
  Parts y{b.coefficient(), b.scale()};
  if (x.scale > y.scale) std::swap(x, y);
  int up = x.coefficient == 0 ? 0 : y.scale - x.scale;
  // So far apart that 38 digits do not hold both: of the smaller only the sign of its end counts.
  int lost = 0;
  const int room = kPowers - 1 - digits_of(x.coefficient);
  if (up > room) {
    const Wide unit = ten_to(up - room);
    if (y.coefficient % unit != 0) lost = y.coefficient < 0 ? -1 : 1;
    y = {y.coefficient / unit, y.scale - (up - room)};
    up = room;
  }
  return near({x.coefficient * ten_to(up) + y.coefficient, y.scale}, lost);
}

Result<Decimal> subtract(const Decimal& a, const Decimal& b) { return add(a, b.negated()); }

Result<Decimal> multiply(const Decimal& a, const Decimal& b) {
  // The usual case: the exact product fits, with both scales kept.
  Wide plain = 0;
  if (!__builtin_mul_overflow(a.coefficient(), b.coefficient(), &plain) &&
      absolute(plain) <= kCoefficientMax && a.scale() + b.scale() <= Decimal::kScaleMax) {
    return decimal_of(plain, a.scale() + b.scale());
  }
  return fitted(multiplied(a, b));
}

Result<Decimal> divide(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return Error::invalid("", "division_by_zero", "divides by zero");
  const Wide divisor = absolute(b.coefficient());
  Wide quotient = absolute(a.coefficient()) / divisor;
  Wide rest = absolute(a.coefficient()) % divisor;
  int scale = a.scale() - b.scale();
  while (rest != 0 && quotient < ten_to(Decimal::kDigitsMax - 1) && scale < Decimal::kScaleMax) {
    rest *= 10;
    quotient = quotient * 10 + rest / divisor;
    rest %= divisor;
    ++scale;
  }
  const bool up = rest > divisor - rest || (rest == divisor - rest && quotient % 2 != 0);
  if (rest != 0 && up) quotient += 1;
  if (a.is_negative() != b.is_negative()) quotient = -quotient;
  const Parts parts = scale > 0 ? stripped({quotient, scale}) : Parts{quotient, scale};
  return fitted(parts);
}

Result<Decimal> modulo(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return Error::invalid("", "division_by_zero", "divides by zero");
  const int scale = std::max(a.scale(), b.scale());
  const int up = scale - b.scale();
  if (digits_of(b.coefficient()) + up >= kPowers) {  // Far larger than a.
    return a.is_zero() || a.is_negative() == b.is_negative() ? Result<Decimal>(a) : add(a, b);
  }
  const Wide divisor = b.coefficient() * ten_to(up);
  Wide rest = a.coefficient() % divisor;
  for (int i = a.scale(); i < scale; ++i) rest = rest * 10 % divisor;
  if (rest != 0 && (rest < 0) != (divisor < 0)) rest += divisor;
  return near({rest, scale}, 0);
}

namespace {

Result<Decimal> whole_power(Decimal base, std::int64_t exponent) {
  const bool down = exponent < 0;
  auto left = static_cast<std::uint64_t>(down ? -exponent : exponent);
  Decimal result = Decimal::of(1);
  while (left != 0) {
    if (left % 2 != 0) {
      TENON_TRY(result, fitted(multiplied(result, base)));
    }
    left /= 2;
    if (left != 0) {
      TENON_TRY(base, fitted(multiplied(base, base)));
    }
  }
  return down ? divide(Decimal::of(1), result) : result;
}

// By hand, as at school: two digits of the value give one of the root, so nothing is lost.
Result<Decimal> root_of(const Decimal& value) {
  if (value.is_negative()) {
    return Error::invalid("", "domain", "a negative number has no square root");
  }
  Parts parts = stripped({value.coefficient(), value.scale()});
  if (parts.scale % 2 != 0) parts = {parts.coefficient * 10, parts.scale + 1};
  int scale = parts.scale / 2;
  Wide root = 0;
  Wide rest = 0;
  for (int pair = (digits_of(parts.coefficient) + 1) / 2 - 1;; --pair) {
    if (pair < 0) {
      if (rest == 0 || root > kCoefficientMax / 10 || scale >= Decimal::kScaleMax) break;
      ++scale;
    }
    rest = rest * 100 + (pair < 0 ? 0 : parts.coefficient / ten_to(2 * pair) % 100);
    int digit = 0;
    while ((20 * root + digit + 1) * (digit + 1) <= rest) ++digit;
    rest -= (20 * root + digit) * digit;
    root = root * 10 + digit;
  }
  if (rest > root) root += 1;  // Above the half; it cannot lie on it.
  return fitted({root, scale});
}

}  // namespace

Result<Decimal> power(const Decimal& base, const Decimal& exponent) {
  constexpr std::int64_t kExponentMax = 10'000;  // Beyond, everything but 0, 1, -1 overflows.
  const auto doubled = multiply(exponent, Decimal::of(2));
  const auto halves = doubled ? doubled->whole() : std::nullopt;
  if (!halves || *halves > 2 * kExponentMax || *halves < -2 * kExponentMax) {
    return Error::invalid("", "exponent",
                          "the exponent must be whole or a half, from -10,000 to 10,000");
  }
  if (base.is_zero() && exponent.is_negative()) {
    return Error::invalid("", "division_by_zero", "zero has no negative power");
  }
  if (*halves % 2 == 0) return whole_power(base, *halves / 2);
  TENON_TRY(const auto root, root_of(base));
  const std::int64_t half = *halves < 0 ? -*halves : *halves;
  TENON_TRY(const auto whole, whole_power(base, half / 2));
  TENON_TRY(const auto raised, fitted(multiplied(whole, root)));
  return *halves < 0 ? divide(Decimal::of(1), raised) : raised;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.scale() == b.scale()) return a.coefficient() <=> b.coefficient();
  if (a.is_negative() != b.is_negative() || a.is_zero() || b.is_zero()) {
    return a.coefficient() <=> b.coefficient();
  }
  // By the place of the first digit, then digit by digit at one scale.
  const auto sign = [&](std::strong_ordering larger) {
    return a.is_negative() ? 0 <=> larger : larger;
  };
  const int a_place = digits_of(a.coefficient()) - a.scale();
  const int b_place = digits_of(b.coefficient()) - b.scale();
  if (a_place != b_place) return sign(a_place <=> b_place);
  const int scale = std::max(a.scale(), b.scale());
  return a.coefficient() * ten_to(scale - a.scale()) <=>
         b.coefficient() * ten_to(scale - b.scale());
}

}  // namespace tenon
