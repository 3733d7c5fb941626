// The rows behind names of many: lines as they are in the draft, records that refer back as kept.
#include "engine/command/gather.h"

namespace tenon::command {
namespace {

using application::Object;

bool reads_system(const formula::ManyNeed& need) {
  return !need.slots.empty() && need.slots.front() < 0;
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
  const query::KeptRows& backs = known.at(id.value);
  if (backs.beyond) return gathered.give_up(place);
  for (const query::KeptRow& row : backs.rows) {
    gathered.add(place, row.id, row.fields, row.paths, row.system);
  }
}

void Gatherer::read_backs(const Object& object, std::size_t place,
                          const std::vector<RecordId>& ids) {
  auto read = query::rows_behind(as_system(context_), object, object.needs.many[place], ids);
  backs_[{object.place, place}].merge(read);
}

}  // namespace tenon::command
