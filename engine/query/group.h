// Grouping and measures: what POST /query and reports answer.
//
// Runs as the actor: rows, fields and what lies behind references are those the actor may read.
// Sums are exact (kept in two halves, so that they cannot overflow); an average is rounded to two
// digits more than its field. Each row carries a filter that lists exactly the records behind it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/metadata/definitions.h"
#include "engine/query/select.h"

namespace tenon::query {

struct GroupColumn {
  std::string name;
  std::string label;
  Type type;
  std::string currency;
  // Of amounts in several currencies: the group that says which; "" where there is none.
  std::string currency_group = {};
  // Of a group by a choice: the field, whose options have labels; else null.
  const metadata::Field* choices = nullptr;
  // Of a group by a reference: the object referred to; else null.
  const application::Object* target = nullptr;
};

// A group's reference is told by its id and, where the actor may see it, its title.
struct GroupValue {
  Value value;
  std::string title;
};

struct Grouping {
  const application::Object* object;
  std::vector<GroupColumn> columns;  // Groups, then measures.
  std::size_t groups = 0;            // How many of them are groups.
  std::vector<std::vector<GroupValue>> rows;
  std::vector<std::string> drill;  // By row: a filter formula.
  std::vector<GroupValue> totals;  // By measure.
};

// `filter` is put beside the query's own, as a person wrote it; "" for none.
Result<Grouping> group(const Context& context, const metadata::QueryBody& query,
                       std::string_view filter);

}  // namespace tenon::query
