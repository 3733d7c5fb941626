#include "engine/calendar/working_time.h"

#include <algorithm>
#include <utility>

namespace tenon::calendar {
namespace {

constexpr int kDayMinutes = 1'440;
constexpr int kWeekDays = 7;
constexpr int kManyWeeks = 1'000'000;  // More than the calendar has.
constexpr int kIdleDaysMax = 3'660;    // Ten years without work: there is none.
constexpr std::size_t kTimeLetters = 5;

Error not_hours(std::string_view text) {
  return Error::invalid(
      "", "hours",
      "\"" + std::string(text) + "\" are no hours; write \"09:00-12:00, 13:30-18:00\"");
}

Error no_working_time() {
  return Error::of(ErrorCode::limit, "", "working_time",
                   "this calendar has no working time within ten years");
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// "09:30" → 570; -1 for anything else.
int minute_of(std::string_view text) {
  if (text.size() != kTimeLetters || text[2] != ':') return -1;
  for (const std::size_t place : {0u, 1u, 3u, 4u}) {
    if (text[place] < '0' || text[place] > '9') return -1;
  }
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  const int whole = hour * 60 + minute;
  return minute < 60 && whole <= kDayMinutes ? whole : -1;
}

Result<Interval> parse_interval(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return not_hours(text);
  const Interval interval{minute_of(trimmed(text.substr(0, dash))),
                          minute_of(trimmed(text.substr(dash + 1)))};
  if (interval.from_minute < 0 || interval.to_minute <= interval.from_minute) {
    return not_hours(text);
  }
  return interval;
}

std::size_t weekday_of(std::int32_t day) { return static_cast<std::size_t>(day - week_start(day)); }

}  // namespace

Result<Hours> parse_hours(std::string_view text) {
  Hours hours;
  std::string_view rest = trimmed(text);
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    TENON_TRY(const Interval interval, parse_interval(trimmed(rest.substr(0, comma))));
    if (!hours.empty() && interval.from_minute < hours.back().to_minute) return not_hours(text);
    hours.push_back(interval);
    if (comma == std::string_view::npos) return hours;
    rest = trimmed(rest.substr(comma + 1));
    if (rest.empty()) return not_hours(text);
  }
  return hours;
}

Hours ordinary_hours(const Week& week) {
  const auto found =
      std::find_if(week.begin(), week.end(), [](const Hours& hours) { return !hours.empty(); });
  return found == week.end() ? Hours{} : *found;
}

Week usual_week() {
  const Hours nine_to_five{{9 * 60, 17 * 60}};
  return {nine_to_five, nine_to_five, nine_to_five, nine_to_five, nine_to_five, {}, {}};
}

WorkingCalendar::WorkingCalendar(Zone zone, Week week, std::map<std::int32_t, Hours> special)
    : zone_(std::move(zone)), week_(std::move(week)), special_(std::move(special)) {}

const Hours& WorkingCalendar::hours_of(std::int32_t day) const {
  const auto special = special_.find(day);
  return special != special_.end() ? special->second : week_[weekday_of(day)];
}

std::vector<WorkingCalendar::Span> WorkingCalendar::spans_of(std::int32_t day) const {
  std::vector<Span> spans;
  for (const Interval& interval : hours_of(day)) {
    spans.push_back({zone_.moment({day, interval.from_minute * 60}),
                     zone_.moment({day, interval.to_minute * 60})});
  }
  return spans;
}

bool WorkingCalendar::is_working(std::int64_t ms) const {
  const auto spans = spans_of(zone_.local(ms).days);
  return std::any_of(spans.begin(), spans.end(),
                     [ms](const Span& span) { return span.begin_ms <= ms && ms < span.end_ms; });
}

Result<std::int64_t> WorkingCalendar::add_ms(std::int64_t from_ms, std::int64_t working_ms) const {
  if (working_ms == 0) return from_ms;
  return working_ms > 0 ? forward(from_ms, working_ms) : backward(from_ms, -working_ms);
}

Result<std::int64_t> WorkingCalendar::forward(std::int64_t from_ms, std::int64_t rest_ms) const {
  std::int32_t day = zone_.local(from_ms).days;
  for (int idle = 0; idle <= kIdleDaysMax; ++idle, ++day) {
    for (const Span& span : spans_of(day)) {
      const std::int64_t begin_ms = std::max(span.begin_ms, from_ms);
      if (begin_ms >= span.end_ms) continue;
      if (rest_ms <= span.end_ms - begin_ms) return begin_ms + rest_ms;
      rest_ms -= span.end_ms - begin_ms;
      idle = 0;
    }
  }
  return no_working_time();
}

Result<std::int64_t> WorkingCalendar::backward(std::int64_t from_ms, std::int64_t rest_ms) const {
  std::int32_t day = zone_.local(from_ms).days;
  for (int idle = 0; idle <= kIdleDaysMax; ++idle, --day) {
    const auto spans = spans_of(day);
    for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
      const std::int64_t end_ms = std::min(span->end_ms, from_ms);
      if (end_ms <= span->begin_ms) continue;
      if (rest_ms <= end_ms - span->begin_ms) return end_ms - rest_ms;
      rest_ms -= end_ms - span->begin_ms;
      idle = 0;
    }
  }
  return no_working_time();
}

std::int64_t WorkingCalendar::between_ms(std::int64_t from_ms, std::int64_t to_ms) const {
  if (to_ms < from_ms) return -between_ms(to_ms, from_ms);
  std::int64_t sum = 0;
  const std::int32_t last = zone_.local(to_ms).days;
  for (std::int32_t day = zone_.local(from_ms).days; day <= last; ++day) {
    for (const Span& span : spans_of(day)) {
      sum += std::max<std::int64_t>(
          0, std::min(span.end_ms, to_ms) - std::max(span.begin_ms, from_ms));
    }
  }
  return sum;
}

Result<std::int32_t> WorkingCalendar::add_days(std::int32_t day, int count) const {
  const int step = count < 0 ? -1 : 1;
  const int each_week = working_days_of_week();
  for (int idle = 0; count != 0; ++idle) {
    if (idle > kIdleDaysMax) return no_working_time();
    // Over whole weeks at once; the last working day is looked for day by day.
    const int weeks = each_week == 0 ? 0 : (count * step - 1) / each_week;
    const int passed = std::min(weeks, usual_weeks(day, step));
    if (passed > 0) idle = 0;
    day += step * passed * kWeekDays;
    count -= step * passed * each_week;
    day += step;
    if (!is_working_day(day)) continue;
    count -= step;
    idle = 0;
  }
  return day;
}

int WorkingCalendar::working_days_of_week() const {
  return static_cast<int>(
      std::count_if(week_.begin(), week_.end(), [](const Hours& hours) { return !hours.empty(); }));
}

// How many weeks from behind this day on, or back from before it, have no special day.
int WorkingCalendar::usual_weeks(std::int32_t day, int step) const {
  const auto behind = special_.upper_bound(day);
  const auto from = special_.lower_bound(day);
  if (step > 0)
    return behind == special_.end() ? kManyWeeks : (behind->first - day - 1) / kWeekDays;
  return from == special_.begin() ? kManyWeeks : (day - std::prev(from)->first - 1) / kWeekDays;
}

int WorkingCalendar::days_between(std::int32_t from, std::int32_t to) const {
  if (to < from) return -days_between(to, from);
  const std::int32_t weeks = (to - from) / kWeekDays;
  int count = weeks * working_days_of_week();
  for (std::int32_t day = from + weeks * kWeekDays; day < to; ++day) {
    count += week_[weekday_of(day)].empty() ? 0 : 1;
  }
  const auto end = special_.lower_bound(to);
  for (auto special = special_.lower_bound(from); special != end; ++special) {
    const bool usual = !week_[weekday_of(special->first)].empty();
    count += (special->second.empty() ? 0 : 1) - (usual ? 1 : 0);
  }
  return count;
}

}  // namespace tenon::calendar
