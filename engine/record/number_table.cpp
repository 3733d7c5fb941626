#include "engine/record/number_table.h"

namespace tenon::record {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE auto_number (
    object TEXT NOT NULL,
    field TEXT NOT NULL,
    scope TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (object, field, scope)
  ) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view kTake = R"sql(
  INSERT INTO auto_number (object, field, scope, last) VALUES (:object, :field, :scope, 1)
  ON CONFLICT (object, field, scope) DO UPDATE SET last = last + 1
  RETURNING last
)sql";
constexpr std::string_view kRaise = R"sql(
  INSERT INTO auto_number (object, field, scope, last) VALUES (:object, :field, :scope, :least)
  ON CONFLICT (object, field, scope) DO UPDATE SET last = max(last, excluded.last)
)sql";

void bind(storage::Statement& statement, const CounterKey& key) {
  statement.bind(":object", key.object).bind(":field", key.field).bind(":scope", key.scope);
}

}  // namespace

storage::Migrations number_migrations() { return {{"record_0007_auto_number", kCreate}}; }

std::int64_t take_number(storage::Transaction& tx, const CounterKey& key) {
  auto statement = tx.statement(kTake);
  bind(statement, key);
  return statement.one([](const storage::Row& row) { return row.integer(0); });
}

void raise_number(storage::Transaction& tx, const CounterKey& key, std::int64_t least) {
  auto statement = tx.statement(kRaise);
  bind(statement, key);
  statement.bind(":least", least).run();
}

void each_number(storage::Transaction& tx, const Table& table, const AutoNumber& number,
                 const std::function<void(const Numbered&)>& f) {
  const std::string& column = find_column(table, number.slot)->name;
  const std::string scope =
      number.scope_slot < 0 ? "NULL"
                            : "CAST(" + find_column(table, number.scope_slot)->name + " AS TEXT)";
  auto statement = tx.statement("SELECT id, created_at, " + column + ", " + scope + " FROM " +
                                table.name + " ORDER BY id");
  const auto rows = statement.all([](const storage::Row& row) {
    return Numbered{RecordId{row.integer(0)}, DateTime{row.integer(1)},
                    row.is_null(2) ? "" : std::string(row.text(2)),
                    row.is_null(3) ? "" : std::string(row.text(3))};
  });
  for (const Numbered& row : rows) f(row);
}

void set_number(storage::Transaction& tx, const Table& table, int slot, RecordId record,
                std::string_view number) {
  auto statement = tx.statement("UPDATE " + table.name + " SET " + find_column(table, slot)->name +
                                " = ?1 WHERE id = ?2");
  statement.bind(1, number).bind(2, record.value).run();
}

}  // namespace tenon::record
