// BundleNames: what the identifiers of a formula mean.
#include "engine/metadata/bundle.h"
#include "engine/metadata/currency.h"
#include "engine/metadata/many.h"

namespace tenon::metadata {
namespace {

template <class Definition, class Member>
const Definition* find_by(const std::vector<Definition>& list, Member member,
                          std::string_view text) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Definition& definition) {
    return definition.*member == text;
  });
  return found == list.end() ? nullptr : &*found;
}

int slot_of(const Object& object, const Field& field) {
  return static_cast<int>(&field - object.fields.data());
}

// What the field's numbers count; money without a word of its own is in the workspace's currency.
formula::Unit unit_of(const Bundle& bundle, const Field& field, const Type& type) {
  if (field.has_currencies()) return formula::kSeveral;
  const std::string& said = field.outcome ? field.outcome->currency : field.currency;
  if (!said.empty() && type.kind() == Kind::number) return formula::money_in(said);
  if (!field.meant.empty()) return formula::money_in(field.meant);
  if (type.format->name == "money") return formula::money_in(bundle.currency);
  return formula::unit_of(*type.format);
}

formula::Names::Member member_of(const Bundle& bundle, const Object& object, const Field& field) {
  const Type type = type_of(field);
  formula::Names::Member member{.id = field.id,
                                .type = {type.kind(), is_referring(type.kind()) ? field.to : "",
                                         unit_of(bundle, field, type)},
                                .slot = slot_of(object, field),
                                .scale = type.scale,
                                .options = type.options};
  if (const Field* currency = currency_beside(object, field)) {
    member.currency = {currency->id, slot_of(object, *currency), field.currencies};
  }
  return member;
}

std::optional<formula::Names::Member> system_member(const Object& object, std::string_view name) {
  int slot = 0;
  for (const SystemField& field : system_fields()) {
    --slot;
    if (field.name != name) continue;
    const Format& format = *find_format(field.format);
    std::string to;
    if (format.kind == Kind::reference) to = field.to.empty() ? object.id : field.to;
    return formula::Names::Member{.id = std::string(name),
                                  .type = {format.kind, std::move(to)},
                                  .slot = slot,
                                  .scale = 0,
                                  .options = {}};
  }
  return std::nullopt;
}

}  // namespace

const Object* Bundle::find(std::string_view object_name) const {
  return find_by(objects, &Object::name, object_name);
}

const Object* Bundle::find_id(std::string_view object_id) const {
  return find_by(objects, &Object::id, object_id);
}

std::optional<formula::Names::Member> BundleNames::member(const std::string& object,
                                                          std::string_view name) const {
  const Object* of = bundle_.find_id(object);
  if (of == nullptr) return std::nullopt;
  const Field* field = by_ == By::id ? of->find_id(name) : of->find(name);
  if (field == nullptr) return system_member(*of, name);
  if (field->is_children()) return std::nullopt;  // Many, not a value.
  return member_of(bundle_, *of, *field);
}

std::optional<formula::Names::Many> BundleNames::many(const std::string& object,
                                                      std::string_view name) const {
  const auto found = find_many(bundle_, object, name, by_);
  if (!found) return std::nullopt;
  return Many{.id = found->id, .object = found->rows->id};
}

std::vector<std::string> BundleNames::members(const std::string& object) const {
  std::vector<std::string> names;
  const Object* of = bundle_.find_id(object);
  if (of == nullptr) return names;
  for (const Field& field : of->fields) {
    if (!field.currency_of.empty()) continue;
    if (!field.is_children()) names.push_back(by_ == By::id ? field.id : field.name);
  }
  for (const SystemField& field : system_fields()) names.emplace_back(field.name);
  return names;
}

}  // namespace tenon::metadata
