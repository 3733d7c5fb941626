// Spans of time as a field of type `duration` keeps them: whole seconds, below zero too. Pure.
//
// ISO 8601 at the border ("PT1H30M", "-P2D"); a day is 24 hours. What people write is read as well:
// "1:30", "1h 30m", "1小时30分", "90" (minutes). ADR 0018.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tenon {

constexpr std::int64_t kDurationSecondsMax = 316'224'000'000;  // Ten thousand years.
constexpr std::int64_t kDaySeconds = 86'400;

// Weeks, days, hours, minutes, seconds: whole numbers, each once. `invalid` with the rule
// "duration" for anything else; months and years have no length of their own.
Result<std::int64_t> parse_duration(std::string_view text);
// The same, or what people write; `point` stands before a fraction. Rounded to the second.
Result<std::int64_t> parse_spoken_duration(std::string_view text, char point);
// "P1DT2H", "-PT5M", "PT0S".
std::string duration_text(std::int64_t seconds);

}  // namespace tenon
