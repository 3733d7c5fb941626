// The published versions: which files of which bundles make up the application.
//
// Owns the table `version`. Append-only: a rollback publishes an older version's files as a new
// one. compose() makes one bundle of several, each loaded over those it requires.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/metadata/bundle.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::application {

using Bundles = std::map<std::string, metadata::Files>;  // By the bundle's name.

struct Version {
  std::int64_t version = 0;
  Bundles bundles;
  std::int64_t at_ms = 0;  // When it was published.
};

storage::Migrations migrations();

// The newest; version 0 without bundles before the first publish.
Version read_newest(storage::Transaction& tx);
// What is read most often, by every command: the number alone.
std::int64_t newest_version(storage::Transaction& tx);
void append(storage::Transaction& tx, const Version& version, std::int64_t at_ms, RecordId actor);

// The system bundle and these on top of it, in the order they require each other.
Result<metadata::Bundle> compose(const Bundles& bundles);
// The name in bundle.json; `invalid` where it cannot be read.
Result<std::string> bundle_name(const metadata::Files& files);

}  // namespace tenon::application
