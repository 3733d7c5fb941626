#include "tests/simulation/formula_fuzz/cases.h"

#include "engine/value/duration.h"

namespace tenon::fuzz {
namespace {

using support::VectorCase;
using support::VectorField;
using support::VectorFile;

constexpr std::int64_t kDayMs = 86'400'000;

Value random_number(Chance& chance, int scale) {
  switch (chance.below(6)) {
    case 0: return Decimal();
    case 1: return Decimal::of_scaled(chance.between(-1000, 1000), scale);
    case 2: return Decimal::of_scaled(static_cast<std::int64_t>(chance.next()), scale);
    case 3: return Decimal::of_scaled(chance.in_hundred(50) ? INT64_MAX : INT64_MIN, scale);
    default: return Decimal::of(chance.between(-12, 120));
  }
}

// Near changes of the clocks in Berlin, New York, Shanghai (1986 to 1991) and Lord Howe; and
// anywhere.
std::int64_t random_moment(Chance& chance) {
  static const std::vector<std::string> changes{"2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z",
                                                "2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z",
                                                "1988-04-16T18:00:00Z", "1991-09-14T15:00:00Z",
                                                "2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"};
  if (chance.in_hundred(60)) {
    const std::int64_t near = parse_datetime(chance.one_of(changes))->ms;
    return near + chance.between(-7200, 7200) * 1000 + (chance.in_hundred(30) ? 125 : 0);
  }
  return date_of(1900, 1, 1)->days * kDayMs + chance.between(0, 73'000 * kDayMs);
}

Value random_value(Chance& chance, const VectorField& field) {
  static const std::vector<std::string> texts{"Acme",   "合同 2026", "张三", "a-b-c",
                                              " x  y ", "ß Σ",       "😀",    "1,234.5",
                                              "ＡＢ",   "open",      "é",    "-12"};
  if (chance.in_hundred(20)) return {};
  const Type& type = field.type;
  switch (type.kind()) {
    case Kind::boolean: return chance.in_hundred(50);
    case Kind::number:
      if (type.format->written == Written::duration) {
        const bool near = chance.in_hundred(90);
        const std::int64_t most = near ? 200'000 : kDurationSecondsMax;
        return Decimal::of(chance.between(-most, most));
      }
      return random_number(chance, type.scale);
    case Kind::date:
      if (chance.in_hundred(3)) return *date_of(9999, 12, 31);
      if (chance.in_hundred(3)) return *date_of(1, 1, 1);
      return Date{static_cast<std::int32_t>(chance.between(-25'000, 40'000))};
    case Kind::time: return Time{static_cast<std::int32_t>(chance.between(0, 86'399))};
    case Kind::datetime: return DateTime{random_moment(chance)};
    case Kind::reference: return RecordId{chance.between(1, 4)};
    case Kind::json: return Json{chance.in_hundred(50) ? "{\"a\":[1,\"合\"]}" : "[true]"};
    case Kind::text_list: {
      TextList list;
      for (const std::string& option : type.options) {
        if (chance.in_hundred(50)) list.items.push_back(option);
      }
      return list.items.empty() ? Value{} : Value{std::move(list)};
    }
    case Kind::reference_list: {
      ReferenceList list;
      for (const std::int64_t id : {3, 1, 4, 2}) {
        if (chance.in_hundred(40)) list.items.push_back(RecordId{id});
      }
      return list.items.empty() ? Value{} : Value{std::move(list)};
    }
    case Kind::text: break;
  }
  return type.options.empty() ? Value{chance.one_of(texts)} : Value{chance.one_of(type.options)};
}

Values random_fields(Chance& chance, const VectorFile& file) {
  Values values;
  for (const VectorField& field : file.names.objects.at("")) {
    values.push_back(random_value(chance, field));
  }
  return values;
}

void add_paths(Chance& chance, const VectorFile& file, const std::string& object,
               const std::string& before, support::PathValues& paths) {
  for (const VectorField& field : file.names.objects.at(object)) {
    const Value value = random_value(chance, field);
    if (!is_empty(value)) paths[before + field.name] = value;
  }
}

const VectorField& field_at(const VectorFile& file, std::string object, std::string_view path) {
  if (path.starts_with("$user.")) {
    object = "user";
    path.remove_prefix(6);
  }
  const std::size_t point = path.find('.');
  const VectorField* field = file.names.find(object, path.substr(0, point));
  return point == std::string_view::npos ? *field
                                         : field_at(file, field->object, path.substr(point + 1));
}

void write_paths(json::Writer& writer, const VectorFile& file, const std::string& object,
                 const support::PathValues& values) {
  writer.begin_object();
  for (const auto& [path, value] : values) {
    if (is_empty(value)) continue;
    writer.key(path);
    write(writer, field_at(file, object, path).type, value);
  }
  writer.end_object();
}

void write_fields(json::Writer& writer, const VectorFile& file, const Values& values) {
  const auto& fields = file.names.objects.at("");
  writer.begin_object();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (is_empty(values[i])) continue;
    writer.key(fields[i].name);
    write(writer, fields[i].type, values[i]);
  }
  writer.end_object();
}

}  // namespace

VectorCase random_case(Chance& chance, const VectorFile& file, std::string formula) {
  VectorCase one;
  one.formula = std::move(formula);
  one.fields = random_fields(chance, file);
  one.old = random_fields(chance, file);
  for (const VectorField& field : file.names.objects.at("")) {
    if (!field.object.empty()) add_paths(chance, file, field.object, field.name + ".", one.paths);
  }
  add_paths(chance, file, "user", "$user.", one.paths);
  for (const auto& [name, object] : file.names.rows) {
    auto& rows = one.rows[name];
    for (std::size_t i = chance.below(5); i > 0; --i) {
      auto& row = rows.emplace_back();
      add_paths(chance, file, object, "", row);
      if (object == "line") add_paths(chance, file, "product", "product.", row);
    }
  }
  return one;
}

void write_case(json::Writer& writer, const VectorFile& file, const VectorCase& one) {
  writer.key("formula").text(one.formula).key("zone").text(file.zone->name());
  writer.key("fields");
  write_fields(writer, file, one.fields);
  writer.key("old");
  write_fields(writer, file, one.old);
  writer.key("paths");
  write_paths(writer, file, "", one.paths);
  writer.key("rows").begin_object();
  for (const auto& [name, rows] : one.rows) {
    writer.key(name).begin_array();
    for (const auto& row : rows) write_paths(writer, file, file.names.rows.at(name), row);
    writer.end_array();
  }
  writer.end_object();
}

}  // namespace tenon::fuzz
