// What a run asks for is carried out: records written and found, decision tables asked. Internal to
// the room.
//
// A refusal is an answer with an error, and nothing of it remains.
#pragma once

#include "engine/command/flow_facts.h"
#include "engine/flow/request.h"
#include "engine/run/run.h"

namespace tenon::command {

flow::Answer answer_request(Context& context, const run::Kept& kept, FlowFacts& facts,
                            const flow::Request& request);

}  // namespace tenon::command
