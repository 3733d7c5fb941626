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

// Its id, when it was made, its number, and where that counts.
std::string select_numbers(const Table& table, const AutoNumber& number) {
  const std::string scope =
      number.scope_slot < 0 ? "NULL"
                            : "CAST(" + find_column(table, number.scope_slot)->name + " AS TEXT)";
  return "SELECT id, created_at, " + find_column(table, number.slot)->name + ", " + scope +
         " FROM " + table.name + " WHERE id > ?1 AND " + find_column(table, number.slot)->name;
}

Numbered numbered(const storage::Row& row) {
  return {RecordId{row.integer(0)}, DateTime{row.integer(1)},
          row.is_null(2) ? "" : std::string(row.text(2)),
          row.is_null(3) ? "" : std::string(row.text(3))};
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
  auto statement = tx.statement(select_numbers(table, number) + " IS NOT NULL ORDER BY id");
  statement.bind(1, std::int64_t{0});
  while (const auto row = statement.step()) f(numbered(*row));
}

std::vector<Numbered> unnumbered(storage::Transaction& tx, const Table& table,
                                 const AutoNumber& number, RecordId after, int count_max) {
  auto statement = tx.statement(select_numbers(table, number) + " IS NULL ORDER BY id LIMIT ?2");
  statement.bind(1, after.value).bind(2, std::int64_t{count_max});
  return statement.all(numbered);
}

void set_number(storage::Transaction& tx, const Table& table, int slot, RecordId record,
                std::string_view number) {
  auto statement = tx.statement("UPDATE " + table.name + " SET " + find_column(table, slot)->name +
                                " = ?1 WHERE id = ?2");
  statement.bind(1, number).bind(2, record.value).run();
}

}  // namespace tenon::record
