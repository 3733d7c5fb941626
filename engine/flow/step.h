// The flow engine: run × what happened → run. Pure: no clock, no storage, no ids of its own.
//
// step() takes what happened, moves every token as far as it can go, and says what it wants: at
// most one request at a time (answer it and step with Answered), then effects when it rests.
// A refusal leaves nothing changed. Afterwards every running run waits for something or somebody,
// or has an incident: tests/engine/flow/invariants.h says it exactly.
// Order of a command, tables, what is to come: engine/decisions/0016.
#pragma once

#include <optional>
#include <vector>

#include "engine/flow/event.h"
#include "engine/flow/facts.h"
#include "engine/flow/program.h"
#include "engine/flow/run.h"
#include "engine/flow/ways.h"

namespace tenon::flow {

struct Outcome {
  Run run;
  std::optional<Request> request;  // Of Run::request; no effects are to be carried out yet.
  std::vector<Effect> effects;     // In order; gathered over the steps of a command.
  std::vector<Taken> taken;        // Ways out of nodes, in order.
  bool goes_on = false;            // 200 nodes in one command: a job steps with Continue.
  bool is_repeated = false;        // This was done before: nothing changed.
};

// A run that has not stepped yet; then step with Begin.
struct Submission {
  RunId id;
  std::int64_t version = 0;
  RecordId record;
  UserId initiator;
  int depth = 0;  // Above kFlowDepthMax its first step is an incident.
  std::vector<NamedValue> variables;
  std::map<std::string, std::vector<UserId>> chosen;  // By node id.
};
Result<Run> begin(const Program& program, const Submission& submission);

// Refused: `conflict` (decided before, finished, too late), `denied` (not one's seat, not one's
// right), `invalid` (what cannot be asked for), `limit`, `too_many` (urged just now).
Result<Outcome> step(const Program& program, Run run, const Event& event, const Facts& facts);

// Whether this person did this before, by the request's id: then step() changes nothing.
bool is_repeated(const Run& run, const Event& event);

// Whom Facts::people must know for this event; nothing where nobody. (Within a run a request asks.)
std::optional<PeopleQuestion> people_needed(const Program& program, const Run& run,
                                            const Event& event, const Facts& facts);

}  // namespace tenon::flow
