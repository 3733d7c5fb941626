#include "engine/query/rows.h"

#include "engine/base/limits.h"
#include "engine/query/later.h"
#include "engine/query/select.h"
#include "engine/value/references.h"

namespace tenon::query {
namespace {

using application::Object;
using storage::SqlBuilder;

bool is_list(const Object& rows, const application::Many& many) {
  return rows.type(many.reference).kind() == Kind::reference_list;
}

// The record that has the row, the row, what is needed of it.
SqlBuilder rows_sql(Select& select, const Object& rows, const application::Many& many,
                    const formula::ManyNeed& need, const std::vector<RecordId>& records) {
  SqlBuilder columns = select.column(many.reference);
  columns.text(", ").append(select.column(-1));
  for (const int slot : need.slots) columns.text(", ").append(select.column(slot));
  for (const formula::Path& path : need.paths) columns.text(", ").append(select.column(path));
  select.where(select.refers_to_any(many.reference, records));
  SqlBuilder sql;
  sql.text("SELECT ").append(columns).append(select.from_where()).text(" ORDER BY ");
  if (!is_list(rows, many)) sql.text("1, ");
  if (many.is_lines()) sql.text("t0.position, ");
  sql.text("t0.id LIMIT ").bind(Column{std::int64_t{limits::kRowsGatheredMax} + 1});
  return sql;
}

KeptRow row_of(const Context& context, const Object& rows, const formula::ManyNeed& need,
               const storage::Row& row) {
  KeptRow made{.id = {row.integer(1)},
               .fields = Values(rows.types.size()),
               .paths = {},
               .system = Values(metadata::system_fields().size())};
  int at = 2;
  for (const int slot : need.slots) {
    const Type& type = slot < 0 ? system_type(slot) : rows.type(slot);
    Value& value = slot < 0 ? made.system[static_cast<std::size_t>(-slot - 1)]
                            : made.fields[static_cast<std::size_t>(slot)];
    value = value_at(row, at++, type);
  }
  for (const formula::Path& path : need.paths) {
    made.paths.push_back(value_at(row, at++, type_of_end(context.app, path)));
  }
  return made;
}

}  // namespace

void GatheredRows::begin(std::size_t count) {
  rows_.assign(count, {});
  spans_.assign(count, {});
  beyond_.clear();
  kept_.clear();
}

void GatheredRows::add(std::size_t place, RecordId id, const Values& fields, Values paths,
                       Values system) {
  const Values& kept_paths = kept_.emplace_back(std::move(paths));
  const Values& kept_system = kept_.emplace_back(std::move(system));
  rows_[place].push_back({.fields = fields, .paths = kept_paths, .system = kept_system, .id = id});
  spans_[place] = rows_[place];
}

void GatheredRows::give_up(std::size_t place) { beyond_.push_back(static_cast<int>(place)); }

void GatheredRows::hand_to(formula::Scope& scope) const {
  scope.many = spans_;
  scope.beyond = beyond_;
}

// Where there are too many, the last record's rows are not told apart from those that did not come.
std::unordered_map<std::int64_t, KeptRows> rows_behind(const Context& context, const Object& object,
                                                       const formula::ManyNeed& need,
                                                       const std::vector<RecordId>& records) {
  const application::Many* many = object.find_many(need.many.id);
  if (many == nullptr) throw Fault("a compiled formula takes rows of " + need.many.id);
  const Object& rows = context.app.objects()[static_cast<std::size_t>(many->rows)];
  Select select(context, rows);
  const SqlBuilder sql = rows_sql(select, rows, *many, need, records);
  std::unordered_map<std::int64_t, KeptRows> behind;
  for (const RecordId id : records) behind.try_emplace(id.value);
  int count = 0;
  std::int64_t last = 0;
  auto statement = prepared(context, sql);
  statement.each([&](const storage::Row& row) {
    ++count;
    for (const RecordId target : targets_of(value_at(row, 0, rows.type(many->reference)))) {
      const auto found = behind.find(target.value);
      if (found == behind.end()) continue;  // A list holds others, too.
      last = target.value;
      found->second.rows.push_back(row_of(context, rows, need, row));
    }
  });
  if (count <= limits::kRowsGatheredMax) return behind;
  const bool in_order = !is_list(rows, *many);
  for (auto& [id, kept] : behind) kept.beyond = !in_order || id >= last;
  return behind;
}

const Type& type_of_end(const application::Application& app, const formula::Path& path) {
  const std::size_t count = path.steps.size();
  const Object& object =
      count == 1 ? app.system_object("user") : *app.find_id(path.steps[count - 2].type.object);
  const int slot = path.steps.back().slot;
  return slot < 0 ? system_type(slot) : object.type(slot);
}

}  // namespace tenon::query
