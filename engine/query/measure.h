// Measures of a grouping: counts, sums and the like in SQL, and formulas over those before them.
#pragma once

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
  Of of = Of::count;
  std::optional<Path> path;
  std::optional<storage::SqlBuilder> filter;
  std::optional<formula::Formula> formula;  // Over the measures before it, by their place.
  int scale = 0;                            // Of the column.
};

Result<std::vector<Measure>> compile_measures(const Context& context, Select& select,
                                              const std::vector<metadata::Measure>& definitions);

// The columns that measure_values() reads; formulas have none.
storage::SqlBuilder measure_columns(Select& select, const std::vector<Measure>& measures);

// By measure. `place` is that of the first column. Refused where a formula overflows.
Result<Values> measure_values(const Context& context, const std::vector<Measure>& measures,
                              const storage::Row& row, int place);

}  // namespace tenon::query
