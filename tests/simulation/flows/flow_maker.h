// Flows that nobody thought of: definitions made by chance, over the claims of tests/support.
#pragma once

#include "engine/metadata/bundle.h"
#include "tests/simulation/flows/chance.h"

namespace tenon::simulation {

inline constexpr int kFlows = 3;  // That people start: "flow_0" …

// The claims with these flows, and "called", which they call. Always loads.
metadata::Files flows_by_chance(Chance& chance);

}  // namespace tenon::simulation
