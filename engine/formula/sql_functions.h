// The names by which SQL calls what evaluate() does. Internal to this room.
//
// Numbers come and go as the shortest decimal text, dates, times and moments, booleans and ids as
// integers. A plain function answers an error with null. Its checked twin answers with a mark, and
// hands a mark among its arguments on.
#pragma once

#include <string_view>

#include "engine/formula/tree.h"

namespace tenon::formula {

// "formula_round(", or "formula_try_round(" where checked; for an operation or call of the tree.
std::string_view sql_call(const Node& node, bool checked);
// The same of a name in the table of sql_functions.cpp: "decimal", "scaled", "compare", ….
std::string_view sql_call(std::string_view name, bool checked);

// The mark of an error in checked SQL.
inline constexpr std::string_view kSqlError =
    "\x01"
    "error"
    "\x01";

}  // namespace tenon::formula
