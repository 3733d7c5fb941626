#include "engine/value/date.h"

#include <array>
#include <optional>

namespace tenon {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kFirstMs = -719'162 * kDayMs;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kEndMs = 2'932'897 * kDayMs;   // 10000-01-01T00:00:00Z

// Days since 1970-01-01 of a civil date, by eras of 400 years that begin on the first of March.
// Source: the algorithm published by Howard Hinnant, "chrono-compatible low-level date algorithms".
std::int32_t days_of(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

// Reads exactly `count` digits and moves on.
std::optional<int> digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto year = digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = digits(text, 2);
  if (!day) return std::nullopt;
  const auto date = date_of(*year, *month, *day);
  return date ? std::optional(*date) : std::nullopt;
}

std::optional<Time> take_time(std::string_view& text) {
  const auto hour = digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  if (!take(text, ':')) return Time{*hour * 3600 + *minute * 60};
  const auto second = digits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  return Time{*hour * 3600 + *minute * 60 + *second};
}

// ".5" → 500; further digits than three are cut off. Nothing but a point without digits is refused.
std::optional<int> take_milliseconds(std::string_view& text) {
  if (!take(text, '.')) return 0;
  int ms = 0;
  int read = 0;
  for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++read) {
    if (read < 3) ms = ms * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  if (read == 0) return std::nullopt;
  for (int i = read; i < 3; ++i) ms *= 10;
  return ms;
}

std::optional<int> take_offset_minutes(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hours = digits(text, 2);
  if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
  const auto minutes = digits(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

void put(std::string& text, int value, int width) {
  std::array<char, 4> digits_written{};
  for (int i = width; i-- > 0; value /= 10) {
    digits_written[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
  }
  text.append(digits_written.data(), static_cast<std::size_t>(width));
}

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

}  // namespace

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

CivilDate civil(Date date) {
  const int shifted = date.days + 719'468;
  const int era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
  const int day_of_era = shifted - era * 146'097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int month = shifted_month + (shifted_month < 10 ? 3 : -9);
  const int year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

Result<Date> date_of(int year, int month, int day) {
  const bool exists = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
                      day <= days_in_month(year, month);
  if (exists) return Date{days_of(year, month, day)};
  return Error::invalid("", "date", "there is no such day");
}

Result<Date> parse_date(std::string_view text) {
  const auto date = take_date(text);
  if (date && text.empty()) return *date;
  return Error::invalid("", "date", "must be a day such as 2026-11-23");
}

Result<Time> parse_time(std::string_view text) {
  const auto time = take_time(text);
  if (time && text.empty()) return *time;
  return Error::invalid("", "time", "must be a time such as 09:30");
}

Result<DateTime> parse_datetime(std::string_view text) {
  const auto malformed = [] {
    return Error::invalid("", "datetime", "must be a moment such as 2026-11-23T09:30:00+08:00");
  };
  const auto date = take_date(text);
  if (!date || !(take(text, 'T') || take(text, 't') || take(text, ' '))) return malformed();
  const auto before = text.size();
  const auto time = take_time(text);
  if (!time) return malformed();
  const bool has_seconds = before - text.size() > 5;  // "09:30.5" would be half a minute.
  const auto ms = has_seconds ? take_milliseconds(text) : 0;
  if (!ms) return malformed();
  const auto offset = take_offset_minutes(text);
  if (!offset || !text.empty()) return malformed();
  return datetime_at(date->days * kDayMs + (time->seconds - *offset * 60) * std::int64_t{1000} +
                     *ms);
}

Result<DateTime> datetime_at(std::int64_t ms) {
  if (ms >= kFirstMs && ms < kEndMs) return DateTime{ms};
  return Error::invalid("", "datetime", "must be in the years 0001 to 9999 of UTC");
}

std::string text_of(Date date) {
  const CivilDate parts = civil(date);
  std::string text;
  text.reserve(10);
  put(text, parts.year, 4);
  text += '-';
  put(text, parts.month, 2);
  text += '-';
  put(text, parts.day, 2);
  return text;
}

std::string text_of(Time time) {
  std::string text;
  put(text, time.seconds / 3600, 2);
  text += ':';
  put(text, time.seconds / 60 % 60, 2);
  if (time.seconds % 60 == 0) return text;
  text += ':';
  put(text, time.seconds % 60, 2);
  return text;
}

std::string text_of(DateTime datetime) {
  const std::int64_t days = floor_divide(datetime.ms, kDayMs);
  const auto in_day = static_cast<int>(datetime.ms - days * kDayMs);
  std::string text = text_of(Date{static_cast<std::int32_t>(days)});
  text += 'T';
  put(text, in_day / 3'600'000, 2);
  text += ':';
  put(text, in_day / 60'000 % 60, 2);
  text += ':';
  put(text, in_day / 1000 % 60, 2);
  if (in_day % 1000 != 0) {
    text += '.';
    put(text, in_day % 1000, 3);
  }
  return text += 'Z';
}

}  // namespace tenon
