// Measures of a grouping: counts, sums and the like in SQL, and formulas over those before them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/metadata/definitions.h"
#include "engine/query/select.h"

namespace tenon::query {

struct Measure {
  enum class Of { count, sum, average, minimum, maximum, distinct, median, formula };
  std::string name;
  std::string label;
  Type type;
  std::string currency;
  // Of amounts in several currencies, each group of which has one: the group that says which.
  std::string currency_group = {};
  Of of = Of::count;
  std::optional<Path> path;
  // In place of the path: what it is converted to.
  std::optional<storage::SqlBuilder> converted;
  std::optional<storage::SqlBuilder> filter;
  std::optional<formula::Formula> formula;  // Over the measures before it, by their place.
  int scale = 0;                            // Of the column.
};

// Names of groups by the path they are of.
using GroupNames = std::map<std::string, std::string, std::less<>>;

// Refused, too: a sum and the like of amounts in several currencies that are neither converted nor
// apart by their currency.
Result<std::vector<Measure>> compile_measures(const Context& context, Select& select,
                                              const std::vector<metadata::Measure>& definitions,
                                              const GroupNames& groups);

// The columns that measure_values() reads; formulas have none.
storage::SqlBuilder measure_columns(Select& select, const std::vector<Measure>& measures);

// Over all rows amounts of several currencies have no value.
enum class Over { group, all };

// By measure. `place` is that of the first column. Refused where a formula overflows.
Result<Values> measure_values(const Context& context, const std::vector<Measure>& measures,
                              const storage::Row& row, int place, Over over);

}  // namespace tenon::query
