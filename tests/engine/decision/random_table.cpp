#include "tests/engine/decision/random_table.h"

#include <algorithm>

#include "engine/json/writer.h"
#include "tests/engine/decision/vectors.h"

namespace tenon::decision::support {
namespace {

using Op = CellPart::Op;

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

// Tens, so that between two there is room for what a whole number cannot be.
Column numbers(const std::string& formula, int from, int to, bool nullable) {
  Column column{.formula = formula, .is_ordered = true, .values = {}, .literals = {}, .json = {}};
  for (int code = from * 10; code <= to * 10; code += 5) {
    const std::string sign = code < 0 ? "-" : "";
    const int size = std::abs(code);
    column.literals[code] =
        sign + std::to_string(size / 10) + (size % 10 == 0 ? "" : "." + std::to_string(size % 10));
    if (code % 10 != 0) continue;
    column.values.emplace_back(code);
    column.json[code] = std::to_string(code / 10);
  }
  if (nullable) column.values.emplace_back();
  return column;
}

Column days() {
  Column column{.formula = "day", .is_ordered = true, .values = {}, .literals = {}, .json = {}};
  for (int code = 1; code <= 6; ++code) {
    const std::string text = quoted("2026-01-0" + std::to_string(code));
    column.values.emplace_back(code);
    column.json[code] = text;
    if (code > 1 && code < 6) column.literals[code] = text;
  }
  return column;
}

Column texts(const std::string& formula, const std::vector<std::string>& named,
             const std::string& unnamed, bool nullable) {
  Column column{.formula = formula, .is_ordered = false, .values = {}, .literals = {}, .json = {}};
  for (const std::string& text : named) {
    const int code = static_cast<int>(column.values.size());
    column.values.emplace_back(code);
    column.json[code] = column.literals[code] = quoted(text);
  }
  if (!unnamed.empty()) {
    column.values.emplace_back(99);
    column.json[99] = quoted(unnamed);
  }
  if (nullable) column.values.emplace_back();
  return column;
}

Column truths(const std::string& formula, bool nullable) {
  Column column = texts(formula, {"f", "t"}, "", nullable);
  column.json = column.literals = {{0, "false"}, {1, "true"}};
  return column;
}

std::vector<Column> all_columns() {
  Column bounded = numbers("count", 0, 4, false);
  bounded.literals[-10] = "-1";  // Out of its bounds.
  bounded.literals[55] = "5.5";
  Column open = numbers("qty", -1, 4, true);
  open.values.insert(open.values.end(), {Code{-20}, Code{50}});  // Beyond what any test names.
  open.json[-20] = "-2";
  open.json[50] = "5";
  return {bounded,
          open,
          days(),
          texts("kind", {"a", "b", "c"}, "", false),
          texts("level", {"x", "y"}, "", true),
          texts("region", {"p", "q, r", "[1..5]"}, "else", true),
          texts("note", {"p", "q"}, "else", false),
          truths("urgent", false),
          truths("known", true),
          texts("acc.grade", {"a", "b"}, "", false),
          texts("partner.grade", {"a", "b"}, "", true),
          numbers("acc.score", 0, 3, true)};
}

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  bool chance(int percent) { return below(100) < percent; }

  template <class List>
  auto one_of(const List& list) {
    auto at = list.begin();
    std::advance(at, below(static_cast<int>(list.size())));
    return *at;
  }

  Cell cell(const Column& column) {
    if (chance(25)) return {.text = chance(50) ? "-" : ""};
    if (column.formula == "qty" && chance(8)) return {.text = ">= limit", .is_formula = true};
    Cell cell{.text = "", .negated = chance(20)};
    for (int count = 1 + (chance(30) ? 1 + below(2) : 0); count > 0; --count) {
      const auto [part, text] = one_part(column);
      cell.parts.push_back(part);
      cell.text += (cell.text.empty() ? "" : chance(50) ? ", " : ",") + text;
    }
    if (chance(10)) cell.text = "in (" + cell.text + ")";
    if (cell.negated) cell.text = "not(" + cell.text + ")";
    return cell;
  }

  RandomRow row(const RandomTable& table) {
    RandomRow row;
    for (const Column& column : table.columns) row.cells.push_back(cell(column));
    for (int i = 0; i < table.outputs; ++i) {
      row.results.push_back(chance(15) ? Code{} : Code{below(3)});
    }
    return row;
  }

  RandomTable table() {
    RandomTable table{
        .hit = one_of(std::vector<std::string>{"unique", "first", "any", "priority", "collect",
                                               "rule_order", "output_order"}),
        .collect = "",
        .columns = {},
        .rows = {}};
    if (table.hit == "collect") {
      table.collect = one_of(std::vector<std::string>{"list", "sum", "min", "max", "count"});
    }
    if (!table.collect.empty() && table.collect != "list") table.outputs = 1;
    table.has_default = chance(25);
    std::vector<Column> columns = all_columns();
    std::shuffle(columns.begin(), columns.end(), random_);
    columns.resize(static_cast<std::size_t>(1 + below(3)));
    table.columns = std::move(columns);
    for (int count = 1 + below(chance(10) ? 90 : 7); count > 0; --count) {
      table.rows.push_back(row(table));
    }
    return table;
  }

 private:
  std::pair<CellPart, std::string> one_part(const Column& column) {
    const auto [low, text] = one_of(column.literals);
    if (chance(10)) return {{.op = Op::null}, "null"};
    if (!column.is_ordered || chance(25)) {
      const bool differs = chance(15);
      return {{.op = differs ? Op::not_equal : Op::equal, .low = low},
              (differs      ? one_of(std::vector<std::string>{"!= ", "<>"})
               : chance(20) ? "= "
                            : "") +
                  text};
    }
    constexpr std::pair<Op, const char*> kSigns[] = {
        {Op::less, "< "}, {Op::less_equal, "<="}, {Op::greater, ">"}, {Op::greater_equal, ">= "}};
    if (chance(45)) {
      const auto [op, sign] = kSigns[below(4)];
      return {{.op = op, .low = low}, sign + text};
    }
    const auto [high, upper] = one_of(column.literals);
    const bool open_low = chance(50);
    const bool open_high = chance(50);
    const std::string from = open_low ? chance(50) ? "]" : "(" : "[";
    const std::string to = open_high ? chance(50) ? "[" : ")" : "]";
    return {
        {.op = Op::between, .low = low, .high = high, .open_low = open_low, .open_high = open_high},
        from + text + ".." + upper + to};
  }

  std::mt19937 random_;
};

// What an output's codes are written as, in a cell.
std::string result_text(const RandomTable& table, std::size_t output, int code) {
  constexpr const char* kChoices[] = {"\"one\"", "\"two\"", "\"three\""};
  if (table.outputs == 1 || output == 2) return std::to_string(code);
  return kChoices[code];
}

void write_outputs(json::Writer& writer, const RandomTable& table) {
  const auto output = [&](const char* name, const char* type) {
    writer.begin_object().key("name").text(name).key("label").text(name).key("type").text(type);
  };
  writer.key("outputs").begin_array();
  for (int i = 0; table.outputs == 3 && i < 2; ++i) {
    output(i == 0 ? "rank" : "place", "choice");
    writer.key("options").raw(R"([{"name": "one", "label": "1"}, {"name": "two", "label": "2"},
                                  {"name": "three", "label": "3"}])");
    writer.end_object();
  }
  output("bonus", "integer");
  if (table.has_default) writer.key("default_formula").text("7");
  writer.end_object().end_array();
}

}  // namespace

bool CellPart::passes(Code value) const {
  if (op == Op::null) return !value;
  if (op == Op::equal) return value == Code{low};
  if (op == Op::not_equal) return value != Code{low};
  if (!value) return false;
  switch (op) {
    case Op::less: return *value < low;
    case Op::less_equal: return *value <= low;
    case Op::greater: return *value > low;
    case Op::greater_equal: return *value >= low;
    default: break;
  }
  return (open_low ? *value > low : *value >= low) && (open_high ? *value < high : *value <= high);
}

bool Cell::passes(Code value) const {
  if (parts.empty()) return true;
  const bool any = std::any_of(parts.begin(), parts.end(),
                               [&](const CellPart& part) { return part.passes(value); });
  return any != negated;
}

std::string Column::name() const {
  std::string name = formula;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

std::string Column::field() const {
  const std::size_t dot = formula.find('.');
  return dot == std::string::npos ? formula : formula.substr(dot + 1);
}

std::string RandomTable::json() const {
  json::Writer writer;
  writer.begin_object().key("name").text("t").key("object").text("thing").key("hit").text(hit);
  if (!collect.empty()) writer.key("collect").text(collect);
  writer.key("inputs").begin_array();
  for (const Column& column : columns) {
    writer.begin_object().key("name").text(column.name());
    writer.key("formula").text(column.formula).end_object();
  }
  writer.end_array();
  write_outputs(writer, *this);
  writer.key("rows").begin_array();
  for (const RandomRow& row : rows) {
    writer.begin_object().key("when").begin_object();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      writer.key(columns[i].name()).text(row.cells[i].text);
    }
    writer.end_object().key("then").begin_object();
    constexpr const char* kNames[] = {"rank", "place", "bonus"};
    for (std::size_t i = 0; i < row.results.size(); ++i) {
      if (!row.results[i]) continue;
      writer.key(outputs == 1 ? "bonus" : kNames[i]).text(result_text(*this, i, *row.results[i]));
    }
    writer.end_object().end_object();
  }
  return writer.end_array().end_object().take();
}

std::vector<std::vector<Code>> RandomTable::everything() const {
  std::vector<std::vector<Code>> all{{}};
  for (const Column& column : columns) {
    std::vector<std::vector<Code>> longer;
    for (const auto& begun : all) {
      for (const Code value : column.values) {
        longer.push_back(begun);
        longer.back().push_back(value);
      }
    }
    all = std::move(longer);
  }
  return all;
}

std::map<std::string, std::string> files_of(const RandomTable& table) {
  const std::string fields = R"([{"name": "title", "label": "T", "type": "text"},
    {"name": "count", "label": "C", "type": "integer", "required": true, "minimum": 0,
     "maximum": 4},
    {"name": "qty", "label": "Q", "type": "integer"},
    {"name": "limit", "label": "L", "type": "integer"},
    {"name": "day", "label": "D", "type": "date", "required": true},
    {"name": "kind", "label": "K", "type": "choice", "required": true, "options":
     [{"name": "a", "label": "a"}, {"name": "b", "label": "b"}, {"name": "c", "label": "c"}]},
    {"name": "level", "label": "L", "type": "choice", "options":
     [{"name": "x", "label": "x"}, {"name": "y", "label": "y"}]},
    {"name": "region", "label": "R", "type": "text"},
    {"name": "note", "label": "N", "type": "text", "required": true},
    {"name": "urgent", "label": "U", "type": "boolean", "required": true},
    {"name": "known", "label": "N", "type": "boolean"},
    {"name": "acc", "label": "A", "type": "reference", "to": "account", "required": true},
    {"name": "partner", "label": "P", "type": "reference", "to": "account"}])";
  metadata::Files files = files_with(fields, table.json());
  files["objects/account.json"] = R"({"name": "account", "label": "A", "label_plural": "As",
    "title_field": "name", "fields": [{"name": "name", "label": "N", "type": "text"},
    {"name": "grade", "label": "G", "type": "choice", "required": true, "options":
     [{"name": "a", "label": "a"}, {"name": "b", "label": "b"}]},
    {"name": "score", "label": "S", "type": "integer", "minimum": 0, "maximum": 3}]})";
  return files;
}

RandomTable random_table(unsigned seed) { return Maker(seed).table(); }

}  // namespace tenon::decision::support
