// A decision table, compiled: typed inputs and outputs, tests, and an index over them.
//
// compile() runs once, at publish; decide() (decide.h) is a pure function of the table and a
// record's scope, analyse() (analyse.h) of the table alone. Rows that are records of an object come
// from outside, made by row_of(): they have no index and are looked at one after the other.
// Schema: schemas/metadata/table.schema.json. Vectors: tests/vectors/decision.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/formula/formula.h"
#include "engine/metadata/bundle.h"
#include "engine/metadata/unary_test.h"

namespace tenon::decision {

using metadata::Collect;
using metadata::Hit;

// Known at publish, or computed from the record.
struct Operand {
  Value value;
  std::optional<formula::Formula> formula;
};

struct Part {
  metadata::UnaryTest::Op op;
  Operand low;
  Operand high;
  bool open_low = false;
  bool open_high = false;
};

struct Test {
  bool negated = false;
  std::vector<Part> parts;  // None: every value passes.

  bool is_any() const { return parts.empty(); }
  bool is_constant() const;
};

// Which values an input can have at all.
struct Domain {
  bool may_be_empty = true;
  std::vector<Value> options;  // None: any value between the bounds.
  Value minimum;               // Empty: without a bound.
  Value maximum;
  int scale = -1;  // Of numbers: digits behind the point; -1: any.
};

struct Input {
  std::string name;
  metadata::Label label;
  formula::Formula formula;
  Kind kind;
  Domain domain;
};

struct Output {
  std::string name;
  metadata::Label label;
  Type type;
  std::optional<Operand> otherwise;  // Where no row applies.
};

struct Row {
  metadata::Label label;
  std::vector<Test> tests;       // By input.
  std::vector<Operand> results;  // By output.
  RecordId record;               // The record it was made of; 0: a row of the file.
};

class Grid;  // grid.h

struct Table {
  std::string id;
  std::string name;
  metadata::Label label;
  std::string object;  // Its id.
  Hit hit;
  Collect collect;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Row> rows;
  std::optional<metadata::RowsFrom> rows_from;
  std::shared_ptr<const Grid> grid;  // Over `rows`; null where they are records.
};

// `needs` are those of the table's object. A loaded bundle's tables compile, but for values that
// cannot be evaluated (a division by zero): a problem at "rows/3/then/price".
Result<Table> compile(const metadata::Bundle& bundle, const metadata::Table& definition,
                      const formula::Names& names, formula::Needs& needs);

// Of each input the fields `equals`, `from`, `to`, `below`, then the outputs' fields: "" where the
// table names none. In this order row_of() takes a record's values.
std::vector<std::string> fields_of(const metadata::RowsFrom& from);
Row row_of(RecordId record, std::span<const Value> values, std::size_t inputs);

}  // namespace tenon::decision
