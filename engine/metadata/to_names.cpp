#include "engine/metadata/many.h"
#include "engine/metadata/resolve.h"

namespace tenon::metadata {
namespace {

template <class Definition>
const std::string& name_of(const std::vector<Definition>& list, const std::string& id) {
  for (const Definition& definition : list) {
    if (definition.id == id) return definition.name;
  }
  return id;
}

// The last part's name, as load fills it in.
std::string last_part(std::string_view path) {
  return std::string(path.substr(path.rfind('.') + 1));
}

}  // namespace

std::string ToNames::object(std::string& reference, const Place&) {
  std::string id = reference;
  reference = name_of(bundle_.objects, id);
  return id;
}

std::string ToNames::field(const std::string& object, std::string& reference, const Place&) {
  const auto member = BundleNames(bundle_).member(object, reference);
  const Object* of = bundle_.find_id(object);
  if (of == nullptr) return "";
  reference = name_of(of->fields, reference);
  return member ? member->type.object : "";
}

void ToNames::path(const std::string& object, std::string& reference, const Place& place) {
  std::string names;
  std::string_view rest = reference;
  if (rest.starts_with('-')) {
    names = "-";
    rest.remove_prefix(1);
  }
  std::string at = object;
  while (true) {
    const std::size_t dot = rest.find('.');
    std::string step(rest.substr(0, dot));
    at = field(at, step, place);
    names += step;
    if (dot == std::string_view::npos) break;
    names += '.';
    rest.remove_prefix(dot + 1);
  }
  reference = std::move(names);
}

std::string ToNames::many(const std::string& object, std::string& reference, const Place& place) {
  const auto [id, field_id] = many_path(reference);
  const auto many = find_many(bundle_, object, id, BundleNames::By::id);
  if (!many) return "";
  std::string names = many->name;
  if (!field_id.empty()) {
    std::string step(field_id);
    field(many->rows->id, step, place);
    names += "." + step;
  }
  reference = std::move(names);
  return many->rows->id;
}

void ToNames::formula(const std::string& object, std::string& text, const Place&) {
  const auto current = [&](const std::string& of, const std::string& id) {
    return std::optional(current_name(bundle_, of, id));
  };
  auto renamed = formula::rewrite(text, object, BundleNames(bundle_), current);
  if (renamed) text = renamed.take();
}

void ToNames::choice(const std::string& object, const std::string& target, std::string& text,
                     const Place&) {
  const auto current = [&](const std::string& of, const std::string& id) {
    return std::optional(current_name(bundle_, of, id));
  };
  auto renamed = formula::rewrite_choice(text, object, target, BundleNames(bundle_), current);
  if (renamed) text = renamed.take();
}

void ToNames::view(std::string& reference, const Place&) {
  reference = name_of(bundle_.views, reference);
}

void ToNames::report(std::string& reference, const Place&) {
  reference = name_of(bundle_.reports, reference);
}

void ToNames::table(std::string& reference, const Place&) {
  reference = name_of(bundle_.tables, reference);
}

void ToNames::role(std::string& reference, const Place&) {
  reference = name_of(bundle_.roles, reference);
}

void ToNames::flow(std::string& reference, const Place&) {
  reference = name_of(bundle_.flows, reference);
}

void ToNames::column_name(const std::string&, GroupKey& key) {
  if (key.name == last_part(key.path)) key.name.clear();
}

}  // namespace tenon::metadata
