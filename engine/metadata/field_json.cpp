#include <array>

#include "engine/base/suggest.h"
#include "engine/json/layout.h"
#include "engine/metadata/definition_json.h"
#include "engine/value/duration.h"

namespace tenon::metadata {
namespace {

constexpr int kScaleMax = 9;
constexpr int kLengthMax = 65536;
constexpr int kShortLengthMax = 4096;
constexpr std::string_view kParent = "parent";  // Of children that give no name.

constexpr std::array<std::string_view, 12> kColors{"gray",   "red",    "orange", "amber",
                                                   "yellow", "green",  "teal",   "cyan",
                                                   "blue",   "indigo", "violet", "pink"};
constexpr std::array<std::string_view, 3> kOnDelete{"restrict", "clear", "cascade"};

// Members that only some types have. schemas/metadata/field.schema.json says the same.
struct OwnMember {
  std::string_view name;
  std::string_view types;  // Each between blanks.
};
constexpr OwnMember kOwnMembers[] = {
    {"to", " reference references children "},
    {"back", " reference user department references users "},
    {"parent", " children "},
    {"on_delete", " reference references user users department "},
    {"length_max", " text long_text "},
    {"scale", " decimal money percent formula rollup "},
    {"minimum", " integer decimal money percent duration "},
    {"maximum", " integer decimal money percent duration rating "},
    {"currency", " money formula rollup "},
    {"currencies", " money "},
    {"options", " choice choices "},
    {"formula", " formula "},
    {"function", " rollup "},
    {"of", " rollup "},
    {"filter", " rollup "},
    {"path", " lookup "},
    {"pattern", " auto_number "},
    {"gapless", " auto_number "},
    {"scope", " auto_number "},
};

// In the order of Aggregate.
constexpr std::array<std::string_view, 7> kAggregates{"count",   "sum",   "min", "max",
                                                      "average", "first", "last"};

std::vector<std::string_view> type_names() {
  std::vector<std::string_view> names{"formula", "rollup", "lookup"};
  for (const Format& format : formats()) names.push_back(format.name);
  return names;
}

void check_type(json::Reader reader, const Field& field, Problems& problems) {
  const auto member = reader.member("type");
  if (!member || field.type.empty()) return;
  const auto known = type_names();
  if (std::find(known.begin(), known.end(), field.type) == known.end()) {
    problems.push_back(member->problem(
        "type", "there is no type \"" + field.type + "\"" + did_you_mean(field.type, known)));
    return;
  }
  for (const OwnMember& own : kOwnMembers) {
    const auto given = reader.member(own.name);
    if (!given || own.types.find(" " + field.type + " ") != std::string_view::npos) continue;
    problems.push_back(given->problem(
        "unknown_member",
        "a field of type " + field.type + " has no \"" + std::string(own.name) +
            "\"; it belongs to:" + std::string(own.types.substr(0, own.types.size() - 1))));
  }
}

std::optional<int> read_integer(json::Members& members, std::string_view name, int min, int max) {
  const auto value = members.integer(name);
  if (!value) return std::nullopt;
  if (*value >= min && *value <= max) return static_cast<int>(*value);
  members.problems().push_back(members.reader().member(name)->problem(
      "range", "must be between " + std::to_string(min) + " and " + std::to_string(max)));
  return std::nullopt;
}

// A name by which something else is reached, as of a field.
std::string name_member(json::Members& members, std::string_view name) {
  const auto text = members.text(name);
  if (!text || FieldName::parse(*text)) return text.value_or("");
  members.problems().push_back(members.reader().member(name)->problem(
      "name", "must be lower_snake_case, at most 48 characters"));
  return "";
}

// A bound as the values are written: "PT8H".
std::optional<Decimal> duration_bound(json::Members& members, std::string_view name) {
  const auto text = members.text(name);
  if (!text) return std::nullopt;
  const auto seconds = parse_duration(*text);
  if (seconds) return Decimal::of(*seconds);
  members.problems().push_back(
      members.reader().member(name)->problem("duration", seconds.error().problems.front().message));
  return std::nullopt;
}

// Whose `to` is written: the other types have one of their own.
bool names_target(const Field& field) {
  return field.type == "reference" || field.type == "references" || field.is_children();
}

// What a type needs of its own is asked as required, so that its absence is a problem.
void read_own_members(json::Members& members, Field& field) {
  const auto text_of = [&](std::string_view name, bool needed) {
    return (needed ? members.required_text(name) : members.text(name)).value_or("");
  };
  field.to = text_of("to", names_target(field));
  if (field.type == "user" || field.type == "department") field.to = field.type;
  if (field.type == "users") field.to = "user";
  const bool is_file = field.type == "file" || field.type == "image" || field.type == "signature" ||
                       field.type == "files";
  if (is_file) field.to = "file";
  field.on_delete = static_cast<OnDelete>(one_of(members, "on_delete", kOnDelete));
  const int length_max = field.type == "text" ? kShortLengthMax : kLengthMax;
  field.length_max = read_integer(members, "length_max", 1, length_max);
  field.scale = read_integer(members, "scale", 0, kScaleMax);
  const bool of_time = field.type == "duration";
  field.minimum = of_time ? duration_bound(members, "minimum") : read_bound(members, "minimum");
  field.maximum = of_time ? duration_bound(members, "maximum") : read_bound(members, "maximum");
  field.currency = text_of("currency", false);
  field.currencies = texts(members, "currencies");
  field.options = list_of<Option>(members, "options");
  field.back = name_member(members, "back");
  field.parent = name_member(members, "parent");
  if (field.is_children() && field.parent.empty()) field.parent = kParent;
  field.formula = text_of("formula", field.is_formula());
  if (field.is_rollup()) members.required("function");
  field.function = static_cast<Aggregate>(one_of(members, "function", kAggregates));
  field.of = text_of("of", field.is_rollup());
  field.filter = text_of("filter", false);
  field.path = text_of("path", field.is_lookup());
  field.pattern = text_of("pattern", field.is_auto_number());
  field.gapless = members.boolean("gapless").value_or(false);
  field.scope = text_of("scope", false);
  if (field.is_auto_number()) field.unique = true;
}

}  // namespace

Option parse(json::Reader reader, json::To<Option>, Problems& problems) {
  json::Members members(reader, problems);
  Option option;
  std::string id;
  members.present("id");
  read_names(members, id, option.name);
  if (reader.kind() == json::Kind::object && reader.member("id")) {
    problems.push_back(reader.member("id")->problem(
        "unknown_member", "an option has no id: its name is stored and never changes"));
  }
  option.label = required_label(members, "label");
  if (reader.kind() == json::Kind::object && reader.member("color")) {
    option.color = kColors[one_of(members, "color", kColors)];
  }
  members.finish();
  return option;
}

Field parse(json::Reader reader, json::To<Field>, Problems& problems) {
  json::Members members(reader, problems);
  Field field;
  read_names(members, field);
  field.label = required_label(members, "label");
  field.help = optional_label(members, "help");
  field.type = members.required_text("type").value_or("");
  field.required = members.boolean("required").value_or(false);
  field.unique = members.boolean("unique").value_or(false);
  field.read_only = members.boolean("read_only").value_or(false);
  if (const auto value = members.optional("default")) {
    json::Writer writer;
    json::copy(*value, writer);
    field.default_json = writer.take();
  }
  field.default_formula = members.text("default_formula").value_or("");
  if (reader.kind() == json::Kind::object) check_type(reader, field, problems);
  read_own_members(members, field);
  members.finish();
  return field;
}

void write(json::Writer& writer, const Option& option) {
  writer.begin_object();
  writer.key("name").text(option.name);
  write_label(writer, "label", option.label);
  write_text(writer, "color", option.color);
  writer.end_object();
}

namespace {

void write_flag(json::Writer& writer, std::string_view name, bool truth) {
  if (truth) writer.key(name).boolean(true);
}

void write_integer(json::Writer& writer, std::string_view name, std::optional<int> value) {
  if (value) writer.key(name).integer(*value);
}

void write_bound(json::Writer& writer, std::string_view name, const Field& field,
                 const std::optional<Decimal>& value) {
  if (!value) return;
  const bool of_time = field.type == "duration";
  writer.key(name).text(of_time ? text_of(type_of(field), Value{*value}) : value->text());
}

void write_default(json::Writer& writer, const Field& field) {
  if (!field.default_json.empty()) writer.key("default").raw(field.default_json);
  write_text(writer, "default_formula", field.default_formula);
}

}  // namespace

void write(json::Writer& writer, const Field& field) {
  writer.begin_object();
  write_names(writer, field.id, field.name);
  write_label(writer, "label", field.label);
  write_label(writer, "help", field.help);
  writer.key("type").text(field.type);
  if (names_target(field)) write_text(writer, "to", field.to);
  if (field.parent != kParent) write_text(writer, "parent", field.parent);
  write_text(writer, "back", field.back);
  if (field.on_delete != OnDelete::restrict) {
    writer.key("on_delete").text(kOnDelete[static_cast<std::size_t>(field.on_delete)]);
  }
  write_flag(writer, "required", field.required);
  write_flag(writer, "unique", field.unique && !field.is_auto_number());
  write_flag(writer, "read_only", field.read_only);
  write_default(writer, field);
  write_integer(writer, "length_max", field.length_max);
  write_integer(writer, "scale", field.scale);
  write_bound(writer, "minimum", field, field.minimum);
  write_bound(writer, "maximum", field, field.maximum);
  write_text(writer, "currency", field.currency);
  write_texts(writer, "currencies", field.currencies);
  write_list(writer, "options", field.options);
  write_text(writer, "formula", field.formula);
  if (field.is_rollup()) {
    writer.key("function").text(kAggregates[static_cast<std::size_t>(field.function)]);
  }
  write_text(writer, "of", field.of);
  write_text(writer, "filter", field.filter);
  write_text(writer, "path", field.path);
  write_text(writer, "pattern", field.pattern);
  write_flag(writer, "gapless", field.gapless);
  write_text(writer, "scope", field.scope);
  writer.end_object();
}

}  // namespace tenon::metadata
