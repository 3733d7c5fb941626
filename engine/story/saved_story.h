// A simulation as a story: what it did becomes the steps, what it came to what they expect.
//
// Who took part and the record as it is are written into `given`, by their logins. What the record
// refers to beside people is not taken along, nor is what is computed.
#pragma once

#include "engine/command/simulate_flow.h"
#include "engine/metadata/story.h"

namespace tenon::story {

struct SavedSimulation {
  const application::Flow& flow;
  RecordId record;
  const command::StartFlow& start;
  const command::Simulation& simulation;
  std::int64_t began_ms = 0;
};

// Read as the system: `context` is its.
Result<metadata::Story> saved_story(const query::Context& context, const SavedSimulation& saved,
                                    const std::string& name);

}  // namespace tenon::story
