#include "engine/record/assignment_table.h"

namespace tenon::record {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE assignment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    object TEXT NOT NULL,
    record INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    row INTEGER NOT NULL,
    row_record INTEGER NOT NULL,
    previous INTEGER NOT NULL,
    chosen INTEGER NOT NULL,
    team INTEGER NOT NULL,
    strategy TEXT NOT NULL,
    skipped TEXT NOT NULL,
    actor INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX assignment_record ON assignment (record, object, id);
  CREATE INDEX assignment_turn ON assignment (team, object, chosen, id) WHERE team <> 0;
  CREATE INDEX assignment_team ON assignment (team, object, id) WHERE team <> 0;
  CREATE INDEX assignment_chosen ON assignment (chosen, object, kind, at_ms) WHERE chosen <> 0;
)sql";

constexpr std::string_view kReason =
    "ALTER TABLE assignment ADD COLUMN reason TEXT NOT NULL DEFAULT ''";

constexpr std::string_view kAppend = R"sql(
  INSERT INTO assignment (object, record, at_ms, kind, rule, row, row_record, previous, chosen,
                          team, strategy, skipped, actor, reason)
  VALUES (:object, :record, :at_ms, :kind, :rule, :row, :row_record, :previous, :chosen, :team,
          :strategy, :skipped, :actor, :reason)
  RETURNING id
)sql";
constexpr std::string_view kOfRecord = R"sql(
  SELECT id, at_ms, kind, rule, row, row_record, previous, chosen, team, strategy, skipped, actor,
         reason
  FROM assignment WHERE record = :record AND object = :object ORDER BY id DESC LIMIT :count_max
)sql";
constexpr std::string_view kLastTurn = R"sql(
  SELECT max(id) FROM assignment
  WHERE team <> 0 AND team = :team AND object = :object AND chosen = :user
)sql";
constexpr std::string_view kLastTurns = R"sql(
  SELECT chosen FROM assignment WHERE team <> 0 AND team = :team AND object = :object
  ORDER BY id DESC LIMIT :count_max
)sql";
constexpr std::string_view kCountSince = R"sql(
  SELECT count(*) FROM assignment
  WHERE chosen <> 0 AND chosen = :user AND object = :object AND kind = :kind AND at_ms >= :since
    AND rule = :rule
)sql";
// By the record's own entries, of which there are few.
constexpr std::string_view kLeft = R"sql(
  SELECT max(at_ms) FROM assignment
  WHERE record = :record AND object = :object AND previous = :user AND chosen <> :user
)sql";

}  // namespace

storage::Migrations assignment_migrations() {
  return {{"record_0002_assignment", kCreate}, {"record_0005_assignment_reason", kReason}};
}

std::int64_t append(storage::Transaction& tx, const Assignment& entry) {
  return tx.statement(kAppend)
      .bind(":object", entry.object)
      .bind(":record", entry.record.value)
      .bind(":at_ms", entry.at.ms)
      .bind(":kind", entry.kind)
      .bind(":rule", entry.rule)
      .bind(":row", std::int64_t{entry.row})
      .bind(":row_record", entry.row_record.value)
      .bind(":previous", entry.previous.value)
      .bind(":chosen", entry.chosen.value)
      .bind(":team", entry.team.value)
      .bind(":strategy", entry.strategy)
      .bind(":skipped", entry.skipped)
      .bind(":actor", entry.actor.value)
      .bind(":reason", entry.reason)
      .one([](const storage::Row& row) { return row.integer(0); });
}

std::vector<Assignment> assignments_of(storage::Transaction& tx, std::string_view object,
                                       RecordId record, int count_max) {
  auto statement = tx.statement(kOfRecord);
  statement.bind(":record", record.value).bind(":object", object);
  statement.bind(":count_max", std::int64_t{count_max});
  return statement.all([&](const storage::Row& row) {
    return Assignment{.id = row.integer(0),
                      .object = std::string(object),
                      .record = record,
                      .at = {row.integer(1)},
                      .kind = row.text(2),
                      .rule = row.text(3),
                      .row = static_cast<int>(row.integer(4)),
                      .row_record = RecordId{row.integer(5)},
                      .previous = RecordId{row.integer(6)},
                      .chosen = RecordId{row.integer(7)},
                      .team = RecordId{row.integer(8)},
                      .strategy = row.text(9),
                      .skipped = row.text(10),
                      .actor = RecordId{row.integer(11)},
                      .reason = row.text(12)};
  });
}

std::int64_t last_turn(storage::Transaction& tx, std::string_view object, RecordId team,
                       RecordId user) {
  auto statement = tx.statement(kLastTurn);
  statement.bind(":team", team.value).bind(":object", object).bind(":user", user.value);
  return statement.one([](const storage::Row& row) { return row.integer(0); });
}

std::vector<RecordId> last_turns(storage::Transaction& tx, std::string_view object, RecordId team,
                                 std::int64_t count_max) {
  auto statement = tx.statement(kLastTurns);
  statement.bind(":team", team.value).bind(":object", object).bind(":count_max", count_max);
  return statement.all([](const storage::Row& row) { return RecordId{row.integer(0)}; });
}

std::int64_t count_since(storage::Transaction& tx, std::string_view object, RecordId user,
                         std::string_view kind, std::string_view rule, DateTime since) {
  auto statement = tx.statement(kCountSince);
  statement.bind(":user", user.value).bind(":object", object).bind(":kind", kind);
  statement.bind(":rule", rule).bind(":since", since.ms);
  return statement.one([](const storage::Row& row) { return row.integer(0); });
}

std::optional<DateTime> left_at(storage::Transaction& tx, std::string_view object, RecordId record,
                                RecordId user) {
  auto statement = tx.statement(kLeft);
  statement.bind(":record", record.value).bind(":object", object).bind(":user", user.value);
  return statement.one([](const storage::Row& row) {
    return row.is_null(0) ? std::nullopt : std::optional(DateTime{row.integer(0)});
  });
}

}  // namespace tenon::record
