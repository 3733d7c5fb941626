// The rows behind names of many: lines as they are in the draft, records that refer back as kept.
#include "engine/base/limits.h"
#include "engine/command/gather.h"
#include "engine/query/later.h"
#include "engine/query/select.h"

namespace tenon::command {
namespace {

using application::Object;
using storage::SqlBuilder;

bool reads_system(const formula::ManyNeed& need) {
  return !need.slots.empty() && need.slots.front() < 0;
}

const Type& type_at_end(const application::Application& app, const formula::Path& path) {
  const Object& object = *app.find_id(path.steps[path.steps.size() - 2].type.object);
  const int slot = path.steps.back().slot;
  return slot < 0 ? query::system_type(slot) : object.type(slot);
}

}  // namespace

void Gatherer::rows(const Object& object, const RowsOf& of, GatheredRows& gathered) {
  gathered.begin(object.needs.many.size());
  for (std::size_t place = 0; place < object.needs.many.size(); ++place) {
    const auto* many = object.find_many(object.needs.many[place].many.id);
    if (many == nullptr) throw Fault("a compiled formula takes rows that nobody has");
    if (many->is_lines()) {
      add_lines(object, place, of, gathered);
    } else if (of.id.value != 0) {
      add_backs(object, place, of.id, gathered);
    }
  }
}

void Gatherer::add_lines(const Object& object, std::size_t place, const RowsOf& of,
                         GatheredRows& gathered) {
  const formula::ManyNeed& need = object.needs.many[place];
  const auto* many = object.find_many(need.many.id);
  for (const LinesDraft& group : *of.lines) {
    if (group.children->slot != many->children) continue;
    std::vector<const Values*> fields;
    for (const LineDraft& line : group.lines) {
      if (!line.is_removed) fields.push_back(&line.record.fields);
    }
    for (const formula::Path& path : need.paths) read_ahead(path, group.object(), fields);
    for (const LineDraft& line : group.lines) {
      if (line.is_removed) continue;
      const record::Record* before = line.before ? &*line.before : nullptr;
      gathered.add(place, line.record.id, line.record.fields,
                   row_paths(need, group.object(), line.record.fields, &of.self),
                   reads_system(need) ? system_values_of(context_, before) : Values{});
    }
  }
}

Values Gatherer::row_paths(const formula::ManyNeed& need, const Object& rows, const Values& fields,
                           const Holder* holder) {
  Values values;
  for (const formula::Path& path : need.paths) {
    values.push_back(follow(path, rows, fields, holder));
  }
  return values;
}

void Gatherer::add_backs(const Object& object, std::size_t place, RecordId id,
                         GatheredRows& gathered) {
  auto& known = backs_[{object.place, place}];
  if (!known.contains(id.value)) read_backs(object, place, {id});
  const Backs& backs = known.at(id.value);
  if (backs.beyond) return gathered.give_up(place);
  for (const Back& row : backs.rows) {
    gathered.add(place, row.id, row.fields, row.paths, row.system);
  }
}

// By whom they refer to, then in the order of their ids; where there are too many, those that came
// last are not told apart from those that did not come.
void Gatherer::read_backs(const Object& object, std::size_t place,
                          const std::vector<RecordId>& ids) {
  const formula::ManyNeed& need = object.needs.many[place];
  const auto* many = object.find_many(need.many.id);
  const Object& rows = context_.app.objects()[static_cast<std::size_t>(many->rows)];
  const query::Context asked = as_system(context_);
  query::Select select(asked, rows);
  SqlBuilder columns = select.column(many->reference);
  columns.text(", ").append(select.column(-1));
  for (const int slot : need.slots) columns.text(", ").append(select.column(slot));
  for (const formula::Path& path : need.paths) columns.text(", ").append(select.column(path));
  SqlBuilder refers = select.column(many->reference);
  select.where(std::move(refers.in_list(query::list_of(ids))));
  SqlBuilder sql;
  sql.text("SELECT ").append(columns).append(select.from_where());
  sql.text(" ORDER BY 1, 2 LIMIT ").bind(Column{std::int64_t{limits::kRowsGatheredMax} + 1});
  auto& known = backs_[{object.place, place}];
  for (const RecordId id : ids) known.try_emplace(id.value);
  int count = 0;
  std::int64_t last = 0;
  auto statement = query::prepared(asked, sql);
  statement.each([&](const storage::Row& row) {
    last = row.integer(0);
    ++count;
    Back back{.id = {row.integer(1)},
              .fields = Values(rows.types.size()),
              .paths = {},
              .system = Values(metadata::system_fields().size())};
    int at = 2;
    for (const int slot : need.slots) {
      const Type& type = slot < 0 ? query::system_type(slot) : rows.type(slot);
      Value& value = slot < 0 ? back.system[static_cast<std::size_t>(-slot - 1)]
                              : back.fields[static_cast<std::size_t>(slot)];
      value = query::value_at(row, at++, type);
    }
    for (const formula::Path& path : need.paths) {
      back.paths.push_back(query::value_at(row, at++, type_at_end(context_.app, path)));
    }
    known.at(last).rows.push_back(std::move(back));
  });
  if (count <= limits::kRowsGatheredMax) return;
  for (const RecordId id : ids) {
    if (id.value >= last) known.at(id.value).beyond = true;
  }
}

}  // namespace tenon::command
