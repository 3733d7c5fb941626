// Days, times of day and moments, as the API writes them. Pure; the proleptic Gregorian calendar.
//
// A Date and a Time have no zone; a DateTime is a moment, kept as UTC milliseconds. Which day a
// moment falls on depends on a zone: engine/calendar. Years run from 0001 to 9999.
// Source of the texts: RFC 3339.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tenon {

struct Date {
  std::int32_t days = 0;  // Since 1970-01-01.
  friend auto operator<=>(const Date&, const Date&) = default;
};

struct Time {
  std::int32_t seconds = 0;  // Since midnight, below 86,400.
  friend auto operator<=>(const Time&, const Time&) = default;
};

struct DateTime {
  std::int64_t ms = 0;  // Since 1970-01-01T00:00:00Z.
  friend auto operator<=>(const DateTime&, const DateTime&) = default;
};

struct CivilDate {
  int year;
  int month;  // From 1.
  int day;    // From 1.
};

CivilDate civil(Date date);
// Refused where there is no such day (2025-02-30) or the year is out of range.
Result<Date> date_of(int year, int month, int day);
int days_in_month(int year, int month);

// "2026-11-23"
Result<Date> parse_date(std::string_view text);
// "09:30" or "09:30:15"
Result<Time> parse_time(std::string_view text);
// RFC 3339 with an offset ("2026-11-23T09:30:00Z", "…+08:00", fractions up to milliseconds kept).
Result<DateTime> parse_datetime(std::string_view text);

// Refused outside of the years.
Result<DateTime> datetime_at(std::int64_t ms);

std::string text_of(Date date);
std::string text_of(Time time);          // "09:30", or "09:30:15" where there are seconds.
std::string text_of(DateTime datetime);  // "2026-11-23T09:30:00Z", milliseconds only where not 0.

}  // namespace tenon
