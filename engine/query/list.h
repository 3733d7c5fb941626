// A page of an object's records: filter, sort, paths, keyset pages, counts; and one record.
//
// Everything goes through Select (select.h), so the actor's permissions are inside. Pages follow a
// cursor that holds the sort values of the last record, so that records which come or go between
// two pages neither repeat nor skip others.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/query/lines.h"
#include "engine/query/select.h"

namespace tenon::query {

enum class Count { none, estimate, exact };

struct ListRecords {
  std::string object;
  std::vector<std::string> fields;  // Paths; empty: all readable fields but lines.
  std::string filter;
  std::vector<std::string> sort;  // Paths, "-" before: descending. Empty: newest first.
  int limit = 50;
  std::string after;  // A cursor; "" at the start.
  Count count = Count::none;
  std::string search;
};

// A column of the answer. What was asked behind a reference is nested in it outside.
struct Output {
  Path path;
  const Type* type;                 // Of money in several currencies the values are wholes.
  std::string name;                 // The last part of the path.
  std::vector<std::size_t> behind;  // Outputs one step further.
  // Of a list of references: the paths that are asked of each record in it (Page::targets).
  std::vector<std::string> through;
};

// What all rows have in common; shared by all answers to the same question.
struct Shape {
  std::vector<Output> outputs;   // A reference before what lies behind it.
  std::vector<std::size_t> top;  // Those that lie behind nothing.
};

// Why an action is offered and yet not possible now, with numbers, and until when.
struct Refusal {
  std::string rule;
  std::int64_t bound = 0;
  std::int64_t count = 0;
  std::optional<DateTime> until;
};

struct OfferedAction {
  std::string name;
  std::vector<Refusal> refusals;  // None: it may be done.
};

// What the actor may do with one record.
struct May {
  bool update = false;
  bool erase = false;
  // Of pools (ownership.h), where they were asked for.
  std::vector<OfferedAction> actions;
  std::vector<bool> hidden;  // Fields, by slot, while it lies there; empty: none.
};

struct Targets;

struct Page {
  const application::Object* object;
  std::shared_ptr<const Shape> shape;
  std::vector<Values> rows;  // By output.
  std::vector<May> may;      // By row.
  // By output of children, then by the record's id; empty for other outputs.
  std::map<std::size_t, std::map<std::int64_t, LineSet>> lines;
  // By output of a list of references through which paths go: what is in the lists.
  std::map<std::size_t, std::shared_ptr<const Targets>> targets;
  std::string next;  // "" at the end.
  std::optional<std::int64_t> count;
  bool count_more = false;  // The estimate stopped at its bound.

  const std::vector<Output>& outputs() const { return shape->outputs; }
};

// The records in the lists of a page, as far as the actor may see them, each once.
struct Targets {
  Page page;
  std::map<std::int64_t, std::size_t> rows;  // By id.
};

Result<Page> list(const Context& context, const ListRecords& query);

// The one record as a page of one row, its lines with all fields; `not_found` also where the actor
// may not see it.
Result<Page> read(const Context& context, std::string_view object, RecordId id,
                  const std::vector<std::string>& fields);

// The same, also of a record that a run lets the actor read (record_grant.h).
Result<Page> read_with_runs(const Context& context, std::string_view object, RecordId id,
                            const std::vector<std::string>& fields);

}  // namespace tenon::query
