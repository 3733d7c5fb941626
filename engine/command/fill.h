// Derived fields that are new or made of something else get their values, inside the publish.
//
// A formula over a record's own fields is one UPDATE. Rollups, lookups and what follows from them
// are worked out record by record, again until nothing changes. No events, no versions: nobody
// changed anything.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

// From `context.app` to `after`. Refused where a value cannot be kept (a sum overflows).
Result<void> fill_derived(const Context& context, const application::Application& after);

}  // namespace tenon::command
