#include <algorithm>

#include "engine/run/flow_runs.h"
#include "engine/run/rows.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = "CREATE INDEX flow_run_flow ON flow_run (flow, state, id);";

// A page of them: what follows says which.
const std::string kRuns = R"sql(
  SELECT r.id, r.flow, r.version, r.object, r.record, r.initiator, r.state, r.result,
         r.started_ms, r.finished_ms, r.returns,
         (SELECT count(*) FROM flow_token t WHERE t.run = r.id AND t.state = 'incident'),
         (SELECT count(*) FROM flow_task t
          WHERE t.run = r.id AND t.state = 'open' AND t.due_ms < :now_ms)
  FROM flow_run r )sql";
const std::string kOfState =
    kRuns + R"sql(  WHERE r.flow = :flow AND r.state = :state AND r.id < :before
    AND (:version = 0 OR r.version = :version)
  ORDER BY r.id DESC LIMIT :count_max
)sql";
const std::string kIncidents =
    kRuns +
    R"sql(  WHERE r.id IN (SELECT run FROM flow_token WHERE state = 'incident') AND r.flow = :flow
    AND r.id < :before AND (:version = 0 OR r.version = :version)
    AND (:state = '' OR r.state = :state)
  ORDER BY r.id DESC LIMIT :count_max
)sql";
const std::string kOverdue =
    kRuns +
    R"sql(  WHERE r.id IN (SELECT run FROM flow_task WHERE state = 'open' AND due_ms < :now_ms)
    AND r.flow = :flow AND r.id < :before AND (:version = 0 OR r.version = :version)
    AND (:state = '' OR r.state = :state)
  ORDER BY r.id DESC LIMIT :count_max
)sql";
constexpr std::string_view kVersions = R"sql(
  SELECT v.version, v.at_ms,
         (SELECT count(*) FROM flow_run r
          WHERE r.flow = v.flow AND r.version = v.version AND r.state <> 'finished')
  FROM flow_version v WHERE v.flow = :flow ORDER BY v.version DESC
)sql";

FlowRun flow_run_of(const storage::Row& row) {
  FlowRun run;
  run.listed.run = head_of(row);
  run.returns = row.integer(10);
  run.incidents = row.integer(11);
  run.overdue = row.integer(12);
  return run;
}

std::vector<FlowRun> read(storage::Transaction& tx, std::string_view sql, const FlowRunsPage& page,
                          std::string_view state) {
  auto statement = tx.statement(sql);
  statement.bind(":flow", page.flow)
      .bind(":state", state)
      .bind(":version", page.version)
      .bind(":before", page.before ? page.before->value : INT64_MAX)
      .bind(":count_max", std::int64_t{page.count_max})
      .bind(":now_ms", page.now_ms);
  return statement.all(flow_run_of);
}

}  // namespace

storage::Migrations flow_runs_migrations() { return {{"run_0020_flow_runs", kCreate}}; }

std::vector<FlowRun> runs_of_flow(storage::Transaction& tx, const FlowRunsPage& page) {
  const std::string_view state = page.state ? flow::name_of(*page.state) : "";
  if (page.only == FlowRunsPage::Only::incidents) return read(tx, kIncidents, page, state);
  if (page.only == FlowRunsPage::Only::overdue) return read(tx, kOverdue, page, state);
  if (page.state) return read(tx, kOfState, page, state);
  std::vector<FlowRun> all;
  for (const auto one :
       {flow::RunState::running, flow::RunState::suspended, flow::RunState::finished}) {
    auto runs = read(tx, kOfState, page, flow::name_of(one));
    std::move(runs.begin(), runs.end(), std::back_inserter(all));
  }
  std::sort(all.begin(), all.end(), [](const FlowRun& a, const FlowRun& b) {
    return a.listed.run.id.value > b.listed.run.id.value;
  });
  if (all.size() > static_cast<std::size_t>(page.count_max)) {
    all.erase(all.begin() + page.count_max, all.end());
  }
  return all;
}

std::vector<PinnedVersion> versions_of(storage::Transaction& tx, std::string_view flow) {
  auto statement = tx.statement(kVersions);
  statement.bind(":flow", flow);
  return statement.all([](const storage::Row& row) {
    return PinnedVersion{row.integer(0), row.integer(1), row.integer(2)};
  });
}

}  // namespace tenon::run
