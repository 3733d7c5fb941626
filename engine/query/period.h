// Periods of days for groups: day, week (from Monday), month, quarter, year.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/value/type.h"

namespace tenon::query {

enum class Period { none, day, week, month, quarter, year };
std::string_view name_of(Period period);

// `by` of a group; only dates and date-times have periods.
Result<Period> parse_period(std::string_view by, Kind kind);

Date start_of(Period period, Date day);
Date end_of(Period period, Date start);  // The first day behind it.

// A condition in the formula language that holds for exactly this group's records.
std::string condition(const std::string& path, Period period, const Type& type, const Value& value);

}  // namespace tenon::query
