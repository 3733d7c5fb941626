#include <array>
#include <set>

#include "engine/base/suggest.h"
#include "engine/metadata/definition_json.h"

namespace tenon::metadata {
namespace {

constexpr std::array<std::string_view, 7> kHits{"unique",  "first",      "any",         "priority",
                                                "collect", "rule_order", "output_order"};
constexpr std::array<std::string_view, 5> kCollects{"list", "sum", "min", "max", "count"};

template <class Column>
std::vector<std::string> names_of(const std::vector<Column>& columns) {
  std::vector<std::string> names;
  for (const Column& column : columns) names.push_back(column.name);
  return names;
}

void check_names(const std::vector<std::string>& names, json::Members& members,
                 std::string_view list) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty() || seen.insert(names[i]).second) continue;
    Problem problem = members.reader().member(list)->problem(
        "duplicate", "two of the " + std::string(list) + " are named \"" + names[i] + "\"");
    problem.at += "/" + std::to_string(i) + "/name";
    members.problems().push_back(std::move(problem));
  }
}

std::optional<json::Reader> object_member(json::Members& members, std::string_view name) {
  const auto object = members.optional(name);
  if (!object) return std::nullopt;
  if (auto is_object = object->expect(json::Kind::object); !is_object) {
    json::collect(members.problems(), std::move(is_object.error()));
    return std::nullopt;
  }
  return object;
}

// A member that is none of the columns, said with the one that was meant.
void refuse_column(json::Reader member, const std::vector<std::string>& names,
                   std::string_view what, Problems& problems) {
  problems.push_back(member.problem("unknown_column", "the table has no " + std::string(what) +
                                                          " \"" + std::string(member.name()) +
                                                          "\"" +
                                                          did_you_mean(member.name(), names)));
}

// {"region": "…"}: texts by the place of the column they are named for.
std::vector<std::string> read_cells(json::Members& members, std::string_view name,
                                    const std::vector<std::string>& columns,
                                    std::string_view what) {
  std::vector<std::string> cells(columns.size());
  const auto object = object_member(members, name);
  if (!object) return cells;
  for (const json::Reader member : *object) {
    const auto found = std::find(columns.begin(), columns.end(), member.name());
    if (found == columns.end()) {
      refuse_column(member, columns, what, members.problems());
      continue;
    }
    auto text = member.text();
    if (!text) {
      json::collect(members.problems(), std::move(text.error()));
      continue;
    }
    const std::string_view cell = what == "input" && *text == "-" ? "" : *text;
    cells[static_cast<std::size_t>(found - columns.begin())] = std::string(cell);
  }
  return cells;
}

TableRow read_row(json::Reader reader, const Table& table, Problems& problems) {
  json::Members members(reader, problems);
  TableRow row;
  row.label = optional_label(members, "label");
  row.when = read_cells(members, "when", names_of(table.inputs), "input");
  row.then = read_cells(members, "then", names_of(table.outputs), "output");
  members.finish();
  return row;
}

void read_rows(json::Members& members, Table& table) {
  const auto array = members.optional("rows");
  if (!array) return;
  if (auto is_array = array->expect(json::Kind::array); !is_array) {
    json::collect(members.problems(), std::move(is_array.error()));
    return;
  }
  for (const json::Reader row : *array) {
    table.rows.push_back(read_row(row, table, members.problems()));
  }
}

RecordTest read_record_test(json::Reader reader, Problems& problems) {
  json::Members members(reader, problems);
  RecordTest test;
  test.equals = members.text("equals").value_or("");
  test.from = members.text("from").value_or("");
  test.to = members.text("to").value_or("");
  test.below = members.text("below").value_or("");
  members.finish();
  return test;
}

void read_rows_from(json::Members& members, Table& table) {
  const auto reader = members.optional("rows_from");
  if (!reader) return;
  json::Members own(*reader, members.problems());
  RowsFrom from;
  from.object = own.required_text("object").value_or("");
  from.filter = own.text("filter").value_or("");
  from.sort = texts(own, "sort");
  from.when.resize(table.inputs.size());
  const auto inputs = names_of(table.inputs);
  if (const auto when = object_member(own, "when")) {
    for (const json::Reader member : *when) {
      const auto found = std::find(inputs.begin(), inputs.end(), member.name());
      if (found == inputs.end()) {
        refuse_column(member, inputs, "input", members.problems());
        continue;
      }
      from.when[static_cast<std::size_t>(found - inputs.begin())] =
          read_record_test(member, members.problems());
    }
  }
  from.then = read_cells(own, "then", names_of(table.outputs), "output");
  own.finish();
  table.rows_from = std::move(from);
}

template <class Columns>
void write_cells(json::Writer& writer, std::string_view name, const Columns& columns,
                 const std::vector<std::string>& cells) {
  if (std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.empty(); }))
    return;
  writer.key(name).begin_object();
  for (std::size_t i = 0; i < cells.size(); ++i) write_text(writer, columns[i].name, cells[i]);
  writer.end_object();
}

void write(json::Writer& writer, const TableInput& input) {
  writer.begin_object();
  writer.key("name").text(input.name);
  write_label(writer, "label", input.label);
  writer.key("formula").text(input.formula);
  write_texts(writer, "options", input.options);
  if (input.minimum) writer.key("minimum").text(input.minimum->text());
  if (input.maximum) writer.key("maximum").text(input.maximum->text());
  writer.end_object();
}

void write_rows_from(json::Writer& writer, const Table& table) {
  const RowsFrom& from = *table.rows_from;
  writer.key("rows_from").begin_object();
  writer.key("object").text(from.object);
  write_text(writer, "filter", from.filter);
  write_texts(writer, "sort", from.sort);
  writer.key("when").begin_object();
  for (std::size_t i = 0; i < from.when.size(); ++i) {
    const RecordTest& test = from.when[i];
    if (test == RecordTest{}) continue;
    writer.key(table.inputs[i].name).begin_object();
    write_text(writer, "equals", test.equals);
    write_text(writer, "from", test.from);
    write_text(writer, "to", test.to);
    write_text(writer, "below", test.below);
    writer.end_object();
  }
  writer.end_object();
  write_cells(writer, "then", table.outputs, from.then);
  writer.end_object();
}

}  // namespace

std::string_view name_of(Hit hit) { return kHits[static_cast<std::size_t>(hit)]; }

TableInput parse(json::Reader reader, json::To<TableInput>, Problems& problems) {
  json::Members members(reader, problems);
  TableInput input;
  std::string id;
  read_names(members, id, input.name);
  input.label = optional_label(members, "label");
  input.formula = members.required_text("formula").value_or("");
  input.options = texts(members, "options");
  input.minimum = read_bound(members, "minimum");
  input.maximum = read_bound(members, "maximum");
  members.finish();
  return input;
}

Table parse(json::Reader reader, json::To<Table>, Problems& problems) {
  json::Members members(reader, problems);
  Table table;
  read_names(members, table);
  table.label = optional_label(members, "label");
  table.object = members.required_text("object").value_or("");
  members.required("inputs");
  table.inputs = list_of<TableInput>(members, "inputs");
  members.required("outputs");
  table.outputs = list_of<Field>(members, "outputs");
  check_names(names_of(table.inputs), members, "inputs");
  check_names(names_of(table.outputs), members, "outputs");
  members.required("hit");
  table.hit = static_cast<Hit>(one_of(members, "hit", kHits));
  table.collect = static_cast<Collect>(one_of(members, "collect", kCollects));
  read_rows(members, table);
  read_rows_from(members, table);
  members.finish();
  return table;
}

void write(json::Writer& writer, const Table& table) {
  writer.begin_object();
  write_names(writer, table.id, table.name);
  write_label(writer, "label", table.label);
  writer.key("object").text(table.object);
  writer.key("inputs").begin_array();
  for (const TableInput& input : table.inputs) write(writer, input);
  writer.end_array().key("outputs").begin_array();
  for (const Field& output : table.outputs) write(writer, output);
  writer.end_array();
  writer.key("hit").text(name_of(table.hit));
  if (table.collect != Collect::list) {
    writer.key("collect").text(kCollects[static_cast<std::size_t>(table.collect)]);
  }
  if (table.rows_from) write_rows_from(writer, table);
  if (!table.rows.empty()) {
    writer.key("rows").begin_array();
    for (const TableRow& row : table.rows) {
      writer.begin_object();
      write_label(writer, "label", row.label);
      write_cells(writer, "when", table.inputs, row.when);
      write_cells(writer, "then", table.outputs, row.then);
      writer.end_object();
    }
    writer.end_array();
  }
  writer.end_object();
}

}  // namespace tenon::metadata
