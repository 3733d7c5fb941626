#include "engine/formula/number_format.h"

#include <algorithm>

namespace tenon::formula {
namespace {

using What = NumberPiece::What;

struct Digits {
  std::string whole;  // Without zeros in front: nothing for what is below one.
  std::string fraction;
  int exponent = 0;

  bool is_zero() const {
    return whole.empty() && fraction.find_first_not_of('0') == std::string::npos;
  }
};

// Of a number that is not negative, rounded half away from zero to so many digits behind the point
// (before it, where negative) and written without it; nothing for zero.
Result<std::string> digits_at(const Decimal& number, int places) {
  std::string digits;
  if (places < 0) {
    TENON_TRY(const auto near, number.rounded(places));
    digits = near.text(0);
    digits.resize(digits.size() - std::min(digits.size(), static_cast<std::size_t>(-places)));
  } else {
    const int kept = std::min(places, Decimal::kScaleMax);
    digits = number.text(kept);
    digits.append(static_cast<std::size_t>(places - kept), '0');
    std::erase(digits, '.');
  }
  digits.erase(0, digits.find_first_not_of('0'));
  return digits;
}

Result<Digits> digits_of(const Decimal& size, const NumberSection& section) {
  TENON_TRY(auto digits, digits_at(size, section.places + section.shift));
  const auto places = static_cast<std::size_t>(section.places);
  if (digits.size() < places) digits.insert(0, places - digits.size(), '0');
  const std::size_t point = digits.size() - places;
  return Digits{digits.substr(0, point), digits.substr(point)};
}

// The power of ten of the first digit.
int magnitude_of(const Decimal& size) {
  const std::string text = size.text();
  const std::size_t first = text.find_first_of("123456789");
  const std::size_t point = std::min(text.find('.'), text.size());
  if (first == std::string::npos) return 0;
  return static_cast<int>(point) - static_cast<int>(first) - (first < point ? 1 : 0);
}

Result<Digits> scientific_digits_of(const Decimal& size, const NumberSection& section) {
  int exponent = magnitude_of(size);
  TENON_TRY(auto digits, digits_at(size, section.places - exponent));
  const auto places = static_cast<std::size_t>(section.places);
  if (digits.empty()) digits.assign(places + 1, '0');
  if (digits.size() > places + 1) {  // 9.99… was rounded up.
    digits.pop_back();
    ++exponent;
  }
  return Digits{digits.substr(0, 1), digits.substr(1), exponent};
}

class Writer {
 public:
  Writer(const NumberSection& section, Digits digits)
      : section_(section), digits_(std::move(digits)) {
    const auto fixed = static_cast<std::size_t>(section.fixed_digits);
    std::string& fraction = digits_.fraction;
    while (fraction.size() > fixed && fraction.ends_with('0')) fraction.pop_back();
    const auto least = static_cast<std::size_t>(section.whole_digits);
    std::string& whole = digits_.whole;
    if (whole.size() < least) whole.insert(0, least - whole.size(), '0');
    left_ = static_cast<std::size_t>(section.whole_places);
  }

  std::string write() {
    for (const NumberPiece& piece : section_.pieces) {
      switch (piece.what) {
        case What::text: made_ += piece.text; break;
        case What::digit: add_digit(); break;
        case What::point: add_point(); break;
        case What::exponent: add_exponent(); break;
      }
    }
    return std::move(made_);
  }

 private:
  // The first place before the point takes what has none.
  void add_digit() {
    if (behind_point_) {
      if (next_ < digits_.fraction.size()) made_ += digits_.fraction[next_];
      ++next_;
      return;
    }
    add_whole(--left_);
  }

  // Down to this place, counted from the point.
  void add_whole(std::size_t last) {
    const std::string& whole = digits_.whole;
    for (; written_ < whole.size() && whole.size() - written_ > last; ++written_) {
      made_ += whole[written_];
      const std::size_t behind = whole.size() - written_ - 1;
      if (section_.grouped && behind > 0 && behind % 3 == 0) made_ += ',';
    }
  }

  void add_point() {
    if (section_.whole_places == 0) add_whole(0);
    behind_point_ = true;
    if (!digits_.fraction.empty()) made_ += '.';
  }

  void add_exponent() {
    const int exponent = digits_.exponent;
    std::string digits = std::to_string(exponent < 0 ? -exponent : exponent);
    const auto least = static_cast<std::size_t>(section_.exponent_digits);
    if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
    made_ += exponent < 0 ? "E-" : section_.signs_plus ? "E+" : "E";
    made_ += digits;
  }

  const NumberSection& section_;
  Digits digits_;
  std::string made_;
  std::size_t left_ = 0;     // Places before the point that are still to come.
  std::size_t written_ = 0;  // Digits before the point.
  std::size_t next_ = 0;     // Digit behind the point.
  bool behind_point_ = false;
};

const NumberSection& section_for(const Decimal& number, const NumberFormat& format) {
  const auto& sections = format.sections;
  if (sections.size() > 1 && number.is_negative()) return sections[1];
  return sections[sections.size() > 2 && number.is_zero() ? 2 : 0];
}

}  // namespace

Result<std::string> format_number(const Decimal& number, const NumberFormat& format) {
  const NumberSection& section = section_for(number, format);
  const bool negative = number.is_negative();
  const Decimal size = negative ? number.negated() : number;
  TENON_TRY(auto digits, section.exponent_digits > 0 ? scientific_digits_of(size, section)
                                                     : digits_of(size, section));
  const bool has_sign = negative && format.sections.size() == 1 && !digits.is_zero();
  return (has_sign ? "-" : "") + Writer(section, std::move(digits)).write();
}

}  // namespace tenon::formula
