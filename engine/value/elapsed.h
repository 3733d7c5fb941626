// Elapsed time as ISO 8601 writes it: "PT49H", "P1DT12H", "PT5M". Pure.
//
// A day is 24 hours here; months and years have no length and are refused. A day of the calendar is
// another thing: engine/calendar.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/result.h"

namespace tenon {

// Whole numbers only, ten years at most. `invalid` with the rule "duration" for anything else.
Result<std::int64_t> parse_elapsed_ms(std::string_view text);

}  // namespace tenon
