// Jobs as JSON, as GET /jobs tells them.
#pragma once

#include "engine/job/job.h"
#include "engine/json/writer.h"

namespace tenon::api {

// Without the input: what a job is given may be more than whoever watches it may read.
void write_job(json::Writer& writer, const job::Job& job);

}  // namespace tenon::api
