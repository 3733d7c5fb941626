// SimulateFlow: what a run would come to, played to its end on a clock of its own.
//
// The same engine and tables as in earnest, in a savepoint that is rolled back: no run, job, notice
// or changed record remains. People do what the script says, in its order, where they have a seat;
// who is not in it approves at once. Where nobody is asked the clock goes to what falls due; events
// that are waited for come. Refused as start_flow() is. Who may start it may simulate it.
#pragma once

#include "engine/command/start_flow.h"

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
};

struct SimulationWarning {
  std::string node;
  std::string rule;  // Of an incident; "overdue", "nobody", "not_asked", "too_long".
  std::string message;
};

struct Simulation {
  run::Kept kept;  // As it ended: its history is the trace, its seats are the people and times.
  std::vector<SimulatedStep> steps;
  std::vector<SimulationWarning> warnings;
};
Result<Simulation> simulate_flow(Context& context, const SimulateFlow& command);

}  // namespace tenon::command
