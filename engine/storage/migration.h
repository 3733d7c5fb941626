// System tables change by forward-only migrations, each applied once and noted in tenon_migration.
//
// A room that owns tables lists its migrations (migrations() in its header), oldest first; the
// start of the program passes those of all rooms, in the order of the floors. A migration that was
// ever released is never edited: a later one changes what it made.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/storage/database.h"

namespace tenon::storage {

struct Migration {
  std::string_view id;   // "event_0001_log": room, number, what it is about.
  std::string_view sql;  // Statements without bindings.
};

using Migrations = std::vector<Migration>;

// Applies what is missing, in this order, inside the transaction; answers how many that were. A
// database that a newer program wrote is a Fault which says so.
int migrate(Transaction& tx, std::span<const Migration> migrations, std::int64_t now_ms);

}  // namespace tenon::storage
