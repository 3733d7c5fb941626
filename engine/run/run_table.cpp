// flow_run: the head of a run. How many elements it has stands there, too.
#include "engine/flow/program.h"
#include "engine/run/rows.h"
#include "engine/run/values_json.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_run (
    id INTEGER PRIMARY KEY, flow TEXT NOT NULL, version INTEGER NOT NULL, object TEXT NOT NULL,
    record INTEGER NOT NULL, is_exclusive INTEGER NOT NULL, state TEXT NOT NULL,
    result TEXT NOT NULL, initiator INTEGER NOT NULL, depth INTEGER NOT NULL,
    parent INTEGER NOT NULL, parent_token INTEGER NOT NULL, started_ms INTEGER NOT NULL,
    finished_ms INTEGER NOT NULL, suspended_ms INTEGER NOT NULL, variables TEXT NOT NULL,
    chosen TEXT NOT NULL, replaced TEXT NOT NULL, asking INTEGER NOT NULL,
    request INTEGER NOT NULL, visits INTEGER NOT NULL, decisions INTEGER NOT NULL,
    returns INTEGER NOT NULL, scopes INTEGER NOT NULL, tokens INTEGER NOT NULL,
    seats INTEGER NOT NULL, timers INTEGER NOT NULL, subscriptions INTEGER NOT NULL,
    entries INTEGER NOT NULL) STRICT;
  CREATE UNIQUE INDEX flow_run_active ON flow_run (flow, object, record)
    WHERE is_exclusive = 1 AND state <> 'finished';
  CREATE INDEX flow_run_version ON flow_run (flow, version) WHERE state <> 'finished';
  CREATE INDEX flow_run_initiator ON flow_run (initiator, id);
  CREATE INDEX flow_run_record ON flow_run (record, object, id);
  CREATE INDEX flow_run_parent ON flow_run (parent, parent_token) WHERE parent <> 0;
)sql";
constexpr std::string_view kAddGone =
    "ALTER TABLE flow_run ADD COLUMN gone TEXT NOT NULL DEFAULT '[]';";
constexpr std::string_view kAddVisit =
    "ALTER TABLE flow_run ADD COLUMN parent_visit INTEGER NOT NULL DEFAULT 0;";
constexpr std::string_view kRead = R"sql(
  SELECT flow, version, object, record, is_exclusive, state, result, initiator, depth, parent,
         parent_token, started_ms, finished_ms, suspended_ms, variables, chosen, replaced, asking,
         request, visits, decisions, returns, scopes, tokens, seats, timers, subscriptions, entries,
         gone, parent_visit
  FROM flow_run WHERE id = :id
)sql";
constexpr std::string_view kInsert = R"sql(
  INSERT INTO flow_run (id, flow, version, object, record, is_exclusive, state, result, initiator,
                        depth, parent, parent_token, started_ms, finished_ms, suspended_ms,
                        variables, chosen, replaced, asking, request, visits, decisions, returns,
                        scopes, tokens, seats, timers, subscriptions, entries, gone,
                        parent_visit)
  VALUES (:id, :flow, :version, :object, :record, :is_exclusive, :state, :result, :initiator,
          :depth, :parent, :parent_token, :started_ms, :finished_ms, :suspended_ms,
          :variables, :chosen, :replaced, :asking, :request, :visits, :decisions, :returns,
          :scopes, :tokens, :seats, :timers, :subscriptions, :entries, :gone,
          :parent_visit)
)sql";
constexpr std::string_view kUpdate = R"sql(
  UPDATE flow_run SET
    version = :version, state = :state, result = :result, finished_ms = :finished_ms,
    suspended_ms = :suspended_ms, variables = :variables, chosen = :chosen, replaced = :replaced,
    asking = :asking, request = :request, visits = :visits, decisions = :decisions,
    returns = :returns, scopes = :scopes, tokens = :tokens, seats = :seats, timers = :timers,
    subscriptions = :subscriptions, entries = :entries, gone = :gone
  WHERE id = :id
)sql";
constexpr std::string_view kActive = R"sql(
  SELECT id FROM flow_run WHERE record = :record AND object = :object AND state <> 'finished'
  ORDER BY id
)sql";
constexpr std::string_view kExclusive = R"sql(
  SELECT id FROM flow_run WHERE flow = :flow AND object = :object AND record = :record
    AND is_exclusive = 1 AND state <> 'finished'
)sql";
constexpr std::string_view kCalled = R"sql(
  SELECT id FROM flow_run WHERE parent = :parent AND parent <> 0 AND parent_token = :token
    AND state <> 'finished'
)sql";
constexpr std::string_view kResultOfCall = R"sql(
  SELECT state, result FROM flow_run WHERE parent = :parent AND parent <> 0
    AND parent_token = :token ORDER BY id DESC LIMIT 1
)sql";
// Along flow_run_parent; a seat of the initiator, who submits, is no decision.
constexpr std::string_view kDecidedInCalls = R"sql(
  WITH RECURSIVE called (id, token, visit) AS (
    SELECT id, parent_token, parent_visit FROM flow_run WHERE parent = :parent AND parent <> 0
    UNION ALL
    SELECT r.id, c.token, c.visit FROM called c CROSS JOIN flow_run r
    ON r.parent = c.id AND r.parent <> 0)
  SELECT DISTINCT c.token, c.visit FROM called c CROSS JOIN flow_task t ON t.run = c.id
  WHERE t.decision > 0 AND t.node <> :start AND t.is_superseded = 0
)sql";
constexpr std::string_view kOfRecord = R"sql(
  SELECT id FROM flow_run WHERE record = :record AND object = :object
  ORDER BY id DESC LIMIT :count_max
)sql";
constexpr std::string_view kOnVersion = R"sql(
  SELECT id FROM flow_run
  WHERE flow = :flow AND version = :version AND state <> 'finished' AND id > :after
  ORDER BY id LIMIT :count_max
)sql";
constexpr std::string_view kVersions = R"sql(
  SELECT version, count(*) FROM flow_run WHERE flow = :flow AND state <> 'finished'
  GROUP BY version
)sql";
constexpr std::string_view kHighest = "SELECT max(id) FROM flow_run";

std::size_t size_at(const storage::Row& row, int column) {
  return static_cast<std::size_t>(row.integer(column));
}

Kept head_of(const storage::Row& row, RunId id, Counts& counts) {
  Kept kept;
  flow::Run& run = kept.run;
  run.id = id;
  run.flow = row.text(0);
  run.version = row.integer(1);
  kept.object = row.text(2);
  run.record = {row.integer(3)};
  kept.is_exclusive = row.integer(4) != 0;
  run.state = word_at<flow::RunState>(row, 5);
  run.result = word_at<flow::RunResult>(row, 6);
  run.initiator = {row.integer(7)};
  run.depth = int_at(row, 8);
  kept.parent = {row.integer(9)};
  kept.parent_token = int_at(row, 10);
  run.started_ms = row.integer(11);
  run.finished_ms = row.integer(12);
  run.suspended_ms = row.integer(13);
  run.variables = parse_values(row.view(14));
  run.chosen = parse_people(row.view(15));
  run.replaced = parse_people(row.view(16));
  run.asking = int_at(row, 17);
  run.request = int_at(row, 18);
  run.visits = int_at(row, 19);
  run.decisions = int_at(row, 20);
  run.returns = int_at(row, 21);
  counts = {size_at(row, 22), size_at(row, 23), size_at(row, 24),
            size_at(row, 25), size_at(row, 26), size_at(row, 27)};
  run.gone = parse_gone(row.view(28));
  kept.parent_visit = int_at(row, 29);
  return kept;
}

// What an insert and an update have in common.
void bind_state(storage::Statement& statement, const flow::Run& run) {
  const auto bind_size = [&](std::string_view name, std::size_t size) {
    statement.bind(name, static_cast<std::int64_t>(size));
  };
  statement.bind(":version", run.version)
      .bind(":state", flow::name_of(run.state))
      .bind(":result", flow::name_of(run.result))
      .bind(":finished_ms", run.finished_ms)
      .bind(":suspended_ms", run.suspended_ms)
      .bind(":asking", std::int64_t{run.asking})
      .bind(":request", std::int64_t{run.request})
      .bind(":visits", std::int64_t{run.visits})
      .bind(":decisions", std::int64_t{run.decisions})
      .bind(":returns", std::int64_t{run.returns});
  bind_size(":scopes", run.scopes.size());
  bind_size(":tokens", run.tokens.size());
  bind_size(":seats", run.seats.size());
  bind_size(":timers", run.timers.size());
  bind_size(":subscriptions", run.subscriptions.size());
  bind_size(":entries", run.history.size());
}

// The texts of a head must live until its statement has run.
struct Texts {
  explicit Texts(const flow::Run& run)
      : variables(text_of(run.variables)),
        chosen(text_of(run.chosen)),
        replaced(text_of(run.replaced)),
        gone(text_of(run.gone)) {}
  void bind(storage::Statement& statement) const {
    statement.bind(":variables", variables)
        .bind(":chosen", chosen)
        .bind(":replaced", replaced)
        .bind(":gone", gone);
  }
  std::string variables;
  std::string chosen;
  std::string replaced;
  std::string gone;
};

std::vector<RunId> ids_of(storage::Statement& statement) {
  return statement.all([](const storage::Row& row) { return RunId{row.integer(0)}; });
}

std::optional<RunId> id_of(storage::Statement& statement) {
  return statement.maybe([](const storage::Row& row) { return RunId{row.integer(0)}; });
}

}  // namespace

storage::Migrations run_migrations() {
  return {{"run_0001_run", kCreate}, {"run_0015_gone", kAddGone}, {"run_0022_visit", kAddVisit}};
}

std::optional<Kept> read_head(storage::Transaction& tx, RunId id, Counts& counts) {
  auto statement = tx.statement(kRead);
  statement.bind(":id", id.value);
  return statement.maybe([&](const storage::Row& row) { return head_of(row, id, counts); });
}

std::optional<storage::Clash> insert_head(storage::Transaction& tx, const Kept& kept) {
  const flow::Run& run = kept.run;
  const Texts texts(run);
  auto statement = tx.statement(kInsert);
  statement.bind(":id", run.id.value)
      .bind(":flow", run.flow)
      .bind(":object", kept.object)
      .bind(":record", run.record.value)
      .bind(":is_exclusive", std::int64_t{kept.is_exclusive})
      .bind(":initiator", run.initiator.value)
      .bind(":depth", std::int64_t{run.depth})
      .bind(":parent", kept.parent.value)
      .bind(":parent_token", std::int64_t{kept.parent_token})
      .bind(":parent_visit", std::int64_t{kept.parent_visit})
      .bind(":started_ms", run.started_ms);
  bind_state(statement, run);
  texts.bind(statement);
  return statement.run_or_clash();
}

void update_head(storage::Transaction& tx, const Kept& kept) {
  const Texts texts(kept.run);
  auto statement = tx.statement(kUpdate);
  statement.bind(":id", kept.run.id.value);
  bind_state(statement, kept.run);
  texts.bind(statement);
  statement.run();
}

std::vector<RunId> active_of(storage::Transaction& tx, std::string_view object, RecordId record) {
  auto statement = tx.statement(kActive);
  statement.bind(":record", record.value).bind(":object", object);
  return ids_of(statement);
}

std::optional<RunId> active_of(storage::Transaction& tx, std::string_view flow,
                               std::string_view object, RecordId record) {
  auto statement = tx.statement(kExclusive);
  statement.bind(":flow", flow).bind(":object", object).bind(":record", record.value);
  return id_of(statement);
}

std::optional<RunId> called_by(storage::Transaction& tx, RunId parent, int token) {
  auto statement = tx.statement(kCalled);
  statement.bind(":parent", parent.value).bind(":token", std::int64_t{token});
  return id_of(statement);
}

std::optional<flow::RunResult> result_of_call(storage::Transaction& tx, RunId parent, int token) {
  auto statement = tx.statement(kResultOfCall);
  statement.bind(":parent", parent.value).bind(":token", std::int64_t{token});
  const auto row = statement.step();
  const bool is_over = row && word_at<flow::RunState>(*row, 0) == flow::RunState::finished;
  if (!is_over) return std::nullopt;
  return word_at<flow::RunResult>(*row, 1);
}

std::vector<flow::DecidedInCall> decided_in_calls(storage::Transaction& tx, RunId parent) {
  auto statement = tx.statement(kDecidedInCalls);
  statement.bind(":parent", parent.value).bind(":start", std::int64_t{flow::kStartNode});
  return statement.all([](const storage::Row& row) {
    return flow::DecidedInCall{int_at(row, 0), int_at(row, 1)};
  });
}

std::vector<RunId> runs_of(storage::Transaction& tx, std::string_view object, RecordId record,
                           int count_max) {
  auto statement = tx.statement(kOfRecord);
  statement.bind(":record", record.value)
      .bind(":object", object)
      .bind(":count_max", std::int64_t{count_max});
  return ids_of(statement);
}

std::vector<RunId> runs_on(storage::Transaction& tx, std::string_view flow, std::int64_t version,
                           RunId after, int count_max) {
  auto statement = tx.statement(kOnVersion);
  statement.bind(":flow", flow)
      .bind(":version", version)
      .bind(":after", after.value)
      .bind(":count_max", std::int64_t{count_max});
  return ids_of(statement);
}

std::map<std::int64_t, int> running_versions(storage::Transaction& tx, std::string_view flow) {
  std::map<std::int64_t, int> versions;
  auto statement = tx.statement(kVersions);
  statement.bind(":flow", flow);
  statement.each([&](const storage::Row& row) { versions[row.integer(0)] = int_at(row, 1); });
  return versions;
}

std::int64_t highest_id(storage::Transaction& tx) {
  return tx.statement(kHighest).one([](const storage::Row& row) { return row.integer(0); });
}

}  // namespace tenon::run
