#include "engine/record/tenure_table.h"

namespace tenon::record {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE tenure (
    record INTEGER NOT NULL,
    object TEXT NOT NULL,
    owner INTEGER NOT NULL,
    since_ms INTEGER NOT NULL,
    extensions INTEGER NOT NULL,
    extended_days INTEGER NOT NULL,
    changed TEXT NOT NULL,
    due_ms INTEGER,
    due_rule TEXT NOT NULL,
    PRIMARY KEY (record, object)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tenure_due ON tenure (due_ms) WHERE due_ms IS NOT NULL;
)sql";

constexpr std::string_view kRead = R"sql(
  SELECT owner, since_ms, extensions, extended_days, changed, due_ms, due_rule
  FROM tenure WHERE record = :record AND object = :object
)sql";
constexpr std::string_view kKeep = R"sql(
  INSERT INTO tenure (record, object, owner, since_ms, extensions, extended_days, changed, due_ms,
                      due_rule)
  VALUES (:record, :object, :owner, :since_ms, :extensions, :extended_days, :changed, :due_ms,
          :due_rule)
  ON CONFLICT (record, object) DO UPDATE SET
    owner = excluded.owner, since_ms = excluded.since_ms, extensions = excluded.extensions,
    extended_days = excluded.extended_days, changed = excluded.changed, due_ms = excluded.due_ms,
    due_rule = excluded.due_rule
)sql";
constexpr std::string_view kRemove =
    "DELETE FROM tenure WHERE record = :record AND object = :object";
constexpr std::string_view kDue = R"sql(
  SELECT object, record FROM tenure WHERE due_ms IS NOT NULL AND due_ms <= :by
  ORDER BY due_ms, record LIMIT :count_max
)sql";
constexpr std::string_view kNextDue = "SELECT min(due_ms) FROM tenure WHERE due_ms IS NOT NULL";

}  // namespace

storage::Migrations tenure_migrations() { return {{"record_0006_tenure", kCreate}}; }

std::optional<Tenure> read_tenure(storage::Transaction& tx, std::string_view object, RecordId id) {
  auto statement = tx.statement(kRead);
  statement.bind(":record", id.value).bind(":object", object);
  const auto row = statement.step();
  if (!row) return std::nullopt;
  Tenure tenure{.owner = RecordId{row->integer(0)},
                .since = {row->integer(1)},
                .extensions = static_cast<int>(row->integer(2)),
                .extended_days = static_cast<int>(row->integer(3)),
                .changed = row->text(4),
                .due = std::nullopt,
                .due_rule = row->text(6)};
  if (!row->is_null(5)) tenure.due = DateTime{row->integer(5)};
  return tenure;
}

void keep_tenure(storage::Transaction& tx, std::string_view object, RecordId id,
                 const Tenure& tenure) {
  auto statement = tx.statement(kKeep);
  statement.bind(":record", id.value)
      .bind(":object", object)
      .bind(":owner", tenure.owner.value)
      .bind(":since_ms", tenure.since.ms)
      .bind(":extensions", std::int64_t{tenure.extensions})
      .bind(":extended_days", std::int64_t{tenure.extended_days})
      .bind(":changed", tenure.changed)
      .bind(":due_rule", tenure.due_rule);
  if (tenure.due) {
    statement.bind(":due_ms", tenure.due->ms);
  } else {
    statement.bind_null(":due_ms");
  }
  statement.run();
}

void remove_tenure(storage::Transaction& tx, std::string_view object, RecordId id) {
  tx.statement(kRemove).bind(":record", id.value).bind(":object", object).run();
}

std::vector<DueRecord> due_records(storage::Transaction& tx, DateTime by, int count_max) {
  auto statement = tx.statement(kDue);
  statement.bind(":by", by.ms).bind(":count_max", std::int64_t{count_max});
  return statement.all([](const storage::Row& row) {
    return DueRecord{row.text(0), RecordId{row.integer(1)}};
  });
}

std::optional<DateTime> next_due(storage::Transaction& tx) {
  return tx.statement(kNextDue).one([](const storage::Row& row) {
    return row.is_null(0) ? std::nullopt : std::optional(DateTime{row.integer(0)});
  });
}

}  // namespace tenon::record
