// A formula as SQL: pieces of text, columns and bindings, with the same result as evaluate().
//
// Native operators only for logic, comparison, null tests, + and - of numbers; everything else is a
// function of the engine's own, called from SQL (sql_functions()). The query room puts the pieces
// into its SqlBuilder and decides which table a column is of; nothing here is taken from input but
// as a binding. Source of the division of labour: engine/decisions.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/formula/formula.h"
#include "engine/value/column.h"

namespace tenon::formula {

struct SqlField {
  int slot;  // Of the record itself.
};
struct SqlPath {
  int place;  // In the Needs.
};
struct SqlContext {
  // zone: the text of its name; looked_up: LookedUp::handle() of what formulas look things up in.
  enum class Name { user, team, today, now, id, zone, looked_up } name;
};
// Within SqlRows: of the row, and not of the record.
struct SqlRowField {
  int slot;
};
struct SqlRowPath {
  int place;  // In the ManyNeed's paths.
};
// The beginning of a test whether the record's own list of references holds a record: the caller
// writes either of these, an id and ")" follow.
//   <id> IN (SELECT holder FROM record_link WHERE … AND target =
//   EXISTS (SELECT 1 FROM json_each(<column>) WHERE value =
struct SqlHolds {
  int slot;
};
struct SqlRows;
using SqlPiece = std::variant<std::string_view, SqlField, SqlPath, SqlContext, Column, SqlRowField,
                              SqlRowPath, SqlHolds, std::shared_ptr<const SqlRows>>;

// All the rows behind a name as one text. The caller knows the tables and writes
//   (SELECT json_group_array(v) FROM
//     (SELECT CAST(<value> AS TEXT) AS v FROM <rows of the record> WHERE <condition> ORDER BY …)
//    WHERE v IS NOT NULL)
// with the rows in their order, as Scope::many would have them.
struct SqlRows {
  int place;  // In Needs::many.
  std::vector<SqlPiece> value;
  std::vector<SqlPiece> condition;
};

// How a number stands in SQL: an int64 at a scale (as in columns), or a decimal's text.
struct SqlNumber {
  bool scaled;
  int scale;
};

struct Sql {
  std::vector<SqlPiece> pieces;
  Type type;
  SqlNumber number;  // Where the type is a number.
};

// Where it names what was before a change there is none: the place of the first such name, as a
// problem has it. sql_of() of such a one is a programmer's fault.
std::optional<Problem> not_sql(const Formula& formula);

Sql sql_of(const Formula& formula);
// Of a boolean, for WHERE: null where evaluate() says false, so that indexes serve.
Sql sql_condition(const Formula& formula);
// The same, its number brought to a scale (rounded half away from zero), to compare or sum it.
Sql sql_of(const Formula& formula, int scale);

struct SqlFunctionEntry {
  std::string_view name;
  int arity;  // -1: any number.
  Column (*call)(std::span<const Column> arguments);
};
// Registered with storage at start. An error inside (overflow) is null, as for an empty argument.
std::span<const SqlFunctionEntry> sql_functions();

}  // namespace tenon::formula
