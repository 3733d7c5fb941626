// flow_task: seats. The inbox and the reports read it by its indices.
#include "engine/run/rows.h"

namespace tenon::run {
namespace {

// flow_task_todo: who has it, the earliest due first, those without a time last.
constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_task (
    run INTEGER NOT NULL, place INTEGER NOT NULL, token INTEGER NOT NULL, node INTEGER NOT NULL,
    visit INTEGER NOT NULL, turn INTEGER NOT NULL, parent INTEGER NOT NULL,
    position TEXT NOT NULL, added_by INTEGER NOT NULL, holder INTEGER NOT NULL,
    behalf_of INTEGER NOT NULL, helper INTEGER NOT NULL, keeper INTEGER NOT NULL,
    weight INTEGER NOT NULL, state TEXT NOT NULL, opened_ms INTEGER NOT NULL, due_ms INTEGER,
    urged_ms INTEGER NOT NULL, actor INTEGER NOT NULL, decided_ms INTEGER NOT NULL,
    decision INTEGER NOT NULL, record_version INTEGER NOT NULL, comment TEXT NOT NULL,
    is_superseded INTEGER NOT NULL,
    PRIMARY KEY (run, place)) STRICT, WITHOUT ROWID;
  CREATE INDEX flow_task_todo
    ON flow_task (keeper, coalesce(due_ms, 9223372036854775807), opened_ms, run, place)
    WHERE state = 'open';
  CREATE INDEX flow_task_done ON flow_task (actor, decided_ms, run, place) WHERE actor <> 0;
  CREATE INDEX flow_task_holder ON flow_task (holder, run) WHERE state IN ('open', 'waiting');
  CREATE INDEX flow_task_helper ON flow_task (helper, run)
    WHERE helper <> 0 AND state IN ('open', 'waiting');
)sql";
constexpr std::string_view kRead = R"sql(
  SELECT token, node, visit, turn, parent, position, added_by, holder, behalf_of, helper, weight,
         state, opened_ms, due_ms, urged_ms, actor, decided_ms, decision, record_version, comment,
         is_superseded
  FROM flow_task WHERE run = :run ORDER BY place
)sql";
constexpr std::string_view kKeep = R"sql(
  INSERT INTO flow_task (run, place, token, node, visit, turn, parent, position, added_by, holder,
                         behalf_of, helper, keeper, weight, state, opened_ms, due_ms, urged_ms,
                         actor, decided_ms, decision, record_version, comment, is_superseded)
  VALUES (:run, :place, :token, :node, :visit, :turn, :parent, :position, :added_by, :holder,
          :behalf_of, :helper, :keeper, :weight, :state, :opened_ms, :due_ms, :urged_ms,
          :actor, :decided_ms, :decision, :record_version, :comment, :is_superseded)
  ON CONFLICT (run, place) DO UPDATE SET
    token = excluded.token, node = excluded.node, turn = excluded.turn, parent = excluded.parent,
    holder = excluded.holder, behalf_of = excluded.behalf_of, helper = excluded.helper,
    keeper = excluded.keeper, state = excluded.state, opened_ms = excluded.opened_ms,
    due_ms = excluded.due_ms, urged_ms = excluded.urged_ms, actor = excluded.actor,
    decided_ms = excluded.decided_ms, decision = excluded.decision,
    record_version = excluded.record_version, comment = excluded.comment,
    is_superseded = excluded.is_superseded
)sql";
constexpr std::string_view kSeating = R"sql(
  SELECT run FROM flow_task WHERE holder = :user AND state IN ('open', 'waiting')
  UNION SELECT run FROM flow_task
  WHERE helper = :user AND helper <> 0 AND state IN ('open', 'waiting')
  ORDER BY run
)sql";

void bind_seat(storage::Statement& statement, const flow::Seat& seat, std::size_t) {
  statement.bind(":token", std::int64_t{seat.token})
      .bind(":node", std::int64_t{seat.node})
      .bind(":visit", std::int64_t{seat.visit})
      .bind(":turn", std::int64_t{seat.order})
      .bind(":parent", std::int64_t{seat.parent})
      .bind(":position", flow::name_of(seat.position))
      .bind(":added_by", seat.added_by.value)
      .bind(":holder", seat.holder.value)
      .bind(":behalf_of", seat.behalf_of.value)
      .bind(":helper", seat.helper.value)
      .bind(":keeper", seat.keeper().value)
      .bind(":weight", std::int64_t{seat.weight})
      .bind(":state", flow::name_of(seat.state))
      .bind(":opened_ms", seat.opened_ms);
  if (seat.due_ms) {
    statement.bind(":due_ms", *seat.due_ms);
  } else {
    statement.bind_null(":due_ms");
  }
  statement.bind(":urged_ms", seat.urged_ms)
      .bind(":actor", seat.actor.value)
      .bind(":decided_ms", seat.decided_ms)
      .bind(":decision", std::int64_t{seat.decision})
      .bind(":record_version", seat.record_version)
      .bind(":comment", seat.comment)
      .bind(":is_superseded", std::int64_t{seat.is_superseded});
}

}  // namespace

flow::Seat seat_of(const storage::Row& row, int first) {
  flow::Seat seat;
  seat.token = int_at(row, first);
  seat.node = int_at(row, first + 1);
  seat.visit = int_at(row, first + 2);
  seat.order = int_at(row, first + 3);
  seat.parent = int_at(row, first + 4);
  seat.position = word_at<flow::Seat::Position>(row, first + 5);
  seat.added_by = {row.integer(first + 6)};
  seat.holder = {row.integer(first + 7)};
  seat.behalf_of = {row.integer(first + 8)};
  seat.helper = {row.integer(first + 9)};
  seat.weight = int_at(row, first + 10);
  seat.state = word_at<flow::Seat::State>(row, first + 11);
  seat.opened_ms = row.integer(first + 12);
  if (!row.is_null(first + 13)) seat.due_ms = row.integer(first + 13);
  seat.urged_ms = row.integer(first + 14);
  seat.actor = {row.integer(first + 15)};
  seat.decided_ms = row.integer(first + 16);
  seat.decision = int_at(row, first + 17);
  seat.record_version = row.integer(first + 18);
  seat.comment = row.text(first + 19);
  seat.is_superseded = row.integer(first + 20) != 0;
  return seat;
}

storage::Migrations task_migrations() { return {{"run_0004_task", kCreate}}; }

std::vector<flow::Seat> read_seats(storage::Transaction& tx, RunId run, std::size_t count) {
  return read_rows(tx, kRead, run, count, [](const storage::Row& row) { return seat_of(row, 0); });
}

void write_seats(storage::Transaction& tx, const flow::Run* before, const flow::Run& after) {
  write_rows(tx, kKeep, after.id, before == nullptr ? nullptr : &before->seats, after.seats,
             bind_seat);
}

std::vector<RunId> runs_seating(storage::Transaction& tx, flow::UserId user) {
  auto statement = tx.statement(kSeating);
  statement.bind(":user", user.value);
  return statement.all([](const storage::Row& row) { return RunId{row.integer(0)}; });
}

}  // namespace tenon::run
