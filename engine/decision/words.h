// Tests in words, as they would be written in a cell. Internal to the room.
#pragma once

#include "engine/decision/grid.h"

namespace tenon::decision {

std::string text_of(const Value& value);  // "\"open\"", "1.5", "null"

// The segments as one cell says them: `[1..5)`, `"a", "b"`, `-` where they are all there can be.
std::string cell_of(const Axis& axis, const Bits& segments);

}  // namespace tenon::decision
