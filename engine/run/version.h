// The definitions that runs began with: pinned at publish, never changed.
//
// Owns the table `flow_version`. A run stays on its version: its symbolic text (ids in place of
// names) is compiled against each new application (engine/application).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::run {

struct Version {
  std::string flow;          // Its id.
  std::int64_t version = 0;  // Of this flow, from 1.
  std::string definition;    // metadata::symbolic_text().
  bool is_newest = false;
  int running = 0;  // Runs on it that are not over.
};

storage::Migrations version_migrations();

// The newest of each flow, and all that have runs which are not over; by flow and version.
std::vector<Version> versions_in_use(storage::Transaction& tx);
void pin(storage::Transaction& tx, const Version& version, std::int64_t at_ms);
// Of any version, also one that is over; "" where there is none.
std::string definition_of(storage::Transaction& tx, std::string_view flow, std::int64_t version);

}  // namespace tenon::run
