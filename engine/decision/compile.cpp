// From a definition to a table that can be asked.
#include "engine/decision/domain.h"
#include "engine/decision/grid.h"
#include "engine/decision/tests.h"
#include "engine/json/members.h"
#include "engine/value/duration.h"

namespace tenon::decision {
namespace {

Result<Value> read_literal(Kind kind, const std::string& text) {
  const auto as_value = [](auto parsed) -> Result<Value> {
    if (!parsed) return std::move(parsed.error());
    return Value{parsed.take()};
  };
  switch (kind) {
    case Kind::date: return as_value(parse_date(text));
    case Kind::time: return as_value(parse_time(text));
    case Kind::datetime: return as_value(parse_datetime(text));
    case Kind::reference: {
      TENON_TRY(const auto id, parse_id_text(text));
      return Value{RecordId{id}};
    }
    default: return text.empty() ? Value{} : Value{text};
  }
}

bool is_known(const formula::Formula& formula) {
  return !formula.is_live() && formula.slots().empty() && formula.paths().empty() &&
         formula.many().empty();
}

class TableCompiler {
 public:
  TableCompiler(const metadata::Bundle& bundle, const metadata::Table& definition,
                const formula::Names& names, formula::Needs& needs)
      : bundle_(bundle), definition_(definition), names_(names), needs_(needs) {}

  Result<Table> run() {
    Table table{.id = definition_.id,
                .name = definition_.name,
                .label = definition_.label,
                .object = definition_.object,
                .hit = definition_.hit,
                .collect = definition_.collect,
                .rows_from = definition_.rows_from};
    for (std::size_t i = 0; i < definition_.inputs.size(); ++i) input(i, table);
    for (std::size_t i = 0; i < definition_.outputs.size(); ++i) output(i, table);
    if (problems_.empty()) {
      for (std::size_t i = 0; i < definition_.rows.size(); ++i) row(i, table);
    }
    if (!problems_.empty()) return Error::invalid(std::move(problems_));
    if (!table.rows_from) table.grid = std::make_shared<const Grid>(table);
    return table;
  }

 private:
  void input(std::size_t place, Table& table) {
    const metadata::TableInput& definition = definition_.inputs[place];
    auto formula = formula::compile(definition.formula, definition_.object, names_, needs_);
    if (!formula) return report("inputs/" + definition.name, std::move(formula.error()));
    const Kind kind = formula->type().kind;
    Domain domain = domain_of(bundle_, definition_.object, definition, *formula);
    table.inputs.push_back(
        {definition.name, definition.label, formula.take(), kind, std::move(domain)});
  }

  void output(std::size_t place, Table& table) {
    const metadata::Field& definition = definition_.outputs[place];
    Output output{definition.name, definition.label, metadata::type_of(definition), std::nullopt};
    if (!definition.default_formula.empty()) {
      output.otherwise =
          result(definition.default_formula, output.type, "outputs/" + definition.name);
    }
    table.outputs.push_back(std::move(output));
  }

  void row(std::size_t place, Table& table) {
    const metadata::TableRow& definition = definition_.rows[place];
    const std::string at = "rows/" + std::to_string(place);
    Row row{.label = definition.label, .tests = {}, .results = {}, .record = {}};
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
      const Input& input = table.inputs[i];
      row.tests.push_back(test(definition.when[i], input.kind, at + "/when/" + input.name));
    }
    for (std::size_t i = 0; i < table.outputs.size(); ++i) {
      const Output& output = table.outputs[i];
      row.results.push_back(result(definition.then[i], output.type, at + "/then/" + output.name));
    }
    table.rows.push_back(std::move(row));
  }

  Test test(const std::string& cell, Kind kind, const std::string& at) {
    Test test;
    auto parsed = metadata::parse_unary_test(cell);
    if (!parsed) {
      report(at, std::move(parsed.error()));
      return test;
    }
    test.negated = parsed->negated;
    for (const auto& part : parsed->parts) {
      Part compiled{.op = part.op,
                    .low = {},
                    .high = {},
                    .open_low = part.open_low,
                    .open_high = part.open_high};
      if (part.op != metadata::UnaryTest::Op::null) {
        compiled.low = operand(part.low.in(cell), kind, at);
      }
      if (part.op == metadata::UnaryTest::Op::between) {
        compiled.high = operand(part.high.in(cell), kind, at);
      }
      test.parts.push_back(std::move(compiled));
    }
    return test;
  }

  // A result is kept in the output's own form: rounded to its scale, one of its options.
  Operand result(const std::string& cell, const Type& type, const std::string& at) {
    if (cell.empty()) return {};
    Operand made = type.format->written == Written::duration ? duration(cell, at)
                                                             : operand(cell, type.kind(), at);
    if (made.formula) return made;
    auto fitting = coerce(type, std::move(made.value));
    if (!fitting) {
      report(at, std::move(fitting.error()));
      return {};
    }
    return {fitting.take(), std::nullopt};
  }

  Operand duration(const std::string& cell, const std::string& at) {
    const auto literal = metadata::text_literal(cell);
    if (!literal) return operand(cell, Kind::number, at);
    auto seconds = parse_duration(*literal);
    if (seconds) return {Value{Decimal::of(*seconds)}, std::nullopt};
    report(at, std::move(seconds.error()));
    return {};
  }

  Operand operand(std::string_view cell, Kind kind, const std::string& at) {
    if (const auto literal = metadata::text_literal(cell)) {
      auto value = read_literal(kind, *literal);
      if (value) return {value.take(), std::nullopt};
      report(at, std::move(value.error()));
      return {};
    }
    auto formula = formula::compile_as(kind, cell, definition_.object, names_, needs_);
    if (!formula) {
      report(at, std::move(formula.error()));
      return {};
    }
    if (!is_known(*formula)) return {Value{}, formula.take()};
    auto value = formula->evaluate({});
    if (value) return {value.take(), std::nullopt};
    report(at, std::move(value.error()));
    return {};
  }

  void report(const std::string& at, Error error) {
    for (Problem& problem : error.problems) problem.at = at;
    json::collect(problems_, std::move(error));
  }

  const metadata::Bundle& bundle_;
  const metadata::Table& definition_;
  const formula::Names& names_;
  formula::Needs& needs_;
  std::vector<Problem> problems_;
};

void add_part(Test& test, metadata::UnaryTest::Op op, const Value& value) {
  if (is_empty(value)) return;
  test.parts.push_back({.op = op, .low = {value, std::nullopt}, .high = {}});
}

// At least and at most together are one interval: parts of a test are alternatives.
Test test_of(std::span<const Value> cells) {
  using Op = metadata::UnaryTest::Op;
  Test test;
  const Value& from = cells[1];
  // Of two upper ends the one that leaves less.
  const bool closed =
      is_empty(cells[3]) || (!is_empty(cells[2]) && compare(cells[2], cells[3]) < 0);
  const Value& to = closed ? cells[2] : cells[3];
  add_part(test, Op::equal, cells[0]);
  if (!test.parts.empty()) return test;
  if (is_empty(from)) {
    add_part(test, closed ? Op::less_equal : Op::less, to);
  } else if (is_empty(to)) {
    add_part(test, Op::greater_equal, from);
  } else {
    test.parts.push_back({.op = Op::between,
                          .low = {from, std::nullopt},
                          .high = {to, std::nullopt},
                          .open_low = false,
                          .open_high = !closed});
  }
  return test;
}

constexpr std::size_t kFieldsPerInput = 4;

}  // namespace

Result<Table> compile(const metadata::Bundle& bundle, const metadata::Table& definition,
                      const formula::Names& names, formula::Needs& needs) {
  return TableCompiler(bundle, definition, names, needs).run();
}

std::vector<std::string> fields_of(const metadata::RowsFrom& from) {
  std::vector<std::string> fields;
  for (const metadata::RecordTest& test : from.when) {
    fields.insert(fields.end(), {test.equals, test.from, test.to, test.below});
  }
  fields.insert(fields.end(), from.then.begin(), from.then.end());
  return fields;
}

Row row_of(RecordId record, std::span<const Value> values, std::size_t inputs) {
  Row row{.label = {}, .tests = {}, .results = {}, .record = record};
  for (std::size_t i = 0; i < inputs; ++i) {
    row.tests.push_back(test_of(values.subspan(i * kFieldsPerInput, kFieldsPerInput)));
  }
  for (const Value& value : values.subspan(inputs * kFieldsPerInput)) {
    row.results.push_back({value, std::nullopt});
  }
  return row;
}

}  // namespace tenon::decision
