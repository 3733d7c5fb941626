#include "engine/command/run_job.h"

#include "engine/command/events.h"
#include "engine/command/fill.h"
#include "engine/command/key_fill.h"

namespace tenon::command {
namespace {

Result<job::Step> run_chunk(Context& context, const JobRun& run) {
  const JobKind* kind = find_job_kind(run.job.kind);
  if (kind == nullptr) {
    return Error::invalid("", "job_kind", "there is no kind of job \"" + run.job.kind + "\"");
  }
  TENON_TRY(auto step, kind->run(context, run));
  append_events(context, CommandId{context.ids.next()});
  return step;
}

// A fault of the kind's own is told like a refusal; one that took the transaction along, or the
// disk's, is the writer's matter.
Result<job::Step> run_guarded(Context& context, const JobRun& run) {
  try {
    return run_chunk(context, run);
  } catch (const StorageFull&) {
    throw;
  } catch (const storage::FsyncFailed&) {
    throw;
  } catch (const storage::Interrupted&) {
    throw;
  } catch (const Fault& fault) {
    return Error::of(ErrorCode::outcome_unknown, "", "fault", fault.what());
  }
}

}  // namespace

bool run_due_job(Context& context, job::Lane lane, std::int64_t process_now_ms,
                 std::function<bool()> is_over) {
  const std::int64_t now_ms = context.clock.now_ms();
  const auto job = job::claim(context.tx, lane, now_ms, process_now_ms);
  if (!job) return false;
  const Actor actor = system_actor(Surface::system, "the job " + job->kind);
  Changes changes;
  Context own{context.app, actor, context.tx, context.clock, context.ids, changes};
  context.tx.script("SAVEPOINT job");
  const auto step = run_guarded(own, {*job, process_now_ms, std::move(is_over)});
  if (step) {
    context.changes.note_part(changes);
    context.tx.script("RELEASE job");
    job::settle(context.tx, *job, *step, now_ms);
    return true;
  }
  context.tx.script("ROLLBACK TO job; RELEASE job");
  job::fail(context.tx, *job, describe(step.error()), now_ms);
  return true;
}

void add_nightly_jobs(Context& context) {
  resume_fill(context);
  resume_keys(context);
  for (const JobKind& kind : job_kinds()) {
    if (!kind.nightly) continue;
    job::NewJob job;
    job.kind = kind.name;
    job.lane = kind.lane;
    job.key = "nightly";
    job.due_ms = next_night_ms(context);
    job::add(context.tx, {context.ids.next()}, job, context.clock.now_ms());
  }
}

}  // namespace tenon::command
