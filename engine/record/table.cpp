#include "engine/record/table.h"

#include <algorithm>

#include "engine/record/link_table.h"

namespace tenon::record {
namespace {

// Places of the system columns in select_by_id and insert; the fields' columns follow.
enum SystemColumn { kId, kVersion, kCreatedAt, kCreatedBy, kUpdatedAt, kUpdatedBy, kSystemColumns };

constexpr std::string_view kSystemList =
    "id, version, created_at, created_by, updated_at, updated_by";

void bind_column(storage::Statement& statement, int place, const Type& type, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    statement.bind(place, std::string_view(*text));  // Without a copy.
    return;
  }
  const Column column = to_column(type, value);
  if (const auto* list = std::get_if<std::string>(&column)) {
    statement.bind_copy(place, *list);
    return;
  }
  statement.bind(place, column);
}

Value value_at(const storage::Row& row, int place, const Type& type) {
  if (row.is_null(place)) return {};
  if (is_integer_column(type.kind())) return from_column(type, row.integer(place));
  return from_column(type, row.text(place));
}

constexpr std::string_view kLineList = ", root, position";
constexpr int kLineColumns = 2;

// Of ids, as SQL reads a list: "[1,2]".
std::string list_of(const std::vector<RecordId>& ids) {
  std::string list = "[";
  for (const RecordId id : ids) {
    if (list.size() > 1) list += ',';
    list += std::to_string(id.value);
  }
  return list + "]";
}

int fields_begin(const Table& table) {
  return kSystemColumns + (table.is_of_lines ? kLineColumns : 0);
}

Record record_of(const storage::Row& row, const Table& table) {
  Record record;
  record.id = {row.integer(kId)};
  record.version = row.integer(kVersion);
  record.created_at = {row.integer(kCreatedAt)};
  record.created_by = {row.integer(kCreatedBy)};
  record.updated_at = {row.integer(kUpdatedAt)};
  record.updated_by = {row.integer(kUpdatedBy)};
  record.fields.resize(static_cast<std::size_t>(table.slots));
  if (table.is_of_lines) {
    record.root = {row.integer(kSystemColumns)};
    record.position = row.integer(kSystemColumns + 1);
  }
  int place = fields_begin(table);
  for (const StoredColumn& column : table.columns) {
    record.fields[static_cast<std::size_t>(column.slot)] = value_at(row, place++, column.type);
  }
  return record;
}

bool differs(const StoredColumn& column, const Record& before, const Record& after) {
  const auto slot = static_cast<std::size_t>(column.slot);
  return before.fields[slot] != after.fields[slot];
}

// Of every list of references, from one state of the record to the next.
void keep_all_links(storage::Transaction& tx, const Table& table, RecordId holder,
                    const Values* before, const Values* after) {
  for (const StoredColumn& column : table.columns) {
    if (column.type.kind() != Kind::reference_list) continue;
    const auto slot = static_cast<std::size_t>(column.slot);
    keep_links(tx, link_place(table, column), holder, before ? (*before)[slot] : Value{},
               after ? (*after)[slot] : Value{});
  }
}

bool has_lists(const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), [](const StoredColumn& column) {
    return column.type.kind() == Kind::reference_list;
  });
}

// The condition under which a reference or a list of them at this column leads to ?1.
std::string leads_to_first(const Table& table, const StoredColumn& column) {
  if (column.type.kind() != Kind::reference_list) return column.name + " = ?1";
  return "id IN (SELECT holder FROM record_link WHERE place = '" + link_place(table, column) +
         "' AND target = ?1)";
}

}  // namespace

void prepare_statements(Table& table) {
  std::string list(kSystemList);
  std::string places = "?,?,?,?,?,?";
  if (table.is_of_lines) {
    list += kLineList;
    places += ",?,?";
  }
  for (const StoredColumn& column : table.columns) {
    list += ", " + column.name;
    places += ",?";
  }
  table.select = "SELECT " + list + " FROM " + table.name;
  table.select_by_id = table.select + " WHERE id = ?1 AND deleted_at IS NULL";
  table.select_erased = "SELECT " + list + " FROM " + table.name +
                        " WHERE deleted_at < ?1 ORDER BY deleted_at LIMIT ?2";
  table.insert = "INSERT INTO " + table.name + " (" + list + ") VALUES (" + places + ")";
}

const StoredColumn* find_column(const Table& table, int slot) {
  for (const StoredColumn& column : table.columns) {
    if (column.slot == slot) return &column;
  }
  return nullptr;
}

std::optional<Record> read(storage::Transaction& tx, const Table& table, RecordId id) {
  auto statement = tx.statement(table.select_by_id);
  statement.bind(1, id.value);
  return statement.maybe([&](const storage::Row& row) { return record_of(row, table); });
}

std::optional<storage::Clash> insert(storage::Transaction& tx, const Table& table,
                                     const Record& record) {
  auto statement = tx.statement(table.insert);
  statement.bind(kId + 1, record.id.value);
  statement.bind(kVersion + 1, record.version);
  statement.bind(kCreatedAt + 1, record.created_at.ms);
  statement.bind(kCreatedBy + 1, record.created_by.value);
  statement.bind(kUpdatedAt + 1, record.updated_at.ms);
  statement.bind(kUpdatedBy + 1, record.updated_by.value);
  if (table.is_of_lines) {
    statement.bind(kSystemColumns + 1, record.root.value);
    statement.bind(kSystemColumns + 2, record.position);
  }
  int place = fields_begin(table) + 1;
  for (const StoredColumn& column : table.columns) {
    bind_column(statement, place++, column.type,
                record.fields[static_cast<std::size_t>(column.slot)]);
  }
  if (auto clash = statement.run_or_clash()) return clash;
  keep_all_links(tx, table, record.id, nullptr, &record.fields);
  return std::nullopt;
}

std::optional<storage::Clash> update(storage::Transaction& tx, const Table& table,
                                     const Record& before, const Record& after) {
  // Only the columns that differ, so that no untouched index is maintained.
  std::string sql = "UPDATE " + table.name + " SET version = ?, updated_at = ?, updated_by = ?";
  if (table.is_of_lines) sql += ", position = ?";
  for (const StoredColumn& column : table.columns) {
    if (differs(column, before, after)) sql += ", " + column.name + " = ?";
  }
  auto statement = tx.statement(sql + " WHERE id = ?");
  int place = 0;
  statement.bind(++place, after.version);
  statement.bind(++place, after.updated_at.ms);
  statement.bind(++place, after.updated_by.value);
  if (table.is_of_lines) statement.bind(++place, after.position);
  for (const StoredColumn& column : table.columns) {
    if (!differs(column, before, after)) continue;
    bind_column(statement, ++place, column.type,
                after.fields[static_cast<std::size_t>(column.slot)]);
  }
  statement.bind(++place, after.id.value);
  if (auto clash = statement.run_or_clash()) return clash;
  keep_all_links(tx, table, after.id, &before.fields, &after.fields);
  return std::nullopt;
}

std::vector<Record> read_many(storage::Transaction& tx, const Table& table,
                              const std::vector<RecordId>& ids) {
  if (ids.empty()) return {};
  auto statement = tx.statement(
      table.select + " WHERE id IN (SELECT value FROM json_each(?1)) AND deleted_at IS NULL");
  statement.bind_copy(1, list_of(ids));
  return statement.all([&](const storage::Row& row) { return record_of(row, table); });
}

std::vector<Record> read_lines(storage::Transaction& tx, const Table& table, int parent_slot,
                               const std::vector<RecordId>& holders) {
  if (holders.empty()) return {};
  const std::string& parent = find_column(table, parent_slot)->name;
  auto statement = tx.statement(table.select + " WHERE " + parent +
                                " IN (SELECT value FROM json_each(?1)) AND deleted_at IS NULL "
                                "ORDER BY " +
                                parent + ", position, id");
  statement.bind_copy(1, list_of(holders));
  return statement.all([&](const storage::Row& row) { return record_of(row, table); });
}

void erase(storage::Transaction& tx, const Table& table, RecordId record, std::int64_t version,
           DateTime at, RecordId by) {
  auto statement = tx.statement("UPDATE " + table.name +
                                " SET deleted_at = ?1, version = ?2, updated_at = ?1, "
                                "updated_by = ?3 WHERE id = ?4");
  statement.bind(1, at.ms).bind(2, version).bind(3, by.value).bind(4, record.value);
  statement.run();
}

void erase_lines(storage::Transaction& tx, const Table& table, RecordId root, std::int64_t version,
                 DateTime at, RecordId by) {
  auto statement = tx.statement("UPDATE " + table.name +
                                " SET deleted_at = ?1, version = ?2, updated_at = ?1, "
                                "updated_by = ?3 WHERE root = ?4 AND deleted_at IS NULL");
  statement.bind(1, at.ms).bind(2, version).bind(3, by.value).bind(4, root.value);
  statement.run();
}

std::optional<Record> read_erased(storage::Transaction& tx, const Table& table, RecordId id) {
  auto statement = tx.statement(table.select + " WHERE id = ?1 AND deleted_at IS NOT NULL");
  statement.bind(1, id.value);
  return statement.maybe([&](const storage::Row& row) { return record_of(row, table); });
}

std::optional<storage::Clash> restore(storage::Transaction& tx, const Table& table,
                                      const Record& erased, std::int64_t version, DateTime at,
                                      RecordId by) {
  auto statement = tx.statement("UPDATE " + table.name +
                                " SET deleted_at = NULL, version = ?1, updated_at = ?2, "
                                "updated_by = ?3 WHERE id = ?4");
  statement.bind(1, version).bind(2, at.ms).bind(3, by.value).bind(4, erased.id.value);
  return statement.run_or_clash();
}

void restore_lines(storage::Transaction& tx, const Table& table, const Record& erased_root,
                   std::int64_t version) {
  auto statement = tx.statement("UPDATE " + table.name +
                                " SET deleted_at = NULL, version = ?1 "
                                "WHERE root = ?2 AND version = ?3 AND deleted_at = ?4");
  statement.bind(1, version).bind(2, erased_root.id.value).bind(3, erased_root.version);
  statement.bind(4, erased_root.updated_at.ms);
  statement.run();
}

std::vector<RecordId> referring_to_any(storage::Transaction& tx, const Table& table, int slot,
                                       const std::vector<RecordId>& targets) {
  const StoredColumn* column = find_column(table, slot);
  if (column == nullptr || targets.empty()) return {};
  auto statement = tx.statement("SELECT id FROM " + table.name + " WHERE " + column->name +
                                " IN (SELECT value FROM json_each(?1)) AND deleted_at IS NULL "
                                "ORDER BY id");
  statement.bind_copy(1, list_of(targets));
  return statement.all([](const storage::Row& row) { return RecordId{row.integer(0)}; });
}

std::vector<RecordId> roots_of(storage::Transaction& tx, const Table& table,
                               const std::vector<RecordId>& lines) {
  if (lines.empty()) return {};
  auto statement = tx.statement("SELECT DISTINCT root FROM " + table.name +
                                " WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY root");
  statement.bind_copy(1, list_of(lines));
  return statement.all([](const storage::Row& row) { return RecordId{row.integer(0)}; });
}

std::vector<RecordId> ids_after(storage::Transaction& tx, const Table& table, RecordId after,
                                int count_max) {
  auto statement = tx.statement("SELECT id FROM " + table.name +
                                " WHERE id > ?1 AND deleted_at IS NULL ORDER BY id LIMIT ?2");
  statement.bind(1, after.value).bind(2, std::int64_t{count_max});
  return statement.all([](const storage::Row& row) { return RecordId{row.integer(0)}; });
}

std::int64_t count_rows(storage::Transaction& tx, const Table& table) {
  auto statement = tx.statement("SELECT count(*) FROM " + table.name);
  return statement.one([](const storage::Row& row) { return row.integer(0); });
}

std::vector<RecordId> referring(storage::Transaction& tx, const Table& table, int slot,
                                RecordId target, int count_max) {
  const StoredColumn* column = find_column(table, slot);
  if (column == nullptr) return {};
  auto statement =
      tx.statement("SELECT id FROM " + table.name + " WHERE " + leads_to_first(table, *column) +
                   " AND deleted_at IS NULL ORDER BY id LIMIT ?2");
  statement.bind(1, target.value).bind(2, std::int64_t{count_max});
  return statement.all([](const storage::Row& row) { return RecordId{row.integer(0)}; });
}

std::vector<RecordId> matching(storage::Transaction& tx, const Table& table, int slot,
                               const Value& value) {
  const StoredColumn* column = find_column(table, slot);
  if (column == nullptr || is_empty(value)) return {};
  auto statement = tx.statement("SELECT id FROM " + table.name + " WHERE " + column->name +
                                " = ?1 AND deleted_at IS NULL ORDER BY id LIMIT 2");
  bind_column(statement, 1, column->type, value);
  return statement.all([](const storage::Row& row) { return RecordId{row.integer(0)}; });
}

std::vector<Record> erased_before(storage::Transaction& tx, const Table& table, DateTime before,
                                  int count_max) {
  auto statement = tx.statement(table.select_erased);
  statement.bind(1, before.ms).bind(2, std::int64_t{count_max});
  return statement.all([&](const storage::Row& row) { return record_of(row, table); });
}

void remove(storage::Transaction& tx, const Table& table, RecordId record) {
  if (has_lists(table)) {
    const auto gone = tx.statement(table.select + " WHERE id = ?1")
                          .bind(1, record.value)
                          .maybe([&](const storage::Row& row) { return record_of(row, table); });
    if (gone) keep_all_links(tx, table, record, &gone->fields, nullptr);
  }
  tx.statement("DELETE FROM " + table.name + " WHERE id = ?1").bind(1, record.value).run();
}

std::vector<RecordId> made_before(storage::Transaction& tx, const Table& table, RecordId above,
                                  DateTime before, int count_max) {
  auto statement = tx.statement("SELECT id FROM " + table.name +
                                " WHERE id > ?1 AND created_at < ?2 AND deleted_at IS NULL "
                                "ORDER BY id LIMIT ?3");
  statement.bind(1, above.value).bind(2, before.ms).bind(3, std::int64_t{count_max});
  return statement.all([](const storage::Row& row) { return RecordId{row.integer(0)}; });
}

bool is_referred_to(storage::Transaction& tx, const Table& table, int slot, RecordId target) {
  const StoredColumn* column = find_column(table, slot);
  if (column != nullptr && column->type.kind() == Kind::reference_list) {
    auto statement = tx.statement("SELECT 1 FROM record_link WHERE place = ?1 AND target = ?2");
    statement.bind_copy(1, link_place(table, *column));
    statement.bind(2, target.value);
    return statement.step().has_value();
  }
  return has_value(tx, table, slot, Value{target});
}

// Two questions, because each has its own partial index.
bool has_value(storage::Transaction& tx, const Table& table, int slot, const Value& value) {
  const StoredColumn* column = find_column(table, slot);
  if (column == nullptr || is_empty(value)) return false;
  for (const char* state : {" IS NULL", " IS NOT NULL"}) {
    auto statement = tx.statement("SELECT 1 FROM " + table.name + " WHERE " + column->name +
                                  " = ?1 AND deleted_at" + state + " LIMIT 1");
    bind_column(statement, 1, column->type, value);
    if (statement.step()) return true;
  }
  return false;
}

std::int64_t highest_id(storage::Transaction& tx, const Table& table) {
  return tx.statement("SELECT max(id) FROM " + table.name).one([](const storage::Row& row) {
    return row.integer(0);
  });
}

}  // namespace tenon::record
