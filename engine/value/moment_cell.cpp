#include "engine/value/moment_cell.h"

#include <algorithm>
#include <optional>

#include "engine/calendar/zone.h"
#include "engine/value/duration.h"

namespace tenon {
namespace {

constexpr std::int64_t kSecondMs = 1000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads from `least` to `most` digits and moves on.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  int value = 0;
  std::size_t read = 0;
  for (; read < std::min(most, text.size()) && is_digit(text[read]); ++read) {
    value = value * 10 + (text[read] - '0');
  }
  if (read < least) return std::nullopt;
  text.remove_prefix(read);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

// The day at the front of the text; what is behind it stays.
std::optional<Date> take_day(std::string_view& text, std::string_view pattern) {
  int year = 0;
  int month = 0;
  int day = 0;
  for (std::size_t at = 0; at < pattern.size();) {
    const char letter = pattern[at];
    int* part = letter == 'Y' ? &year : letter == 'M' ? &month : letter == 'D' ? &day : nullptr;
    if (part == nullptr) {
      if (!take(text, letter)) return std::nullopt;
      ++at;
      continue;
    }
    std::size_t width = 0;
    while (at < pattern.size() && pattern[at] == letter) ++at, ++width;
    // "M" is one digit or two, "MM" two.
    const auto number = take_number(text, width, width == 1 ? 2 : width);
    if (!number) return std::nullopt;
    *part = *number;
  }
  const auto date = date_of(year, month, day);
  return date ? std::optional(*date) : std::nullopt;
}

// A time of day in milliseconds; behind the seconds, where `fraction`, parts of them.
std::optional<std::int64_t> take_clock(std::string_view& text, bool fraction) {
  const auto hour = take_number(text, 1, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  const std::int64_t minutes = *hour * 60 + *minute;
  if (!take(text, ':')) return minutes * 60 * kSecondMs;
  const auto second = take_number(text, 2, 2);
  if (!second || *second > 59) return std::nullopt;
  const std::int64_t whole = (minutes * 60 + *second) * kSecondMs;
  if (!fraction || !take(text, '.')) return whole;
  std::int64_t ms = 0;
  int read = 0;
  for (; !text.empty() && is_digit(text.front()); ++read, text.remove_prefix(1)) {
    if (read < 3) ms = ms * 10 + (text.front() - '0');
  }
  for (int digits = read; digits < 3; ++digits) ms *= 10;
  return read == 0 ? std::nullopt : std::optional(whole + ms);
}

// "Z", "+08:00": in milliseconds. Nothing where none is there, or something else.
std::optional<std::int64_t> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const bool behind = text.starts_with('-');
  if (!behind && !text.starts_with('+')) return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take_number(text, 2, 2);
  if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
  const auto minutes = take_number(text, 2, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return (behind ? -1 : 1) * (*hours * 60 + *minutes) * 60 * kSecondMs;
}

// The blanks or the one letter between a day and its time.
bool take_gap(std::string_view& text) {
  if (take(text, 'T') || take(text, 't')) return true;
  const auto behind = text.find_first_not_of(' ');
  if (behind == 0 || behind == std::string_view::npos) return false;
  text.remove_prefix(behind);
  return true;
}

Result<Value> moment(std::int64_t ms) {
  TENON_TRY(const auto datetime, datetime_at(ms));
  return Value{datetime};
}

}  // namespace

Result<Value> parse_date_cell(std::string_view cell, std::string_view pattern) {
  const auto day = take_day(cell, pattern);
  if (day && cell.empty()) return Value{*day};
  return Error::invalid("", "date", "must be a day written as " + std::string(pattern));
}

Result<Value> parse_time_cell(std::string_view cell) {
  const auto clock = take_clock(cell, false);
  if (clock && cell.empty()) return Value{Time{static_cast<std::int32_t>(*clock / kSecondMs)}};
  return Error::invalid("", "time", "must be a time such as 9:30 or 09:30:05");
}

Result<Value> parse_datetime_cell(std::string_view cell, const CellFormat& format) {
  if (const auto exact = parse_datetime(cell)) return Value{*exact};
  const auto malformed = [&] {
    return Error::invalid("", "datetime",
                          "must be a moment such as 2026-11-23T09:30:00Z, or a day written as " +
                              format.date + ", alone or with a time such as 09:30 behind it");
  };
  const auto day = take_day(cell, format.date);
  if (!day) return malformed();
  std::int64_t clock = 0;
  if (!cell.empty()) {
    const auto taken = take_gap(cell) ? take_clock(cell, true) : std::nullopt;
    if (!taken) return malformed();
    clock = *taken;
    if (!cell.empty()) {
      const auto offset = take_offset(cell);
      if (!offset || !cell.empty()) return malformed();
      return moment(day->days * kDaySeconds * kSecondMs + clock - *offset);
    }
  }
  if (format.zone == nullptr) {
    return Error::invalid("", "datetime", "must say its offset, as 2026-11-23T09:30:00+08:00");
  }
  const auto seconds = static_cast<std::int32_t>(clock / kSecondMs);
  return moment(format.zone->moment({day->days, seconds}) + clock % kSecondMs);
}

}  // namespace tenon
