// Decision tables by chance over inputs of few values, with a second opinion on every cell.
//
// A cell is made together with its meaning, so that neither the grammar of cells nor the index over
// rows has to be believed. Values are small whole numbers (codes); what each stands for is the
// column's matter. The same seed makes the same table.
#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace tenon::decision::support {

using Code = std::optional<int>;  // Nothing: the empty value.

struct Column {
  std::string formula;  // A field, or one of the account's: acc.level.
  bool is_ordered;
  std::vector<Code> values;  // All there are of a record, as far as tests tell them apart.
  std::map<int, std::string>
      literals;                     // As cells write them; not each must be a value there can be.
  std::map<int, std::string> json;  // Of values, as the API writes them.

  std::string name() const;
  // The field at the end, and its object.
  std::string field() const;
  std::string object() const { return field() == formula ? "thing" : "account"; }
};

struct CellPart {
  enum class Op { null, equal, not_equal, less, less_equal, greater, greater_equal, between };
  Op op;
  int low = 0;
  int high = 0;
  bool open_low = false;
  bool open_high = false;

  bool passes(Code value) const;
};

struct Cell {
  std::string text;
  bool negated = false;
  bool is_formula = false;  // Known only for a record; then `parts` say nothing.
  std::vector<CellPart> parts;

  bool passes(Code value) const;
};

struct RandomRow {
  std::vector<Cell> cells;
  std::vector<Code> results;
};

struct RandomTable {
  std::string hit;
  std::string collect;
  std::vector<Column> columns;
  // high, low, none of both; first, second, neither; a whole number.
  int outputs = 3;
  bool has_default = false;
  std::vector<RandomRow> rows;

  std::string json() const;
  // Every combination of the columns' values.
  std::vector<std::vector<Code>> everything() const;
};

// The files of its bundle, with the fields that the columns name.
std::map<std::string, std::string> files_of(const RandomTable& table);
RandomTable random_table(unsigned seed);

}  // namespace tenon::decision::support
