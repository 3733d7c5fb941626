#include "engine/storage/migration.h"

#include <algorithm>

namespace tenon::storage {
namespace {

constexpr const char* kCreate = R"sql(
  CREATE TABLE IF NOT EXISTS tenon_migration (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    applied_at_ms INTEGER NOT NULL
  ) STRICT
)sql";

constexpr std::string_view kApplied = "SELECT id FROM tenon_migration ORDER BY place";

constexpr std::string_view kNote =
    "INSERT INTO tenon_migration (id, applied_at_ms) VALUES (:id, :applied_at_ms)";

void refuse_newer(const std::vector<std::string>& applied, std::span<const Migration> known) {
  for (const std::string& id : applied) {
    const auto is_this = [&](const Migration& migration) { return migration.id == id; };
    if (std::any_of(known.begin(), known.end(), is_this)) continue;
    throw Fault("this database was written by a newer version of the program: it has \"" + id +
                "\", which this one does not know. Start the newer version, or restore a backup "
                "from before it.");
  }
}

}  // namespace

int migrate(Transaction& tx, std::span<const Migration> migrations, std::int64_t now_ms) {
  tx.script(kCreate);
  const auto applied = tx.statement(kApplied).all([](const Row& row) { return row.text(0); });
  refuse_newer(applied, migrations);
  int count = 0;
  for (const Migration& migration : migrations) {
    if (std::find(applied.begin(), applied.end(), migration.id) != applied.end()) continue;
    tx.script(std::string(migration.sql));
    tx.statement(kNote).bind(":id", migration.id).bind(":applied_at_ms", now_ms).run();
    ++count;
  }
  return count;
}

}  // namespace tenon::storage
