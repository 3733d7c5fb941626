#include "engine/run/lock.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_lock (
    record INTEGER NOT NULL, object TEXT NOT NULL, run INTEGER NOT NULL,
    PRIMARY KEY (record, object)) STRICT, WITHOUT ROWID;
)sql";
constexpr std::string_view kHolder =
    "SELECT run FROM flow_lock WHERE record = :record AND object = :object";
constexpr std::string_view kLock = R"sql(
  INSERT INTO flow_lock (record, object, run) VALUES (:record, :object, :run)
  ON CONFLICT DO NOTHING
)sql";
constexpr std::string_view kUnlock =
    "DELETE FROM flow_lock WHERE record = :record AND object = :object AND run = :run";

}  // namespace

storage::Migrations lock_migrations() { return {{"run_0009_lock", kCreate}}; }

std::optional<flow::RunId> holder_of(storage::Transaction& tx, std::string_view object,
                                     RecordId record) {
  auto statement = tx.statement(kHolder);
  statement.bind(":record", record.value).bind(":object", object);
  return statement.maybe([](const storage::Row& row) { return flow::RunId{row.integer(0)}; });
}

bool lock(storage::Transaction& tx, std::string_view object, RecordId record, flow::RunId run) {
  auto statement = tx.statement(kLock);
  statement.bind(":record", record.value).bind(":object", object).bind(":run", run.value);
  statement.run();
  return statement.changes() > 0;
}

void unlock(storage::Transaction& tx, std::string_view object, RecordId record, flow::RunId run) {
  auto statement = tx.statement(kUnlock);
  statement.bind(":record", record.value).bind(":object", object).bind(":run", run.value);
  statement.run();
}

}  // namespace tenon::run
