// What is counted of flows as their runs are written: nobody scans a history to know it.
//
// Owns flow_metric (per flow, version and node), flow_duration (how long visits took, in buckets)
// and flow_total (runs by how they stand). run::write() calls count(); nothing else writes them.
// A visit lasts from when a run came to a node to when it left it; what is passed at once has no
// duration. Nor has a run that ends as it begins; others have theirs, too.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/run/run.h"

namespace tenon::run {

storage::Migrations metrics_migrations();

// What this write changes. `now_ms`: when what left a node left it.
void count(storage::Transaction& tx, const Kept* before, const Kept& after, std::int64_t now_ms);

// Buckets of durations: four to a doubling, so a value read from them is at most a fifth off.
int bucket_of(std::int64_t ms);
std::int64_t middle_of(int bucket);  // In ms.

struct NodeMetric {
  std::int64_t version = 0;
  int node = 0;
  std::int64_t open = 0;  // Runs that stand there now.
  std::int64_t visits = 0;
  std::int64_t rework = 0;     // Visits of a run that had been there before.
  std::int64_t automatic = 0;  // Decisions that nobody took.
  std::int64_t incidents = 0;
  std::map<int, std::int64_t> durations;  // Visits by bucket.
};
std::vector<NodeMetric> metrics_of(storage::Transaction& tx, std::string_view flow);

// How long runs of this flow took that are over, by bucket.
std::map<int, std::int64_t> durations_of_runs(storage::Transaction& tx, std::string_view flow);

// The duration that this share of visits stays within, in ms; -1 where there are none.
std::int64_t quantile(const std::map<int, std::int64_t>& durations, int percent);

// Runs by "running", "suspended", or the result they ended with.
std::map<std::string, std::int64_t> totals_of(storage::Transaction& tx, std::string_view flow);

// Open tasks whose time is over, by version and node; not of suspended runs.
struct Overdue {
  std::int64_t version = 0;
  int node = 0;
  std::int64_t tasks = 0;
};
std::vector<Overdue> overdue_of(storage::Transaction& tx, std::string_view flow,
                                std::int64_t now_ms);

// Tokens that wait for an admin, by version and node.
struct Stopped {
  std::int64_t version = 0;
  int node = 0;
  std::int64_t tokens = 0;
};
std::vector<Stopped> stopped_of(storage::Transaction& tx, std::string_view flow);

// Of all flows, for those who watch the process.
struct Gauges {
  std::int64_t open_tasks = 0;
  std::int64_t overdue_tasks = 0;
  std::int64_t incidents = 0;  // Runs that wait for an admin.
};
Gauges gauges(storage::Transaction& tx, std::int64_t now_ms);
// Incidents that are open, by flow.
std::map<std::string, std::int64_t> open_incidents(storage::Transaction& tx);

}  // namespace tenon::run
