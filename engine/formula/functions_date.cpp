#include <algorithm>

#include "engine/formula/date_text.h"
#include "engine/formula/functions.h"

namespace tenon::formula {
namespace {

constexpr int kDaySeconds = 86'400;

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

Value number(std::int64_t whole) { return Value{Decimal::of(whole)}; }

Error outside() { return out_of_range("the date is outside of the years 0001 to 9999"); }

// 0 is Monday. 1970-01-01 was a Thursday.
int weekday_of(Date date) {
  const std::int64_t days = std::int64_t{date.days} + 3;
  return static_cast<int>(days - floor_divide(days, 7) * 7);
}

// The first day of a month counted from year 0.
Result<Date> month_begin(std::int64_t month) {
  const std::int64_t year = floor_divide(month, 12);
  if (year < 1 || year > 9999) return outside();
  return date_of(static_cast<int>(year), static_cast<int>(month - year * 12) + 1, 1);
}

std::int64_t month_of(Date date) {
  const CivilDate parts = civil(date);
  return std::int64_t{parts.year} * 12 + parts.month - 1;
}

// The same day so many months later, or that month's last.
Result<Date> months_after(Date date, std::int64_t months) {
  TENON_TRY(const auto begin, month_begin(month_of(date) + months));
  const CivilDate target = civil(begin);
  const int day = std::min(civil(date).day, days_in_month(target.year, target.month));
  return Date{begin.days + day - 1};
}

Result<Value> date(Arguments arguments) {
  const std::int64_t months = whole_at(arguments, 0) * 12 + whole_at(arguments, 1) - 1;
  TENON_TRY(const auto begin, month_begin(months));
  return day_after(begin, whole_at(arguments, 2) - 1);
}

Result<Value> year(Arguments arguments) { return number(civil(date_at(arguments, 0)).year); }
Result<Value> month(Arguments arguments) { return number(civil(date_at(arguments, 0)).month); }
Result<Value> day(Arguments arguments) { return number(civil(date_at(arguments, 0)).day); }
Result<Value> quarter(Arguments arguments) {
  return number((civil(date_at(arguments, 0)).month + 2) / 3);
}

// The weekday (0 is Monday) that a mode of WEEKDAY and WEEKNUM begins its weeks with.
std::optional<int> first_weekday(std::int64_t mode) {
  if (mode == 1) return 6;
  if (mode == 2) return 0;
  if (mode >= 11 && mode <= 17) return static_cast<int>(mode - 11);
  return std::nullopt;
}

Result<Value> weekday(Arguments arguments) {
  const int weekday = weekday_of(date_at(arguments, 0));
  const std::int64_t mode = whole_at(arguments, 1, 1);
  if (mode == 3) return number(weekday);
  const auto first = first_weekday(mode);
  if (!first) return bad_argument("WEEKDAY knows the modes 1, 2, 3 and 11 to 17");
  return number((weekday - *first + 7) % 7 + 1);
}

// By the Thursday of the week: its year is the week's.
int iso_week(Date date) {
  const Date thursday{date.days - weekday_of(date) + 3};
  const int year = thursday.days < date_of(1, 1, 1)->days ? 1 : civil(thursday).year;
  if (year > 9999) return 1;
  return (thursday.days - date_of(year, 1, 1)->days) / 7 + 1;
}

Result<Value> week(Arguments arguments) {
  const Date date = date_at(arguments, 0);
  const std::int64_t mode = whole_at(arguments, 1, 1);
  if (mode == 21) return number(iso_week(date));
  const auto first = first_weekday(mode);
  if (!first) return bad_argument("WEEKNUM knows the modes 1, 2, 11 to 17 and 21");
  const Date new_year = *date_of(civil(date).year, 1, 1);
  const int before = (weekday_of(new_year) - *first + 7) % 7;
  return number((date.days - new_year.days + before) / 7 + 1);
}

Result<Value> iso_week_of(Arguments arguments) { return number(iso_week(date_at(arguments, 0))); }

Result<Value> same_day(Arguments arguments) {
  TENON_TRY(const auto date, months_after(date_at(arguments, 0), whole_at(arguments, 1)));
  return Value{date};
}

Result<Value> month_end(Arguments arguments) {
  TENON_TRY(const auto begin,
            month_begin(month_of(date_at(arguments, 0)) + whole_at(arguments, 1)));
  const CivilDate parts = civil(begin);
  return Value{Date{begin.days + days_in_month(parts.year, parts.month) - 1}};
}

Result<Value> days(Arguments arguments) {
  return number(std::int64_t{date_at(arguments, 0).days} - date_at(arguments, 1).days);
}

// Whole seconds, as a field keeps them. A difference of moments has 34 digits: not all can be
// multiplied.
Result<Value> duration(Arguments arguments) {
  constexpr int kDayDigits = 15;
  TENON_TRY(const auto days, number_at(arguments, 0).rounded(kDayDigits));
  TENON_TRY(const auto seconds, multiply(days, Decimal::of(kDaySeconds)));
  return value_of(seconds.rounded(0));
}

enum class Part { years, months, days, months_left, days_left, days_left_of_year };

constexpr std::pair<std::string_view, Part> kUnits[] = {
    {"Y", Part::years},        {"M", Part::months},     {"D", Part::days},
    {"YM", Part::months_left}, {"MD", Part::days_left}, {"YD", Part::days_left_of_year},
};

std::optional<Part> unit_named(std::string_view given) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  for (const auto& [name, unit] : kUnits) {
    const bool same = std::equal(given.begin(), given.end(), name.begin(), name.end(),
                                 [&](char a, char b) { return upper(a) == b; });
    if (same) return unit;
  }
  return std::nullopt;
}

// A month (counted from year 0) and a day that it may not have: 30 February is a day of March.
Date rolled_over(std::int64_t month, int day) {
  const auto year = static_cast<int>(month / 12);
  return Date{date_of(year, static_cast<int>(month % 12) + 1, 1)->days + day - 1};
}

Result<Value> date_difference(Arguments arguments) {
  const Date start = date_at(arguments, 0);
  const Date end = date_at(arguments, 1);
  const auto unit = unit_named(text_at(arguments, 2));
  if (!unit) return bad_argument("DATEDIF knows the units Y, M, D, YM, MD and YD");
  if (start > end) return bad_argument("DATEDIF needs a start that is not behind the end");
  const int day = civil(start).day;
  std::int64_t months = month_of(end) - month_of(start);
  if (civil(end).day < day) --months;
  const std::int64_t last =
      month_of(start) + (*unit == Part::days_left ? months : months / 12 * 12);
  switch (*unit) {
    case Part::years: return number(months / 12);
    case Part::months: return number(months);
    case Part::days: return number(std::int64_t{end.days} - start.days);
    case Part::months_left: return number(months % 12);
    case Part::days_left:
    case Part::days_left_of_year: break;
  }
  return number(std::int64_t{end.days} - rolled_over(last, day).days);
}

Result<Value> hour(Arguments arguments) {
  return number(std::get<Time>(*arguments[0]).seconds / 3600);
}
Result<Value> minute(Arguments arguments) {
  return number(std::get<Time>(*arguments[0]).seconds / 60 % 60);
}
Result<Value> second(Arguments arguments) {
  return number(std::get<Time>(*arguments[0]).seconds % 60);
}

Result<Value> time(Arguments arguments) {
  const std::int64_t seconds =
      whole_at(arguments, 0) * 3600 + whole_at(arguments, 1) * 60 + whole_at(arguments, 2);
  if (seconds < 0) return bad_argument("TIME cannot be before midnight");
  return Value{Time{static_cast<std::int32_t>(seconds % kDaySeconds)}};
}

Result<Value> date_value(Arguments arguments) {
  const auto moment = read_moment(text_at(arguments, 0));
  if (!moment || !moment->day) {
    return bad_argument("DATEVALUE needs a day, its year first, such as 2026-11-23 or 2026/11/23");
  }
  return Value{*moment->day};
}

Result<Value> time_value(Arguments arguments) {
  const auto moment = read_moment(text_at(arguments, 0));
  if (!moment || !moment->clock) {
    return bad_argument("TIMEVALUE needs a time such as 9:30, 09:30:15 or 9:30 PM");
  }
  return Value{*moment->clock};
}

constexpr Parameter kDate[] = {{"date", Takes::day}};
constexpr Parameter kMode[] = {{"date", Takes::day}, {"mode", Takes::number, true}};
constexpr Parameter kMonths[] = {{"date", Takes::day}, {"months", Takes::number}};
constexpr Parameter kEndStart[] = {{"end", Takes::day}, {"start", Takes::day}};
constexpr Parameter kUnit[] = {{"start", Takes::day}, {"end", Takes::day}, {"unit", Takes::text}};
constexpr Parameter kTime[] = {{"time", Takes::clock}};
constexpr Parameter kYearMonthDay[] = {
    {"year", Takes::number}, {"month", Takes::number}, {"day", Takes::number}};
constexpr Parameter kHourMinuteSecond[] = {
    {"hour", Takes::number}, {"minute", Takes::number}, {"second", Takes::number}};
constexpr Parameter kTextOrMoment[] = {{"value", Takes::text_or_moment}};

constexpr Function part(std::string_view name, std::span<const Parameter> parameters, Call call) {
  return {name, parameters, 0, Kind::number, Nulls::propagate, Op::call, call};
}

constexpr Function made(std::string_view name, std::span<const Parameter> parameters, Kind kind,
                        Call call) {
  return {name, parameters, 0, kind, Nulls::propagate, Op::call, call};
}

constexpr Parameter kDayCount[] = {{"days", Takes::number}};

constexpr Function kFunctions[] = {
    made("DATE", kYearMonthDay, Kind::date, date),
    part("YEAR", kDate, year),
    part("MONTH", kDate, month),
    part("DAY", kDate, day),
    part("QUARTER", kDate, quarter),
    part("WEEKDAY", kMode, weekday),
    part("WEEKNUM", kMode, week),
    part("ISOWEEKNUM", kDate, iso_week_of),
    made("EDATE", kMonths, Kind::date, same_day),
    made("EOMONTH", kMonths, Kind::date, month_end),
    part("DAYS", kEndStart, days),
    part("DATEDIF", kUnit, date_difference),
    part("HOUR", kTime, hour),
    part("MINUTE", kTime, minute),
    part("SECOND", kTime, second),
    made("TIME", kHourMinuteSecond, Kind::time, time),
    {"TODAY", {}, 0, Kind::date, Nulls::own, Op::today},
    {"NOW", {}, 0, Kind::datetime, Nulls::own, Op::now},
    {"DURATION", kDayCount, 0, Kind::number, Nulls::propagate, Op::call, duration},
    made("DATEVALUE", kTextOrMoment, Kind::date, date_value),
    made("TIMEVALUE", kTextOrMoment, Kind::time, time_value),
};

}  // namespace

bool is_date_unit(std::string_view unit) { return unit_named(unit).has_value(); }

Result<Value> day_after(Date date, std::int64_t days) {
  static const std::int64_t first = date_of(1, 1, 1)->days;
  static const std::int64_t last = date_of(9999, 12, 31)->days;
  const std::int64_t day = date.days + days;
  if (day < first || day > last) return outside();
  return Value{Date{static_cast<std::int32_t>(day)}};
}

std::span<const Function> date_functions() { return kFunctions; }

}  // namespace tenon::formula
