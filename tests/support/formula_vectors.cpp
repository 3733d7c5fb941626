#include "tests/support/formula_vectors.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/json/document.h"
#include "engine/json/layout.h"
#include "engine/value/money.h"

namespace tenon::support {
namespace {

template <class T>
T must(Result<T> result) {
  if (!result) throw Fault(describe(result.error()));
  return result.take();
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// By value: a range-for keeps a Reader alive, but not the optional that it stood in.
json::Reader member(json::Reader reader, std::string_view name) {
  const auto found = reader.member(name);
  if (!found) throw Fault("no member " + std::string(name) + " at " + reader.path());
  return *found;
}

std::string text_of(json::Reader reader) { return std::string(must(reader.text())); }

VectorField field_of(json::Reader reader) {
  VectorField field{std::string(reader.name()), {}, {}};
  const std::string format = text_of(member(reader, "type"));
  field.type.format = find_format(format);
  if (field.type.format == nullptr) throw Fault("no format " + format);
  field.type.scale = field.type.format->scale_default;
  field.type.length_max = field.type.format->length_max_default;
  if (const auto scale = reader.member("scale")) {
    field.type.scale = static_cast<int>(must(scale->integer()));
  }
  if (const auto options = reader.member("options")) {
    for (const json::Reader option : *options) field.type.options.push_back(text_of(option));
  }
  field.unit = formula::unit_of(*field.type.format);
  const auto currency = reader.member("currency");
  if (currency) field.unit = formula::money_in(text_of(*currency));
  if (const auto codes = reader.member("currencies")) {
    for (const json::Reader code : *codes) field.type.currencies.push_back(text_of(code));
    field.type.currency = currency ? text_of(*currency) : field.type.currencies.front();
    field.unit = formula::kSeveral;
    field.currency_behind = 1;
  }
  if (is_referring(field.type.kind())) {
    const auto to = reader.member("to");
    field.object = to ? text_of(*to) : format == "users" ? "user" : format;
  }
  return field;
}

// With the field that keeps its currency, where it may have several.
void add_field(json::Reader reader, std::vector<VectorField>& fields) {
  fields.push_back(field_of(reader));
  const VectorField& money = fields.back();
  if (!money.type.has_currencies()) return;
  VectorField currency{money.name + ".currency", {.format = find_format("choice")}, {}};
  currency.type.options = money.type.currencies;
  fields.push_back(std::move(currency));
}

// A result: numbers are read with all their digits, whatever a column would keep.
Value result_of(json::Reader reader, std::string_view kind) {
  if (reader.is_null()) return {};
  if (kind == "number") return must(Decimal::parse(must(reader.text())));
  if (kind == "boolean") return must(reader.boolean());
  if (kind == "text") return text_of(reader);
  if (kind == "text_list") {
    TextList list;
    for (const json::Reader item : reader) list.items.push_back(text_of(item));
    return list;
  }
  Type type{.format =
                kind == "reference_list" ? &format_of(Kind::reference_list) : find_format(kind)};
  return must(parse(reader, type));
}

void read_expectation(json::Reader reader, VectorCase& one) {
  if (const auto expect = reader.member("expect")) {
    one.result_kind = text_of(member(*expect, "type"));
    one.result = result_of(member(*expect, "value"), one.result_kind);
  } else if (const auto error = reader.member("error")) {
    one.problems = {{text_of(*error), text_of(member(reader, "at"))}};
    one.only_first = true;
  } else if (const auto problems = reader.member("problems")) {
    for (const json::Reader problem : *problems) {
      const auto at = problem.begin();
      auto place = at;
      ++place;
      one.problems.emplace_back(text_of(*at), text_of(*place));
    }
  } else {
    one.error = text_of(member(reader, "evaluates_to_error"));
  }
  if (const auto suggests = reader.member("suggests")) one.suggests = text_of(*suggests);
}

std::optional<Column> sql_answer(json::Reader reader) {
  const auto sql = reader.member("sql");
  if (!sql || sql->is_null()) return std::nullopt;
  if (sql->kind() == json::Kind::boolean) return Column{std::int64_t{must(sql->boolean())}};
  return Column{text_of(*sql)};
}

const VectorField& last_of(const VectorNames& names, std::string_view path,
                           std::string object = "") {
  if (path.starts_with("$user.")) {
    object = "user";
    path.remove_prefix(6);
  }
  while (true) {
    const std::size_t point = path.find('.');
    const VectorField* field = names.find(object, path.substr(0, point));
    if (field == nullptr) throw Fault("no such path: " + std::string(path));
    if (point == std::string_view::npos) return *field;
    if (field->type.has_currencies()) return *names.find(object, path);  // Its currency.
    object = field->object;
    path.remove_prefix(point + 1);
  }
}

Values fields_of(json::Reader reader, std::string_view name, const VectorNames& names) {
  const auto& fields = names.objects.at("");
  Values values(fields.size());
  const auto given = reader.member(name);
  if (!given) return values;
  for (const json::Reader value : *given) {
    const VectorField* field = names.find("", value.name());
    if (field == nullptr) throw Fault("no such field: " + std::string(value.name()));
    const auto slot = static_cast<std::size_t>(field - fields.data());
    values[slot] = must(parse(value, field->type));
    if (!field->type.has_currencies()) continue;
    values[slot + 1] = must(parse_money(value, field->type)).currency;
  }
  return values;
}

void put(json::Reader value, const VectorField& field, PathValues& values) {
  const std::string name(value.name());
  values[name] = must(parse(value, field.type));
  if (!field.type.has_currencies()) return;
  values[name + ".currency"] = must(parse_money(value, field.type)).currency;
}

void read_rows(json::Reader reader, const VectorNames& names, VectorCase& one) {
  const auto given = reader.member("rows");
  if (!given) return;
  for (const json::Reader many : *given) {
    const std::string name(many.name());
    for (const json::Reader row : many) {
      PathValues& values = one.rows[name].emplace_back();
      for (const json::Reader value : row) {
        const VectorField& field = last_of(names, value.name(), names.rows.at(name));
        put(value, field, values);
      }
    }
  }
}

void read_explanation(json::Reader reader, VectorCase& one) {
  const auto given = reader.member("explain");
  if (!given) return;
  for (const json::Reader part : *given) {
    auto at = part.begin();
    VectorPart read;
    read.depth = static_cast<int>(must((*at).integer()));
    read.text = text_of(*++at);
    read.outcome = text_of(*++at);
    if (++at != part.end()) read.found = text_of(*at);
    one.explanation.push_back(std::move(read));
  }
}

VectorCase case_of(json::Reader reader, const VectorNames& names) {
  VectorCase one;
  one.formula = text_of(member(reader, "formula"));
  one.fields = fields_of(reader, "fields", names);
  one.old = fields_of(reader, "old", names);
  read_rows(reader, names, one);
  read_explanation(reader, one);
  if (const auto given = reader.member("paths")) {
    for (const json::Reader value : *given) {
      put(value, last_of(names, value.name()), one.paths);
    }
  }
  if (const auto kind = reader.member("kind")) {
    for (int i = 0; i <= static_cast<int>(Kind::json); ++i) {
      if (name_of(static_cast<Kind>(i)) == text_of(*kind)) one.kind = static_cast<Kind>(i);
    }
  }
  read_expectation(reader, one);
  one.in_sql = sql_answer(reader);
  return one;
}

VectorFile file_of(const std::filesystem::path& path) {
  const auto document = must(json::Document::parse(read(path)));
  const json::Reader root = document.root();
  VectorFile file;
  file.name = path.stem().string();
  for (const json::Reader field : member(root, "fields")) {
    add_field(field, file.names.objects[""]);
  }
  for (const json::Reader object : member(root, "objects")) {
    for (const json::Reader field : object) {
      add_field(field, file.names.objects[std::string(object.name())]);
    }
  }
  if (const auto rows = root.member("rows")) {
    for (const json::Reader many : *rows) file.names.rows[std::string(many.name())] = text_of(many);
  }
  file.names.changes = root.member("changes").has_value();
  file.today = must(parse_date(text_of(member(root, "today"))));
  file.now = must(parse_datetime(text_of(member(root, "now"))));
  file.user = RecordId{must(parse_id_text(text_of(member(root, "user"))))};
  file.zone = must(calendar::Zone::find(text_of(member(root, "zone"))));
  if (const auto table = root.member("looked_up")) {
    file.looked_up = std::make_shared<const LookedUpTable>(*table);
  }
  for (const json::Reader one : member(root, "cases")) {
    file.cases.push_back(case_of(one, file.names));
  }
  return file;
}

}  // namespace

const VectorField* VectorNames::find(const std::string& object, std::string_view name) const {
  const auto fields = objects.find(object);
  if (fields == objects.end()) return nullptr;
  const auto found = std::find_if(fields->second.begin(), fields->second.end(),
                                  [&](const VectorField& field) { return field.name == name; });
  return found == fields->second.end() ? nullptr : &*found;
}

std::optional<formula::Names::Member> VectorNames::member(const std::string& object,
                                                          std::string_view name) const {
  const VectorField* field = find(object, name);
  if (field == nullptr) return std::nullopt;
  Member member{.id = field->name,
                .type = {field->type.kind(), field->object, field->unit},
                .slot = static_cast<int>(field - objects.at(object).data()),
                .scale = field->type.scale,
                .options = field->type.options};
  if (field->currency_behind > 0) {
    member.currency = {field->name + ".currency", member.slot + field->currency_behind,
                       field->type.currencies};
  }
  return member;
}

std::vector<std::string> VectorNames::members(const std::string& object) const {
  std::vector<std::string> names;
  const auto fields = objects.find(object);
  if (fields == objects.end()) return names;
  for (const VectorField& field : fields->second) names.push_back(field.name);
  return names;
}

std::optional<formula::Names::Many> VectorNames::many(const std::string& object,
                                                      std::string_view name) const {
  const auto found = object.empty() ? rows.find(std::string(name)) : rows.end();
  if (found == rows.end()) return std::nullopt;
  return Many{.id = found->first, .object = found->second};
}

formula::Scope VectorFile::scope(const VectorCase& one, const std::vector<Value>& paths,
                                 const VectorRows& rows) const {
  formula::Scope scope;
  scope.fields = one.fields;
  scope.paths = paths;
  scope.old = one.old;
  scope.many = rows.spans;
  scope.user = user;
  scope.today = today;
  scope.now = now;
  scope.zone = &*zone;
  scope.looked_up = looked_up.get();
  return scope;
}

std::vector<VectorFile> formula_vectors() {
  std::vector<std::filesystem::path> paths;
  const std::filesystem::path folder(TENON_SOURCE_DIR "/tests/vectors/formula");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<VectorFile> files;
  for (const auto& path : paths) files.push_back(file_of(path));
  return files;
}

VectorFile read_vectors(const std::string& path) { return file_of(path); }

const VectorFile& formula_vectors(const std::string& family) {
  static const auto files = formula_vectors();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const VectorFile& file) { return file.name == family; });
  if (found == files.end()) throw Fault("no vectors of " + family);
  return *found;
}

Result<formula::Formula> compile(const VectorFile& file, const VectorCase& one,
                                 formula::Needs& needs) {
  if (one.kind) return formula::compile_as(*one.kind, one.formula, "", file.names, needs);
  return formula::compile(one.formula, "", file.names, needs);
}

namespace {

std::string written(const formula::Path& path) {
  std::string name = path.root == formula::Path::Root::user ? "$user" : "";
  for (const auto& step : path.steps) name += (name.empty() ? "" : ".") + step.id;
  return name;
}

Value value_at(const PathValues& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? Value{} : found->second;
}

}  // namespace

VectorRows row_values(const VectorFile& file, const VectorCase& one, const formula::Needs& needs) {
  VectorRows made;
  for (const formula::ManyNeed& need : needs.many) {
    auto& fields = made.fields.emplace_back();
    auto& paths = made.paths.emplace_back();
    const auto given = one.rows.find(need.many.id);
    if (given == one.rows.end()) continue;
    for (const PathValues& row : given->second) {
      auto& own = fields.emplace_back();
      for (const VectorField& field : file.names.objects.at(need.many.object)) {
        own.push_back(value_at(row, field.name));
      }
      auto& behind = paths.emplace_back();
      for (const formula::Path& path : need.paths) behind.push_back(value_at(row, written(path)));
    }
  }
  for (std::size_t i = 0; i < made.fields.size(); ++i) {
    auto& rows = made.rows.emplace_back();
    for (std::size_t j = 0; j < made.fields[i].size(); ++j) {
      rows.push_back({made.fields[i][j], made.paths[i][j], {}, {}});
    }
  }
  for (const auto& rows : made.rows) made.spans.emplace_back(rows);
  return made;
}

std::vector<Value> path_values(const VectorCase& one, const formula::Needs& needs) {
  std::vector<Value> values;
  for (const formula::Path& path : needs.paths)
    values.push_back(value_at(one.paths, written(path)));
  return values;
}

Type type_of(const VectorNames& names, const formula::Path& path, const std::string& object) {
  return last_of(names, written(path), object).type;
}

}  // namespace tenon::support
