#include "engine/metadata/flow_names.h"

namespace tenon::metadata {

std::optional<formula::Names::Member> FlowNames::member(const std::string& object,
                                                        std::string_view name) const {
  return names_.member(object, name);
}

std::vector<std::string> FlowNames::members(const std::string& object) const {
  return names_.members(object);
}

std::optional<formula::Names::Many> FlowNames::many(const std::string& object,
                                                    std::string_view name) const {
  return names_.many(object, name);
}

std::optional<formula::Names::Member> FlowNames::variable(std::string_view name) const {
  const Object* object = bundle_.find_id(flow_.object);
  for (std::size_t i = 0; i < flow_.variables.size(); ++i) {
    const Field& variable = flow_.variables[i];
    if (variable.name != name) continue;
    const Type type = type_of(variable);
    const std::size_t slot = (object == nullptr ? 0 : object->fields.size()) + i;
    return Member{.id = variable.id,
                  .type = {type.kind(), type.kind() == Kind::reference ? variable.to : "",
                           formula::unit_of(*type.format)},
                  .slot = static_cast<int>(slot),
                  .scale = type.scale,
                  .options = type.options};
  }
  return std::nullopt;
}

std::vector<std::string> FlowNames::variables() const {
  std::vector<std::string> names;
  for (const Field& variable : flow_.variables) names.push_back(variable.name);
  return names;
}

}  // namespace tenon::metadata
