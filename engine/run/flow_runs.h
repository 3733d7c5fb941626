// Runs of one flow, the newest first, and its versions: for those who look after it.
//
// Owns the index `flow_run_flow`. A page of one state is read along it; incidents and what is
// overdue are found by what is open, which is never much. Knows no permission.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/run/inbox.h"
#include "engine/storage/migration.h"

namespace tenon::run {

storage::Migrations flow_runs_migrations();

struct FlowRunsPage {
  enum class Only { all, incidents, overdue };
  std::string flow;                     // Its id.
  std::optional<flow::RunState> state;  // Nothing: all of them.
  std::int64_t version = 0;             // 0: all.
  Only only = Only::all;
  std::optional<flow::RunId> before;  // Nothing: from the newest.
  int count_max = 0;
  std::int64_t now_ms = 0;
};

struct FlowRun {
  Listed listed;
  std::int64_t returns = 0;
  std::int64_t incidents = 0;  // Open.
  std::int64_t overdue = 0;    // Open tasks whose time is over.
};
std::vector<FlowRun> runs_of_flow(storage::Transaction& tx, const FlowRunsPage& page);

struct PinnedVersion {
  std::int64_t version = 0;
  std::int64_t at_ms = 0;    // When it was pinned: published first.
  std::int64_t running = 0;  // Runs on it that are not over.
};
// All there ever were, the newest first.
std::vector<PinnedVersion> versions_of(storage::Transaction& tx, std::string_view flow);

}  // namespace tenon::run
