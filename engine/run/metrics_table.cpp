#include <algorithm>
#include <cmath>

#include "engine/run/metrics.h"
#include "engine/run/rows.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_metric (
    flow TEXT NOT NULL, version INTEGER NOT NULL, node INTEGER NOT NULL, open INTEGER NOT NULL,
    visits INTEGER NOT NULL, rework INTEGER NOT NULL, automatic INTEGER NOT NULL,
    incidents INTEGER NOT NULL,
    PRIMARY KEY (flow, version, node)) STRICT, WITHOUT ROWID;
  CREATE TABLE flow_duration (
    flow TEXT NOT NULL, version INTEGER NOT NULL, node INTEGER NOT NULL, bucket INTEGER NOT NULL,
    visits INTEGER NOT NULL,
    PRIMARY KEY (flow, version, node, bucket)) STRICT, WITHOUT ROWID;
  CREATE TABLE flow_total (
    flow TEXT NOT NULL, word TEXT NOT NULL, runs INTEGER NOT NULL,
    PRIMARY KEY (flow, word)) STRICT, WITHOUT ROWID;
)sql";
constexpr std::string_view kCount = R"sql(
  INSERT INTO flow_metric (flow, version, node, open, visits, rework, automatic, incidents)
  VALUES (:flow, :version, :node, :open, :visits, :rework, :automatic, :incidents)
  ON CONFLICT (flow, version, node) DO UPDATE SET
    open = open + excluded.open, visits = visits + excluded.visits,
    rework = rework + excluded.rework, automatic = automatic + excluded.automatic,
    incidents = incidents + excluded.incidents
)sql";
constexpr std::string_view kCountDuration = R"sql(
  INSERT INTO flow_duration (flow, version, node, bucket, visits)
  VALUES (:flow, :version, :node, :bucket, 1)
  ON CONFLICT (flow, version, node, bucket) DO UPDATE SET visits = visits + 1
)sql";
constexpr std::string_view kCountTotal = R"sql(
  INSERT INTO flow_total (flow, word, runs) VALUES (:flow, :word, :runs)
  ON CONFLICT (flow, word) DO UPDATE SET runs = runs + excluded.runs
)sql";
constexpr std::string_view kMetrics = R"sql(
  SELECT version, node, open, visits, rework, automatic, incidents FROM flow_metric
  WHERE flow = :flow ORDER BY version, node
)sql";
constexpr std::string_view kDurations = R"sql(
  SELECT version, node, bucket, visits FROM flow_duration WHERE flow = :flow
  ORDER BY version, node
)sql";
constexpr std::string_view kRunDurations = R"sql(
  SELECT bucket, sum(visits) FROM flow_duration WHERE flow = :flow AND node = :node GROUP BY bucket
)sql";
constexpr std::string_view kTotals = "SELECT word, runs FROM flow_total WHERE flow = :flow";
constexpr std::string_view kOverdue = R"sql(
  SELECT r.version, t.node, count(*) FROM flow_task t CROSS JOIN flow_run r ON r.id = t.run
  WHERE t.state = 'open' AND t.due_ms < :now_ms AND r.flow = :flow AND r.state = 'running'
  GROUP BY r.version, t.node
)sql";
constexpr std::string_view kStopped = R"sql(
  SELECT r.version, t.node, count(*) FROM flow_token t CROSS JOIN flow_run r ON r.id = t.run
  WHERE t.state = 'incident' AND r.flow = :flow
  GROUP BY r.version, t.node
)sql";
constexpr std::string_view kGauges = R"sql(
  SELECT count(*), count(*) FILTER (WHERE coalesce(t.due_ms, 9223372036854775807) < :now_ms),
    (SELECT count(DISTINCT run) FROM flow_token WHERE state = 'incident')
  FROM flow_task t CROSS JOIN flow_run r ON r.id = t.run
  WHERE t.state = 'open' AND r.state = 'running'
)sql";
constexpr std::string_view kIncidents = R"sql(
  SELECT r.flow, count(DISTINCT t.run) FROM flow_token t CROSS JOIN flow_run r ON r.id = t.run
  WHERE t.state = 'incident' GROUP BY r.flow
)sql";

constexpr std::int64_t kWholeRun = -1;  // In the place of a node.

struct Delta {
  std::int64_t open = 0;
  std::int64_t visits = 0;
  std::int64_t rework = 0;
  std::int64_t automatic = 0;
  std::int64_t incidents = 0;
  bool is_nothing() const { return (open | visits | rework | automatic | incidents) == 0; }
};
using Deltas = std::map<int, Delta>;  // By node.

// The word that a run counts under.
std::string_view total_word(const flow::Run& run) {
  return run.state == flow::RunState::finished ? flow::name_of(run.result)
                                               : flow::name_of(run.state);
}

void add_total(storage::Transaction& tx, const std::string& flow, std::string_view word,
               std::int64_t runs) {
  auto statement = tx.statement(kCountTotal);
  statement.bind(":flow", flow).bind(":word", word).bind(":runs", runs);
  statement.run();
}

// Lines of the history that are new.
void count_entries(const flow::Run* before, const flow::Run& after, Deltas& deltas) {
  const auto& history = after.history;
  const std::size_t known = before == nullptr ? 0 : before->history.size();
  std::size_t first = 0;  // Behind what names nodes of an earlier version.
  for (std::size_t i = 0; i < history.size(); ++i) {
    const flow::Entry& entry = history[i];
    if (entry.what == flow::What::migrated) first = i + 1;
    if (i < known || entry.node < 0) continue;
    Delta& delta = deltas[entry.node];
    delta.automatic += entry.what == flow::What::automatic;
    delta.incidents += entry.what == flow::What::incident;
    if (entry.what != flow::What::entered) continue;
    ++delta.visits;
    const auto begin = history.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = history.begin() + static_cast<std::ptrdiff_t>(i);
    delta.rework += std::any_of(begin, end, [&](const flow::Entry& one) {
      return one.what == flow::What::entered && one.node == entry.node;
    });
  }
}

void count_open(const flow::Run& run, std::int64_t by, Deltas& deltas) {
  for (const flow::Token& token : run.tokens) {
    if (token.is_live()) deltas[token.node].open += by;
  }
}

void count_duration(storage::Transaction& tx, const Kept& kept, std::int64_t node,
                    std::int64_t ms) {
  auto statement = tx.statement(kCountDuration);
  statement.bind(":flow", kept.run.flow)
      .bind(":version", kept.run.version)
      .bind(":node", node)
      .bind(":bucket", std::int64_t{bucket_of(ms)});
  statement.run();
}

void count_durations(storage::Transaction& tx, const Kept& before, const Kept& after,
                     std::int64_t now_ms) {
  for (std::size_t i = 0; i < before.run.tokens.size(); ++i) {
    const flow::Token& was = before.run.tokens[i];
    const flow::Token& is = after.run.tokens[i];
    if (!was.is_live() || (is.is_live() && is.visit == was.visit)) continue;
    count_duration(tx, before, was.node, now_ms - before.since_ms[i]);
  }
}

void write_delta(storage::Transaction& tx, const flow::Run& run, int node, const Delta& delta) {
  if (delta.is_nothing()) return;
  auto statement = tx.statement(kCount);
  statement.bind(":flow", run.flow)
      .bind(":version", run.version)
      .bind(":node", std::int64_t{node})
      .bind(":open", delta.open)
      .bind(":visits", delta.visits)
      .bind(":rework", delta.rework)
      .bind(":automatic", delta.automatic)
      .bind(":incidents", delta.incidents);
  statement.run();
}

}  // namespace

storage::Migrations metrics_migrations() { return {{"run_0012_metrics", kCreate}}; }

void count(storage::Transaction& tx, const Kept* before, const Kept& after, std::int64_t now_ms) {
  const flow::Run* known = before == nullptr ? nullptr : &before->run;
  Deltas deltas;
  count_entries(known, after.run, deltas);
  // A run that was moved to another version leaves the nodes of its own.
  const bool has_moved = known != nullptr && known->version != after.run.version;
  if (has_moved) {
    Deltas left;
    count_open(*known, -1, left);
    for (const auto& [node, delta] : left) write_delta(tx, *known, node, delta);
  } else if (known != nullptr) {
    count_open(*known, -1, deltas);
  }
  count_open(after.run, 1, deltas);
  for (const auto& [node, delta] : deltas) write_delta(tx, after.run, node, delta);
  if (before != nullptr) count_durations(tx, *before, after, now_ms);
  const bool is_over = after.run.state == flow::RunState::finished;
  if (is_over && known != nullptr && known->state != flow::RunState::finished) {
    count_duration(tx, after, kWholeRun, after.run.finished_ms - after.run.started_ms);
  }
  if (known != nullptr && total_word(*known) == total_word(after.run)) return;
  if (known != nullptr) add_total(tx, known->flow, total_word(*known), -1);
  add_total(tx, after.run.flow, total_word(after.run), 1);
}

int bucket_of(std::int64_t ms) {
  const auto seconds = static_cast<double>(std::max<std::int64_t>(ms, 0)) / 1000;
  return static_cast<int>(4 * std::log2(seconds + 1));
}

std::int64_t middle_of(int bucket) {
  return static_cast<std::int64_t>(1000 * (std::exp2((bucket + 0.5) / 4) - 1));
}

std::vector<NodeMetric> metrics_of(storage::Transaction& tx, std::string_view flow) {
  auto statement = tx.statement(kMetrics);
  statement.bind(":flow", flow);
  auto metrics = statement.all([](const storage::Row& row) {
    NodeMetric metric;
    metric.version = row.integer(0);
    metric.node = int_at(row, 1);
    metric.open = row.integer(2);
    metric.visits = row.integer(3);
    metric.rework = row.integer(4);
    metric.automatic = row.integer(5);
    metric.incidents = row.integer(6);
    return metric;
  });
  auto durations = tx.statement(kDurations);
  durations.bind(":flow", flow);
  durations.each([&](const storage::Row& row) {
    const auto metric = std::find_if(metrics.begin(), metrics.end(), [&](const NodeMetric& one) {
      return one.version == row.integer(0) && one.node == row.integer(1);
    });
    if (metric != metrics.end()) metric->durations[int_at(row, 2)] = row.integer(3);
  });
  return metrics;
}

std::map<int, std::int64_t> durations_of_runs(storage::Transaction& tx, std::string_view flow) {
  std::map<int, std::int64_t> durations;
  auto statement = tx.statement(kRunDurations);
  statement.bind(":flow", flow).bind(":node", kWholeRun);
  statement.each([&](const storage::Row& row) { durations[int_at(row, 0)] = row.integer(1); });
  return durations;
}

std::int64_t quantile(const std::map<int, std::int64_t>& durations, int percent) {
  std::int64_t all = 0;
  for (const auto& [bucket, visits] : durations) all += visits;
  std::int64_t within = 0;
  for (const auto& [bucket, visits] : durations) {
    within += visits;
    if (within * 100 >= all * percent) return middle_of(bucket);
  }
  return -1;
}

std::map<std::string, std::int64_t> totals_of(storage::Transaction& tx, std::string_view flow) {
  std::map<std::string, std::int64_t> totals;
  auto statement = tx.statement(kTotals);
  statement.bind(":flow", flow);
  statement.each([&](const storage::Row& row) { totals[row.text(0)] = row.integer(1); });
  return totals;
}

std::vector<Overdue> overdue_of(storage::Transaction& tx, std::string_view flow,
                                std::int64_t now_ms) {
  auto statement = tx.statement(kOverdue);
  statement.bind(":flow", flow).bind(":now_ms", now_ms);
  return statement.all([](const storage::Row& row) {
    return Overdue{row.integer(0), int_at(row, 1), row.integer(2)};
  });
}

std::vector<Stopped> stopped_of(storage::Transaction& tx, std::string_view flow) {
  auto statement = tx.statement(kStopped);
  statement.bind(":flow", flow);
  return statement.all([](const storage::Row& row) {
    return Stopped{row.integer(0), int_at(row, 1), row.integer(2)};
  });
}

Gauges gauges(storage::Transaction& tx, std::int64_t now_ms) {
  auto statement = tx.statement(kGauges);
  statement.bind(":now_ms", now_ms);
  return statement.one([](const storage::Row& row) {
    return Gauges{row.integer(0), row.integer(1), row.integer(2)};
  });
}

std::map<std::string, std::int64_t> open_incidents(storage::Transaction& tx) {
  std::map<std::string, std::int64_t> found;
  auto statement = tx.statement(kIncidents);
  statement.each([&](const storage::Row& row) { found[row.text(0)] = row.integer(1); });
  return found;
}

}  // namespace tenon::run
