// The formats of TEXT for numbers: "0", "0.00", "#,##0.0#", "¥#,##0.00", "0%". Internal to this
// room.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/value/decimal.h"

namespace tenon::formula {

struct NumberFormat {
  std::string_view prefix;  // A sign of currency.
  bool grouped = false;     // A comma every three digits.
  int whole_digits = 1;     // At least so many before the point.
  int fixed_digits = 0;     // Behind the point, always.
  int loose_digits = 0;     // Behind those, where they are not zeros at the end.
  bool percent = false;
};

// Nothing where the text is no format.
std::optional<NumberFormat> parse_number_format(std::string_view text);
// The error `overflow` where a percentage needs more than 34 digits.
Result<std::string> format_number(const Decimal& number, const NumberFormat& format);

}  // namespace tenon::formula
