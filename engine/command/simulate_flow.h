// SimulateFlow: what a run would come to, played to its end on a clock of its own.
//
// The same engine and tables as in earnest, in a savepoint that is rolled back: no run, job,
// notice, number or changed record remains. People do what the script says, in its order, where
// they have a seat; who is not in it approves at once, or keeps silent. Where nobody acts the clock
// goes to what falls due; events that are waited for come. Refused as create_record() and
// start_flow() are. Who may start it may simulate it; the API lets those do it who administer
// flows.
#pragma once

#include <functional>

#include "engine/command/input.h"
#include "engine/command/start_flow.h"
#include "engine/flow/ways.h"

namespace tenon::command {

struct ScriptedAct {
  enum class Kind { approve, reject, send_back, stay_silent };
  Kind kind = Kind::approve;  // A task is completed by `approve`.
  std::string node;
  flow::UserId person;  // Whose seat; nobody: whoever is first.
  std::string to;       // Of send_back: a node, "$start".
  std::string comment;
  std::int64_t after_ms = 0;  // So long after they were asked.
};

struct SimulateFlow {
  StartFlow start;
  std::vector<ScriptedAct> script;
  std::optional<Input> draft;  // The record is made of this first; `start` then names none.
  bool others_wait = false;    // Who is not in the script keeps silent.
};

// What moved the run, and whom it asked then.
struct SimulatedStep {
  enum class Kind { submit, approve, reject, complete, send_back, time, event };
  Kind kind = Kind::submit;
  std::int64_t at_ms = 0;
  std::string node;
  flow::UserId person;
  std::string to;
  std::string comment;
  std::string event;
  std::string correlation;
  std::map<std::string, std::vector<flow::UserId>> open;  // By node.
  // How the run stood then: lines of its history, its seats, its tokens.
  std::size_t entries = 0;
  std::vector<flow::Seat::State> seats;
  std::vector<std::pair<int, flow::Token::State>> tokens;  // Those that are live: where they are.
};

struct SimulationWarning {
  std::string node;
  // Of an incident; "overdue"; "nobody" (passed, or rejected, by itself), "fallback" (the node
  // names nobody, others are asked); "waits" (the script says nothing of it); "not_asked";
  // "too_long".
  std::string rule;
  std::string message;
};

struct Simulation {
  run::Kept kept;  // As it ended: its history is the trace, its seats are the people and times.
  record::Record before;  // As it was submitted.
  std::vector<SimulatedStep> steps;
  std::vector<SimulationWarning> warnings;
  std::map<int, int> sources;  // By seat: which source of its node names its person.
  std::vector<std::pair<flow::Taken, bool>> ways;  // Out of nodes; whether it was taken.
};

// `watch` sees what there is at the end, before it is rolled back; its refusal is that of all.
using Watch = std::function<Result<void>(Context& context, const Simulation& simulation)>;
Result<Simulation> simulate_flow(Context& context, const SimulateFlow& command,
                                 const Watch& watch = {});

}  // namespace tenon::command
