#include "engine/command/gather.h"

#include <algorithm>

namespace tenon::command {
namespace {

using application::Object;

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

Values gather(Context& context, const Object& object, const Values& fields) {
  return Gatherer(context).paths(object, fields, nullptr);
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

void Gatherer::read_ahead(const Object& object, const std::vector<const Values*>& rows) {
  if (rows.size() < 2) return;
  const auto target = [&](const formula::Path& path, std::size_t step) {
    return context_.app.find_id(path.steps[step].type.object);
  };
  for (const formula::Path& path : object.needs.paths) {
    if (path.root == formula::Path::Root::user || leads_to_holder(object, path.steps[0].slot)) {
      continue;
    }
    std::vector<Hop> hops{{&object, path.steps[0].slot}};
    for (std::size_t i = 1; i < path.steps.size() && target(path, i - 1) != nullptr; ++i) {
      hops.push_back({target(path, i - 1), path.steps[i].slot});
    }
    read_ahead(hops, rows);
  }
  for (const application::Lookup& lookup : object.lookups) {
    std::vector<Hop> hops;
    for (const auto& step : lookup.steps) {
      hops.push_back({&context_.app.objects()[static_cast<std::size_t>(step.object)], step.slot});
    }
    read_ahead(hops, rows);
  }
}

void Gatherer::read_ahead(const std::vector<Hop>& hops, const std::vector<const Values*>& rows) {
  Values ids;
  for (const Values* row : rows) ids.push_back((*row)[static_cast<std::size_t>(hops[0].slot)]);
  for (std::size_t i = 1; i < hops.size(); ++i) {
    read_all(*hops[i].object, ids);
    if (hops[i].slot < 0) return;
    Values next;
    for (const Value& value : ids) {
      const auto* id = std::get_if<RecordId>(&value);
      if (id == nullptr) continue;
      const auto& record = met_[{hops[i].object->place, id->value}];
      if (record) next.push_back(record->fields[static_cast<std::size_t>(hops[i].slot)]);
    }
    ids = std::move(next);
  }
}

// A field computed on read is computed here as well, from its own needs.
Value Gatherer::field_of(const Object& object, const record::Record& record, int slot) {
  if (slot < 0) return system_values(record)[static_cast<std::size_t>(-slot - 1)];
  const formula::Formula* computed = object.find_computed(slot);
  if (computed == nullptr) return record.fields[static_cast<std::size_t>(slot)];
  const Values paths = gather(context_, object, record.fields);
  const Values system = system_values(record);
  formula::Scope scope;
  scope.fields = record.fields;
  scope.paths = paths;
  scope.system = system;
  scope.zone = &context_.app.zone();
  scope.id = record.id;
  scope.now = {context_.clock.now_ms()};
  scope.today = query::today(context_.app, scope.now);
  auto value = computed->evaluate(scope);
  if (!value) return {};
  auto fitting = coerce(object.type(slot), value.take());
  return fitting ? fitting.take() : Value{};
}

}  // namespace tenon::command
