// A simulation as JSON: the run it came to, its steps, who was asked why, what to know of it.
#pragma once

#include "engine/command/simulate_flow.h"
#include "runtime/api/flow_json.h"

namespace tenon::api {

// As who asks, while what was simulated is still there.
std::string simulation_json(command::Context& context, const application::Flow& flow,
                            const command::Simulation& simulation);

}  // namespace tenon::api
