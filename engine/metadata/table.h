// A decision table: which of its rows apply to a record, and what comes out.
//
// Only the definition: cells are texts, written as unary_test.h says. What a table answers, and
// whether its rows leave gaps or contradict each other, is engine/decision's matter.
// Schema: table.schema.json; the words are explained in schemas/README.md, "Decision table".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/metadata/definitions.h"
#include "engine/metadata/object.h"

namespace tenon::metadata {

enum class Hit { unique, first, any, priority, collect, rule_order, output_order };
std::string_view name_of(Hit hit);
enum class Collect { list, sum, min, max, count };

struct TableInput {
  std::string name;
  Label label;
  std::string formula;               // Over the table's object.
  std::vector<std::string> options;  // The texts there can be, where no field says so.
  std::optional<Decimal> minimum;    // The same of numbers.
  std::optional<Decimal> maximum;
  friend bool operator==(const TableInput&, const TableInput&) = default;
};

// Cells by the place of their input or output; "" where the file says nothing: any value, no value.
struct TableRow {
  Label label;
  std::vector<std::string> when;
  std::vector<std::string> then;
  friend bool operator==(const TableRow&, const TableRow&) = default;
};

// Which fields of a record stand for a cell, all ids; an empty field does not limit.
struct RecordTest {
  std::string equals;
  std::string from;   // At least.
  std::string to;     // At most.
  std::string below;  // Less than.
  friend bool operator==(const RecordTest&, const RecordTest&) = default;
};

// Rows that the business keeps as records.
struct RowsFrom {
  std::string object;
  std::string filter;
  std::vector<std::string> sort;  // Fields, "-" descending: the order of the rows.
  std::vector<RecordTest> when;   // By input.
  std::vector<std::string> then;  // Fields, by output.
  friend bool operator==(const RowsFrom&, const RowsFrom&) = default;
};

struct Table : Named {
  std::string object;
  std::vector<TableInput> inputs;
  // As fields are written; a default is what comes out where no row applies, and the order of
  // options is the order of priority.
  std::vector<Field> outputs;
  Hit hit = Hit::unique;
  Collect collect = Collect::list;
  std::vector<TableRow> rows;
  std::optional<RowsFrom> rows_from;  // Instead of rows.
  friend bool operator==(const Table&, const Table&) = default;
};

}  // namespace tenon::metadata
