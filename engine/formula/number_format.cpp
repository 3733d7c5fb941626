#include "engine/formula/number_format.h"

#include <algorithm>

namespace tenon::formula {
namespace {

int take_all(std::string_view& text, char c) {
  int count = 0;
  for (; text.starts_with(c); ++count) text.remove_prefix(1);
  return count;
}

bool take(std::string_view& text, std::string_view wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(wanted.size());
  return true;
}

std::string grouped(const std::string& digits) {
  std::string made;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) made += ',';
    made += digits[i];
  }
  return made;
}

}  // namespace

std::optional<NumberFormat> parse_number_format(std::string_view text) {
  NumberFormat format;
  for (const std::string_view sign : {"$", "¥", "￥", "€", "£", "₹", "₩"}) {
    if (format.prefix.empty() && take(text, sign)) format.prefix = sign;
  }
  format.grouped = take(text, "#,##");
  if (!format.grouped) take_all(text, '#');
  format.whole_digits = take_all(text, '0');
  if (format.whole_digits == 0) return std::nullopt;
  if (take(text, ".")) {
    format.fixed_digits = take_all(text, '0');
    format.loose_digits = take_all(text, '#');
    if (format.fixed_digits + format.loose_digits == 0) return std::nullopt;
  }
  format.percent = take(text, "%");
  const int most = std::max(format.whole_digits, format.fixed_digits + format.loose_digits);
  if (!text.empty() || most > Decimal::kScaleMax) return std::nullopt;
  return format;
}

Result<std::string> format_number(const Decimal& number, const NumberFormat& format) {
  Decimal shown = number;
  if (format.percent) {
    TENON_TRY(shown, multiply(number, Decimal::of(100)));
  }
  const int digits = format.fixed_digits + format.loose_digits;
  std::string fraction = shown.text(digits);
  const bool negative = fraction.starts_with('-');
  if (negative) fraction.erase(0, 1);
  std::string whole = fraction.substr(0, fraction.find('.'));
  fraction.erase(0, whole.size() + 1);
  const auto fixed = static_cast<std::size_t>(format.fixed_digits);
  while (fraction.size() > fixed && fraction.ends_with('0')) fraction.pop_back();
  const auto least = static_cast<std::size_t>(format.whole_digits);
  if (whole.size() < least) whole.insert(0, least - whole.size(), '0');
  const bool zero = (whole + fraction).find_first_not_of('0') == std::string::npos;
  std::string made = negative && !zero ? "-" : "";
  made += format.prefix;
  made += format.grouped ? grouped(whole) : whole;
  if (!fraction.empty()) made += "." + fraction;
  if (format.percent) made += '%';
  return made;
}

}  // namespace tenon::formula
