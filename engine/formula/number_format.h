// The formats of TEXT for numbers: "0.00", "#,##0.0#", "¥#,##0.00", "0%", "0.0,," "0.00;(0.00)",
// "0.00E+00". Internal to this room. schemas/formula/README.md, "TEXT".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/value/decimal.h"

namespace tenon::formula {

struct NumberPiece {
  enum class What { text, digit, point, exponent } what;
  std::string text;  // Of `text`.
};

struct NumberSection {
  std::vector<NumberPiece> pieces;
  bool grouped = false;     // A comma every three digits.
  int shift = 0;            // Powers of ten: 2 for each %, -3 for each comma at the end.
  int whole_places = 0;     // Digits of the format before the point.
  int whole_digits = 0;     // At least so many are written there.
  int places = 0;           // Digits of the format behind the point.
  int fixed_digits = 0;     // So many are written there; those behind, where they are no zeros.
  int exponent_digits = 0;  // At least so many.
  bool signs_plus = false;  // E+00: an exponent that is not below zero has its sign.
};

struct NumberFormat {
  std::vector<NumberSection> sections;  // Of all; or from zero on, below; or above, below, zero.
};

// Nothing where the text is no format.
std::optional<NumberFormat> parse_number_format(std::string_view text);
// The error `overflow` where what is rounded needs more than 34 digits.
Result<std::string> format_number(const Decimal& number, const NumberFormat& format);

}  // namespace tenon::formula
