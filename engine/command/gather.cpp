#include "engine/command/gather.h"

#include <map>

namespace tenon::command {
namespace {

// Records met on the way, so that two paths over one reference read it once.
using Met = std::map<std::pair<int, std::int64_t>, std::optional<record::Record>>;

Value id_or_empty(RecordId id) { return id.value == 0 ? Value{} : Value{id}; }

class Gatherer {
 public:
  explicit Gatherer(Context& context) : context_(context) {}

  Value follow(const formula::Path& path, const application::Object& object, const Values& fields) {
    const application::Object* here = &object;
    Value value;
    std::size_t next = 0;
    if (path.root == formula::Path::Root::user) {
      here = &context_.app.system_object("user");
      if (context_.actor.is_system()) return {};
      value = context_.actor.user;
    } else {
      value = fields[static_cast<std::size_t>(path.steps[0].slot)];
      here = context_.app.find_id(path.steps[0].type.object);
      next = 1;
    }
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

 private:
  const std::optional<record::Record>& read(const application::Object& object, RecordId id) {
    const auto [met, fresh] = met_.try_emplace({object.place, id.value});
    if (fresh) met->second = record::read(context_.tx, object.table, id);
    return met->second;
  }

  // A field computed on read is computed here as well, from its own needs.
  Value field_of(const application::Object& object, const record::Record& record, int slot) {
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

  Context& context_;
  Met met_;
};

}  // namespace

Values system_values(const record::Record& record) {
  return {id_or_empty(record.id), Decimal::of(record.version),
          record.created_at,      id_or_empty(record.created_by),
          record.updated_at,      id_or_empty(record.updated_by)};
}

Values gather(Context& context, const application::Object& object, const Values& fields) {
  Values values;
  if (object.needs.paths.empty()) return values;
  Gatherer gatherer(context);
  for (const formula::Path& path : object.needs.paths) {
    values.push_back(gatherer.follow(path, object, fields));
  }
  return values;
}

}  // namespace tenon::command
