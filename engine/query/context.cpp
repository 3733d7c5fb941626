#include "engine/query/context.h"

#include <algorithm>

#include "engine/base/suggest.h"

namespace tenon::query {

Context context(const application::Application& app, const Actor& actor, storage::Transaction& tx,
                DateTime now) {
  const bool is_building = app.may_be_building() && record::building_progress(tx).has_value();
  return {app, actor, app.rights(actor), tx, now, is_building};
}

bool Context::may_read(const application::Object& object, int slot) const {
  const bool is_granted = grant != nullptr && grant->object == &object && slot >= 0;
  if (is_granted) return grant->readable[static_cast<std::size_t>(slot)];
  return rights.objects[static_cast<std::size_t>(object.place)].may_read(slot);
}

Result<const application::Object*> visible_object(const application::Application& app,
                                                  const permission::Rights& rights,
                                                  std::string_view name) {
  const application::Object* object = app.find(name);
  if (object == nullptr) return Error::not_found();
  const auto& granted = rights.objects[static_cast<std::size_t>(object->place)];
  if (granted.read == permission::Reach::none) return Error::not_found();
  return object;
}

std::optional<formula::Names::Member> ReadableNames::member(const std::string& object,
                                                            std::string_view name) const {
  const application::Object* known = app_.find_id(object);
  if (known == nullptr) return std::nullopt;
  const auto& granted = rights_.objects[static_cast<std::size_t>(known->place)];
  if (granted.read == permission::Reach::none) return std::nullopt;
  if (system_slot(name)) return names_.member(object, name);
  const auto slot = known->find_slot(name);
  if (!slot || !granted.may_read(*slot)) return std::nullopt;
  return names_.member(object, known->field(*slot).name);
}

std::vector<std::string> ReadableNames::members(const std::string& object) const {
  std::vector<std::string> names = names_.members(object);
  const auto hidden = [&](const std::string& name) { return !member(object, name); };
  names.erase(std::remove_if(names.begin(), names.end(), hidden), names.end());
  return names;
}

// The rows must be readable, and the field by which they are told: the lines, or the reference.
std::optional<formula::Names::Many> ReadableNames::many(const std::string& object,
                                                        std::string_view name) const {
  const application::Object* known = app_.find_id(object);
  if (known == nullptr) return std::nullopt;
  const auto slot = known->find_slot(name);  // By a former name, too.
  const auto named = names_.many(object, slot ? known->field(*slot).name : name);
  const application::Many* many = named ? known->find_many(named->id) : nullptr;
  if (many == nullptr) return std::nullopt;
  const auto rights_of = [this](int place) -> const permission::ObjectRights& {
    return rights_.objects[static_cast<std::size_t>(place)];
  };
  if (rights_of(known->place).read == permission::Reach::none) return std::nullopt;
  if (rights_of(many->rows).read == permission::Reach::none) return std::nullopt;
  const bool told = many->is_lines() ? rights_of(known->place).may_read(many->children)
                                     : rights_of(many->rows).may_read(many->reference);
  return told ? named : std::nullopt;
}

std::optional<int> system_slot(std::string_view name) {
  int slot = -1;
  for (const metadata::SystemField& field : metadata::system_fields()) {
    if (field.name == name) return slot;
    --slot;
  }
  return std::nullopt;
}

const Type& system_type(int slot) {
  static const std::vector<Type> types = [] {
    std::vector<Type> made;
    for (const metadata::SystemField& field : metadata::system_fields()) {
      made.push_back(Type{.format = find_format(field.format)});
    }
    return made;
  }();
  return types[static_cast<std::size_t>(-slot - 1)];
}

formula::Scope moment_of(const Context& context) {
  formula::Scope scope;
  if (!context.actor.is_system()) scope.user = context.actor.user;
  scope.now = context.now;
  scope.today = today(context.app, context.now);
  scope.zone = &context.app.zone();
  scope.looked_up = context.looked_up.get();
  return scope;
}

Date today(const application::Application& app, DateTime now) {
  return {app.zone().local(now.ms).days};
}

}  // namespace tenon::query
