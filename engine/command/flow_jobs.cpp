#include "engine/command/flow_jobs.h"

#include "engine/command/flow_driver.h"
#include "engine/flow/view.h"

namespace tenon::command {
namespace {

void add_job(Context& context, std::string_view kind, job::Lane lane, flow::RunId run,
             std::int64_t due_ms) {
  job::NewJob job;
  job.kind = kind;
  job.lane = lane;
  job.key = text_of(run);
  job.due_ms = due_ms;
  job::add(context.tx, {context.ids.next()}, job, context.clock.now_ms());
}

std::optional<run::Kept> run_of(Context& context, const JobRun& run) {
  const auto id = parse_id_text(run.job.key);
  if (!id) throw Fault("the key of a job names no run: " + run.job.key);
  return run::read(context.tx, {*id});
}

// The timer that is due first; -1: none.
int due_timer(const flow::Run& run, std::int64_t now_ms) {
  int due = -1;
  for (std::size_t i = 0; i < run.timers.size(); ++i) {
    const flow::Timer& timer = run.timers[i];
    if (!flow::is_ticking(run, timer) || timer.at_ms > now_ms) continue;
    if (due < 0 || timer.at_ms < run.timers[static_cast<std::size_t>(due)].at_ms) {
      due = static_cast<int>(i);
    }
  }
  return due;
}

}  // namespace

void schedule_timer(Context& context, flow::RunId run, std::int64_t due_ms) {
  job::move_due(context.tx, kFlowTimer, text_of(run), due_ms);
  add_job(context, kFlowTimer, job::Lane::timers, run, due_ms);
}

void schedule_continue(Context& context, flow::RunId run) {
  add_job(context, kFlowContinue, job::Lane::interactive, run, context.clock.now_ms());
}

Result<job::Step> flow_timer(Context& context, const JobRun& run) {
  auto kept = run_of(context, run);
  if (!kept || kept->run.state != flow::RunState::running) return job::Step(job::Finished{});
  const int timer = due_timer(kept->run, context.clock.now_ms());
  if (timer >= 0) {
    TENON_TRY(auto driven, FlowDriver(context).act(std::move(*kept), flow::Elapsed{timer}));
    kept = std::move(driven.kept);
  }
  const auto next = flow::next_timer_ms(kept->run);
  if (!next) return job::Step(job::Finished{});
  // What is due by now comes now: a job that repeats would wait for the clock to move.
  if (*next <= context.clock.now_ms()) return job::Step(job::GoesOn{"", run.job.done + 1, 0});
  return job::Step(job::Repeats{*next});
}

Result<job::Step> flow_continue(Context& context, const JobRun& run) {
  auto kept = run_of(context, run);
  if (!kept || kept->run.state != flow::RunState::running) return job::Step(job::Finished{});
  FlowDriver driver(context);
  TENON_TRY(const auto driven, driver.act(std::move(*kept), flow::Continue{}));
  const auto& tokens = driven.kept.run.tokens;
  const bool goes_on = std::any_of(tokens.begin(), tokens.end(), [](const flow::Token& token) {
    return token.state == flow::Token::State::ready;
  });
  if (!goes_on) return job::Step(job::Finished{});
  return job::Step(job::GoesOn{"", run.job.done + 1, 0});
}

}  // namespace tenon::command
