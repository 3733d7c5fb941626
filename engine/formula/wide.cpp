#include "engine/formula/wide.h"

#include <algorithm>
#include <bit>

namespace tenon::formula {

Wide::Wide(Decimal::Coefficient value) : negative_(value < 0) {
  __extension__ using Unsigned = unsigned __int128;
  auto rest = negative_ ? -static_cast<Unsigned>(value) : static_cast<Unsigned>(value);
  for (; rest != 0; rest >>= 32) limbs_[size_++] = static_cast<std::uint32_t>(rest);
}

Wide Wide::ten_to(int exponent) {
  static const std::array<Wide, kKept> kept = [] {
    std::array<Wide, kKept> powers;
    powers[0] = Wide(1);
    for (std::size_t i = 1; i < kKept; ++i) powers[i] = powers[i - 1] * Wide(10);
    return powers;
  }();
  const auto place = static_cast<std::size_t>(std::max(exponent, 0));
  if (place < kKept) return kept[place];
  return kept[kKept - 1] * ten_to(exponent - static_cast<int>(kKept) + 1);
}

Wide Wide::without_digits(int count) const {
  constexpr int kAtOnce = 9;
  Wide rest = *this;
  for (; count > 0; count -= kAtOnce) {
    rest = divided_by_limb(rest, ten_to(std::min(count, kAtOnce)).limbs_[0]);
    rest.trim();
  }
  return rest;
}

void Wide::trim() {
  while (size_ > 0 && limbs_[size_ - 1] == 0) --size_;
  if (size_ == 0) negative_ = false;
}

Wide Wide::negated() const {
  Wide other = *this;
  other.negative_ = size_ != 0 && !negative_;
  return other;
}

Decimal::Coefficient Wide::narrow() const {
  Decimal::Coefficient value = 0;
  for (std::size_t i = std::min<std::size_t>(size_, 4); i-- > 0;) {
    value = value * (std::int64_t{1} << 32) + limbs_[i];
  }
  return negative_ ? -value : value;
}

int Wide::compare_sizes(const Wide& a, const Wide& b) {
  if (a.size_ != b.size_) return a.size_ < b.size_ ? -1 : 1;
  for (std::size_t i = a.size_; i-- > 0;) {
    if (a.limbs_[i] != b.limbs_[i]) return a.limbs_[i] < b.limbs_[i] ? -1 : 1;
  }
  return 0;
}

std::strong_ordering operator<=>(const Wide& a, const Wide& b) {
  if (a.negative_ != b.negative_) return b.negative_ <=> a.negative_;
  const int sizes = Wide::compare_sizes(a, b);
  return (a.negative_ ? -sizes : sizes) <=> 0;
}

Wide operator+(const Wide& a, const Wide& b) {
  const bool a_larger = Wide::compare_sizes(a, b) >= 0;
  const Wide& large = a_larger ? a : b;
  const Wide& small = a_larger ? b : a;
  const bool takes_away = a.negative_ != b.negative_;
  Wide sum;
  sum.negative_ = large.negative_;
  std::int64_t carry = 0;
  sum.size_ = std::min(large.size_ + 1, Wide::kLimbs);
  for (std::size_t i = 0; i < sum.size_; ++i) {
    const std::int64_t other = small.limbs_[i];
    const std::int64_t limb = std::int64_t{large.limbs_[i]} + (takes_away ? -other : other) + carry;
    sum.limbs_[i] = static_cast<std::uint32_t>(limb);
    carry = limb >> 32;
  }
  sum.trim();
  return sum;
}

Wide operator*(const Wide& a, const Wide& b) {
  Wide product;
  product.negative_ = a.negative_ != b.negative_;
  for (std::size_t i = 0; i < a.size_; ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; i + j < Wide::kLimbs && (j < b.size_ || carry != 0); ++j) {
      carry += std::uint64_t{a.limbs_[i]} * b.limbs_[j] + product.limbs_[i + j];
      product.limbs_[i + j] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }
  product.size_ = std::min(a.size_ + b.size_, Wide::kLimbs);
  product.trim();
  return product;
}

Wide Wide::divided_by_limb(const Wide& a, std::uint64_t divisor) {
  Wide quotient = a;
  std::uint64_t rest = 0;
  for (std::size_t i = a.size_; i-- > 0;) {
    rest = (rest << 32) | a.limbs_[i];
    quotient.limbs_[i] = static_cast<std::uint32_t>(rest / divisor);
    rest %= divisor;
  }
  return quotient;
}

// Source: D. E. Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D.
Wide operator/(const Wide& a, const Wide& b) {
  Wide quotient;
  if (b.size_ == 0 || Wide::compare_sizes(a, b) < 0) return quotient;
  if (b.size_ == 1) {
    quotient = Wide::divided_by_limb(a, b.limbs_[0]);
  } else {
    const int shift = std::countl_zero(b.limbs_[b.size_ - 1]);
    const Wide factor(Decimal::Coefficient{1} << shift);
    const Wide divisor = b.magnitude() * factor;
    Wide rest = a.magnitude() * factor;
    const std::uint64_t high = divisor.limbs_[divisor.size_ - 1];
    quotient.size_ = a.size_ - b.size_ + 1;
    for (std::size_t place = quotient.size_; place-- > 0;) {
      const std::size_t top = place + divisor.size_;
      const std::uint64_t leading =
          (top < Wide::kLimbs ? std::uint64_t{rest.limbs_[top]} << 32 : 0) | rest.limbs_[top - 1];
      std::uint64_t digit = std::min<std::uint64_t>(leading / high, UINT32_MAX);
      Wide shifted;
      for (;; --digit) {  // At most two too many.
        const Wide part = divisor * Wide(static_cast<Decimal::Coefficient>(digit));
        shifted = Wide();
        shifted.size_ = std::min(part.size_ + place, Wide::kLimbs);
        std::copy_n(part.limbs_.begin(), shifted.size_ - place, shifted.limbs_.begin() + place);
        shifted.trim();
        if (Wide::compare_sizes(shifted, rest) <= 0) break;
      }
      rest = rest - shifted;
      quotient.limbs_[place] = static_cast<std::uint32_t>(digit);
    }
  }
  quotient.negative_ = a.negative_ != b.negative_;
  quotient.trim();
  return quotient;
}

}  // namespace tenon::formula
