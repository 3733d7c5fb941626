// How flows do, for those who administer them: where runs stand, how long nodes take, how they end.
//
// Read from what is counted as runs are written (engine/run/metrics.h); versions of a flow are
// taken together by the ids of their nodes, in the order of the newest.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/query/context.h"

namespace tenon::query {

struct NodeMetrics {
  std::string id;
  std::string label;
  std::int64_t open = 0;
  std::int64_t overdue = 0;
  std::int64_t visits = 0;
  std::int64_t p50_ms = -1;  // -1: nobody has left it yet.
  std::int64_t p90_ms = -1;
  std::int64_t rework = 0;
  std::int64_t automatic = 0;
  std::int64_t incidents = 0;  // So far.
  std::int64_t stopped = 0;    // That wait for an admin now.
};

struct FlowMetrics {
  std::vector<NodeMetrics> nodes;
  std::map<std::string, std::int64_t> runs;  // By "running", "suspended", or their result.
  std::int64_t p50_ms = -1;                  // Of runs that are over; -1: none is yet.
  std::int64_t p90_ms = -1;
};

FlowMetrics flow_metrics(const Context& context, const application::Flow& flow);

// Incidents that are open, by the flow's id.
std::map<std::string, std::int64_t> open_incidents(const Context& context);

// For Prometheus, of all flows.
struct FlowGauges {
  std::int64_t open_tasks = 0;
  std::int64_t overdue_tasks = 0;
  std::int64_t incidents = 0;
};
FlowGauges flow_gauges(storage::Transaction& tx, std::int64_t now_ms);

}  // namespace tenon::query
