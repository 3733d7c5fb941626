// Runs of a flow page by page, and the versions it has had: for those who administer flows. Copies.
//
// Who asks must administer flows: that is asked before. Titles of records are read as the actor.
#pragma once

#include <string>
#include <vector>

#include "engine/query/context.h"
#include "engine/run/copy.h"
#include "engine/run/flow_runs.h"

namespace tenon::query {

struct ListFlowRuns {
  std::optional<flow::RunState> state;
  std::int64_t version = 0;  // 0: all.
  run::FlowRunsPage::Only only = run::FlowRunsPage::Only::all;
  std::string after;  // A cursor; "" at the start.
  int limit = 50;
};

struct FlowRunsAnswer {
  std::vector<run::FlowRun> runs;
  std::string next;  // "" at the end.
};

// `malformed` where the cursor is none of this list.
Result<FlowRunsAnswer> list_flow_runs(const Context& context, const application::Flow& flow,
                                      const ListFlowRuns& query);

// Of a run that the actor may know: who was sent a copy.
std::vector<run::Copy> copies_of(const Context& context, flow::RunId run);
// Which rule kept it from beginning; nothing of any other run.
std::optional<flow::Incident> why_suppressed(const flow::Run& run);

std::vector<run::PinnedVersion> versions_of(const Context& context, const application::Flow& flow);

}  // namespace tenon::query
