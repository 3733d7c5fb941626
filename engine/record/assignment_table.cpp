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

// Instead of two indexes on the ledger: a group of new records meets as many places in those as
// there are people, each on a page of its own that has to be written. What is asked of them is kept
// beside the ledger, small, and where a team's entries hang together is in the entries themselves.
constexpr std::string_view kTurns = R"sql(
  DROP INDEX assignment_turn;
  DROP INDEX assignment_team;
  DROP INDEX assignment_chosen;
  CREATE INDEX assignment_claim ON assignment (chosen, object, at_ms) WHERE kind = 'claim';
  ALTER TABLE assignment ADD COLUMN turn_before INTEGER NOT NULL DEFAULT 0;
  UPDATE assignment SET turn_before = turns.turn_before FROM (
    SELECT id, lag(id, 1, 0) OVER (PARTITION BY team, object ORDER BY id) AS turn_before
    FROM assignment WHERE team <> 0) AS turns
  WHERE assignment.id = turns.id;
  CREATE TABLE assignment_turn (
    team INTEGER NOT NULL,
    object TEXT NOT NULL,
    chosen INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (team, object, chosen)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO assignment_turn (team, object, chosen, last)
  SELECT team, object, chosen, max(id) FROM assignment WHERE team <> 0
  GROUP BY team, object, chosen;
)sql";

constexpr std::string_view kAppend = R"sql(
  INSERT INTO assignment (object, record, at_ms, kind, rule, row, row_record, previous, chosen,
                          team, strategy, skipped, actor, reason, turn_before)
  VALUES (:object, :record, :at_ms, :kind, :rule, :row, :row_record, :previous, :chosen, :team,
          :strategy, :skipped, :actor, :reason,
          (SELECT coalesce(max(last), 0) FROM assignment_turn
           WHERE team = :team AND object = :object))
)sql";
// Asked for by itself: RETURNING has SQLite make a table for the one row.
constexpr std::string_view kAppended = "SELECT last_insert_rowid()";
constexpr std::string_view kOfRecord = R"sql(
  SELECT id, at_ms, kind, rule, row, row_record, previous, chosen, team, strategy, skipped, actor,
         reason
  FROM assignment WHERE record = :record AND object = :object ORDER BY id DESC LIMIT :count_max
)sql";
constexpr std::string_view kLastTurns =
    "SELECT chosen, last FROM assignment_turn WHERE team = :team AND object = :object";
constexpr std::string_view kNewestTurn =
    "SELECT max(last) FROM assignment_turn WHERE team = :team AND object = :object";
constexpr std::string_view kKeepTurn = R"sql(
  INSERT INTO assignment_turn (team, object, chosen, last)
  VALUES (:team, :object, :chosen, :last)
  ON CONFLICT (team, object, chosen) DO UPDATE SET last = excluded.last
)sql";
constexpr std::string_view kTurn = "SELECT chosen, turn_before FROM assignment WHERE id = :id";
constexpr std::string_view kCountClaims = R"sql(
  SELECT count(*) FROM assignment
  WHERE kind = 'claim' AND chosen = :user AND object = :object AND at_ms >= :since AND rule = :rule
)sql";
// By the record's own entries, of which there are few.
constexpr std::string_view kLeft = R"sql(
  SELECT max(at_ms) FROM assignment
  WHERE record = :record AND object = :object AND previous = :user AND chosen <> :user
)sql";

}  // namespace

storage::Migrations assignment_migrations() {
  return {{"record_0002_assignment", kCreate},
          {"record_0005_assignment_reason", kReason},
          {"record_0008_assignment_turns", kTurns}};
}

std::int64_t append(storage::Transaction& tx, const Assignment& entry) {
  tx.statement(kAppend)
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
      .run();
  const std::int64_t id =
      tx.statement(kAppended).one([](const storage::Row& row) { return row.integer(0); });
  if (entry.team.value == 0) return id;
  tx.statement(kKeepTurn)
      .bind(":team", entry.team.value)
      .bind(":object", entry.object)
      .bind(":chosen", entry.chosen.value)
      .bind(":last", id)
      .run();
  return id;
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

std::vector<Turn> last_turns(storage::Transaction& tx, std::string_view object, RecordId team) {
  auto statement = tx.statement(kLastTurns);
  statement.bind(":team", team.value).bind(":object", object);
  return statement.all([](const storage::Row& row) {
    return Turn{.user = RecordId{row.integer(0)}, .entry = row.integer(1)};
  });
}

std::vector<RecordId> newest_chosen(storage::Transaction& tx, std::string_view object,
                                    RecordId team, std::int64_t count_max) {
  if (team.value == 0 || count_max <= 0) return {};
  std::int64_t next = tx.statement(kNewestTurn)
                          .bind(":team", team.value)
                          .bind(":object", object)
                          .one([](const storage::Row& row) { return row.integer(0); });
  // From entry to entry of the team.
  std::vector<RecordId> chosen;
  auto turn = tx.statement(kTurn);
  while (next != 0 && std::ssize(chosen) < count_max) {
    turn.bind(":id", next);
    next = turn.one([&](const storage::Row& row) {
      chosen.push_back(RecordId{row.integer(0)});
      return row.integer(1);
    });
  }
  return chosen;
}

std::int64_t count_claims(storage::Transaction& tx, std::string_view object, RecordId user,
                          std::string_view rule, DateTime since) {
  auto statement = tx.statement(kCountClaims);
  statement.bind(":user", user.value).bind(":object", object).bind(":since", since.ms);
  statement.bind(":rule", rule);
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
