// Data mappings: whether a column can feed what it names.
#include "engine/metadata/checks.h"
#include "engine/metadata/currency.h"
#include "engine/metadata/field_part.h"
#include "engine/metadata/many.h"
#include "engine/value/structures.h"

namespace tenon::metadata {
namespace {

struct ImportCheck {
  Draft& draft;
  const Bundle& whole;
  const ImportMap& map;
  Place at;

  void run();
  // Whether a column says which record holds the line.
  bool feeds_holder(const Object& lines) const {
    return std::any_of(map.columns.begin(), map.columns.end(), [&](const ImportColumn& column) {
      return std::any_of(column.feeds.begin(), column.feeds.end(), [&](const Feed& one) {
        const Field* field = lines.find_id(one.field);
        return field != nullptr && !field->held_by.empty();
      });
    });
  }
  bool feeds(const std::string& id) const {
    return std::any_of(map.columns.begin(), map.columns.end(), [&](const ImportColumn& column) {
      return std::any_of(column.feeds.begin(), column.feeds.end(),
                         [&](const Feed& one) { return one.field == id; });
    });
  }
  bool holds_its_own() const {
    const Object* object = whole.find_id(map.object);
    return object != nullptr &&
           std::any_of(object->fields.begin(), object->fields.end(), [&](const Field& field) {
             return field.is_children() && field.to == object->id;
           });
  }
  // The field with this id where it can be written; what cannot is a problem.
  const Field* target(const std::string& id, const Place& place);
  void match(const Field& field, const std::string& match, const Place& place);
  void feed(const Feed& feed, const Place& place);
  void constant(const Constant& constant, const Place& place);
  void joined(const Joined& joined, const Place& place);
  // Of an address or a place a part, which is a text.
  bool is_part(const std::string& id, const Field& field) const {
    return id != field.id && !parts_of(type_of(field)).empty();
  }
  bool is_roles(const std::string& field) const { return map.users && field == kRolesField; }
};

const Field* ImportCheck::target(const std::string& id, const Place& place) {
  const Object* object = whole.find_id(map.object);
  if (object == nullptr || id.empty() || is_roles(id)) return nullptr;
  const Field* field = object->find_id(id);
  if (const auto part = money_part(id); field == nullptr && part) {
    const Field* money = object->find_id(part->field);
    field = money == nullptr ? nullptr : currency_beside(*object, *money);
    if (field != nullptr && !feeds(money->id)) {
      draft.problem(place, "import",
                    "no column feeds \"" + money->name + "\", whose currency this would be");
    }
  }
  if (const auto part = field_part(id); field == nullptr && part) {
    field = object->find_id(part->field);
    const auto parts =
        field == nullptr ? std::span<const std::string_view>() : parts_of(type_of(*field));
    if (field != nullptr && std::find(parts.begin(), parts.end(), part->part) == parts.end()) {
      draft.problem(place, "path",
                    "\"" + field->name + "\" has no part \"" + std::string(part->part) + "\"");
      return nullptr;
    }
    if (field != nullptr && feeds(field->id)) {
      draft.problem(place, "import", "a column feeds \"" + field->name + "\" as a whole already");
    }
  }
  if (field != nullptr && !field->is_derived() && !field->is_children()) return field;
  const auto system = system_fields();
  const bool is_system = std::any_of(system.begin(), system.end(),
                                     [&](const SystemField& one) { return one.name == id; });
  if (field != nullptr || is_system) {
    draft.problem(place, "import", "\"" + id + "\" is set by Tenon and cannot be imported");
  }
  return nullptr;
}

void ImportCheck::match(const Field& field, const std::string& match, const Place& place) {
  const bool refers = is_referring(type_of(field).kind());
  if (refers && match.empty()) {
    draft.problem(place, "required", "a reference needs \"match\": the field to find it by");
  }
  if (!refers && !match.empty()) {
    draft.problem(place / "match", "import", "only a reference has \"match\"");
  }
}

void ImportCheck::feed(const Feed& feed, const Place& place) {
  const Field* field = target(feed.field, place / "field");
  if (feed.key && map.source.empty()) {
    draft.problem(place / "key", "required", "keys need the mapping's \"source\"");
  }
  if (feed.level && !holds_its_own()) {
    draft.problem(place / "level", "import", "only lines that hold lines of their own have levels");
  }
  if (field == nullptr) return;
  match(*field, feed.match, place);
  const Kind kind = is_part(feed.field, *field) ? Kind::text : type_of(*field).kind();
  if (!feed.format.empty() && kind != Kind::date && kind != Kind::datetime) {
    draft.problem(place / "format", "import", "only dates have a \"format\"");
  }
  if (!feed.separator.empty() && kind != Kind::reference_list) {
    draft.problem(place / "separator", "import", "only several references have a \"separator\"");
  }
  if (feed.times && kind != Kind::number) {
    draft.problem(place / "times", "import", "only numbers can be multiplied");
  }
  if (feed.as != Transform::none && kind != Kind::text) {
    draft.problem(place / "as", "import", "only texts can be changed so");
  }
}

void ImportCheck::constant(const Constant& constant, const Place& place) {
  const Field* field = target(constant.field, place);
  if (field == nullptr) return;
  match(*field, constant.match, place);
  if (is_referring(type_of(*field).kind())) return;
  const auto document = json::Document::parse(constant.json);
  if (!document) return;
  if (is_part(constant.field, *field)) {
    if (document->root().kind() == json::Kind::text) return;
    return draft.problem(place, "import", "not valid for this field: must be a text");
  }
  const auto value = parse(document->root(), type_of(*field, draft.own.country));
  if (value) return;
  for (const Problem& found : value.error().problems) {
    draft.problem(place, "import", "not valid for this field: " + found.message);
  }
}

void ImportCheck::joined(const Joined& joined, const Place& place) {
  const Field* field = target(joined.field, place);
  if (field != nullptr && !is_part(joined.field, *field) && type_of(*field).kind() != Kind::text) {
    draft.problem(place, "import", "only a text can be joined of several columns");
  }
  for (std::size_t i = 0; i < joined.columns.size(); ++i) {
    const auto is_it = [&](const ImportColumn& column) {
      return column.header == joined.columns[i];
    };
    if (std::any_of(map.columns.begin(), map.columns.end(), is_it)) continue;
    draft.problem(place / "columns" / i, "unknown_column",
                  "\"" + joined.columns[i] + "\" is not among \"columns\"");
  }
}

void ImportCheck::run() {
  bool has_key = false;
  for (const ImportColumn& column : map.columns) {
    const Place place = at / "columns" / column.header;
    for (std::size_t i = 0; i < column.feeds.size(); ++i) {
      feed(column.feeds[i], column.feeds.size() == 1 ? place : place / i);
      has_key = has_key || column.feeds[i].key;
    }
  }
  for (const Joined& one : map.joined) joined(one, at / "joined" / one.field);
  for (const Constant& one : map.constants) constant(one, at / "constants" / one.field);
  if (map.unique_rows && !has_key) {
    draft.problem(at / "unique_rows", "required", "rows are told apart by a key");
  }
  const Object* object = whole.find_id(map.object);
  if (object != nullptr && is_line_object(*object) && !feeds_holder(*object)) {
    draft.problem(at / "object", "lines",
                  object->name + " is a line: a column must say whose, by \"match\"");
  }
  if (map.users && map.object != "user") {
    draft.problem(at / "users", "import", "only rows of the object user become sign-ins");
  }
}

}  // namespace

void check_import(Draft& draft, const Bundle& whole, const ImportMap& map, const Place& place) {
  ImportCheck{draft, whole, map, place}.run();
}

void check_imports(Draft& draft, const Bundle& whole) {
  for (const ImportMap& map : draft.imports) {
    check_import(draft, whole, map, draft.place("data", map.name));
  }
}

}  // namespace tenon::metadata
