#include "engine/query/lines.h"

#include "engine/query/later.h"
#include "engine/query/select.h"

namespace tenon::query {
namespace {

using application::Children;
using application::Object;

// The holder, the line, then its fields.
storage::SqlBuilder lines_sql(const Context& context, const Children& children,
                              const std::vector<RecordId>& holders) {
  const Object& lines = *children.lines;
  Select select(context, lines);
  storage::SqlBuilder columns = select.column(children.parent_slot);
  columns.text(", ").append(select.column(-1));
  for (int slot = 0; slot < static_cast<int>(lines.types.size()); ++slot) {
    if (!lines.field(slot).is_children()) columns.text(", ").append(select.column(slot));
  }
  storage::SqlBuilder held = select.column(children.parent_slot);
  held.in_list(list_of(holders));
  select.where(std::move(held));
  storage::SqlBuilder sql;
  sql.text("SELECT ").append(columns).append(select.from_where());
  sql.text(" ORDER BY ").append(select.column(children.parent_slot)).text(", t0.position, t0.id");
  return sql;
}

LineRow row_of(const storage::Row& row, const Object& lines) {
  LineRow made{.id = {row.integer(1)}, .fields = Values(lines.types.size()), .lines = {}};
  int place = 2;
  for (std::size_t slot = 0; slot < made.fields.size(); ++slot) {
    if (lines.field(static_cast<int>(slot)).is_children()) continue;
    const Type& type = lines.type(static_cast<int>(slot));
    made.fields[slot] = value_at(row, place++, type);
  }
  return made;
}

// What the lines hold in turn.
void add_below(const Context& context, const Object& lines,
               std::map<std::int64_t, LineSet>& holders) {
  std::vector<RecordId> ids;
  for (const auto& [holder, set] : holders) {
    for (const LineRow& row : set.rows) ids.push_back(row.id);
  }
  for (const Children& children : lines.children) {
    auto below = lines_of(context, children, ids);
    for (auto& [holder, set] : holders) {
      for (LineRow& row : set.rows) {
        const auto found = below.find(row.id.value);
        row.lines.push_back(found == below.end() ? LineSet{&children, {}}
                                                 : std::move(found->second));
      }
    }
  }
}

}  // namespace

std::map<std::int64_t, LineSet> lines_of(const Context& context, const Children& children,
                                         const std::vector<RecordId>& records) {
  std::map<std::int64_t, LineSet> sets;
  if (records.empty()) return sets;
  const storage::SqlBuilder sql = lines_sql(context, children, records);
  auto statement = prepared(context, sql);
  statement.each([&](const storage::Row& row) {
    LineSet& set = sets.try_emplace(row.integer(0), LineSet{&children, {}}).first->second;
    set.rows.push_back(row_of(row, *children.lines));
  });
  if (!sets.empty()) add_below(context, *children.lines, sets);
  return sets;
}

std::vector<LineSet> lines_of(const Context& context, const Object& object, RecordId record) {
  std::vector<LineSet> all;
  const auto& rights = context.rights.objects[static_cast<std::size_t>(object.place)];
  for (const Children& children : object.children) {
    if (!rights.may_read(children.slot)) continue;
    auto sets = lines_of(context, children, {record});
    const auto found = sets.find(record.value);
    all.push_back(found == sets.end() ? LineSet{&children, {}} : std::move(found->second));
  }
  return all;
}

}  // namespace tenon::query
