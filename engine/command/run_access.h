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

// For who makes ids: none of a run comes again.
std::int64_t highest_run_id(storage::Transaction& tx);

// The run as the actor: `not_found` where there is none, or it may not be known.
Result<run::Kept> read_run(Context& context, flow::RunId id);
bool may_read_run(Context& context, const run::Kept& kept);

// The flow of a run in the version it stands on; of one that is over and on an earlier version it
// may not be there any more.
const application::Flow& flow_of(const Context& context, const run::Kept& kept);
// Its definition, always: labels of nodes, whose places are those of the run less one (0 is the
// initiator).
std::shared_ptr<const metadata::Flow> definition_of(const Context& context, const run::Kept& kept);

}  // namespace tenon::command
