// Rules and roles: what must hold, and who may.
#include <algorithm>

#include "engine/base/suggest.h"
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

// Which of the two says what may be chosen depends on the field.
void check_options(Draft& draft, const Bundle& whole, const Rule& rule, const Field& field,
                   const Place& at) {
  const Type type = type_of(field);
  if (type.options.empty() && !is_referring(type.kind())) {
    draft.problem(at / "field", "rule", "what may be chosen is told of a choice or a reference");
    return;
  }
  const bool is_choice = !type.options.empty();
  if (is_choice ? rule.options.empty() : rule.filter.empty()) {
    draft.problem(at, "required",
                  is_choice ? "\"options\" names what may be chosen"
                            : "\"filter\" says which records may be chosen");
  }
  if (is_choice && !rule.filter.empty()) {
    draft.problem(at / "filter", "rule", "of a choice \"options\" says what may be chosen");
  }
  if (!is_choice && !rule.options.empty()) {
    draft.problem(at / "options", "rule", "of a reference \"filter\" says what may be chosen");
  }
  if (!is_choice) type_choice(draft, whole, rule.object, field.name, at / "filter");
  if (!is_choice) return;
  for (std::size_t i = 0; i < rule.options.size(); ++i) {
    const auto here = rule.options.begin() + static_cast<std::ptrdiff_t>(i);
    const auto& known = type.options;
    if (std::find(known.begin(), known.end(), *here) == known.end()) {
      draft.problem(at / "options" / i, "unknown_option",
                    "\"" + field.name + "\" has no option \"" + *here + "\"" +
                        did_you_mean(*here, std::span<const std::string>(known)));
    } else if (std::find(rule.options.begin(), here, *here) != here) {
      draft.problem(at / "options" / i, "duplicate", "\"" + *here + "\" is named twice");
    }
  }
}

void check_read_only(Draft& draft, const Rule& rule, const Place& at) {
  if (rule.effect != Effect::read_only || !rule.message.empty()) return;
  draft.problem(at, "required", "a read_only needs a message: who tries to write is told it");
}

// Lines are many, so no path leads to them.
bool is_about_lines(const Object* object, const Rule& rule) {
  const Field* field = object == nullptr ? nullptr : object->find_id(rule.field);
  return field != nullptr && field->is_children();
}

void check_rule(Draft& draft, const Bundle& whole, const Rule& rule, const Place& at) {
  const auto when =
      type_formula(draft, whole, rule.object, at / "when", Kind::boolean, Asked::of_change);
  const Object* object = whole.find_id(rule.object);
  if (when && object != nullptr && !when->old_slots().empty()) {
    check_changes(draft, StoredFields(whole), *object, *when, at / "when");
  }
  if (rule.effect != Effect::options && !(rule.options.empty() && rule.filter.empty())) {
    draft.problem(at / (rule.filter.empty() ? "options" : "filter"), "rule",
                  "belongs to the effect \"options\"");
  }
  if (rule.effect == Effect::reject) {
    if (rule.message.empty()) draft.problem(at, "required", "a reject needs a message");
    return;
  }
  if (rule.field.empty()) {
    draft.problem(at, "required", "this effect needs a field");
    return;
  }
  if (is_about_lines(object, rule)) {
    if (rule.effect == Effect::options) {
      draft.problem(at / "field", "rule", "what may be chosen is told of a choice or a reference");
    }
    return check_read_only(draft, rule, at);
  }
  const auto end = follow(whole, rule.object, rule.field);
  if (!end) return;
  const bool computed =
      end->field == nullptr || end->field->is_derived() || end->field->is_auto_number();
  if (computed && rule.effect != Effect::hide) {
    draft.problem(at / "field", "rule",
                  "what is computed or numbered can be hidden, but not filled, emptied or chosen");
    return;
  }
  check_read_only(draft, rule, at);
  if (rule.effect == Effect::options) check_options(draft, whole, rule, *end->field, at);
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
