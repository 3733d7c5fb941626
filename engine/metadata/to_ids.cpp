#include "engine/base/limits.h"
#include "engine/base/suggest.h"
#include "engine/metadata/currency.h"
#include "engine/metadata/many.h"
#include "engine/metadata/resolve.h"

namespace tenon::metadata {
namespace {

using By = BundleNames::By;

template <class Definition>
std::vector<std::string> names_of(const std::vector<Definition>& list) {
  std::vector<std::string> names;
  for (const Definition& definition : list) names.push_back(definition.name);
  return names;
}

template <class Definition>
void by_name(const std::vector<Definition>& list, std::string_view kind, std::string& reference,
             const Place& place, Draft& draft) {
  for (const Definition& definition : list) {
    if (definition.name != reference) continue;
    reference = definition.id;
    return;
  }
  draft.problem(place, "unknown_" + std::string(kind),
                "there is no " + std::string(kind) + " \"" + reference + "\"" +
                    did_you_mean(reference, names_of(list)));
}

std::optional<std::string> id_itself(const std::string&, const std::string& id) { return id; }

}  // namespace

std::string ToIds::object(std::string& reference, const Place& place) {
  if (reference.empty()) return "";  // Missing: said while it was parsed.
  by_name(bundle_.objects, "object", reference, place, draft_);
  return bundle_.find_id(reference) != nullptr ? reference : "";
}

std::string ToIds::field(const std::string& object, std::string& reference, const Place& place) {
  const Object* of = bundle_.find_id(object);
  if (of == nullptr) return "";
  const BundleNames names(bundle_, By::name);
  const auto member = names.member(object, reference);
  if (const Field* lines = of->find(reference); lines != nullptr && lines->is_children()) {
    reference = lines->id;
    return "";
  }
  if (!member) {
    draft_.problem(place, "unknown_field",
                   "there is no field \"" + reference + "\" in " + of->name +
                       did_you_mean(reference, names.members(object)));
    return "";
  }
  reference = member->id;
  return member->type.object;
}

void ToIds::path(const std::string& object, std::string& reference, const Place& place) {
  std::string ids;
  std::string_view rest = reference;
  if (rest.starts_with('-')) {
    ids = "-";
    rest.remove_prefix(1);
  }
  std::string at = object;
  for (int hops = 0; !at.empty(); ++hops) {
    const std::size_t dot = rest.find('.');
    const std::size_t problems_before = draft_.findings.problems.size();
    std::string step(rest.substr(0, dot));
    const Object* here = bundle_.find_id(at);
    const Field* named = here == nullptr ? nullptr : here->find(step);
    if (named != nullptr && named->is_children()) {
      draft_.problem(place, "path", "\"" + step + "\" is many lines: there is no one value");
      return;
    }
    const bool in_parts = named != nullptr && named->has_currencies();
    at = field(at, step, place);
    ids += step;
    if (in_parts && dot != std::string_view::npos) {
      const std::string_view part = rest.substr(dot + 1);
      if (part != kAmount && part != kCurrency) {
        draft_.problem(
            place, "path",
            "behind \"" + named->name + "\" there is its \"amount\" and its \"currency\"");
        return;
      }
      reference = ids + "." + std::string(part);
      return;
    }
    if (dot == std::string_view::npos) {
      reference = std::move(ids);
      return;
    }
    if (hops == limits::kPathHopsMax) {
      draft_.problem(place, "limit", "a path follows at most 4 references");
      return;
    }
    ids += '.';
    rest.remove_prefix(dot + 1);
    if (at.empty() && draft_.findings.problems.size() == problems_before) {
      draft_.problem(place, "path", "\"" + step + "\" is no reference: nothing can follow it");
    }
  }
}

std::string ToIds::many(const std::string& object, std::string& reference, const Place& place) {
  const auto [name, field_name] = many_path(reference);
  const auto many = find_many(bundle_, object, name, By::name);
  if (!many) {
    if (bundle_.find_id(object) == nullptr) return "";
    draft_.problem(place, "unknown_field",
                   "there are no lines and no back reference \"" + std::string(name) + "\"" +
                       did_you_mean(name, names_of_many(bundle_, object)));
    return "";
  }
  std::string ids = many->id;
  if (!field_name.empty()) {
    std::string step(field_name);
    const std::size_t problems_before = draft_.findings.problems.size();
    field(many->rows->id, step, place);
    if (draft_.findings.problems.size() != problems_before) return "";
    ids += "." + step;
  }
  reference = std::move(ids);
  return many->rows->id;
}

void ToIds::formula(const std::string& object, std::string& text, const Place& place) {
  draft_.formulas[place.text()] = text;
  if (bundle_.find_id(object) == nullptr) {
    draft_.broken_formulas.insert(place.text());
    return;
  }
  take(formula::rewrite(text, object, BundleNames(bundle_, By::name), id_itself), text, place);
}

void ToIds::choice(const std::string& object, const std::string& target, std::string& text,
                   const Place& place) {
  draft_.formulas[place.text()] = text;
  take(formula::rewrite_choice(text, object, target, BundleNames(bundle_, By::name), id_itself),
       text, place);
}

void ToIds::take(Result<std::string> symbolic, std::string& text, const Place& place) {
  if (symbolic) {
    text = symbolic.take();
    return;
  }
  draft_.broken_formulas.insert(place.text());
  for (Problem& problem : symbolic.error().problems) {
    draft_.problem(place, std::move(problem.rule), "at " + problem.at + ": " + problem.message);
  }
}

void ToIds::view(std::string& reference, const Place& place) {
  by_name(bundle_.views, "view", reference, place, draft_);
}

void ToIds::report(std::string& reference, const Place& place) {
  by_name(bundle_.reports, "report", reference, place, draft_);
}

void ToIds::table(std::string& reference, const Place& place) {
  by_name(bundle_.tables, "table", reference, place, draft_);
}

void ToIds::role(std::string& reference, const Place& place) {
  by_name(bundle_.roles, "role", reference, place, draft_);
}

void ToIds::flow(std::string& reference, const Place& place) {
  by_name(bundle_.flows, "flow", reference, place, draft_);
}

void ToIds::column_name(const std::string& object, GroupKey& key) {
  if (!key.name.empty()) return;
  std::string path = key.path;
  ToNames(bundle_).path(object, path, {});
  key.name = path.substr(path.rfind('.') + 1);
}

}  // namespace tenon::metadata
