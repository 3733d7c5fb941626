// ReassignRuns: the open seats of one person go to another, in all runs or those of some flows, by
// a job: somebody leaves, or will be away for long.
//
// Each run is a command of its own: a seat that cannot go (who gets it is asked there already, the
// run is suspended) stays and holds up no other; the survey says which and why, before and after.
// Opinions that somebody was asked for are not seats of theirs. Who may: who administers flows, at
// the start and at every chunk of the job. One run alone: flow::Reassign (act_on_run.h).
#pragma once

#include <string>
#include <vector>

#include "engine/command/job_kinds.h"
#include "engine/flow/run.h"

namespace tenon::command {

inline constexpr std::string_view kReassignRuns = "reassign_runs";

struct ReassignRuns {
  flow::UserId from;
  flow::UserId to;
  std::vector<std::string> flows;  // By name; empty: all.
  std::string comment;
};

// `invalid` at "to" where nobody such can be asked, at "flows" of one that is not there;
// `conflict`, rule "under_way", while the same person's seats are on their way already.
Result<job::JobId> reassign_runs(Context& context, const ReassignRuns& command);
Result<job::Step> reassign_some(Context& context, const JobRun& run);

// What it would come to, of the oldest `limits::kMigrationSurveyMax` runs; nothing is written.
struct ReassignSurvey {
  struct Reason {
    Problem problem;
    int seats = 0;
    flow::RunId example;
  };
  int runs = 0;                 // In which they have seats;
  int checked = 0;              // looked at.
  int seats = 0;                // Of those that were looked at:
  int can = 0;                  // go.
  std::vector<Reason> reasons;  // By rule.
};
Result<ReassignSurvey> survey_reassignment(Context& context, const ReassignRuns& command);

}  // namespace tenon::command
