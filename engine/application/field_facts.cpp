#include <algorithm>

#include "engine/application/application.h"

namespace tenon::application {
namespace {

// The plain format of the result, with the digits the field asks for.
Type result_type(const metadata::Field& field, const formula::Formula& formula) {
  Type type{.format = &format_of(formula.type().kind)};
  type.scale = field.scale.value_or(type.format->scale_default);
  type.length_max = type.format->length_max_default;
  return type;
}

}  // namespace

FieldFacts::FieldFacts(const metadata::Bundle& bundle) {
  const metadata::BundleNames names(bundle);
  for (const metadata::Object& object : bundle.objects) {
    for (const metadata::Field& field : object.fields) {
      if (!field.is_formula()) continue;
      formula::Needs needs;
      const auto formula = formula::compile(field.formula, object.id, names, needs);
      if (!formula) continue;  // compile() of the application reports it.
      const bool stored = !formula->is_live() && !formula->has_paths();
      formulas_.insert({{object.id, field.id}, {stored, result_type(field, *formula)}});
    }
  }
  // One that reads a computed field is computed too, through any number of steps.
  for (bool moved = true; moved;) {
    moved = false;
    for (auto& [key, fact] : formulas_) {
      if (!fact.stored) continue;
      const metadata::Object& object = *bundle.find_id(key.first);
      formula::Needs needs;
      const auto formula =
          formula::compile(object.find_id(key.second)->formula, object.id, names, needs);
      const auto& slots = formula->slots();
      const bool reads_computed = std::any_of(slots.begin(), slots.end(), [&](int slot) {
        if (slot < 0) return true;  // System fields change after derived ones are worked out.
        return !is_stored(object, object.fields[static_cast<std::size_t>(slot)]);
      });
      if (!reads_computed) continue;
      fact.stored = false;
      moved = true;
    }
  }
}

bool FieldFacts::is_stored(const metadata::Object& object, const metadata::Field& field) const {
  if (!field.is_formula()) return true;
  const auto fact = formulas_.find({object.id, field.id});
  return fact != formulas_.end() && fact->second.stored;
}

Type FieldFacts::type_of(const metadata::Object& object, const metadata::Field& field) const {
  if (!field.is_formula()) return metadata::type_of(field);
  const auto fact = formulas_.find({object.id, field.id});
  if (fact == formulas_.end()) throw Fault("no such formula field: " + object.id + "." + field.id);
  return fact->second.type;
}

}  // namespace tenon::application
