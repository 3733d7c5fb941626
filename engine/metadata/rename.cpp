#include "engine/metadata/rename.h"

#include "engine/json/layout.h"
#include "engine/metadata/definition_json.h"
#include "engine/metadata/many.h"
#include "engine/metadata/resolve.h"

namespace tenon::metadata {
namespace {

Error refuse(std::string rule, std::string message) {
  return Error::invalid("", std::move(rule), std::move(message));
}

Object* object_named(Bundle& bundle, std::string_view name) {
  const auto found = std::find_if(bundle.objects.begin(), bundle.objects.end(),
                                  [&](const Object& object) { return object.name == name; });
  return found == bundle.objects.end() ? nullptr : &*found;
}

// A page or form that is named for its object is named for it still.
template <class Definition>
void follow_object(std::vector<Definition>& list, const Object& object,
                   const std::string& old_name) {
  for (Definition& definition : list) {
    if (definition.object == object.id && definition.name == old_name) {
      definition.name = object.name;
    }
  }
}

Result<void> rename_object(Bundle& bundle, Object& object, std::string_view new_name) {
  if (object.bundle != bundle.name) {
    return refuse("foreign", object.name + " belongs to the bundle " + object.bundle);
  }
  if (bundle.find(new_name) != nullptr) {
    return refuse("duplicate", "there is an object \"" + std::string(new_name) + "\"");
  }
  const std::string old_name = object.name;
  object.name = new_name;
  follow_object(bundle.pages, object, old_name);
  follow_object(bundle.forms, object, old_name);
  return done();
}

Result<void> rename_field(const Bundle& bundle, Object& object, std::string_view name,
                          std::string_view new_name) {
  const auto found = std::find_if(object.fields.begin(), object.fields.end(),
                                  [&](const Field& field) { return field.name == name; });
  if (found == object.fields.end()) {
    return refuse("unknown_field",
                  "there is no field \"" + std::string(name) + "\" in " + object.name);
  }
  if (found->bundle != bundle.name) {
    return refuse("foreign", "the field belongs to the bundle " + found->bundle);
  }
  if (object.find(new_name) != nullptr) {
    return refuse("duplicate", "there is a field \"" + std::string(new_name) + "\"");
  }
  found->name = new_name;
  return done();
}

// The name of a line's holder stands at the children field.
void follow_parent(Bundle& bundle, const std::string& held, std::string_view new_name) {
  for (Object& object : bundle.objects) {
    for (Field& field : object.fields) {
      if (field.is_children() && held_by(object, field) == held) field.parent = new_name;
    }
  }
}

Result<void> rename_in(Bundle& bundle, std::string_view what, std::string_view new_name) {
  if (!is_name(new_name)) {
    return refuse("name", "\"" + std::string(new_name) + "\" is no name");
  }
  const std::size_t dot = what.find('.');
  Object* object = object_named(bundle, what.substr(0, dot));
  if (object == nullptr) {
    return refuse("unknown_object",
                  "there is no object \"" + std::string(what.substr(0, dot)) + "\"");
  }
  if (dot == std::string_view::npos) return rename_object(bundle, *object, new_name);
  TENON_CHECK(rename_field(bundle, *object, what.substr(dot + 1), new_name));
  const std::string held = object->find(new_name)->held_by;
  if (!held.empty()) follow_parent(bundle, held, new_name);
  return done();
}

Files write_with_imports(const Bundle& bundle, const std::vector<ImportMap>& imports) {
  Files files = write(bundle);
  ToNames to_names(bundle);
  for (ImportMap map : imports) {
    translate(map, to_names, {});
    json::Writer writer;
    write(writer, map);
    const auto document = json::Document::parse(writer.take());
    files["data/" + map.name + ".json"] = json::folded(document->root());
  }
  return files;
}

}  // namespace

Result<Files> rename(const Files& files, const Bundle* required, std::string_view what,
                     std::string_view new_name) {
  TENON_TRY(Bundle bundle, load(files, required));
  TENON_TRY(const auto imports, load_imports(files, bundle));
  const Files before = write_with_imports(bundle, imports);
  TENON_CHECK(rename_in(bundle, what, new_name));
  const Files after = write_with_imports(bundle, imports);
  // The new name may be one that cannot be loaded: a word of formulas, a system field.
  TENON_CHECK([&]() -> Result<void> {
    auto loaded = load(after, required);
    return loaded ? done() : Result<void>(std::move(loaded.error()));
  }());

  Files changed;
  for (const auto& [path, text] : before) {
    if (!after.contains(path)) changed[path] = "";
  }
  for (const auto& [path, text] : after) {
    const auto old = before.find(path);
    if (old == before.end() || old->second != text) changed[path] = text;
  }
  return changed;
}

}  // namespace tenon::metadata
