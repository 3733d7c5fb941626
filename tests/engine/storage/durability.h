// What the durability test and its child agree upon.
#pragma once

#include <string_view>

#include "engine/storage/database.h"

namespace tenon::storage {

inline constexpr int kWorksPerGroup = 16;
// No key: a row that were there twice would be seen.
inline constexpr std::string_view kCreateRows =
    "CREATE TABLE IF NOT EXISTS row (grp INTEGER NOT NULL, work INTEGER NOT NULL) STRICT";
inline constexpr std::string_view kInsertRow = "INSERT INTO row (grp, work) VALUES (:grp, :work)";

}  // namespace tenon::storage
