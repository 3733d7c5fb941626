#include "engine/query/decide.h"

#include "engine/base/limits.h"
#include "engine/query/later.h"
#include "engine/query/select.h"

namespace tenon::query {
namespace {

constexpr std::size_t kFieldsPerInput = 4;  // decision::fields_of().

// Rows that name another value than the one asked for need not be read. Numbers are left to the
// table: what a record asks with may have more digits than the column.
void narrow(Select& select, const application::Object& object, int slot, const Value& value) {
  const Type& type = object.type(slot);
  if (type.kind() == Kind::number || (!is_empty(value) && kind_of(value) != type.kind())) return;
  storage::SqlBuilder condition;
  condition.text("(").append(select.column(slot)).text(" IS NULL");
  if (!is_empty(value)) {
    condition.text(" OR ").append(select.column(slot)).text(" = ").bind(to_column(type, value));
  }
  condition.text(")");
  select.where(std::move(condition));
}

void order_by(storage::SqlBuilder& sql, Select& select, const application::Object& object,
              const std::vector<std::string>& keys) {
  sql.text(" ORDER BY ");
  for (const std::string& key : keys) {
    const bool descending = key.starts_with('-');
    const std::string field = key.substr(descending ? 1 : 0);
    for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
      if (object.field(slot).id != field) continue;
      sql.append(select.column(slot));
      sql.text(descending ? storage::Fragment(" DESC, ") : storage::Fragment(", "));
    }
  }
  sql.append(select.column(-1));
}

}  // namespace

Result<std::vector<decision::Row>> rows_of(const Context& context,
                                           const application::DecisionTable& table,
                                           const formula::Scope& scope) {
  const application::RecordRows& from = *table.rows;
  const application::Object& object = *context.app.find_id(from.object);
  TENON_TRY(const auto inputs, decision::inputs_of(table.table, scope));
  Select select(context, object);
  storage::SqlBuilder sql;
  sql.text("SELECT ").append(select.column(-1));
  for (const int slot : from.slots) {
    if (slot >= 0) sql.text(", ").append(select.column(slot));
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const int equals = from.slots[i * kFieldsPerInput];
    if (equals >= 0) narrow(select, object, equals, inputs[i]);
  }
  if (from.filter) select.where(select.formula(*from.filter, from.needs));
  storage::SqlBuilder order;
  order_by(order, select, object, table.table.rows_from->sort);
  sql.append(select.from_where()).append(order).text(" LIMIT ");
  sql.bind(Column{std::int64_t{limits::kTableRecordsMax + 1}});
  auto statement = prepared(context, sql);
  auto rows = statement.all([&](const storage::Row& row) {
    Values values;
    int place = 0;
    for (const int slot : from.slots) {
      values.push_back(slot < 0 ? Value{} : value_at(row, ++place, object.type(slot)));
    }
    return decision::row_of(RecordId{row.integer(0)}, values, inputs.size());
  });
  if (rows.size() <= static_cast<std::size_t>(limits::kTableRecordsMax)) return rows;
  return Error::of(ErrorCode::limit, "", "table_records",
                   "more than 10,000 records could be rows of " + table.table.name);
}

Result<decision::Decision> decide(const Context& context, const application::DecisionTable& table,
                                  const formula::Scope& scope) {
  if (!table.rows) return decision::decide(table.table, scope);
  TENON_TRY(const auto rows, rows_of(context, table, scope));
  return decision::decide(table.table, rows, scope);
}

}  // namespace tenon::query
