// Looks whether every run under way has something that moves it on: people, a time, an event, a
// run that it called, an admin; and whether the jobs for it are there. Asked at every start, by
// `tenon doctor` and by who administers flows. What it finds is a fault of the engine's own.
#pragma once

#include <string>
#include <vector>

#include "engine/flow/run.h"
#include "engine/storage/database.h"

namespace tenon::command {

struct StuckRun {
  flow::RunId run;
  std::string flow;  // Its id.
  std::string why;   // A sentence, and what can be done.
};

// The first of them, at most `count_max`.
std::vector<StuckRun> stuck_runs(storage::Transaction& tx, std::int64_t now_ms, int count_max);

}  // namespace tenon::command
