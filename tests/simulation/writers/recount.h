// What the shop's derived fields must be, counted anew from the given ones by SQL of its own.
//
// Knows nothing of the engine's rollups: it reads the tables as they lie on the disk.
#pragma once

#include <string>
#include <vector>

#include "engine/storage/database.h"

namespace tenon::simulation {

// What of an order counts in its customer's turnover, as the bundle says at this time.
enum class Counted { all_but_void, only_void };

// A line for each record and field whose kept value is another: "customer 17 turnover: 200, counted
// 250". Empty where all is as it must be.
std::vector<std::string> wrong_values(storage::Transaction& tx, Counted counted);
// How many living records and lines were looked at.
std::int64_t counted_rows(storage::Transaction& tx);

}  // namespace tenon::simulation
