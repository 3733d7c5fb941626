#include "engine/query/flow_runs.h"

#include "engine/flow/suppressed.h"
#include "engine/query/cursor.h"

namespace tenon::query {
namespace {

constexpr std::string_view kSort = "flow_runs";

}  // namespace

Result<FlowRunsAnswer> list_flow_runs(const Context& context, const application::Flow& flow,
                                      const ListFlowRuns& query) {
  run::FlowRunsPage page{.flow = flow.id(),
                         .state = query.state,
                         .version = query.version,
                         .only = query.only,
                         .count_max = query.limit + 1,
                         .now_ms = context.now.ms};
  if (!query.after.empty()) {
    TENON_TRY(const auto cursor, parse_cursor(query.after, kSort, 0));
    page.before = flow::RunId{cursor.id};
  }
  FlowRunsAnswer answer{run::runs_of_flow(context.tx, page), ""};
  if (answer.runs.size() > static_cast<std::size_t>(query.limit)) {
    answer.runs.pop_back();
    answer.next = write_cursor({answer.runs.back().listed.run.id.value, {}}, kSort);
  }
  return answer;
}

std::vector<run::Copy> copies_of(const Context& context, flow::RunId run) {
  return run::copies_of(context.tx, run);
}

std::optional<flow::Incident> why_suppressed(const flow::Run& run) {
  return flow::why_suppressed(run);
}

std::vector<run::PinnedVersion> versions_of(const Context& context, const application::Flow& flow) {
  return run::versions_of(context.tx, flow.id());
}

}  // namespace tenon::query
