// MigrateRuns: all runs of a flow that are not over are moved to one version of it, by a job.
//
// Each is a command of its own: one that cannot be moved stays as it is and holds up no other; the
// survey, asked again, says which and why. Who may: who administers flows, at the start and at
// every chunk of the job.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/command/job_kinds.h"
#include "engine/flow/run.h"

namespace tenon::command {

inline constexpr std::string_view kMigrateRuns = "migrate_runs";

struct MigrateRuns {
  std::string flow;                          // Its id.
  std::int64_t version = 0;                  // 0: the newest.
  std::vector<std::int64_t> from;            // Versions; empty: all others.
  std::map<std::string, std::string> nodes;  // Ids, old to new, where they differ.
  std::string comment;
};

// `conflict`, rule "under_way", while one of the same flow is not done.
Result<job::JobId> migrate_runs(Context& context, const MigrateRuns& command);
Result<job::Step> migrate_some(Context& context, const JobRun& run);

// What it would come to, of the oldest `limits::kMigrationSurveyMax` runs; nothing is written.
struct MigrationSurvey {
  struct Reason {
    Problem problem;
    std::int64_t from = 0;  // The version of the example.
    int runs = 0;
    flow::RunId example;
  };
  const application::Flow* to = nullptr;
  std::map<std::int64_t, int> versions;  // Runs by the version they are on.
  int runs = 0;                          // All of them;
  int checked = 0;                       // looked at;
  int can = 0;
  std::vector<Reason> reasons;  // By rule and place.
};
Result<MigrationSurvey> survey_migration(Context& context, const MigrateRuns& command);

}  // namespace tenon::command
