// A page of an object's records: filter, sort, paths, keyset pages, counts; and one record.
//
// Everything goes through Select (select.h), so the actor's permissions are inside. Pages follow a
// cursor that holds the sort values of the last record, so that records which come or go between
// two pages neither repeat nor skip others.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/query/select.h"

namespace tenon::query {

enum class Count { none, estimate, exact };

struct ListRecords {
  std::string object;
  std::vector<std::string> fields;  // Paths; empty: all readable fields.
  std::string filter;
  std::vector<std::string> sort;  // Paths, "-" before: descending. Empty: newest first.
  int limit = 50;
  std::string after;  // A cursor; "" at the start.
  Count count = Count::none;
  std::string search;
};

// A column of the answer. References behind which something was asked are nested outside.
struct Output {
  Path path;
  const Type* type;
};

// What the actor may do with one record.
struct May {
  bool update = false;
  bool erase = false;
};

struct Page {
  const application::Object* object;
  std::vector<Output> outputs;
  std::vector<Values> rows;  // By output.
  std::vector<May> may;      // By row.
  std::string next;          // "" at the end.
  std::optional<std::int64_t> count;
  bool count_more = false;  // The estimate stopped at its bound.
};

Result<Page> list(const Context& context, const ListRecords& query);

// The one record as a page of one row; `not_found` also where the actor may not see it.
Result<Page> read(const Context& context, std::string_view object, RecordId id,
                  const std::vector<std::string>& fields);

}  // namespace tenon::query
