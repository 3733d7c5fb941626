// A run that never was: a flow was called and could not begin, and people can see that.
//
// Pure. It is over as it is made, has neither tokens nor seats, and one entry of history, whose
// reason is the rule and whose comment says why.
#pragma once

#include "engine/flow/step.h"

namespace tenon::flow {

// The first problem of a refusal.
Incident incident_of(const Error& error);

Run suppressed(const Program& program, Submission submission, const Incident& why,
               std::int64_t now_ms);
// Why it could not begin; nothing of any other run.
std::optional<Incident> why_suppressed(const Run& run);

}  // namespace tenon::flow
