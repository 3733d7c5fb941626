// Formulas of a bundle: their types, and where paths lead.
#include "engine/formula/sql.h"
#include "engine/metadata/checks.h"

namespace tenon::metadata {
namespace {

// What was said about a field's formula is not said again where the field is used.
bool names_untyped_field(const Bundle& whole, const std::string& object, const std::string& text) {
  bool found = false;
  const auto look = [&](const std::string& of, const std::string& id) {
    const Field* field = whole.find_id(of)->find_id(id);
    found = found || (field != nullptr && field->is_derived() && !field->result);
    return std::optional<std::string>();
  };
  const auto seen = formula::rewrite(text, object, BundleNames(whole, BundleNames::By::name), look);
  return !seen || found;
}

void report(Draft& draft, const Place& place, std::vector<Problem> problems) {
  draft.broken_formulas.insert(place.text());
  for (Problem& problem : problems) {
    draft.problem(place, std::move(problem.rule), "at " + problem.at + ": " + problem.message);
  }
}

}  // namespace

std::optional<formula::Formula> type_formula(Draft& draft, const Bundle& whole,
                                             const std::string& object, const Place& place,
                                             std::optional<Kind> wanted, Asked asked) {
  using Changes = BundleNames::Changes;
  const auto changes = asked == Asked::of_change   ? Changes::told
                       : asked == Asked::of_reader ? Changes::untold_to_readers
                                                   : Changes::untold;
  const BundleNames names(whole, BundleNames::By::name, changes);
  return type_formula(draft, whole, names, object, place, wanted, asked);
}

std::optional<formula::Formula> type_formula(Draft& draft, const Bundle& whole,
                                             const formula::Names& names, const std::string& object,
                                             const Place& place, std::optional<Kind> wanted,
                                             Asked asked) {
  const std::string at = place.text();
  const auto text = draft.formulas.find(at);
  if (text == draft.formulas.end() || draft.broken_formulas.contains(at)) return std::nullopt;
  if (names_untyped_field(whole, object, text->second)) return std::nullopt;
  formula::Needs needs;
  auto compiled = wanted ? formula::compile_as(*wanted, text->second, object, names, needs)
                         : formula::compile(text->second, object, names, needs);
  std::vector<Problem> problems;
  if (!compiled) {
    problems = std::move(compiled.error().problems);
  } else if (auto problem = asked == Asked::of_tables || asked == Asked::of_reader
                                ? formula::not_sql(*compiled)
                                : std::nullopt) {
    problems.push_back(std::move(*problem));
  }
  if (problems.empty()) return compiled.take();
  report(draft, place, std::move(problems));
  return std::nullopt;
}

std::optional<formula::Formula> type_choice(Draft& draft, const Bundle& whole,
                                            const std::string& object, const std::string& field,
                                            const Place& place) {
  const std::string at = place.text();
  const auto text = draft.formulas.find(at);
  if (text == draft.formulas.end() || draft.broken_formulas.contains(at)) return std::nullopt;
  const BundleNames names(whole, BundleNames::By::name);
  formula::Needs needs;
  auto compiled = formula::compile_choice(text->second, object, field, names, needs);
  if (compiled) return compiled.take();
  report(draft, place, std::move(compiled.error().problems));
  return std::nullopt;
}

std::optional<PathEnd> follow(const Bundle& whole, const std::string& object,
                              std::string_view path) {
  if (path.starts_with('-')) path.remove_prefix(1);
  const BundleNames names(whole);
  std::string at = object;
  while (true) {
    const std::size_t dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    const auto member = names.member(at, step);
    if (!member) return std::nullopt;
    if (dot == std::string_view::npos) {
      const Object* of = whole.find_id(at);
      return PathEnd{.field = of->find_id(step), .type = member->type};
    }
    if (member->currency) {
      const auto part = member->part(path.substr(dot + 1));
      if (!part) return std::nullopt;
      return PathEnd{.field = whole.find_id(at)->find_id(part->id), .type = part->type};
    }
    at = member->type.object;
    path.remove_prefix(dot + 1);
  }
}

bool is_ordered(const Field& field) { return type_of(field).format->ordered; }

bool is_ordered(const PathEnd& end) { return end.field == nullptr || is_ordered(*end.field); }

}  // namespace tenon::metadata
