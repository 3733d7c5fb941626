#include "engine/metadata/many.h"

#include "engine/metadata/draft.h"

namespace tenon::metadata {
namespace {

const Field* reference_of_lines(const Object& rows, const std::string& held) {
  for (const Field& field : rows.fields) {
    if (field.held_by == held) return &field;
  }
  return nullptr;
}

std::optional<Many> lines_of(const Bundle& bundle, const Object& object, const Field& field) {
  const Object* rows = bundle.find_id(field.to);
  if (rows == nullptr) return std::nullopt;
  const Field* reference = reference_of_lines(*rows, held_by(object, field));
  if (reference == nullptr) return std::nullopt;
  return Many{field.id, field.name, rows, reference, true};
}

std::string id_of_back(const Object& rows, const Field& reference) {
  return rows.id + "__" + reference.id;
}

}  // namespace

std::string held_by(const Object& holder, const Field& children) {
  return holder.id + "." + children.id;
}

bool is_line_object(const Object& object) {
  return std::any_of(object.fields.begin(), object.fields.end(),
                     [](const Field& field) { return !field.held_by.empty(); });
}

std::optional<Many> find_many(const Bundle& bundle, const std::string& object,
                              std::string_view name, BundleNames::By by) {
  const Object* of = bundle.find_id(object);
  if (of == nullptr) return std::nullopt;
  const Field* field = by == BundleNames::By::id ? of->find_id(name) : of->find(name);
  if (field != nullptr && field->is_children()) return lines_of(bundle, *of, *field);
  for (const Object& rows : bundle.objects) {
    for (const Field& reference : rows.fields) {
      if (reference.back.empty() || reference.to != object) continue;
      const std::string id = id_of_back(rows, reference);
      if ((by == BundleNames::By::id ? id : reference.back) != name) continue;
      return Many{id, reference.back, &rows, &reference, false};
    }
  }
  return std::nullopt;
}

std::string current_name(const Bundle& bundle, const std::string& object, const std::string& id) {
  const Object* of = bundle.find_id(object);
  const Field* field = of == nullptr ? nullptr : of->find_id(id);
  if (field != nullptr) return field->name;
  const auto many = find_many(bundle, object, id, BundleNames::By::id);
  return many ? many->name : id;
}

std::vector<std::string> names_of_many(const Bundle& bundle, const std::string& object) {
  std::vector<std::string> names;
  if (const Object* of = bundle.find_id(object)) {
    for (const Field& field : of->fields) {
      if (field.is_children()) names.push_back(field.name);
    }
  }
  for (const Object& rows : bundle.objects) {
    for (const Field& field : rows.fields) {
      if (!field.back.empty() && field.to == object) names.push_back(field.back);
    }
  }
  return names;
}

const Object* top_of_lines(const Bundle& bundle, const Object& object) {
  const Object* at = &object;
  for (std::size_t steps = 0; steps <= bundle.objects.size(); ++steps) {
    const Object* above = nullptr;
    bool is_line = false;
    for (const Field& field : at->fields) {
      if (field.held_by.empty()) continue;
      is_line = true;
      if (field.to != at->id) above = bundle.find_id(field.to);
    }
    if (!is_line) return at == &object ? nullptr : at;
    if (above == nullptr) return nullptr;  // Nothing holds it; check() has said so.
    at = above;
  }
  return nullptr;
}

ManyPath many_path(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return {text, {}};
  return {text.substr(0, dot), text.substr(dot + 1)};
}

namespace {

struct Parents {
  Draft& draft;

  void add(const Object& holder, std::size_t place) {
    const Field field = holder.fields[place];  // A copy: the list may grow, where lines hold lines.
    const Place at = draft.field_place(holder, place);
    auto& objects = draft.own.objects;
    const auto lines = std::find_if(objects.begin(), objects.end(), [&](const Object& object) {
      return object.name == field.to && !object.extend;
    });
    if (lines == objects.end()) {
      if (field.to.empty()) return;
      draft.problem(at / "to", "lines",
                    "lines are of an object of their own in the same bundle; there is no \"" +
                        field.to + "\" in it");
      return;
    }
    if (lines->find(field.parent) != nullptr) {
      draft.problem(
          at / "parent", "duplicate",
          lines->name + " has a field \"" + field.parent +
              "\" already; say with \"parent\" by which name its lines reach this record");
      return;
    }
    Field parent{.id = "parent__" + holder.id + "__" + field.id,
                 .name = field.parent,
                 .bundle = draft.own.name,
                 .label = holder.label,
                 .help = {},
                 .type = "reference",
                 .read_only = true};
    parent.to = holder.name;
    parent.held_by = held_by(holder, field);
    lines->fields.push_back(std::move(parent));
  }
};

}  // namespace

void add_parents(Draft& draft) {
  for (std::size_t object = 0; object < draft.own.objects.size(); ++object) {
    const std::size_t fields = draft.own.objects[object].fields.size();
    for (std::size_t place = 0; place < fields; ++place) {
      if (!draft.own.objects[object].fields[place].is_children()) continue;
      Parents{draft}.add(draft.own.objects[object], place);
    }
  }
}

}  // namespace tenon::metadata
