#include "engine/record/merged_table.h"

#include <set>

namespace tenon::record {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE merged (
    record INTEGER NOT NULL,
    object TEXT NOT NULL,
    survivor INTEGER NOT NULL,
    PRIMARY KEY (record, object)
  ) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view kNote = R"sql(
  INSERT INTO merged (record, object, survivor) VALUES (:record, :object, :survivor)
  ON CONFLICT (record, object) DO UPDATE SET survivor = excluded.survivor
)sql";
constexpr std::string_view kSurvivor =
    "SELECT survivor FROM merged WHERE record = :record AND object = :object";

std::optional<RecordId> survivor_of(storage::Transaction& tx, std::string_view object,
                                    RecordId id) {
  return tx.statement(kSurvivor)
      .bind(":record", id.value)
      .bind(":object", object)
      .maybe([](const storage::Row& row) { return RecordId{row.integer(0)}; });
}

}  // namespace

storage::Migrations merged_migrations() { return {{"record_0007_merged", kCreate}}; }

void note_merged(storage::Transaction& tx, std::string_view object, RecordId merged,
                 RecordId survivor) {
  tx.statement(kNote)
      .bind(":record", merged.value)
      .bind(":object", object)
      .bind(":survivor", survivor.value)
      .run();
}

std::optional<RecordId> find_living(storage::Transaction& tx, const Table& table,
                                    std::string_view object, RecordId id) {
  std::set<RecordId> asked;  // Merged one way, undone and merged the other way: a circle.
  std::optional<RecordId> one = id;
  while (one && !read(tx, table, *one)) {
    if (!asked.insert(*one).second) return std::nullopt;
    one = survivor_of(tx, object, *one);
  }
  return one;
}

}  // namespace tenon::record
