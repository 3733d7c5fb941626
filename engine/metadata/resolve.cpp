#include "engine/metadata/resolve.h"

#include "engine/base/suggest.h"
#include "engine/metadata/currency.h"
#include "engine/metadata/many.h"

namespace tenon::metadata {
namespace {

// An extension is known by the name of what it extends, and gets its id.
void adopt_extensions(Draft& draft, const Bundle* required) {
  std::erase_if(draft.own.objects, [&](Object& object) {
    if (!object.extend) return false;
    const Object* base = required != nullptr ? required->find(object.name) : nullptr;
    if (base == nullptr) {
      std::vector<std::string> names;
      if (required != nullptr) {
        for (const Object& other : required->objects) names.push_back(other.name);
      }
      draft.problem(draft.place("objects", object.id) / "name", "unknown_object",
                    "no required bundle has an object \"" + object.name + "\" to extend" +
                        did_you_mean(object.name, names));
      return true;
    }
    draft.files["objects/" + base->id] = draft.place("objects", object.id).file;
    object.id = base->id;
    return false;
  });
}

// What a required bundle has cannot be defined again.
template <class Definition>
void refuse_taken(Draft& draft, std::string_view folder, std::vector<Definition>& own,
                  const std::vector<Definition>& required) {
  std::erase_if(own, [&](const Definition& definition) {
    if constexpr (std::is_same_v<Definition, Object>) {
      if (definition.extend) return false;
    }
    for (const Definition& other : required) {
      if (other.id != definition.id && other.name != definition.name) continue;
      std::string advice = folder == "objects" ? "; to add fields to it, say \"extend\": true" : "";
      draft.problem(draft.place(folder, definition.id) / "name", "duplicate",
                    "the bundle " + other.bundle + " has one of this name" + advice);
      return true;
    }
    return false;
  });
}

void refuse_taken(Draft& draft, const Bundle* required) {
  if (required == nullptr) return;
  Bundle& own = draft.own;
  refuse_taken(draft, "objects", own.objects, required->objects);
  refuse_taken(draft, "rules", own.rules, required->rules);
  refuse_taken(draft, "roles", own.roles, required->roles);
  refuse_taken(draft, "views", own.views, required->views);
  refuse_taken(draft, "pages", own.pages, required->pages);
  refuse_taken(draft, "forms", own.forms, required->forms);
  refuse_taken(draft, "menus", own.menus, required->menus);
  refuse_taken(draft, "reports", own.reports, required->reports);
  refuse_taken(draft, "tables", own.tables, required->tables);
  refuse_taken(draft, "duplicates", own.duplicates, required->duplicates);
  refuse_taken(draft, "flows", own.flows, required->flows);
}

// Paths can only be followed once it is known where references lead.
Bundle with_targets(Bundle bundle) {
  std::vector<std::pair<Field*, std::string>> targets;
  for (Object& object : bundle.objects) {
    for (Field& field : object.fields) {
      if (field.bundle != bundle.name || field.to.empty()) continue;
      if (const Object* target = bundle.find(field.to)) targets.emplace_back(&field, target->id);
    }
  }
  for (auto& [field, id] : targets) field->to = std::move(id);
  return bundle;
}

template <class Definition>
void translate_all(std::vector<Definition>& list, std::string_view folder, ToIds& to_ids,
                   const Draft& draft) {
  for (Definition& definition : list) {
    translate(definition, to_ids, draft.place(folder, definition.id));
  }
}

}  // namespace

Bundle resolve(Draft& draft, const Bundle* required) {
  adopt_extensions(draft, required);
  refuse_taken(draft, required);
  add_parents(draft);
  add_currencies(draft);
  const Bundle names = with_targets(compose(required, draft.own));
  ToIds to_ids(names, draft);
  Bundle& own = draft.own;
  translate_all(own.objects, "objects", to_ids, draft);
  translate_all(own.rules, "rules", to_ids, draft);
  translate_all(own.roles, "roles", to_ids, draft);
  translate_all(own.views, "views", to_ids, draft);
  translate_all(own.pages, "pages", to_ids, draft);
  translate_all(own.forms, "forms", to_ids, draft);
  translate_all(own.menus, "menus", to_ids, draft);
  translate_all(own.reports, "reports", to_ids, draft);
  translate_all(own.tables, "tables", to_ids, draft);
  translate_all(own.duplicates, "duplicates", to_ids, draft);
  translate_all(own.flows, "flows", to_ids, draft);
  for (ImportMap& map : draft.imports) {
    translate(map, to_ids, draft.place("data", map.name));
  }
  for (Story& story : draft.stories) {
    translate(story, to_ids, draft.place("stories", story.name));
  }
  return compose(required, own);
}

}  // namespace tenon::metadata
