// MigrateRun: a run is moved to another version of its flow (engine/flow/migrate.h), by who
// administers flows.
//
// All of it or nothing: what does not fit is a `conflict` whose problems say what and where. The
// record's lock is as the new version says it (rule "locked" where another run holds it). Whether
// it could be done is asked with check_migration(), which writes nothing.
#pragma once

#include <map>
#include <string>

#include "engine/command/act_on_run.h"
#include "engine/flow/migrate.h"

namespace tenon::command {

struct MigrateRun {
  flow::RunId run;
  std::int64_t version = 0;                  // 0: the newest.
  std::map<std::string, std::string> nodes;  // Ids, old to new, where they differ.
  std::string comment;
  std::string request_id;
};

// The same (actor, request id) again changes nothing.
Result<Acted> migrate_run(Context& context, const MigrateRun& command);

struct MigrationCheck {
  const application::Flow* from = nullptr;
  const application::Flow* to = nullptr;
  flow::MigrationReport report;
};
Result<MigrationCheck> check_migration(Context& context, const MigrateRun& command);
// Of one that was read as its actor may.
Result<MigrationCheck> check_migration(Context& context, const run::Kept& kept,
                                       const application::Flow& to,
                                       const std::map<std::string, std::string>& nodes);

}  // namespace tenon::command
