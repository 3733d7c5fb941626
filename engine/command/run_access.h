// Who may see a run, and who administers flows.
//
// Readable by whoever started it, has or had a seat in it, was sent a copy, administers flows, or
// may read its record. What each may do to it is decided by the flow engine as it is done.
#pragma once

#include "engine/command/context.h"
#include "engine/run/run.h"

namespace tenon::command {

// By a role that says so, or that may do everything.
bool administers_flows(const Context& context);

// The run as the actor: `not_found` where there is none, or it may not be known.
Result<run::Kept> read_run(Context& context, flow::RunId id);
bool may_read_run(Context& context, const run::Kept& kept);

// The flow of a run in the version it stands on.
const application::Flow& flow_of(const Context& context, const run::Kept& kept);

}  // namespace tenon::command
