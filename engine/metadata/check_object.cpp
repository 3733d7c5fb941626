#include <set>

#include "engine/base/limits.h"
#include "engine/metadata/check_value.h"
#include "engine/metadata/currency.h"
#include "engine/metadata/many.h"
#include "engine/value/number_pattern.h"

namespace tenon::metadata {
namespace {

// Words of formulas and of the API: a field of that name could not be said, or would hide them.
constexpr std::string_view kReservedWords[] = {"and", "or", "not", "true", "false", "null", "may"};

bool is_reserved(std::string_view name) {
  const auto system = system_fields();
  return std::any_of(system.begin(), system.end(),
                     [&](const SystemField& field) { return field.name == name; }) ||
         std::find(std::begin(kReservedWords), std::end(kReservedWords), name) !=
             std::end(kReservedWords);
}

// One object of the draft; `whole` has its twin, with the fields it extends and formulas typed.
struct ObjectCheck {
  Draft& draft;
  const Bundle& whole;
  const Object& object;
  Place at;

  void run();
  void field(const Field& field, const Place& place);
  void names();
  void bounds(const Field& field, const Place& place);
  void defaults(const Field& field, const Place& place);
  void options(const Field& field, const Place& place);
  void contradictions(const Field& field, const Place& place);
  void numbering(const Field& field, const Place& place);
  void lines(const Field& field, const Place& place);
  void reference(const Field& field, const Place& place);
  void title();
  void owner();
  void numbers_apart(const Field& field, const Place& place);
  void keys(const std::vector<std::vector<std::string>>& keys, const Place& place, bool unique);
  void search();

  void problem(const Place& place, std::string rule, std::string message) {
    draft.problem(place, std::move(rule), std::move(message));
  }
};

void ObjectCheck::names() {
  std::set<std::string> names;
  std::set<std::string> ids;
  const Object* twin = whole.find_id(object.id);
  for (const Field& field : twin->fields) {
    if (field.bundle == draft.own.name) continue;
    names.insert(field.name);
    ids.insert(field.id);
  }
  for (std::size_t i = 0; i < object.fields.size(); ++i) {
    const Field& field = object.fields[i];
    if (field.name.empty()) continue;
    const Place place = at / "fields" / i;
    if (is_reserved(field.name)) {
      problem(place / "name", "reserved",
              "\"" + field.name + "\" is a name of Tenon's own; choose another");
    }
    if (!names.insert(field.name).second) {
      problem(place / "name", "duplicate", "two fields are named \"" + field.name + "\"");
    } else if (!ids.insert(field.id).second) {
      problem(
          place / "name", "duplicate",
          "a renamed field has the id \"" + field.id + "\"; give this one an \"id\" of its own");
    }
  }
}

void ObjectCheck::bounds(const Field& field, const Place& place) {
  check_currencies(draft, field, place);
  if (field.minimum && field.maximum && *field.minimum > *field.maximum) {
    problem(place / "minimum", "range", "the minimum is above the maximum");
  }
  if (field.currency.empty()) return;
  const bool is_code =
      field.currency.size() == 3 && std::all_of(field.currency.begin(), field.currency.end(),
                                                [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!is_code) problem(place / "currency", "currency", "must be an ISO 4217 code, as \"USD\"");
}

void ObjectCheck::options(const Field& field, const Place& place) {
  const bool chooses = field.type == "choice" || field.type == "choices";
  if (!chooses) return;
  if (field.options.empty())
    problem(place / "options", "required", "\"options\" names at least one");
  if (field.options.size() > limits::kOptionsPerFieldMax) {
    problem(place / "options", "limit", "a field has at most 500 options");
  }
  std::set<std::string> names;
  for (std::size_t i = 0; i < field.options.size(); ++i) {
    if (names.insert(field.options[i].name).second) continue;
    problem(place / "options" / i / "name", "duplicate",
            "two options are named \"" + field.options[i].name + "\"");
  }
}

void ObjectCheck::defaults(const Field& field, const Place& place) {
  if (!field.default_formula.empty()) {
    type_value(draft, whole, BundleNames(whole, BundleNames::By::name), object.id,
               place / "default_formula", field, Asked::of_draft);
  }
  if (field.default_json.empty()) return;
  if (!field.default_formula.empty()) {
    problem(place / "default", "default", "there is a default_formula already");
  }
  if (is_referring(type_of(field).kind())) {
    problem(place / "default", "default", "a reference has no fixed default; use default_formula");
    return;
  }
  const auto document = json::Document::parse(field.default_json);
  if (!document) return;
  const auto value = parse(document->root(), type_of(field, draft.own.country));
  if (value) return;
  for (const Problem& found : value.error().problems) {
    problem(place / "default", "default", "not valid for this field: " + found.message);
  }
}

void ObjectCheck::contradictions(const Field& field, const Place& place) {
  if (field.required && field.on_delete == OnDelete::clear) {
    problem(place / "on_delete", "contradiction", "a required field cannot be cleared");
  }
  const Kind kind = type_of(field).kind();
  if (kind == Kind::reference_list && field.on_delete == OnDelete::cascade) {
    problem(place / "on_delete", "contradiction",
            "one of several does not take the record along; use \"clear\" or \"restrict\"");
  }
  const bool is_listed = is_list(kind) || kind == Kind::json;
  if (field.unique && (field.is_derived() || is_listed)) {
    problem(place / "unique", "unique",
            field.is_derived() ? "a " + field.type + " field cannot be unique"
                               : "a field of type " + field.type + " cannot be unique");
  }
  if (field.is_children()) return lines(field, place);
  if (field.is_auto_number()) return numbering(field, place);
  if (!field.is_derived()) return;
  if (field.required || field.read_only) {
    problem(place / (field.required ? "required" : "read_only"), "contradiction",
            "a " + field.type + " field is computed: it is neither required nor written");
  }
  if (!field.default_json.empty() || !field.default_formula.empty()) {
    problem(place / (field.default_json.empty() ? "default_formula" : "default"), "contradiction",
            "a " + field.type + " field has no default");
  }
}

void ObjectCheck::numbering(const Field& field, const Place& place) {
  const auto pattern = NumberPattern::parse(field.pattern);
  if (!field.pattern.empty() && !pattern) {
    problem(place / "pattern", "pattern", pattern.error().problems.front().message);
  }
  numbers_apart(field, place);
  const std::string_view member = field.required                   ? "required"
                                  : field.read_only                ? "read_only"
                                  : !field.default_json.empty()    ? "default"
                                  : !field.default_formula.empty() ? "default_formula"
                                                                   : "";
  if (member.empty()) return;
  problem(place / member, "contradiction",
          "a field of type auto_number is numbered by itself: leave this out");
}

// Where one counts apart has to be known of every record, when its number is taken.
void ObjectCheck::numbers_apart(const Field& field, const Place& place) {
  const Field* by = whole.find_id(object.id)->find_id(field.scope);
  if (by == nullptr) return;  // None, or no such field: said before.
  const Kind kind = type_of(*by).kind();
  const bool computed = by->is_derived() || by->is_auto_number() || by->is_children();
  if (computed || is_list(kind) || kind == Kind::json || by->has_currencies()) {
    problem(place / "scope", "scope",
            "\"" + by->name + "\" is of type " + by->type +
                ": numbers count apart by one value that people write");
  } else if (!by->required && by->held_by.empty()) {
    problem(place / "scope", "scope",
            "\"" + by->name + "\" must be required: every record counts somewhere");
  }
}

void ObjectCheck::lines(const Field& field, const Place& place) {
  if (field.required || !field.default_json.empty() || !field.default_formula.empty()) {
    problem(place / "type", "contradiction",
            "lines have neither a default nor \"required\"; a rule may ask for some");
  }
  const Object* rows = whole.find_id(field.to);
  if (rows == nullptr || !is_line_object(*rows)) return;
  std::set<std::string> tops;
  for (const Field& held : rows->fields) {
    if (!held.held_by.empty() && held.to != rows->id) tops.insert(held.to);
  }
  if (tops.size() != 1 || top_of_lines(whole, *rows) == nullptr) {
    problem(place / "to", "lines",
            tops.size() > 1 ? rows->name +
                                  " hangs under several objects: lines are of one kind of "
                                  "record; give the other lines of their own"
                            : rows->name + " holds itself only: no record holds its lines");
  }
  if (!rows->owner_field.empty()) {
    problem(place / "to", "lines",
            "lines have no owner: they are under the rights of their record");
  }
}

void ObjectCheck::reference(const Field& field, const Place& place) {
  const Object* target = whole.find_id(field.to);
  if (target == nullptr || !field.held_by.empty()) return;
  if (is_line_object(*target)) {
    problem(place / "to", "lines", target->name + " is a line: refer to the record that holds it");
  }
  if (field.back.empty()) return;
  const auto names = names_of_many(whole, field.to);
  const bool taken = target->find(field.back) != nullptr || is_reserved(field.back);
  if (taken || std::count(names.begin(), names.end(), field.back) > 1) {
    problem(place / "back", "duplicate",
            target->name + " has another \"" + field.back + "\" already; choose another name");
  }
}

void ObjectCheck::field(const Field& field, const Place& place) {
  if (!field.currency_of.empty()) return;  // Load's own.
  bounds(field, place);
  options(field, place);
  contradictions(field, place);
  if (is_referring(type_of(field).kind()) && !field.is_derived()) reference(field, place);
  if (field.is_given() && find_format(field.type) != nullptr) defaults(field, place);
}

void ObjectCheck::title() {
  const Object* twin = whole.find_id(object.id);
  const Field* field = twin->find_id(object.title_field);
  if (field == nullptr) return;
  const bool untyped = field->is_derived() && !field->result;
  if (untyped || type_of(*field).kind() == Kind::text) return;
  problem(at / "title_field", "title", "must be a field that holds a text");
}

void ObjectCheck::owner() {
  const Field* field = object.find_id(object.owner_field);
  if (field == nullptr || field->type == "user") return;
  problem(at / "ownership" / "field", "ownership", "must be a field of type user");
}

void ObjectCheck::keys(const std::vector<std::vector<std::string>>& keys, const Place& place,
                       bool unique) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].empty()) problem(place / i, "required", "name at least one field");
    for (std::size_t j = 0; j < keys[i].size(); ++j) {
      const Field* field = object.find_id(keys[i][j]);
      if (field == nullptr) continue;
      const Kind kind = type_of(*field).kind();
      const bool computed = field->is_formula() || (unique && field->is_derived());
      const bool fits = !computed && !is_list(kind) && kind != Kind::json;
      if (fits) continue;
      problem(place / i / j, unique ? "unique" : "index",
              "\"" + field->name + "\" is " +
                  (computed ? "a " + field->type + " field" : "of type " + field->type) +
                  ", which cannot be " + (unique ? "unique" : "indexed"));
    }
  }
}

void ObjectCheck::search() {
  for (std::size_t i = 0; i < object.search.size(); ++i) {
    const auto end = follow(whole, object.id, object.search[i]);
    if (!end || end->type.kind == Kind::text) continue;
    if (end->field != nullptr && end->field->is_derived() && !end->field->result) continue;
    problem(at / "search" / i, "search", "only texts are searched");
  }
}

void ObjectCheck::run() {
  if (object.fields.size() > limits::kFieldsPerObjectMax) {
    problem(at / "fields", "limit", "an object has at most 500 fields");
  }
  names();
  for (std::size_t i = 0; i < object.fields.size(); ++i) field(object.fields[i], at / "fields" / i);
  if (object.extend) return;
  title();
  owner();
  keys(object.unique, at / "unique", true);
  keys(object.indexes, at / "indexes", false);
  search();
}

}  // namespace

void check_objects(Draft& draft, const Bundle& whole) {
  if (whole.objects.size() > limits::kObjectsMax) {
    draft.problem({"bundle.json", ""}, "limit", "an application has at most 500 objects");
  }
  for (const Object& object : draft.own.objects) {
    ObjectCheck{draft, whole, object, draft.place("objects", object.id)}.run();
  }
}

}  // namespace tenon::metadata
