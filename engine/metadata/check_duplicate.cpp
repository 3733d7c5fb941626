// Duplicate rules: fields that can be compared, and something to compare.
#include "engine/metadata/checks.h"

namespace tenon::metadata {
namespace {

void check_field(Draft& draft, const Object& object, const std::string& id, NormalForm form,
                 const Place& at) {
  const Field* field = object.find_id(id);
  if (field == nullptr) return;
  if (field->is_formula()) {
    draft.problem(at, "duplicate", "a computed field cannot be compared");
    return;
  }
  const Kind kind = type_of(*field).kind();
  if (is_list(kind) || kind == Kind::json) {
    draft.problem(at, "duplicate", "a field of type " + field->type + " cannot be compared");
  } else if (form != NormalForm::exact && kind != Kind::text) {
    draft.problem(at, "duplicate", "only texts have this normal form; leave \"form\" out");
  }
}

void check_duplicate(Draft& draft, const Bundle& whole, const Duplicate& rule, const Place& at) {
  const Object* object = whole.find_id(rule.object);
  const Object* against = whole.find_id(rule.against);
  if (object == nullptr || against == nullptr) return;
  if (rule.fields.empty() && rule.similar.field.empty()) {
    draft.problem(at, "required", "name \"fields\" to compare, or one that is \"similar\"");
  }
  const auto both = [&](const MatchField& field, const Place& place) {
    const Field* own = object->find_id(field.field);
    const Field* other = against->find_id(field.other);
    if (own != nullptr && other != nullptr && own->has_currencies() != other->has_currencies()) {
      draft.problem(place, "duplicate",
                    "one of the two holds amounts in several currencies, the other in one");
    }
    check_field(draft, *object, field.field, field.form, place / "field");
    if (field.other != field.field || rule.against != rule.object) {
      check_field(draft, *against, field.other, field.form, place / "other");
    }
  };
  for (std::size_t i = 0; i < rule.fields.size(); ++i) both(rule.fields[i], at / "fields" / i);
  if (!rule.similar.field.empty()) {
    both(rule.similar, at / "similar");
    if (rule.similar.form == NormalForm::exact) {
      draft.problem(at / "similar", "duplicate", "likeness needs a \"form\": text or company");
    }
  }
  if (rule.action == OnDuplicate::merge && rule.against != rule.object) {
    draft.problem(at / "action", "duplicate", "records of two objects cannot become one");
  }
  if (rule.reveals == Reveals::owner && against->owner_field.empty()) {
    draft.problem(at / "reveals", "duplicate", against->name + " has no ownership");
  }
  if (!rule.when.empty()) {
    type_formula(draft, whole, rule.object, at / "when", Kind::boolean, Asked::of_draft);
  }
  if (!rule.filter.empty()) {
    type_formula(draft, whole, rule.against, at / "filter", Kind::boolean, Asked::of_tables);
  }
}

}  // namespace

void check_duplicates(Draft& draft, const Bundle& whole) {
  for (const Duplicate& rule : draft.own.duplicates) {
    check_duplicate(draft, whole, rule, draft.place("duplicates", rule.id));
  }
}

}  // namespace tenon::metadata
