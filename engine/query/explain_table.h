// What a decision table says about a record that is kept: which rows apply, by which cells, and
// what the hit policy makes of them.
//
// A table is explained whole or not at all: a row that applies, or does not, tells what it asks.
#pragma once

#include <string_view>
#include <vector>

#include "engine/decision/decide.h"
#include "engine/query/context.h"

namespace tenon::query {

struct ExplainedTable {
  const decision::Table* table;
  std::vector<decision::Row>
      records;  // The rows, where they are records; else they are the table's.
  decision::Explanation explanation;

  const std::vector<decision::Row>& rows() const {
    return table->rows_from ? records : table->rows;
  }
};

// `not_found` where the record, or anything the table names, may not be read; `denied` where what
// it asks lies behind a record that may not be seen.
Result<ExplainedTable> explain_table(const Context& context, std::string_view object, RecordId id,
                                     std::string_view table);

}  // namespace tenon::query
