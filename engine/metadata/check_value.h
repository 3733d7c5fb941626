// A formula whose result a field or variable keeps. Internal to the room.
#pragma once

#include "engine/metadata/checks.h"

namespace tenon::metadata {

// Of the target's kind, and counting what it counts: a number of days is no duration. NULL is
// always a value. Reports its problems at `place`.
void type_value(Draft& draft, const Bundle& whole, const formula::Names& names,
                const std::string& object, const Place& place, const Field& target, Asked asked);

}  // namespace tenon::metadata
