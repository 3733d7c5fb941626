// The duplicate rules of an object, and those that look at its records.
#include "engine/application/tables.h"
#include "engine/metadata/currency.h"

namespace tenon::application {
namespace {

int slot_of(const metadata::Object& object, std::string_view field) {
  for (std::size_t slot = 0; slot < object.fields.size(); ++slot) {
    if (object.fields[slot].id == field) return static_cast<int>(slot);
  }
  return -1;
}

std::optional<formula::Formula> condition(const std::string& text, const metadata::Bundle& bundle,
                                          Object& object, const std::string& file,
                                          std::vector<Problem>& problems) {
  if (text.empty()) return std::nullopt;
  auto formula = formula::compile_as(Kind::boolean, text, object.id(),
                                     metadata::BundleNames(bundle), object.needs);
  if (formula) return formula.take();
  for (Problem& problem : formula.error().problems) {
    problem.at = file + problem.at;
    problems.push_back(std::move(problem));
  }
  return std::nullopt;
}

MatchSlots slots_of(const metadata::MatchField& field, const metadata::Object& object,
                    const metadata::Object& against) {
  return {slot_of(object, field.field), slot_of(against, field.other), field.form};
}

}  // namespace

void compile_duplicates(const metadata::Bundle& bundle, Object& object,
                        std::vector<Problem>& problems) {
  for (const metadata::Duplicate& definition : bundle.duplicates) {
    const std::string file = "duplicates/" + definition.name + ".json: ";
    const metadata::Object& from = *bundle.find_id(definition.object);
    const metadata::Object& against = *bundle.find_id(definition.against);
    DuplicateRule rule{.definition = &definition};
    for (const metadata::MatchField& field : definition.fields) {
      rule.fields.push_back(slots_of(field, from, against));
      if (!from.find_id(field.field)->has_currencies()) continue;
      const metadata::MatchField currency{.field = metadata::currency_id(field.field),
                                          .other = metadata::currency_id(field.other),
                                          .form = metadata::NormalForm::exact};
      rule.fields.push_back(slots_of(currency, from, against));
    }
    if (!definition.similar.field.empty()) {
      rule.similar = slots_of(definition.similar, from, against);
    }
    // Each side compiles its own condition, with the needs of its own object.
    if (definition.object == object.id()) {
      rule.when = condition(definition.when, bundle, object, file, problems);
      object.duplicates.push_back(rule);
    }
    if (definition.against == object.id()) {
      rule.when = condition(definition.filter, bundle, object, file, problems);
      object.matched_by.push_back(std::move(rule));
    }
  }
  const auto earlier = [](const DuplicateRule& a, const DuplicateRule& b) {
    return std::tie(a.definition->order, a.definition->name) <
           std::tie(b.definition->order, b.definition->name);
  };
  std::sort(object.duplicates.begin(), object.duplicates.end(), earlier);
}

}  // namespace tenon::application
