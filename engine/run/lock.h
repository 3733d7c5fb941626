// Which record is held by which run.
//
// Owns the table `flow_lock`. A record is held by one run at a time, from its beginning to its end;
// which fields that locks is asked of the run (flow::locks()). Flows that it calls share it.
#pragma once

#include <optional>
#include <string_view>

#include "engine/flow/run.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::run {

storage::Migrations lock_migrations();

// The run that holds the record.
std::optional<flow::RunId> holder_of(storage::Transaction& tx, std::string_view object,
                                     RecordId record);
// false where another holds it.
bool lock(storage::Transaction& tx, std::string_view object, RecordId record, flow::RunId run);
void unlock(storage::Transaction& tx, std::string_view object, RecordId record, flow::RunId run);

}  // namespace tenon::run
