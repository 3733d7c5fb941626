// A simulation as a story: what it did becomes the steps, what it came to what they expect.
//
// Who took part is written into `given`, by their logins; the record as it was submitted with its
// lines, and before it the records that it refers to. Not taken along: what is computed, files, and
// who stands in for whom.
#pragma once

#include "engine/command/simulate_flow.h"
#include "engine/metadata/story.h"

namespace tenon::story {

struct SavedSimulation {
  const application::Flow& flow;
  const command::StartFlow& start;
  const command::Simulation& simulation;
  std::int64_t began_ms = 0;
};

// Read as the system: `context` is its, of what there is at the simulation's end (command::Watch).
Result<metadata::Story> saved_story(const query::Context& context, const SavedSimulation& saved,
                                    const std::string& name);

}  // namespace tenon::story
