// What must hold of all runs, asked of the tables by SQL: knows nothing of how the engine steps.
#pragma once

#include <string>
#include <vector>

#include "engine/storage/database.h"

namespace tenon::simulation {

// Sentences about what is not as it must be, with how often; nothing: all is sound. To be asked
// between two commands.
std::vector<std::string> unsound_tables(storage::Transaction& tx, std::int64_t now_ms);

}  // namespace tenon::simulation
