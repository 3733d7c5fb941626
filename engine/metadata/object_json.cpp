#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

// A list of lists of fields: "unique", "indexes".
std::vector<std::vector<std::string>> read_keys(json::Members& members, std::string_view name) {
  std::vector<std::vector<std::string>> keys;
  const auto array = members.optional(name);
  if (!array) return keys;
  if (auto is_array = array->expect(json::Kind::array); !is_array) {
    json::collect(members.problems(), std::move(is_array.error()));
    return keys;
  }
  for (const json::Reader key : *array) keys.push_back(texts(key, members.problems()));
  return keys;
}

void read_ownership(json::Members& members, Object& object) {
  const auto ownership = members.optional("ownership");
  if (!ownership) return;
  json::Members own(*ownership, members.problems());
  object.owner_field = own.required_text("field").value_or("");
  object.pools = list_of<Pool>(own, "pools");
  own.finish();
}

void write_ownership(json::Writer& writer, const Object& object) {
  if (object.owner_field.empty()) return;
  writer.key("ownership").begin_object();
  writer.key("field").text(object.owner_field);
  write_list(writer, "pools", object.pools);
  writer.end_object();
}

std::optional<AssignBy> read_assignment(json::Members& members, const std::string& owner_field) {
  const auto assignment = members.optional("assignment");
  if (!assignment) return std::nullopt;
  json::Members own(*assignment, members.problems());
  AssignBy by;
  by.table = own.required_text("table").value_or("");
  by.field = own.text("field").value_or(owner_field);
  by.when = own.text("when").value_or("");
  by.open = own.text("open").value_or("");
  own.finish();
  return by;
}

void write_assignment(json::Writer& writer, const Object& object) {
  if (!object.assignment) return;
  const AssignBy& by = *object.assignment;
  writer.key("assignment").begin_object();
  writer.key("table").text(by.table);
  if (by.field != object.owner_field) writer.key("field").text(by.field);
  write_text(writer, "when", by.when);
  write_text(writer, "open", by.open);
  writer.end_object();
}

void write_keys(json::Writer& writer, std::string_view name,
                const std::vector<std::vector<std::string>>& keys) {
  if (keys.empty()) return;
  writer.key(name).begin_array();
  for (const auto& key : keys) write_list_of_texts(writer, key);
  writer.end_array();
}

}  // namespace

// An extension has names and fields only: what the object is was said where it was made.
Object parse(json::Reader reader, json::To<Object>, Problems& problems) {
  json::Members members(reader, problems);
  Object object;
  read_names(members, object);
  object.extend = members.boolean("extend").value_or(false);
  if (!object.extend) {
    object.label = required_label(members, "label");
    object.label_plural = required_label(members, "label_plural");
    object.icon = members.text("icon").value_or("");
    object.title_field = members.required_text("title_field").value_or("");
    read_ownership(members, object);
    object.assignment = read_assignment(members, object.owner_field);
  }
  members.required("fields");
  object.fields = list_of<Field>(members, "fields");
  if (!object.extend) {
    object.unique = read_keys(members, "unique");
    object.indexes = read_keys(members, "indexes");
    object.search = texts(members, "search");
  }
  members.finish();
  return object;
}

void write(json::Writer& writer, const Object& object) {
  writer.begin_object();
  write_names(writer, object.id, object.name);
  if (object.extend) {
    writer.key("extend").boolean(true);
  } else {
    write_label(writer, "label", object.label);
    write_label(writer, "label_plural", object.label_plural);
    write_text(writer, "icon", object.icon);
    write_text(writer, "title_field", object.title_field);
    write_ownership(writer, object);
    write_assignment(writer, object);
  }
  writer.key("fields").begin_array();
  for (const Field& field : object.fields) {
    if (field.held_by.empty() && field.currency_of.empty()) write(writer, field);
  }
  writer.end_array();
  if (!object.extend) {
    write_keys(writer, "unique", object.unique);
    write_keys(writer, "indexes", object.indexes);
    write_texts(writer, "search", object.search);
  }
  writer.end_object();
}

}  // namespace tenon::metadata
