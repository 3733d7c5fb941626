#include "engine/flow/suppressed.h"

namespace tenon::flow {

Incident incident_of(const Error& error) {
  if (error.problems.empty()) return {std::string(name_of(error.code)), describe(error)};
  return {error.problems.front().rule, error.problems.front().message};
}

Run suppressed(const Program& program, Submission submission, const Incident& why,
               std::int64_t now_ms) {
  // What it would have begun with may be the very reason.
  submission.variables.clear();
  submission.chosen.clear();
  Run run = begin(program, submission).take();
  run.state = RunState::finished;
  run.result = RunResult::suppressed;
  run.started_ms = run.finished_ms = now_ms;
  Entry entry{.what = What::finished};
  entry.at_ms = now_ms;
  entry.reason = why.rule;
  entry.comment = why.message;
  run.history.push_back(std::move(entry));
  return run;
}

std::optional<Incident> why_suppressed(const Run& run) {
  if (run.result != RunResult::suppressed || run.history.empty()) return std::nullopt;
  return Incident{run.history.back().reason, run.history.back().comment};
}

}  // namespace tenon::flow
