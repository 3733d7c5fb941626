#include "engine/record/building_table.h"

namespace tenon::record {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE building_field (
    object TEXT NOT NULL,
    field TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (object, field)
  ) STRICT, WITHOUT ROWID;
)sql";

}  // namespace

storage::Migrations building_migrations() { return {{"record_0008_building_field", kCreate}}; }

std::vector<FieldId> building_fields(storage::Transaction& tx) {
  auto statement = tx.statement("SELECT object, field FROM building_field ORDER BY object, field");
  return statement.all([](const storage::Row& row) {
    return FieldId{std::string(row.text(0)), std::string(row.text(1))};
  });
}

std::optional<BuildingProgress> building_progress(storage::Transaction& tx) {
  auto statement = tx.statement("SELECT done, total FROM building_field LIMIT 1");
  const auto row = statement.step();
  if (!row) return std::nullopt;
  return BuildingProgress{row->integer(0), row->integer(1)};
}

void set_building_fields(storage::Transaction& tx, const std::vector<FieldId>& fields,
                         std::int64_t total) {
  tx.statement("DELETE FROM building_field").run();
  for (const FieldId& one : fields) {
    auto statement = tx.statement("INSERT INTO building_field VALUES (?1, ?2, 0, ?3)");
    statement.bind(1, one.object).bind(2, one.field).bind(3, total).run();
  }
}

void set_building_progress(storage::Transaction& tx, const BuildingProgress& progress) {
  auto statement = tx.statement("UPDATE building_field SET done = ?1, total = ?2");
  statement.bind(1, progress.done).bind(2, progress.total).run();
}

}  // namespace tenon::record
