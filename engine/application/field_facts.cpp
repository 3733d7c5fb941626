#include "engine/application/application.h"

namespace tenon::application {
namespace {

// The plain format of the result, with the digits the field asks for.
Type result_type(const metadata::Field& field, const formula::Formula& formula) {
  const bool is_duration = formula.type().unit == formula::kDuration;
  if (is_duration) return Type{.format = find_format("duration")};
  Type type{.format = &format_of(formula.type().kind)};
  type.scale = field.scale.value_or(type.format->scale_default);
  type.length_max = type.format->length_max_default;
  return type;
}

}  // namespace

FieldFacts::FieldFacts(const metadata::Bundle& bundle) : stored_(bundle), country_(bundle.country) {
  const metadata::BundleNames names(bundle);
  for (const metadata::Object& object : bundle.objects) {
    for (const metadata::Field& field : object.fields) {
      if (!field.is_formula()) continue;
      formula::Needs needs;
      const auto formula = formula::compile(field.formula, object.id, names, needs);
      if (!formula) continue;  // compile() of the application reports it.
      formulas_.insert({{object.id, field.id}, result_type(field, *formula)});
    }
  }
}

bool FieldFacts::is_stored(const metadata::Object& object, const metadata::Field& field) const {
  return stored_.contains(object, field);
}

bool FieldFacts::reads_holder(const metadata::Object& object, const metadata::Field& field) const {
  return stored_.reads_holder(object, field);
}

Type FieldFacts::type_of(const metadata::Object& object, const metadata::Field& field) const {
  if (!field.is_formula()) return metadata::type_of(field, country_);
  const auto type = formulas_.find({object.id, field.id});
  if (type == formulas_.end()) throw Fault("no such formula field: " + object.id + "." + field.id);
  return type->second;
}

}  // namespace tenon::application
