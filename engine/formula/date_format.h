// Formats of TEXT for dates and times: "yyyy-mm-dd hh:mm". Internal to this room.
//
// No names of months or days: those belong to a language. schemas/formula/README.md, "TEXT".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/value/value.h"

namespace tenon::formula {

struct DatePiece {
  enum class What { text, year, month, day, hour, minute, second, half } what;
  std::string text;  // Of `text`.
  int width = 1;     // How often its letter stood there.
};

struct DateFormat {
  std::vector<DatePiece> pieces;
  bool has_day = false;
  bool has_clock = false;
  bool halves = false;  // AM/PM: hours to twelve.
};

std::optional<DateFormat> parse_date_format(std::string_view text);
// The parts that the format does not name may be left out of the value.
std::string format_date(const DateFormat& format, Date day, Time clock);

}  // namespace tenon::formula
