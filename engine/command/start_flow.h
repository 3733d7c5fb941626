// StartFlow: a run of a flow about a record, begun by a person; and what it would be.
//
// Saves nothing of the record: it is there and was written by a command before. It must hold what
// its rules want of a record that is submitted, problems name its fields. Takes the lock. Refused:
// `not_found` (no such record, or not to be seen), `denied` (may not be changed by them, and is not
// theirs), `invalid`, `conflict` (rule "active": there is a run of this approval already; rule
// "trigger": its condition does not hold), `locked` (another run holds the record).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/command/context.h"
#include "engine/command/run_access.h"
#include "engine/flow/preview.h"
#include "engine/flow/step.h"

namespace tenon::command {

struct StartFlow {
  const application::Flow* flow;  // Of the context's application.
  RecordId record;
  std::map<std::string, std::vector<flow::UserId>> chosen;  // By node id.
  std::vector<flow::NamedValue> variables;                  // parse_variables().
  std::string comment;
};

// The run as it stands afterwards.
Result<run::Kept> start_flow(Context& context, const StartFlow& command);

// Where it would go and whom it would ask; nothing remains. The record may be invalid as yet.
Result<flow::Preview> preview_flow(Context& context, const StartFlow& command);
// The same from where a run stands: who comes next, as far as can be said.
Result<flow::Preview> preview_run(Context& context, const run::Kept& kept);

// Whether such an actor may start runs of this flow by hand at all (with the records they reach).
bool may_start(const Context& context, const application::Flow& flow);

// {"name": value}: every problem at the variable's name.
Result<std::vector<flow::NamedValue>> parse_variables(json::Reader reader,
                                                      const application::Flow& flow);

}  // namespace tenon::command
