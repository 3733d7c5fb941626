// Working days with weekends and holidays, and days counted as banks do.
#include <algorithm>
#include <array>

#include "engine/formula/functions.h"

namespace tenon::formula {
namespace {

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

Value number(std::int64_t whole) { return Value{Decimal::of(whole)}; }

// Which days of the week are free (0 is Monday), and which others.
struct Calendar {
  std::array<bool, 7> free{};
  std::vector<std::int64_t> holidays;  // Sorted, each once; none on a free day of the week.

  // 1970-01-01 was a Thursday.
  bool works(std::int64_t day) const {
    return !free[static_cast<std::size_t>(day + 3 - floor_divide(day + 3, 7) * 7)];
  }
  std::int64_t working_days() const { return std::count(free.begin(), free.end(), false); }
};

// "7", or "0000011" with Monday first.
std::optional<std::array<bool, 7>> weekend_of(std::string_view text) {
  std::array<bool, 7> free{};
  if (text.size() == free.size()) {
    for (std::size_t i = 0; i < free.size(); ++i) {
      if (text[i] != '0' && text[i] != '1') return std::nullopt;
      free[i] = text[i] == '1';
    }
    return free;
  }
  const bool two_digits = text.size() == 2 && text[0] == '1';
  if (text.size() != 1 && !two_digits) return std::nullopt;
  const int last = text.back() - '0';
  if (last < 1 || last > 7) return std::nullopt;
  if (two_digits) {  // One: Sunday, Monday …
    free[static_cast<std::size_t>((last + 5) % 7)] = true;
  } else {  // Two: Saturday and Sunday, Sunday and Monday …
    free[static_cast<std::size_t>((last + 4) % 7)] = true;
    free[static_cast<std::size_t>((last + 5) % 7)] = true;
  }
  return free;
}

// `from`: where the holidays begin; the weekend is before them where one may be given.
Result<Calendar> calendar_of(Arguments arguments, bool with_weekend) {
  Calendar calendar;
  const bool given = with_weekend && arguments.size() > 2 && !is_empty(*arguments[2]);
  const auto free = weekend_of(given ? text_at(arguments, 2) : "1");
  if (!free) return bad_argument("the weekend is 1 to 7, 11 to 17, or such as \"0000011\"");
  calendar.free = *free;
  for (std::size_t i = with_weekend ? 3 : 2; i < arguments.size(); ++i) {
    const auto* holiday = std::get_if<Date>(arguments[i]);
    if (holiday != nullptr && calendar.works(holiday->days)) {
      calendar.holidays.push_back(holiday->days);
    }
  }
  auto& holidays = calendar.holidays;
  std::sort(holidays.begin(), holidays.end());
  holidays.erase(std::unique(holidays.begin(), holidays.end()), holidays.end());
  return calendar;
}

// So many days of work on (back where negative), holidays not looked at.
std::int64_t moved(const Calendar& calendar, std::int64_t day, std::int64_t count) {
  const std::int64_t direction = count < 0 ? -1 : 1;
  const std::int64_t weeks = (count * direction - 1) / calendar.working_days();
  std::int64_t left = count * direction - weeks * calendar.working_days();
  day += direction * weeks * 7;
  while (left > 0) {
    day += direction;
    if (calendar.works(day)) --left;
  }
  return day;
}

Result<Value> working_day(Arguments arguments, bool with_weekend) {
  if (is_empty(*arguments[0]) || is_empty(*arguments[1])) return Value{};
  TENON_TRY(auto calendar, calendar_of(arguments, with_weekend));
  if (calendar.working_days() == 0) return bad_argument("a week without working days");
  const Date start = date_at(arguments, 0);
  const std::int64_t count = whole_at(arguments, 1);
  if (count == 0) return Value{start};
  std::int64_t day = moved(calendar, start.days, count);
  auto& holidays = calendar.holidays;
  if (count < 0) std::reverse(holidays.begin(), holidays.end());
  for (const std::int64_t holiday : holidays) {
    const bool passed =
        count > 0 ? holiday > start.days && holiday <= day : holiday < start.days && holiday >= day;
    if (passed) day = moved(calendar, day, count > 0 ? 1 : -1);
  }
  return day_after(Date{0}, day);
}

Result<Value> working_days(Arguments arguments, bool with_weekend) {
  if (is_empty(*arguments[0]) || is_empty(*arguments[1])) return Value{};
  TENON_TRY(const auto calendar, calendar_of(arguments, with_weekend));
  const std::int64_t start = date_at(arguments, 0).days;
  const std::int64_t end = date_at(arguments, 1).days;
  const std::int64_t from = std::min(start, end);
  const std::int64_t to = std::max(start, end);
  const std::int64_t weeks = (to - from + 1) / 7;
  std::int64_t count = weeks * calendar.working_days();
  for (std::int64_t day = from + weeks * 7; day <= to; ++day) count += calendar.works(day) ? 1 : 0;
  for (const std::int64_t holiday : calendar.holidays) {
    if (holiday >= from && holiday <= to) --count;
  }
  return number(start <= end ? count : -count);
}

Result<Value> workday(Arguments arguments) { return working_day(arguments, false); }
Result<Value> workday_of(Arguments arguments) { return working_day(arguments, true); }
Result<Value> network_days(Arguments arguments) { return working_days(arguments, false); }
Result<Value> network_days_of(Arguments arguments) { return working_days(arguments, true); }

bool ends_february(const CivilDate& date) {
  return date.month == 2 && date.day == days_in_month(date.year, 2);
}

std::int64_t days_of_30(const CivilDate& start, const CivilDate& end) {
  return std::int64_t{end.year - start.year} * 360 + (end.month - start.month) * 30 + end.day -
         start.day;
}

std::int64_t european(CivilDate start, CivilDate end) {
  start.day = std::min(start.day, 30);
  end.day = std::min(end.day, 30);
  return days_of_30(start, end);
}

Result<Value> days_360(Arguments arguments) {
  CivilDate start = civil(date_at(arguments, 0));
  CivilDate end = civil(date_at(arguments, 1));
  if (arguments.size() > 2 && is_true(*arguments[2])) return number(european(start, end));
  if (start.day == 31 || ends_february(start)) start.day = 30;
  if (end.day == 31) {
    if (start.day < 30) {  // The first of the next month.
      end.day = 1;
      ++end.month;
    } else {
      end.day = 30;
    }
  }
  return number(days_of_30(start, end));
}

std::int64_t american(CivilDate start, CivilDate end) {
  if (ends_february(start) && ends_february(end)) end.day = 30;
  if (ends_february(start)) start.day = 30;
  if (end.day == 31 && start.day >= 30) end.day = 30;
  if (start.day == 31) start.day = 30;
  return days_of_30(start, end);
}

bool is_leap(int year) { return days_in_month(year, 2) == 29; }

// The days of the year that a span of actual days is measured with, times `years`.
struct Measure {
  std::int64_t days;
  std::int64_t years;
};

Measure actual_year(Date start, Date end) {
  const CivilDate from = civil(start);
  const CivilDate to = civil(end);
  const bool before_birthday =
      from.month > to.month || (from.month == to.month && from.day >= to.day);
  if (from.year == to.year || (from.year + 1 == to.year && before_birthday)) {
    const auto leap_day = [](int year) { return date_of(year, 2, 29); };
    bool long_year = from.year == to.year && is_leap(from.year);
    for (const int year : {from.year, to.year}) {
      if (!is_leap(year)) continue;
      long_year = long_year || (*leap_day(year) >= start && *leap_day(year) <= end);
    }
    return {long_year ? 366 : 365, 1};
  }
  const std::int64_t last =
      to.year == 9999 ? date_of(9999, 12, 31)->days + 1 : date_of(to.year + 1, 1, 1)->days;
  return {last - date_of(from.year, 1, 1)->days, to.year - from.year + 1};
}

Result<Value> part_of_year(Arguments arguments) {
  const Date start = std::min(date_at(arguments, 0), date_at(arguments, 1));
  const Date end = std::max(date_at(arguments, 0), date_at(arguments, 1));
  const std::int64_t days = std::int64_t{end.days} - start.days;
  const auto share = [](std::int64_t part, std::int64_t whole) {
    return value_of(divide(Decimal::of(part), Decimal::of(whole)));
  };
  switch (whole_at(arguments, 2)) {
    case 0: return share(american(civil(start), civil(end)), 360);
    case 1: {
      const Measure year = actual_year(start, end);
      return share(days * year.years, year.days);
    }
    case 2: return share(days, 360);
    case 3: return share(days, 365);
    case 4: return share(european(civil(start), civil(end)), 360);
    default: return bad_argument("YEARFRAC knows the bases 0 to 4");
  }
}

constexpr Parameter kHoliday{"holiday", Takes::day, true};
constexpr Parameter kHolidayOrCalendar{"holiday", Takes::holiday, true};
constexpr Parameter kWeekend{"weekend", Takes::text_or_number, true};
constexpr Parameter kStart{"start", Takes::day};
constexpr Parameter kEnd{"end", Takes::day};
constexpr Parameter kDays{"days", Takes::number};
constexpr Parameter kWorkday[] = {kStart, kDays, kHolidayOrCalendar};
constexpr Parameter kWorkdayOf[] = {kStart, kDays, kWeekend, kHoliday};
constexpr Parameter kNetwork[] = {kStart, kEnd, kHolidayOrCalendar};
constexpr Parameter kNetworkOf[] = {kStart, kEnd, kWeekend, kHoliday};
constexpr Parameter kMethod[] = {kStart, kEnd, {"european", Takes::boolean, true}};
constexpr Parameter kBasis[] = {kStart, kEnd, {"basis", Takes::number, true}};

constexpr Function kFunctions[] = {
    {"WORKDAY", kWorkday, 1, Kind::date, Nulls::own, Op::call, workday},
    {"NETWORKDAYS", kNetwork, 1, Kind::number, Nulls::own, Op::call, network_days},
    {"WORKDAY.INTL", kWorkdayOf, 1, Kind::date, Nulls::own, Op::call, workday_of},
    {"NETWORKDAYS.INTL", kNetworkOf, 1, Kind::number, Nulls::own, Op::call, network_days_of},
    {"DAYS360", kMethod, 0, Kind::number, Nulls::propagate, Op::call, days_360},
    {"YEARFRAC", kBasis, 0, Kind::number, Nulls::propagate, Op::call, part_of_year},
};

}  // namespace

std::span<const Function> working_day_functions() { return kFunctions; }

}  // namespace tenon::formula
