#include "engine/query/sight.h"

#include "engine/application/pools.h"

namespace tenon::query {

RecordId owner_of(const application::Object& object, const Values& fields) {
  if (object.owner_slot < 0) return {};
  const auto* owner = std::get_if<RecordId>(&fields[static_cast<std::size_t>(object.owner_slot)]);
  return owner == nullptr ? RecordId{} : *owner;
}

bool sees(const Context& context, const application::Object& object, const Values& fields) {
  const auto reach = context.rights.objects[static_cast<std::size_t>(object.place)].read;
  if (permission::reaches(reach, context.actor, owner_of(object, fields))) return true;
  if (reach == permission::Reach::none) return false;
  const application::Pool* pool = application::pool_of(context.app, object, fields);
  return pool != nullptr && application::sees(context.app, context.actor, *pool);
}

std::vector<bool> hidden_in_pool(const Context& context, const application::Object& object,
                                 const Values& fields) {
  const application::Pool* pool = application::pool_of(context.app, object, fields);
  if (pool == nullptr || !application::hides_from(context.app, context.actor, *pool)) return {};
  return pool->hidden;
}

}  // namespace tenon::query
