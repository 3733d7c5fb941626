// One event for each record a command touched: from its first before to its last after.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

// Bodies are keyed by field id as [old, new]; fields that did not change are not in them, and a
// record that ends as it began has no event. `command` links the events of one command.
void append_events(Context& context, CommandId command);

// The body of such an event: JSON, {field id: [old, new]}.
std::string body_of(const Change& change);

}  // namespace tenon::command
