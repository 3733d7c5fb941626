// Functions that look at records while they compute: rates of exchange, days of a named calendar.
#include <algorithm>

#include "engine/formula/functions.h"
#include "engine/formula/looked_up.h"

namespace tenon::formula {
namespace {

// More working days than the calendar has days.
constexpr std::int64_t kDaysBeyond = 3'660'000;
// Of a rate that is worked out: so that an amount times it has room in 34 digits.
constexpr int kRateDigits = 15;
constexpr int kLegDigits = 17;  // Of two that are multiplied.

Result<Decimal> to_digits(const Decimal& number, int digits) {
  int whole = -number.scale();  // Digits before the point, negative for zeros behind it.
  for (auto rest = number.coefficient(); rest != 0; rest /= 10) ++whole;
  return number.rounded(digits - whole);
}

Result<Decimal> inverse_of(const Decimal& rate) {
  TENON_TRY(const auto inverse, divide(Decimal::of(1), rate));
  return to_digits(inverse, kRateDigits);
}

Result<Decimal> product_of(const Decimal& first, const Decimal& second) {
  TENON_TRY(const auto left, to_digits(first, kLegDigits));
  TENON_TRY(const auto right, to_digits(second, kLegDigits));
  TENON_TRY(const auto product, multiply(left, right));
  return to_digits(product, kRateDigits);
}

// What is written of a pair in either direction, as the first one asks for it.
std::optional<Result<Decimal>> rate_between(const LookedUp& looked_up, const std::string& from,
                                            const std::string& to, Date on, FoundRate& found) {
  if (const auto direct = looked_up.rate(from, to, on)) {
    found.used.push_back({from, to, *direct});
    return direct->rate;
  }
  const auto opposite = looked_up.rate(to, from, on);
  if (!opposite) return std::nullopt;
  found.used.push_back({to, from, *opposite});
  return inverse_of(opposite->rate);
}

Result<Value> rate_of(const LookedUp& looked_up, FoundRate& found) {
  found.is_same = found.from == found.to;
  if (found.is_same) return Value{Decimal::of(1)};
  if (auto rate = rate_between(looked_up, found.from, found.to, found.on, found)) {
    return value_of(std::move(*rate));
  }
  const std::string middle(looked_up.currency());
  if (middle.empty() || middle == found.from || middle == found.to) return Value{};
  const auto first = rate_between(looked_up, found.from, middle, found.on, found);
  if (!first) return Value{};
  const auto second = rate_between(looked_up, middle, found.to, found.on, found);
  if (!second) {
    found.used.clear();
    return Value{};
  }
  if (!*first) return value_of(*first);
  if (!*second) return value_of(*second);
  return value_of(product_of(**first, **second));
}

Result<Value> exchange_rate(Arguments arguments, const LookedUp& looked_up, Finding& finding) {
  FoundRate& found = finding.emplace<FoundRate>();
  found.from = text_at(arguments, 0);
  found.to = text_at(arguments, 1);
  found.on = date_at(arguments, 2);
  return rate_of(looked_up, found);
}

const calendar::WorkingCalendar* calendar_at(Arguments arguments, const LookedUp& looked_up,
                                             Finding& finding) {
  FoundCalendar& found = finding.emplace<FoundCalendar>();
  found.name = text_at(arguments, 2);
  const auto* calendar = looked_up.calendar(found.name);
  found.is_there = calendar != nullptr;
  return calendar;
}

Result<Value> workday(Arguments arguments, const LookedUp& looked_up, Finding& finding) {
  const auto* calendar = calendar_at(arguments, looked_up, finding);
  if (calendar == nullptr) return Value{};
  const std::int64_t count = std::clamp(whole_at(arguments, 1), -kDaysBeyond, kDaysBeyond);
  const auto day = calendar->add_days(date_at(arguments, 0).days, static_cast<int>(count));
  if (!day) return bad_argument(day.error().problems.front().message);
  return day_after(Date{0}, *day);
}

Result<Value> network_days(Arguments arguments, const LookedUp& looked_up, Finding& finding) {
  const auto* calendar = calendar_at(arguments, looked_up, finding);
  if (calendar == nullptr) return Value{};
  const std::int32_t start = date_at(arguments, 0).days;
  const std::int32_t end = date_at(arguments, 1).days;
  const std::int64_t count = start <= end ? calendar->days_between(start, end + 1)
                                          : -calendar->days_between(end, start + 1);
  return Value{Decimal::of(count)};
}

constexpr Parameter kRate[] = {
    {"from", Takes::text}, {"to", Takes::text}, {"on", Takes::day, true}};
constexpr Parameter kCalendar{"calendar", Takes::text};
constexpr Parameter kWorkday[] = {{"start", Takes::day}, {"days", Takes::number}, kCalendar};
constexpr Parameter kNetwork[] = {{"start", Takes::day}, {"end", Takes::day}, kCalendar};

constexpr Function looking_up(std::string_view name, std::span<const Parameter> parameters,
                              Kind result, LookUp look_up) {
  Function function{name, parameters, 0, result, Nulls::propagate};
  function.look_up = look_up;
  return function;
}

constexpr Function kFunctions[] = {
    looking_up("EXCHANGE_RATE", kRate, Kind::number, exchange_rate),
};

constexpr Function kOfCalendar[] = {
    looking_up("WORKDAY OF CALENDAR", kWorkday, Kind::date, workday),
    looking_up("NETWORKDAYS OF CALENDAR", kNetwork, Kind::number, network_days),
};

}  // namespace

std::span<const Function> looked_up_functions() { return kFunctions; }
std::span<const Function> calendar_functions() { return kOfCalendar; }

}  // namespace tenon::formula
