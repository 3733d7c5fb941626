#include "engine/command/flow_driver.h"

#include "engine/command/flow_jobs.h"
#include "engine/command/flow_notices.h"
#include "engine/command/flow_requests.h"
#include "engine/command/run_access.h"
#include "engine/flow/suppressed.h"
#include "engine/flow/view.h"
#include "engine/job/job.h"
#include "engine/run/lock.h"
#include "engine/run/message.h"

namespace tenon::command {
namespace {

bool is_finished(const run::Kept& kept) { return kept.run.state == flow::RunState::finished; }

Error active(const application::Flow& flow) {
  return Error::of(ErrorCode::conflict, "", "active",
                   "there is a run of \"" + flow.name() + "\" for this record already");
}

}  // namespace

Result<FlowDriver::Stepped> FlowDriver::step(run::Kept& kept, const flow::Event& event) {
  const application::Flow& flow = flow_of(context_, kept);
  const flow::Program& program = *flow.program;
  FlowFacts gathered(context_, flow, kept.run.initiator, kept.run.record);
  TENON_CHECK(gathered.refresh());
  if (const auto question = flow::people_needed(program, kept.run, event, gathered.facts())) {
    gathered.ask(*question);
  }
  if (flow::asks_calls(event)) gathered.ask_calls(kept.run.id);
  gathered.facts().entered = entered_;
  const int visits = kept.run.visits;
  TENON_TRY(auto outcome, flow::step(program, std::move(kept.run), event, gathered.facts()));
  entered_ += outcome.run.visits - visits;
  return rest(kept, gathered, std::move(outcome));
}

Result<FlowDriver::Stepped> FlowDriver::rest(run::Kept& kept, FlowFacts& gathered,
                                             flow::Outcome outcome) {
  Stepped stepped{.at_ms = gathered.facts().now_ms};
  while (true) {
    kept.run = std::move(outcome.run);
    const application::Flow& flow = flow_of(context_, kept);
    flow.ways->add(outcome.taken);
    std::move(outcome.effects.begin(), outcome.effects.end(), std::back_inserter(stepped.effects));
    stepped.is_repeated = stepped.is_repeated || outcome.is_repeated;
    stepped.goes_on = outcome.goes_on;
    if (!outcome.request) return stepped;
    const flow::Answered next{kept.run.request,
                              answer_request(context_, kept, gathered, *outcome.request)};
    if (std::holds_alternative<flow::WriteRecord>(*outcome.request)) {
      TENON_CHECK(gathered.refresh());
    }
    gathered.facts().entered = entered_;
    const int visits = kept.run.visits;
    TENON_TRY(outcome, flow::step(*flow.program, std::move(kept.run), next, gathered.facts()));
    entered_ += outcome.run.visits - visits;
  }
}

// Runs that a run calls share its lock.
Result<void> FlowDriver::take_lock(const run::Kept& kept) {
  if (!flow_of(context_, kept).holds_records() || kept.run.record.value == 0) return done();
  if (run::lock(context_.tx, kept.object, kept.run.record, kept.run.id)) return done();
  const auto holder = run::holder_of(context_.tx, kept.object, kept.run.record);
  for (flow::RunId above = kept.parent; above.value != 0;) {
    if (above == holder) return done();
    const auto caller = run::read(context_.tx, above);
    above = caller ? caller->parent : flow::RunId{};
  }
  return Error::of(ErrorCode::locked, "", "locked", "another run holds this record");
}

Result<run::Kept> FlowDriver::begin(run::Kept kept, const std::string& comment) {
  if (kept.is_exclusive &&
      run::active_of(context_.tx, kept.run.flow, kept.object, kept.run.record)) {
    return active(flow_of(context_, kept));
  }
  TENON_CHECK(take_lock(kept));
  TENON_TRY(const auto stepped, step(kept, flow::Begin{}));
  kept.run.history.front().comment = comment;
  TENON_CHECK(keep(nullptr, kept, stepped.at_ms));
  follow(nullptr, kept, stepped.goes_on);
  TENON_CHECK(carry_out(kept, stepped.effects));
  if (next_.empty()) return kept;
  TENON_CHECK(drain());
  return std::move(*run::read(context_.tx, kept.run.id));
}

Result<FlowDriver::Driven> FlowDriver::act(run::Kept kept, const flow::Event& event) {
  const run::Kept before = kept;
  TENON_TRY(const auto stepped, step(kept, event));
  if (stepped.is_repeated) return Driven{std::move(kept), true};
  TENON_CHECK(keep(&before, kept, stepped.at_ms));
  follow(&before, kept, stepped.goes_on);
  TENON_CHECK(carry_out(kept, stepped.effects));
  if (next_.empty()) return Driven{std::move(kept), false};
  TENON_CHECK(drain());
  return Driven{std::move(*run::read(context_.tx, kept.run.id)), false};
}

Result<FlowDriver::Driven> FlowDriver::migrate(run::Kept kept, const application::Flow& to,
                                               const flow::Migration& how) {
  const run::Kept before = kept;
  const application::Flow& from = flow_of(context_, kept);
  FlowFacts gathered(context_, to, kept.run.initiator, kept.run.record);
  TENON_CHECK(gathered.refresh());
  gathered.facts().entered = entered_;
  const int visits = kept.run.visits;
  TENON_TRY(auto migrated, flow::migrate({*from.program, *from.definition, from.version},
                                         {*to.program, *to.definition, to.version},
                                         std::move(kept.run), how, gathered.facts()));
  if (!migrated.report.problems.empty()) {
    return Error{ErrorCode::conflict, std::move(migrated.report.problems)};
  }
  entered_ += migrated.outcome.run.visits - visits;
  kept.run = migrated.outcome.run;
  TENON_CHECK(move_lock(before, kept));
  TENON_TRY(const auto stepped, rest(kept, gathered, std::move(migrated.outcome)));
  TENON_CHECK(keep(&before, kept, stepped.at_ms));
  follow(&before, kept, stepped.goes_on);
  TENON_CHECK(carry_out(kept, stepped.effects));
  TENON_CHECK(drain());
  return Driven{std::move(*run::read(context_.tx, kept.run.id)), false};
}

// What a run holds is as the version says that it is on.
Result<void> FlowDriver::move_lock(const run::Kept& before, const run::Kept& after) {
  const bool held = flow_of(context_, before).holds_records();
  const bool holds = flow_of(context_, after).holds_records();
  if (holds && !held) return take_lock(after);
  if (held && !holds) {
    run::unlock(context_.tx, after.object, after.run.record, after.run.id);
  }
  return done();
}

Result<void> FlowDriver::drain() {
  while (!next_.empty()) {
    const Next next = std::move(next_.front());
    next_.pop_front();
    auto kept = run::read(context_.tx, next.run);
    if (!kept) continue;
    const run::Kept before = *kept;
    TENON_TRY(const auto stepped, step(*kept, next.event));
    TENON_CHECK(keep(&before, *kept, stepped.at_ms));
    follow(&before, *kept, stepped.goes_on);
    TENON_CHECK(carry_out(*kept, stepped.effects));
  }
  return done();
}

Result<void> FlowDriver::keep(const run::Kept* before, run::Kept& after, std::int64_t at_ms) {
  if (run::write(context_.tx, before, after, at_ms)) {
    return active(flow_of(context_, after));
  }
  return done();
}

// What hangs on the state a run has come to.
void FlowDriver::follow(const run::Kept* before, const run::Kept& after, bool goes_on) {
  set_alarm(before, after);
  if (goes_on) schedule_continue(context_, after.run.id);
  const std::size_t known = before == nullptr ? 0 : before->run.subscriptions.size();
  for (std::size_t i = known; i < after.run.subscriptions.size(); ++i) {
    const flow::Subscription& one = after.run.subscriptions[i];
    if (one.state != flow::Subscription::State::open) continue;
    const bool came_before =
        run::take_message(context_.tx, one.event, one.correlation, context_.clock.now_ms());
    if (came_before) next_.push_back({after.run.id, flow::Happened{static_cast<int>(i)}});
  }
  const bool is_resumed = before != nullptr && before->run.state == flow::RunState::suspended &&
                          after.run.state == flow::RunState::running;
  if (is_resumed) hear_calls(after);
  if (!is_finished(after) || (before != nullptr && is_finished(*before))) return;
  if (flow_of(context_, after).holds_records()) {
    run::unlock(context_.tx, after.object, after.run.record, after.run.id);
  }
  if (after.parent.value == 0) return;
  next_.push_back({after.parent, flow::Ended{after.parent_token, after.run.result}});
}

// Flows that it called and that ended while it was suspended.
void FlowDriver::hear_calls(const run::Kept& resumed) {
  const auto& tokens = resumed.run.tokens;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].state != flow::Token::State::calling) continue;
    const int token = static_cast<int>(i);
    const auto result = run::result_of_call(context_.tx, resumed.run.id, token);
    if (result) next_.push_back({resumed.run.id, flow::Ended{token, *result}});
  }
}

// One job for each run: it is due when the run's next timer is.
void FlowDriver::set_alarm(const run::Kept* before, const run::Kept& after) {
  const auto was = before == nullptr ? std::nullopt : flow::next_timer_ms(before->run);
  const auto is = flow::next_timer_ms(after.run);
  if (is == was) return;
  if (is) {
    schedule_timer(context_, after.run.id, *is);
  } else {
    job::withdraw(context_.tx, kFlowTimer, text_of(after.run.id), context_.clock.now_ms());
  }
}

Result<void> FlowDriver::carry_out(const run::Kept& kept,
                                   const std::vector<flow::Effect>& effects) {
  for (const flow::Effect& effect : effects) {
    if (const auto* notify = std::get_if<flow::Notify>(&effect)) {
      TENON_CHECK(give_notice(context_, kept, *notify));
    } else if (const auto* start = std::get_if<flow::StartFlow>(&effect)) {
      TENON_CHECK(call(kept, *start));
    } else {
      const int token = std::get<flow::StopFlow>(effect).token;
      const auto called = run::called_by(context_.tx, kept.run.id, token);
      const flow::By by{.actor = flow::kNobody, .is_admin = true};
      if (called) next_.push_back({*called, flow::Void{by}});
    }
  }
  return done();
}

// What cannot be begun stays behind as a run that never was: an incident of who called.
Result<void> FlowDriver::call(const run::Kept& caller, const flow::StartFlow& effect) {
  const Changes before = context_.changes;
  const std::size_t waiting = next_.size();
  context_.tx.script("SAVEPOINT flow_call");
  const auto begun = begin_called(caller, effect);
  if (begun) {
    context_.tx.script("RELEASE flow_call");
    return done();
  }
  context_.tx.script("ROLLBACK TO flow_call; RELEASE flow_call");
  context_.changes = before;
  next_.erase(next_.begin() + static_cast<std::ptrdiff_t>(waiting), next_.end());
  const flow::Incident why = flow::incident_of(begun.error());
  TENON_CHECK(keep_suppressed(caller, effect, why));
  next_.push_back({caller.run.id, flow::Ended{effect.token, flow::RunResult::suppressed, why}});
  return done();
}

// A flow that is not there leaves no row: it has no page that would show it.
Result<void> FlowDriver::keep_suppressed(const run::Kept& caller, const flow::StartFlow& effect,
                                         const flow::Incident& why) {
  const application::Flow* flow = context_.app.find_flow(effect.flow);
  if (flow == nullptr) return done();
  run::Kept kept = called(caller, effect, *flow);
  const std::int64_t now_ms = context_.clock.now_ms();
  kept.run = flow::suppressed(*flow->program, submission(caller, effect, *flow), why, now_ms);
  return keep(nullptr, kept, now_ms);
}

run::Kept FlowDriver::called(const run::Kept& caller, const flow::StartFlow& effect,
                             const application::Flow& flow) {
  run::Kept kept;
  kept.object = flow.definition->object;
  kept.parent = caller.run.id;
  kept.parent_token = effect.token;
  kept.parent_visit = caller.run.tokens[static_cast<std::size_t>(effect.token)].visit;
  kept.is_exclusive = flow.definition->kind == metadata::FlowKind::approval;
  return kept;
}

flow::Submission FlowDriver::submission(const run::Kept& caller, const flow::StartFlow& effect,
                                        const application::Flow& flow) {
  return {.id = {context_.ids.next()},
          .version = flow.version,
          .record = effect.record,
          .initiator = caller.run.initiator,
          .depth = caller.run.depth + 1,
          .variables = effect.variables,
          .chosen = {}};
}

// The same flow on the same record is called once in a chain of callers, or as often as it says.
Result<void> FlowDriver::check_chain(const run::Kept& caller, const run::Kept& called,
                                     const application::Flow& flow) {
  int times = 0;
  const auto is_same = [&](const run::Kept& one) {
    return one.run.flow == called.run.flow && one.object == called.object &&
           one.run.record == called.run.record;
  };
  std::optional<run::Kept> above = caller;
  while (above) {
    times += is_same(*above) ? 1 : 0;
    above = above->parent.value == 0 ? std::nullopt : run::read(context_.tx, above->parent);
  }
  if (times < flow.definition->settings.reentry) return done();
  return Error::of(ErrorCode::limit, "", "reentry",
                   "\"" + flow.name() + "\" is called again and again on the same record");
}

Result<void> FlowDriver::begin_called(const run::Kept& caller, const flow::StartFlow& effect) {
  const application::Flow* flow = context_.app.find_flow(effect.flow);
  if (flow == nullptr) {
    return Error::invalid("flow", "unknown_flow", "there is no flow \"" + effect.flow + "\"");
  }
  run::Kept kept = called(caller, effect, *flow);
  TENON_TRY(kept.run, flow::begin(*flow->program, submission(caller, effect, *flow)));
  if (kept.is_exclusive &&
      run::active_of(context_.tx, kept.run.flow, kept.object, kept.run.record)) {
    return active(*flow);
  }
  TENON_CHECK(check_chain(caller, kept, *flow));
  TENON_CHECK(take_lock(kept));
  TENON_TRY(const auto stepped, step(kept, flow::Begin{}));
  TENON_CHECK(keep(nullptr, kept, stepped.at_ms));
  follow(nullptr, kept, stepped.goes_on);
  return carry_out(kept, stepped.effects);
}

}  // namespace tenon::command
