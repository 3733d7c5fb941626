// What the query room's SQL calls besides the database's own: registered once, at start.
#pragma once

#include <vector>

#include "engine/storage/database.h"

namespace tenon::query {

std::vector<storage::SqlFunction> sql_functions();    // Those of formulas among them.
std::vector<storage::SqlCollation> sql_collations();  // tenon_text: the order of lists.

}  // namespace tenon::query
