// What runs do of themselves: timers that come, and going on where a command may not go further.
//
// One job of kind flow_timer for each run that waits, keyed by it and due with its next timer; what
// is due is looked up in the run as it is then, so a timer that is over meanwhile changes nothing.
#pragma once

#include "engine/command/job_kinds.h"
#include "engine/flow/run.h"

namespace tenon::command {

inline constexpr std::string_view kFlowTimer = "flow_timer";
inline constexpr std::string_view kFlowContinue = "flow_continue";

void schedule_timer(Context& context, flow::RunId run, std::int64_t due_ms);
void schedule_continue(Context& context, flow::RunId run);

Result<job::Step> flow_timer(Context& context, const JobRun& run);
Result<job::Step> flow_continue(Context& context, const JobRun& run);

}  // namespace tenon::command
