// What one call of step() works on: a copy of the run, and what comes of it. Internal to the room.
#pragma once

#include "engine/flow/node.h"
#include "engine/flow/step.h"
#include "engine/flow/ways.h"

namespace tenon::flow {

class Work {
 public:
  Work(const Program& program_given, Run run_given, const Facts& facts_given);

  const Program& program;
  Run run;
  const Facts& facts;
  std::optional<Request> request;
  std::vector<Effect> effects;
  std::vector<Taken> taken;
  std::optional<Answer> answer;  // Of Run::asking, until its node has seen it.
  int entered = 0;               // Nodes, in this call.
  bool goes_on = false;

  Token& token(int place) { return run.tokens[static_cast<std::size_t>(place)]; }
  Seat& seat(int place) { return run.seats[static_cast<std::size_t>(place)]; }
  Scope& scope(int place) { return run.scopes[static_cast<std::size_t>(place)]; }
  const ProgramNode& node_of(int token_place) { return program.node(token(token_place).node); }
  int region_of(int node) const;  // Of a node that is gone: where it lay.
  bool is_running() const { return run.state == RunState::running; }

  // Of formulas: the record's fields, the variables behind them.
  formula::Scope values();
  void set_variable(int place, Value value);

  void take(int node, std::string_view way) { taken.push_back({node, std::string(way)}); }
  void note(Entry entry);  // At this time.
  void tell(Notice notice, std::vector<UserId> to, int node = -1, int seat = -1);

 private:
  void renew();
  Values values_;
};

// An entry about a seat, by somebody.
Entry entry_of(What what, const Seat& seat, int place, const By* by);
Entry entry_by(What what, const By& by, int node = -1);

}  // namespace tenon::flow
