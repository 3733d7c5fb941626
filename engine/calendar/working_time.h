// Working time: when people are at work, and how much of it lies between two moments. Pure.
//
// A calendar is a week of hours in a zone, and special days that replace them: holidays, half days,
// a Saturday worked in exchange for a bridge day. Hours are read off the clocks of the zone, what
// lies between them is elapsed time: where clocks go forward within working hours, that day is
// shorter. Vectors: tests/vectors/calendar. Where calendars are kept: query/working_calendar.h.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/calendar/zone.h"

namespace tenon::calendar {

struct Interval {
  int from_minute = 0;  // Since midnight.
  int to_minute = 0;    // Behind it; 1,440 is the end of the day.
  friend bool operator==(const Interval&, const Interval&) = default;
};
using Hours = std::vector<Interval>;  // In order, none touching another's inside.
using Week = std::array<Hours, 7>;    // Monday first.

// "09:00-12:00, 13:30-18:00"; "" is a day off. `invalid` with the rule "hours" for anything else.
Result<Hours> parse_hours(std::string_view text);
// Of the first day of the week that has any: those of a Saturday that is worked.
Hours ordinary_hours(const Week& week);

// Monday to Friday, nine to five: where nothing else was said.
Week usual_week();

class WorkingCalendar {
 public:
  // `special`: by day since 1970-01-01, hours instead of the week's; none: a holiday.
  WorkingCalendar(Zone zone, Week week, std::map<std::int32_t, Hours> special);

  const Zone& zone() const { return zone_; }
  bool is_working_day(std::int32_t day) const { return !hours_of(day).empty(); }
  bool is_working(std::int64_t ms) const;

  // The moment so much working time later, or earlier where it is negative; the moment itself for
  // none. `limit` where the calendar has no working time within ten years.
  Result<std::int64_t> add_ms(std::int64_t from_ms, std::int64_t working_ms) const;
  // Negative where `to` is the earlier one.
  std::int64_t between_ms(std::int64_t from_ms, std::int64_t to_ms) const;

  // The count-th working day behind this day, or before it; the day itself for 0.
  Result<std::int32_t> add_days(std::int32_t day, int count) const;
  // Working days from this day on, before that one; negative where that is the earlier one.
  int days_between(std::int32_t from, std::int32_t to) const;

 private:
  struct Span {
    std::int64_t begin_ms;
    std::int64_t end_ms;
  };
  const Hours& hours_of(std::int32_t day) const;
  int working_days_of_week() const;
  int usual_weeks(std::int32_t day, int step) const;
  std::vector<Span> spans_of(std::int32_t day) const;
  Result<std::int64_t> forward(std::int64_t from_ms, std::int64_t rest_ms) const;
  Result<std::int64_t> backward(std::int64_t from_ms, std::int64_t rest_ms) const;

  Zone zone_;
  Week week_;
  std::map<std::int32_t, Hours> special_;
};

}  // namespace tenon::calendar
