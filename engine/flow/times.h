// Durations of flows as moments: P2D is two days of the calendar, PT48H is 48 hours. Internal.
#pragma once

#include <optional>
#include <string_view>

#include "engine/flow/facts.h"

namespace tenon::flow {

// Counted from a moment. `working`: in working time, a day being one on which somebody works.
std::int64_t after(const Facts& facts, std::int64_t from_ms, std::string_view duration,
                   bool working);

// A moment, or the end of a day; nothing for what is empty.
std::optional<std::int64_t> moment_of(const Facts& facts, const Value& value);

}  // namespace tenon::flow
