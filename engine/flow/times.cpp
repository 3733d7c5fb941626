#include "engine/flow/times.h"

#include "engine/value/elapsed.h"

namespace tenon::flow {
namespace {

constexpr std::int64_t kDayMs = 24 * 60 * 60'000;

calendar::Local local_of(const Facts& facts, std::int64_t ms) {
  if (facts.zone != nullptr) return facts.zone->local(ms);
  const std::int64_t days = (ms - (ms % kDayMs + kDayMs) % kDayMs) / kDayMs;
  return {static_cast<std::int32_t>(days), static_cast<std::int32_t>((ms - days * kDayMs) / 1000)};
}

std::int64_t moment_at(const Facts& facts, calendar::Local local) {
  if (facts.zone != nullptr) return facts.zone->moment(local);
  return local.days * kDayMs + local.seconds * std::int64_t{1000};
}

}  // namespace

std::int64_t after(const Facts& facts, std::int64_t from_ms, std::string_view duration,
                   bool working) {
  // The days are those before the "T"; the metadata was checked, so both parts can be read.
  const std::size_t time = duration.find('T');
  const std::string_view date_part = duration.substr(0, time);
  const std::int64_t days = date_part == "P" ? 0 : parse_elapsed_ms(date_part).take() / kDayMs;
  const std::int64_t rest = time == std::string_view::npos
                                ? 0
                                : parse_elapsed_ms("P" + std::string(duration.substr(time))).take();
  calendar::Local local = local_of(facts, from_ms);
  const bool counts = working && facts.working != nullptr;
  if (counts) {
    const auto day = facts.working->add_days(local.days, static_cast<int>(days));
    if (day) local.days = *day;
  } else {
    local.days += static_cast<std::int32_t>(days);
  }
  // Milliseconds below the second stay, so a plain PT8H is exact.
  const std::int64_t begin = days == 0 ? from_ms : moment_at(facts, local) + from_ms % 1000;
  if (!counts) return begin + rest;
  const auto end = facts.working->add_ms(begin, rest);
  return end ? *end : begin + rest;
}

std::optional<std::int64_t> moment_of(const Facts& facts, const Value& value) {
  if (const auto* moment = std::get_if<DateTime>(&value)) return moment->ms;
  if (const auto* day = std::get_if<Date>(&value)) {
    return moment_at(facts, {day->days + 1, 0});
  }
  return std::nullopt;
}

}  // namespace tenon::flow
