// How a list or a record is read: its SQL and what its rows are, worked out once per application,
// rights and question. Room-internal: others see list.h.
//
// Who asks, when, and what differs from page to page are bound each time (later.h), so that a plan
// serves everybody with the same rights. It lies in the application's memo.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/query/cursor.h"
#include "engine/query/list.h"

namespace tenon::query {

struct SortKey {
  Path path;
  bool descending;
};

struct ListPlan final : application::Memo::Item {
  const application::Object* object = nullptr;
  Shape shape;
  std::vector<SortKey> sort;
  // The outputs, then the owner (for what the actor may do), then the sort values (for the cursor).
  storage::SqlBuilder page;
  std::string page_sql;
  storage::SqlBuilder count;  // Empty where nothing is counted.
  std::string count_sql;
};

// What the SQL leaves open for the caller; the cursor's sort values follow.
enum Given : std::size_t { kLimit, kRecord, kWords, kDigits, kFirstSortValue };

struct Question {
  const application::Object* object;
  const ListRecords* query;
  const Cursor* after = nullptr;  // Null at the start.
  bool is_one_record = false;
  bool is_of_ids = false;  // kRecord is a JSON array of ids.
};

// Refused where the question names what there is not, or what the actor may not read.
Result<std::shared_ptr<const ListPlan>> plan_of(const Context& context, const Question& question);

// The sort in a cursor's own words, so that a cursor of another list is told from this one's.
std::string signature_of(const std::vector<std::string>& sort);

}  // namespace tenon::query
