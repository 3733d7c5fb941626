// The references of a decision table: cells are rewritten piece by piece, their signs stay.
#include "engine/metadata/translate.h"
#include "engine/metadata/unary_test.h"

namespace tenon::metadata {
namespace {

// A cell that is no test stays as it is: the check says so.
void translate_cell(std::string& cell, const std::string& object, Translator& translator,
                    const Place& at) {
  const auto test = parse_unary_test(cell);
  if (!test) return;
  const auto spans = test->formulas();
  std::string text;
  std::size_t done = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    std::string formula(spans[i].in(cell));
    translator.formula(object, formula, cell_formula_place(at, i, spans.size()));
    text += cell.substr(done, spans[i].begin - done) + formula;
    done = spans[i].end;
  }
  cell = text + cell.substr(done);
}

void translate_rows_from(Table& table, Translator& translator, const Place& at) {
  RowsFrom& from = *table.rows_from;
  const std::string object = translator.object(from.object, at / "object");
  if (!from.filter.empty()) translator.formula(object, from.filter, at / "filter");
  for (std::size_t i = 0; i < from.sort.size(); ++i) {
    translator.path(object, from.sort[i], at / "sort" / i);
  }
  const auto field = [&](std::string& reference, const Place& place) {
    if (!reference.empty()) translator.field(object, reference, place);
  };
  for (std::size_t i = 0; i < from.when.size(); ++i) {
    const Place cell = at / "when" / table.inputs[i].name;
    field(from.when[i].equals, cell / "equals");
    field(from.when[i].from, cell / "from");
    field(from.when[i].to, cell / "to");
    field(from.when[i].below, cell / "below");
  }
  for (std::size_t i = 0; i < from.then.size(); ++i) {
    field(from.then[i], at / "then" / table.outputs[i].name);
  }
}

}  // namespace

Place cell_formula_place(const Place& cell, std::size_t index, std::size_t count) {
  return count < 2 ? cell : cell / index;
}

void translate(Table& table, Translator& translator, const Place& place) {
  const std::string object = translator.object(table.object, place / "object");
  const auto formula = [&](std::string& text, const Place& at) {
    if (!text.empty()) translator.formula(object, text, at);
  };
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    formula(table.inputs[i].formula, place / "inputs" / i / "formula");
  }
  for (std::size_t i = 0; i < table.outputs.size(); ++i) {
    Field& output = table.outputs[i];
    const Place at = place / "outputs" / i;
    if (!output.to.empty() && !output.is_formula()) translator.object(output.to, at / "to");
    formula(output.default_formula, at / "default_formula");
  }
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    TableRow& row = table.rows[i];
    const Place at = place / "rows" / i;
    for (std::size_t j = 0; j < row.when.size(); ++j) {
      translate_cell(row.when[j], object, translator, at / "when" / table.inputs[j].name);
    }
    for (std::size_t j = 0; j < row.then.size(); ++j) {
      formula(row.then[j], at / "then" / table.outputs[j].name);
    }
  }
  if (table.rows_from) translate_rows_from(table, translator, place / "rows_from");
}

}  // namespace tenon::metadata
