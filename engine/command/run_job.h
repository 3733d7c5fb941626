// Carries out a chunk of the next due job of a lane, in the transaction that claims it.
//
// So what a job does to the database happens exactly once: it is there with its job's progress, or
// neither is. A refusal or a fault undoes the chunk alone, and the job is tried again later.
#pragma once

#include "engine/command/job_kinds.h"

namespace tenon::command {

// Whether one was due. `context` brings the application, the transaction, clock and ids; the job's
// own actor and changes take the place of its actor and changes. `is_over`: see JobRun.
bool run_due_job(Context& context, job::Lane lane, std::int64_t process_now_ms,
                 std::function<bool()> is_over = {});

// Those that repeat every night, and a fill that is left, where they are not there yet. At a start
// and after a publish.
void add_nightly_jobs(Context& context);

}  // namespace tenon::command
