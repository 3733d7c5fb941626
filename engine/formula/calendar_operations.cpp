// + and - of dates and moments, and the local day and time of a moment.
#include <algorithm>
#include <optional>

#include "engine/calendar/zone.h"
#include "engine/formula/evaluate.h"

namespace tenon::formula {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kDaySeconds = 86'400;

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

// Days as milliseconds, rounded half away from zero; nothing beyond the calendar. The fraction is
// taken apart: so 128 bits hold 34 digits times 86,400,000.
std::optional<std::int64_t> milliseconds_of(const Decimal& days) {
  constexpr std::int64_t kBeyond = 10'000'000;  // More days than the calendar has.
  const Decimal whole_days = days.truncated(0);
  const auto whole = whole_days.whole();
  if (!whole || *whole > kBeyond || *whole < -kBeyond) return std::nullopt;
  const auto fraction = subtract(days, whole_days);
  if (!fraction) return std::nullopt;
  using Wide = Decimal::Coefficient;
  Wide scaled = fraction->coefficient() * (kDayMs / 100'000);
  int digits = fraction->scale() - 5;
  for (; digits < 0; ++digits) scaled *= 10;
  Wide unit = 1;
  for (; digits > 0; --digits) unit *= 10;
  const Wide rest = scaled % unit;
  Wide ms = scaled / unit;
  if ((rest < 0 ? -rest : rest) * 2 >= unit) ms += scaled < 0 ? -1 : 1;
  return *whole * kDayMs + static_cast<std::int64_t>(ms);
}

Result<Value> moment_after(DateTime moment, const Decimal& days) {
  static const std::int64_t first = date_of(1, 1, 1)->days * kDayMs;
  static const std::int64_t last = (date_of(9999, 12, 31)->days + std::int64_t{1}) * kDayMs - 1;
  const auto ms = milliseconds_of(days);
  if (!ms || moment.ms + *ms < first || moment.ms + *ms > last) {
    return out_of_range("the date is outside of the years 0001 to 9999");
  }
  return Value{DateTime{moment.ms + *ms}};
}

calendar::Local local_of(DateTime moment, const calendar::Zone* zone) {
  if (zone != nullptr) return zone->local(moment.ms);
  const std::int64_t days = floor_divide(moment.ms, kDayMs);
  return {static_cast<std::int32_t>(days),
          static_cast<std::int32_t>((moment.ms - days * kDayMs) / 1000)};
}

}  // namespace

Result<Value> moved(Op op, const Value& left, const Value& right) {
  if (op == Op::days_between) {
    return Value{Decimal::of(std::int64_t{std::get<Date>(left).days} - std::get<Date>(right).days)};
  }
  if (op == Op::moments_between) {
    const std::int64_t ms = std::get<DateTime>(left).ms - std::get<DateTime>(right).ms;
    return value_of(divide(Decimal::of(ms), Decimal::of(kDayMs)));
  }
  const Decimal& number = std::get<Decimal>(right);
  const bool back = op == Op::subtract_days || op == Op::subtract_moment;
  const Decimal days = back ? number.negated() : number;
  if (const auto* moment = std::get_if<DateTime>(&left)) return moment_after(*moment, days);
  constexpr std::int64_t kBeyond = 10'000'000;  // More days than the calendar has.
  const auto whole = days.floor().whole();
  const std::int64_t beyond = days.is_negative() ? -kBeyond : kBeyond;
  return day_after(std::get<Date>(left), std::clamp(whole.value_or(beyond), -kBeyond, kBeyond));
}

Date local_date(DateTime moment, const calendar::Zone* zone) {
  return Date{local_of(moment, zone).days};
}

Time local_time(DateTime moment, const calendar::Zone* zone) {
  return Time{local_of(moment, zone).seconds % static_cast<std::int32_t>(kDaySeconds)};
}

}  // namespace tenon::formula
