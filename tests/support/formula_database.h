// A record in a table, and formulas asked of it as SQL: what the query room does, in small.
#pragma once

#include <string>
#include <vector>

#include "engine/formula/sql.h"
#include "engine/storage/database.h"
#include "tests/support/formula_vectors.h"

namespace tenon::support {

storage::Options formula_database(const std::string& path);
// The table of the file's record, STRICT as those of records are.
void create_table(storage::Transaction& tx, const VectorFile& file);
void insert(storage::Transaction& tx, const VectorFile& file, const VectorCase& one);

// One formula of one case, asked of that table; its rows are bound.
class AskedFormula {
 public:
  AskedFormula(const VectorFile& file, const VectorCase& one, const formula::Needs& needs);

  Column answer(storage::Transaction& tx, const formula::Sql& sql);

 private:
  void write(const std::vector<formula::SqlPiece>& pieces);
  void write_rows(const formula::SqlRows& rows);
  Column bound(const formula::SqlPiece& piece) const;

  const VectorFile& file_;
  const formula::Needs& needs_;
  std::vector<Value> paths_;
  VectorRows rows_;
  std::string text_;
  std::vector<Column> bindings_;
};

// What a column says, as a value of the formula's type.
Value answered(const formula::Sql& sql, const Column& column);

}  // namespace tenon::support
