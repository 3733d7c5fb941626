#include "engine/command/stuck_runs.h"

#include <algorithm>

#include "engine/command/flow_jobs.h"
#include "engine/job/job.h"
#include "engine/run/stuck.h"

namespace tenon::command {
namespace {

std::string sentence_of(const run::Stuck& one) {
  if (one.token < 0) return "it is under way and stands nowhere; void it";
  const std::string token = "token " + std::to_string(one.token) + " ";
  constexpr std::string_view kMend = "; jump to a node, or void the run";
  if (one.why == "people") return token + "waits for people, and nobody is asked" + kMend.data();
  if (one.why == "waiting") return token + "waits for no time and no event" + kMend.data();
  if (one.why == "forked") return token + "waits for branches, and none is open" + kMend.data();
  if (one.why == "calling") return token + "waits for a run that is over" + kMend.data();
  return token + "is in the middle of a step" + kMend.data();
}

// What is tried again later has a problem of its own, which is told with the job.
bool comes(const std::optional<job::Job>& job, std::int64_t timer_ms, std::int64_t now_ms) {
  return job && (!job->problem.empty() || job->due_ms <= std::max(timer_ms, now_ms));
}

// Runs whose job is gone, or comes too late.
void add_without_job(storage::Transaction& tx, std::int64_t now_ms, std::size_t count_max,
                     std::vector<StuckRun>& found) {
  for (const run::Awaited& one : run::awaited(tx)) {
    if (found.size() >= count_max) return;
    const std::string key = text_of(one.run);
    if (one.goes_on && !job::find(tx, kFlowContinue, key)) {
      found.push_back({one.run, one.flow, "it has to go on, and no job does it; void it"});
    } else if (one.timer_ms && !comes(job::find(tx, kFlowTimer, key), *one.timer_ms, now_ms)) {
      found.push_back({one.run, one.flow, "no job comes for its timer; suspend and resume it"});
    }
  }
}

}  // namespace

std::vector<StuckRun> stuck_runs(storage::Transaction& tx, std::int64_t now_ms, int count_max) {
  std::vector<StuckRun> found;
  for (const run::Stuck& one : run::stuck(tx, count_max)) {
    found.push_back({one.run, one.flow, sentence_of(one)});
  }
  add_without_job(tx, now_ms, static_cast<std::size_t>(count_max), found);
  return found;
}

}  // namespace tenon::command
