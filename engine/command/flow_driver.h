// Drives runs within one command: what happened is stepped, what it asks for carried out, the run
// written, its effects done; then the runs it called, stopped or ended, until all of them rest.
// Internal to the room: start_flow.h, act_on_run.h, flow_jobs.h and people_left.h are the doors.
//
// Everything is in the caller's transaction. The nodes that may be entered are counted over all of
// it; beyond them a job goes on.
#pragma once

#include <deque>

#include "engine/command/flow_facts.h"
#include "engine/flow/migrate.h"
#include "engine/flow/step.h"
#include "engine/run/run.h"

namespace tenon::command {

class FlowDriver {
 public:
  explicit FlowDriver(Context& context) : context_(context) {}

  // A new run from flow::begin(); takes its lock. `conflict`, rule "active"; `locked`.
  Result<run::Kept> begin(run::Kept kept, const std::string& comment);
  // Refused as step() says: then nothing was changed. Whether it was a repetition.
  struct Driven {
    run::Kept kept;
    bool is_repeated = false;
  };
  Result<Driven> act(run::Kept kept, const flow::Event& event);
  // To another version of its flow. Refused as migrate() says, with its problems as `conflict`.
  Result<Driven> migrate(run::Kept kept, const application::Flow& to, const flow::Migration& how);

 private:
  struct Next {
    flow::RunId run;
    flow::Event event;
  };
  struct Stepped {
    std::int64_t at_ms = 0;  // The one moment of all of it.
    std::vector<flow::Effect> effects;
    bool is_repeated = false;
    bool goes_on = false;
  };

  Result<Stepped> step(run::Kept& kept, const flow::Event& event);
  // Answers what it asks for until it rests.
  Result<Stepped> rest(run::Kept& kept, FlowFacts& gathered, flow::Outcome outcome);
  Result<void> move_lock(const run::Kept& before, const run::Kept& after);
  Result<void> keep(const run::Kept* before, run::Kept& after, std::int64_t at_ms);
  Result<void> take_lock(const run::Kept& kept);
  Result<void> carry_out(const run::Kept& kept, const std::vector<flow::Effect>& effects);
  Result<void> call(const run::Kept& caller, const flow::StartFlow& effect);
  Result<void> keep_suppressed(const run::Kept& caller, const flow::StartFlow& effect,
                               const flow::Incident& why);
  static run::Kept called(const run::Kept& caller, const flow::StartFlow& effect,
                          const application::Flow& flow);
  flow::Submission submission(const run::Kept& caller, const flow::StartFlow& effect,
                              const application::Flow& flow);
  Result<void> begin_called(const run::Kept& caller, const flow::StartFlow& effect);
  Result<void> check_chain(const run::Kept& caller, const run::Kept& called,
                           const application::Flow& flow);
  void follow(const run::Kept* before, const run::Kept& after, bool goes_on);
  void hear_calls(const run::Kept& resumed);
  void set_alarm(const run::Kept* before, const run::Kept& after);
  Result<void> drain();

  Context& context_;
  std::deque<Next> next_;
  int entered_ = 0;
};

}  // namespace tenon::command
