// What goes back to its pool by itself: the job that takes it back when its time has come.
//
// One job, due when the first record is (tenure_table.h); nothing looks at records that are not.
// Each is reckoned again before it is taken, and goes through the write path like any other change:
// the event and the entry of the ledger are the system's. One that rules do not let go is tried
// again on its own, and at last an incident.
#pragma once

#include "engine/command/job_kinds.h"

namespace tenon::command {

// The job is there, and due by then.
void schedule_return(Context& context, DateTime due);

Result<job::Step> return_due(Context& context, const JobRun& run);
Result<job::Step> return_one(Context& context, const JobRun& run);

// After the pools of a bundle changed: every record of such objects is reckoned anew.
void schedule_reckoning(Context& context);
Result<job::Step> reckon_tenures(Context& context, const JobRun& run);

}  // namespace tenon::command
