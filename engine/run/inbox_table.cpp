// The lists over flow_task, flow_run, flow_copy and flow_token; the tables' own files make them.
#include "engine/json/writer.h"
#include "engine/run/inbox.h"
#include "engine/run/rows.h"
#include "engine/run/values_json.h"

namespace tenon::run {
namespace {

constexpr std::int64_t kNever = INT64_MAX;  // As the index flow_task_todo says it.

constexpr std::string_view kTodo = R"sql(
  SELECT r.id, r.flow, r.version, r.object, r.record, r.initiator, r.state, r.result,
         r.started_ms, r.finished_ms, t.place, t.token, t.node, t.visit, t.turn, t.parent,
         t.position, t.added_by, t.holder, t.behalf_of, t.helper, t.weight, t.state, t.opened_ms,
         t.due_ms, t.urged_ms, t.actor, t.decided_ms, t.decision, t.record_version, t.comment,
         t.is_superseded, r.gone
  FROM flow_task t CROSS JOIN flow_run r ON r.id = t.run
  WHERE t.state = 'open' AND t.keeper = :user AND r.state = 'running'
    AND coalesce(t.due_ms, 9223372036854775807) >= :first
    AND (coalesce(t.due_ms, 9223372036854775807), t.opened_ms, t.run, t.place)
        > (:first, :second, :run, :place)
    AND (:flow = '' OR r.flow = :flow)
  ORDER BY coalesce(t.due_ms, 9223372036854775807), t.opened_ms, t.run, t.place
  LIMIT :count_max
)sql";
constexpr std::string_view kDecided = R"sql(
  SELECT r.id, r.flow, r.version, r.object, r.record, r.initiator, r.state, r.result,
         r.started_ms, r.finished_ms, t.place, t.token, t.node, t.visit, t.turn, t.parent,
         t.position, t.added_by, t.holder, t.behalf_of, t.helper, t.weight, t.state, t.opened_ms,
         t.due_ms, t.urged_ms, t.actor, t.decided_ms, t.decision, t.record_version, t.comment,
         t.is_superseded, r.gone
  FROM flow_task t CROSS JOIN flow_run r ON r.id = t.run
  WHERE t.actor = :user AND t.actor <> 0
    AND (t.decided_ms, t.run, t.place) < (:first, :run, :place)
    AND (:flow = '' OR r.flow = :flow)
  ORDER BY t.decided_ms DESC, t.run DESC, t.place DESC
  LIMIT :count_max
)sql";
constexpr std::string_view kBegun = R"sql(
  SELECT id, flow, version, object, record, initiator, state, result, started_ms, finished_ms
  FROM flow_run
  WHERE initiator = :user AND id < :run AND parent = 0 AND (:flow = '' OR flow = :flow)
  ORDER BY id DESC LIMIT :count_max
)sql";
constexpr std::string_view kCopied = R"sql(
  SELECT r.id, r.flow, r.version, r.object, r.record, r.initiator, r.state, r.result,
         r.started_ms, r.finished_ms, c.read_ms, c.at_ms
  FROM flow_copy c CROSS JOIN flow_run r ON r.id = c.run
  WHERE c.user = :user AND (c.at_ms, c.run) < (:first, :run) AND (:flow = '' OR r.flow = :flow)
  ORDER BY c.at_ms DESC, c.run DESC LIMIT :count_max
)sql";
constexpr std::string_view kHead = R"sql(
  SELECT id, flow, version, object, record, initiator, state, result, started_ms, finished_ms
  FROM flow_run WHERE id = :id
)sql";
constexpr std::string_view kCount = R"sql(
  SELECT count(*), count(*) FILTER (WHERE coalesce(t.due_ms, 9223372036854775807) < :now_ms)
  FROM flow_task t CROSS JOIN flow_run r ON r.id = t.run
  WHERE t.state = 'open' AND t.keeper = :user AND r.state = 'running'
)sql";
constexpr std::string_view kTokens = R"sql(
  SELECT run, node, since_ms, 0 FROM flow_token
  WHERE run IN (SELECT value FROM json_each(:runs))
    AND state IN ('asking', 'waiting', 'people', 'calling', 'incident')
  ORDER BY run, place
)sql";
constexpr std::string_view kSeats = R"sql(
  SELECT run, node, opened_ms, keeper FROM flow_task
  WHERE run IN (SELECT value FROM json_each(:runs)) AND state = 'open'
  ORDER BY run, place
)sql";

constexpr std::string_view kReasons = R"sql(
  SELECT DISTINCT r.flow, r.version, t.node, 0, r.gone
  FROM flow_run r CROSS JOIN flow_task t ON t.run = r.id
  WHERE r.record = :record AND r.object = :object
    AND ((t.state = 'open' AND (t.keeper = :user OR t.holder = :user))
         OR (t.actor = :user AND t.actor <> 0))
  UNION ALL
  SELECT DISTINCT r.flow, r.version, 0, 1, '[]'
  FROM flow_run r CROSS JOIN flow_copy c ON c.run = r.id AND c.user = :user
  WHERE r.record = :record AND r.object = :object
)sql";

Task task_of(const storage::Row& row) {
  Task task{.run = head_of(row), .place = int_at(row, 10), .seat = seat_of(row, 11)};
  task.run.gone = parse_gone(row.view(32));
  return task;
}

void bind_page(storage::Statement& statement, const Page& page, const Mark& from) {
  statement.bind(":user", page.user.value)
      .bind(":flow", page.flow)
      .bind(":run", from.run.value)
      .bind(":count_max", std::int64_t{page.count_max});
}

// Before the first row of a list that rises, and of one that falls.
constexpr Mark kLowest{-1, -1, {-1}, -1};
constexpr Mark kHighest{INT64_MAX, INT64_MAX, {INT64_MAX}, INT32_MAX};

}  // namespace

Head head_of(const storage::Row& row) {
  return {.id = {row.integer(0)},
          .flow = row.text(1),
          .version = row.integer(2),
          .object = row.text(3),
          .record = {row.integer(4)},
          .initiator = {row.integer(5)},
          .state = word_at<flow::RunState>(row, 6),
          .result = word_at<flow::RunResult>(row, 7),
          .started_ms = row.integer(8),
          .finished_ms = row.integer(9),
          .gone = {}};
}

std::vector<Task> todo(storage::Transaction& tx, const Page& page) {
  const Mark from = page.after.value_or(kLowest);
  auto statement = tx.statement(kTodo);
  bind_page(statement, page, from);
  statement.bind(":first", from.first)
      .bind(":second", from.second)
      .bind(":place", std::int64_t{from.place});
  return statement.all(task_of);
}

std::vector<Task> decided(storage::Transaction& tx, const Page& page) {
  const Mark from = page.after.value_or(kHighest);
  auto statement = tx.statement(kDecided);
  bind_page(statement, page, from);
  statement.bind(":first", from.first).bind(":place", std::int64_t{from.place});
  return statement.all(task_of);
}

std::vector<Listed> begun(storage::Transaction& tx, const Page& page) {
  auto statement = tx.statement(kBegun);
  bind_page(statement, page, page.after.value_or(kHighest));
  return statement.all([](const storage::Row& row) { return Listed{.run = head_of(row)}; });
}

std::vector<Listed> copied(storage::Transaction& tx, const Page& page) {
  const Mark from = page.after.value_or(kHighest);
  auto statement = tx.statement(kCopied);
  bind_page(statement, page, from);
  statement.bind(":first", from.first);
  return statement.all([](const storage::Row& row) {
    return Listed{.run = head_of(row), .is_read = !row.is_null(10), .at_ms = row.integer(11)};
  });
}

Mark mark_of_todo(const Task& task) {
  return {task.seat.due_ms.value_or(kNever), task.seat.opened_ms, task.run.id, task.place};
}
Mark mark_of_decided(const Task& task) {
  return {task.seat.decided_ms, 0, task.run.id, task.place};
}
Mark mark_of_begun(const Listed& listed) { return {0, 0, listed.run.id, 0}; }
Mark mark_of_copied(const Listed& listed) { return {listed.at_ms, 0, listed.run.id, 0}; }

std::optional<Head> head(storage::Transaction& tx, flow::RunId id) {
  auto statement = tx.statement(kHead);
  statement.bind(":id", id.value);
  return statement.maybe(head_of);
}

std::vector<Reason> reasons_to_read(storage::Transaction& tx, std::string_view object,
                                    RecordId record, flow::UserId user) {
  auto statement = tx.statement(kReasons);
  statement.bind(":object", object).bind(":record", record.value).bind(":user", user.value);
  return statement.all([](const storage::Row& row) {
    return Reason{.flow = row.text(0),
                  .version = row.integer(1),
                  .node = int_at(row, 2),
                  .is_copy = row.integer(3) != 0,
                  .gone = parse_gone(row.view(4))};
  });
}

TodoCounts count_todo(storage::Transaction& tx, flow::UserId user, std::int64_t now_ms) {
  auto statement = tx.statement(kCount);
  statement.bind(":user", user.value).bind(":now_ms", now_ms);
  return statement.one([](const storage::Row& row) {
    return TodoCounts{row.integer(0), row.integer(1)};
  });
}

std::vector<Standing> standing(storage::Transaction& tx, const std::vector<flow::RunId>& runs) {
  std::vector<Standing> found;
  if (runs.empty()) return found;
  json::Writer ids;
  ids.begin_array();
  for (const flow::RunId run : runs) ids.integer(run.value);
  ids.end_array();
  for (const std::string_view sql : {kTokens, kSeats}) {
    auto statement = tx.statement(sql);
    statement.bind(":runs", ids.view());
    statement.each([&](const storage::Row& row) {
      found.push_back({{row.integer(0)}, int_at(row, 1), row.integer(2), {row.integer(3)}});
    });
  }
  return found;
}

}  // namespace tenon::run
