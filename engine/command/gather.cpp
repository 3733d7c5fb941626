#include "engine/command/gather.h"

#include <algorithm>

#include "engine/query/later.h"
#include "engine/query/select.h"

namespace tenon::command {
namespace {

using application::Object;

constexpr std::size_t kSystemFields = 6;

Value id_or_empty(RecordId id) { return id.value == 0 ? Value{} : Value{id}; }

const Value& at_slot(const Values& fields, const Values& system, int slot) {
  return slot >= 0 ? fields[static_cast<std::size_t>(slot)]
                   : system[static_cast<std::size_t>(-slot - 1)];
}

bool leads_to_holder(const Object& object, int slot) {
  return slot >= 0 && !object.field(slot).held_by.empty();
}

}  // namespace

Values system_values(const record::Record& record) {
  return {id_or_empty(record.id), Decimal::of(record.version),
          record.created_at,      id_or_empty(record.created_by),
          record.updated_at,      id_or_empty(record.updated_by)};
}

Values system_values_of(const Context& context, const record::Record* before) {
  const DateTime now{context.clock.now_ms()};
  const Value by = id_or_empty(context.actor.user);
  Values values(kSystemFields);
  if (before != nullptr) values[0] = id_or_empty(before->id);
  values[1] = Decimal::of(before == nullptr ? 1 : before->version + 1);
  values[2] = before == nullptr ? now : before->created_at;
  values[3] = before == nullptr ? by : id_or_empty(before->created_by);
  values[4] = now;
  values[5] = by;
  return values;
}

Values Gatherer::paths(const Object& object, const Values& fields, const Holder* holder) {
  Values values;
  for (const formula::Path& path : object.needs.paths) {
    values.push_back(follow(path, object, fields, holder));
  }
  return values;
}

Value Gatherer::lookup(const application::Lookup& lookup, const Values& fields) {
  Value value = fields[static_cast<std::size_t>(lookup.steps[0].slot)];
  for (std::size_t step = 1; step < lookup.steps.size(); ++step) {
    const auto* id = std::get_if<RecordId>(&value);
    if (id == nullptr) return {};
    const Object& object =
        context_.app.objects()[static_cast<std::size_t>(lookup.steps[step].object)];
    const auto& record = read(object, *id);
    if (!record) return {};
    value = field_of(object, *record, lookup.steps[step].slot);
  }
  return value;
}

Value Gatherer::follow(const formula::Path& path, const Object& object, const Values& fields,
                       const Holder* holder) {
  if (path.root == formula::Path::Root::user) {
    if (context_.actor.is_system()) return {};
    return follow_records(path, 0, context_.actor.user);
  }
  // As far as the way goes up to what holds the line, it goes through the draft.
  const Object* here = &object;
  Value value = fields[static_cast<std::size_t>(path.steps[0].slot)];
  std::size_t next = 1;
  int slot = path.steps[0].slot;
  while (holder != nullptr && next < path.steps.size() && leads_to_holder(*here, slot)) {
    if (is_empty(value)) return {};
    here = holder->object;
    slot = path.steps[next++].slot;
    value = at_slot(*holder->fields, *holder->system, slot);
    holder = holder->above;
  }
  return follow_records(path, next, std::move(value));
}

// The value is that of the step before `next`.
Value Gatherer::follow_records(const formula::Path& path, std::size_t next, Value value) {
  const Object* here = next == 0 ? &context_.app.system_object("user")
                                 : context_.app.find_id(path.steps[next - 1].type.object);
  for (; next < path.steps.size() && here != nullptr; ++next) {
    const auto* id = std::get_if<RecordId>(&value);
    if (id == nullptr) return {};
    const auto& record = read(*here, *id);
    if (!record) return {};
    value = field_of(*here, *record, path.steps[next].slot);
    here = context_.app.find_id(path.steps[next].type.object);
  }
  return value;
}

const std::optional<record::Record>& Gatherer::read(const Object& object, RecordId id) {
  const auto [met, fresh] = met_.try_emplace({object.place, id.value});
  if (fresh) met->second = record::read(context_.tx, object.table, id);
  return met->second;
}

void Gatherer::read_all(const Object& object, const Values& ids) {
  std::vector<RecordId> unknown;
  for (const Value& value : ids) {
    const auto* id = std::get_if<RecordId>(&value);
    if (id == nullptr) continue;
    if (met_.try_emplace({object.place, id->value}).second) unknown.push_back(*id);
  }
  for (record::Record& record : record::read_many(context_.tx, object.table, unknown)) {
    met_[{object.place, record.id.value}] = std::move(record);
  }
}

void Gatherer::read_ahead(const Object& object, const std::vector<const Values*>& rows,
                          const std::vector<RecordId>& ids) {
  if (rows.size() < 2) return;
  for (const formula::Path& path : object.needs.paths) read_ahead(path, object, rows);
  for (const application::Lookup& lookup : object.lookups) {
    std::vector<Hop> hops;
    for (const auto& step : lookup.steps) {
      hops.push_back({&context_.app.objects()[static_cast<std::size_t>(step.object)], step.slot});
    }
    read_ahead(hops, rows);
  }
  for (std::size_t place = 0; place < object.needs.many.size(); ++place) {
    const auto* many = object.find_many(object.needs.many[place].many.id);
    if (many != nullptr && !many->is_lines()) read_backs(object, place, ids);
  }
}

void Gatherer::read_ahead(const formula::Path& path, const Object& object,
                          const std::vector<const Values*>& rows) {
  if (path.root == formula::Path::Root::user || leads_to_holder(object, path.steps[0].slot)) return;
  std::vector<Hop> hops{{&object, path.steps[0].slot}};
  for (std::size_t i = 1; i < path.steps.size(); ++i) {
    const Object* target = context_.app.find_id(path.steps[i - 1].type.object);
    if (target == nullptr) break;
    hops.push_back({target, path.steps[i].slot});
  }
  read_ahead(hops, rows);
}

void Gatherer::read_ahead(const std::vector<Hop>& hops, const std::vector<const Values*>& rows) {
  if (hops[0].slot < 0) return;
  Values ids;
  for (const Values* row : rows) ids.push_back((*row)[static_cast<std::size_t>(hops[0].slot)]);
  for (std::size_t i = 1; i < hops.size(); ++i) {
    read_all(*hops[i].object, ids);
    if (hops[i].slot < 0) return;
    std::vector<const record::Record*> there;
    std::vector<RecordId> computed;
    for (const Value& value : ids) {
      const auto* id = std::get_if<RecordId>(&value);
      if (id == nullptr) continue;
      const auto& record = met_[{hops[i].object->place, id->value}];
      if (!record) continue;
      there.push_back(&*record);
      computed.push_back(*id);
    }
    if (hops[i].object->find_computed(hops[i].slot) != nullptr) {
      read_computed(*hops[i].object, hops[i].slot, computed);
    }
    ids.clear();
    for (const record::Record* record : there) {
      ids.push_back(field_of(*hops[i].object, *record, hops[i].slot));
    }
  }
}

// A field computed on read is asked for as readers do, with what is kept.
Value Gatherer::field_of(const Object& object, const record::Record& record, int slot) {
  if (slot < 0) return system_values(record)[static_cast<std::size_t>(-slot - 1)];
  if (object.find_computed(slot) == nullptr) return record.fields[static_cast<std::size_t>(slot)];
  const auto& known = computed_[{object.place, slot}];
  if (!known.contains(record.id.value)) read_computed(object, slot, {record.id});
  return known.at(record.id.value);
}

void Gatherer::read_computed(const Object& object, int slot, const std::vector<RecordId>& ids) {
  auto& known = computed_[{object.place, slot}];
  std::vector<RecordId> unknown;
  for (const RecordId id : ids) {
    if (known.try_emplace(id.value).second) unknown.push_back(id);
  }
  if (unknown.empty()) return;
  const query::Context asked = as_system(context_);
  query::Select select(asked, object);
  storage::SqlBuilder columns = select.column(-1);
  columns.text(", ").append(select.column(slot));
  storage::SqlBuilder among = select.column(-1);
  select.where(std::move(among.in_list(query::list_of(unknown))));
  storage::SqlBuilder sql;
  sql.text("SELECT ").append(columns).append(select.from_where());
  auto statement = query::prepared(asked, sql);
  statement.each([&](const storage::Row& row) {
    known[row.integer(0)] = query::value_at(row, 1, object.type(slot));
  });
}

}  // namespace tenon::command
