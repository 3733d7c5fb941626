// The place behind a record in a sorted list, as opaque text.
//
// It holds the record's sort values and id, and which sort they belong to: a cursor of another sort
// is `malformed`. It carries nothing that the reader of the page has not seen.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/value/column.h"

namespace tenon::query {

struct Cursor {
  std::int64_t id = 0;
  std::vector<Column> values;
};

std::string write_cursor(const Cursor& cursor, std::string_view sort);
Result<Cursor> parse_cursor(std::string_view text, std::string_view sort, std::size_t values);

}  // namespace tenon::query
