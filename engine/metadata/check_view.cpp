// Views, pages, forms and menus: what is shown.
#include <set>

#include "engine/base/limits.h"
#include "engine/metadata/checks.h"

namespace tenon::metadata {
namespace {

void check_sort(Draft& draft, const Bundle& whole, const std::string& object,
                const std::vector<std::string>& sort, const Place& place) {
  if (sort.size() > limits::kSortKeysMax) {
    draft.problem(place, "limit", "at most 4 fields to sort by");
  }
  for (std::size_t i = 0; i < sort.size(); ++i) {
    const auto end = follow(whole, object, sort[i]);
    if (!end || is_ordered(*end)) continue;
    draft.problem(place / i, "sort", "there is no order to sort by in such a field");
  }
}

void check_board(Draft& draft, const Object& object, const View& view, const Place& at) {
  if (view.group.empty()) draft.problem(at, "required", "a board needs \"group\"");
  const Field* group = object.find_id(view.group);
  if (group != nullptr && group->type != "choice") {
    draft.problem(at / "group", "board",
                  "a board is grouped by a field of type choice, not " + group->type);
  }
  const Field* sum = object.find_id(view.sum);
  if (sum != nullptr && type_of(*sum).kind() != Kind::number) {
    draft.problem(at / "sum", "board", "only numbers can be added up");
  }
  if (!view.columns.empty()) {
    draft.problem(at / "columns", "board", "a board shows \"card\", it has no columns");
  }
}

void check_list(Draft& draft, const View& view, const Place& at) {
  if (view.columns.empty()) draft.problem(at, "required", "a list needs \"columns\"");
  for (const auto& [name, given] :
       {std::pair{"group", !view.group.empty()}, std::pair{"sum", !view.sum.empty()},
        std::pair{"card", !view.card.empty()}}) {
    if (given) draft.problem(at / name, "list", "only a board has \"" + std::string(name) + "\"");
  }
}

void check_sections(Draft& draft, const std::vector<Section>& sections, const Place& place) {
  std::set<std::string> shown;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    for (std::size_t j = 0; j < sections[i].fields.size(); ++j) {
      if (shown.insert(sections[i].fields[j]).second) continue;
      draft.problem(place / i / "fields" / j, "duplicate", "the field is shown before");
    }
  }
}

void check_related(Draft& draft, const Bundle& whole, const Page& page, const Place& at) {
  for (std::size_t i = 0; i < page.related.size(); ++i) {
    const Related& related = page.related[i];
    const Place place = at / "related" / i;
    const auto back = follow(whole, related.object, related.field);
    const bool refers = back && is_referring(back->type.kind) && back->type.object == page.object;
    if (back && !refers) {
      draft.problem(place / "field", "related", "must refer to the object of this page");
    }
    check_sort(draft, whole, related.object, related.sort, place / "sort");
  }
}

// One of each for an object: which would be shown?
template <class Definition>
void check_single(Draft& draft, const std::vector<Definition>& own,
                  const std::vector<Definition>& all, std::string_view folder) {
  for (const Definition& definition : own) {
    for (const Definition& other : all) {
      const bool clash = other.object == definition.object && other.id < definition.id;
      if (!clash) continue;
      draft.problem(draft.place(folder, definition.id) / "object", "duplicate",
                    "\"" + other.name + "\" is for the same object");
      break;
    }
  }
}

}  // namespace

void check_views(Draft& draft, const Bundle& whole) {
  for (const View& view : draft.own.views) {
    const Place at = draft.place("views", view.id);
    const Object* object = whole.find_id(view.object);
    if (object == nullptr) continue;
    if (view.kind == View::Kind::board) check_board(draft, *object, view, at);
    if (view.kind == View::Kind::list) check_list(draft, view, at);
    if (!view.filter.empty()) {
      type_formula(draft, whole, view.object, at / "filter", Kind::boolean, Asked::of_reader);
    }
    check_sort(draft, whole, view.object, view.sort, at / "sort");
  }
}

void check_pages(Draft& draft, const Bundle& whole) {
  for (const Page& page : draft.own.pages) {
    const Place at = draft.place("pages", page.id);
    check_sections(draft, page.sections, at / "sections");
    check_related(draft, whole, page, at);
  }
  for (const Form& form : draft.own.forms) {
    check_sections(draft, form.sections, draft.place("forms", form.id) / "sections");
  }
  check_single(draft, draft.own.pages, whole.pages, "pages");
  check_single(draft, draft.own.forms, whole.forms, "forms");
}

}  // namespace tenon::metadata
