// Rules and roles: what must hold, and who may.
#include "engine/metadata/checks.h"
#include "engine/metadata/many.h"
#include "engine/metadata/stored_fields.h"

namespace tenon::metadata {
namespace {

// What is computed on read has no value from before the change.
void check_changes(Draft& draft, const StoredFields& stored, const Object& object,
                   const formula::Formula& when, const Place& at) {
  for (const int slot : when.old_slots()) {
    if (slot < 0) {
      draft.problem(at, "computed_on_read", "what a system field was before is not known");
      continue;
    }
    const Field& field = object.fields[static_cast<std::size_t>(slot)];
    if (stored.contains(object, field)) continue;
    draft.problem(
        at, "computed_on_read",
        "\"" + field.name + "\" is computed when it is read: what it was before is not known");
  }
}

void check_rule(Draft& draft, const Bundle& whole, const Rule& rule, const Place& at) {
  const auto when =
      type_formula(draft, whole, rule.object, at / "when", Kind::boolean, Asked::of_change);
  const Object* object = whole.find_id(rule.object);
  if (when && object != nullptr && !when->old_slots().empty()) {
    check_changes(draft, StoredFields(whole), *object, *when, at / "when");
  }
  if (rule.effect == Effect::reject) {
    if (rule.message.empty()) draft.problem(at, "required", "a reject needs a message");
    return;
  }
  if (rule.field.empty()) {
    draft.problem(at, "required", "this effect needs a field");
    return;
  }
  const auto end = follow(whole, rule.object, rule.field);
  if (!end) return;
  const bool computed =
      end->field == nullptr || end->field->is_derived() || end->field->is_auto_number();
  if (computed && rule.effect != Effect::hide) {
    draft.problem(at / "field", "rule",
                  "what is computed or numbered can be hidden, but not filled or emptied");
  }
}

bool is_measured(Reach reach) { return reach != Reach::none && reach != Reach::all; }

void check_reach(Draft& draft, const Object& object, Reach reach, const Place& at) {
  if (!is_measured(reach) || !object.owner_field.empty()) return;
  draft.problem(at, "reach",
                object.name + " has no ownership: only \"all\" and \"none\" make sense");
}

void check_grant(Draft& draft, const Object& object, const ObjectGrant& grant, const Place& at) {
  check_reach(draft, object, grant.read, at / "read");
  check_reach(draft, object, grant.update, at / "update");
  check_reach(draft, object, grant.erase, at / "delete");
  if (std::max(grant.update, grant.erase) > grant.read) {
    draft.warning(at, "reach", "what may not be read cannot be changed: \"read\" reaches less far");
  }
  if (grant.create && grant.read == Reach::none) {
    draft.warning(at, "reach", "who creates such a record may not read it");
  }
}

}  // namespace

void check_rules(Draft& draft, const Bundle& whole) {
  for (const Rule& rule : draft.own.rules) {
    check_rule(draft, whole, rule, draft.place("rules", rule.id));
  }
}

void check_roles(Draft& draft, const Bundle& whole) {
  for (const Role& role : draft.own.roles) {
    const Place at = draft.place("roles", role.id) / "objects";
    for (const auto& [id, grant] : role.objects) {
      const Object* object = whole.find_id(id);
      if (object != nullptr && is_line_object(*object)) {
        draft.problem(
            at / object->name, "lines",
            object->name + " is a line: it is under the rights of the record that holds it");
        continue;
      }
      if (object != nullptr) check_grant(draft, *object, grant, at / object->name);
    }
  }
}

}  // namespace tenon::metadata
