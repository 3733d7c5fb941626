#include "engine/command/migrate_run.h"

#include "engine/command/flow_driver.h"
#include "engine/run/lock.h"

namespace tenon::command {
namespace {

Result<const application::Flow*> target_of(const Context& context, const run::Kept& kept,
                                           std::int64_t version) {
  const application::Flow* flow = version == 0 ? context.app.find_flow(kept.run.flow)
                                               : context.app.find_flow(kept.run.flow, version);
  if (flow != nullptr) return flow;
  if (version == 0) return Error::invalid("version", "version", "the flow is not there any more");
  return Error::invalid("version", "version",
                        "version " + std::to_string(version) +
                            " is neither the newest nor one that runs are still on");
}

Result<void> may_migrate(const Context& context, const run::Kept& kept) {
  if (!administers_flows(context)) {
    return Error::denied("", "only an admin of flows may do this");
  }
  if (kept.run.state != flow::RunState::finished) return done();
  return Error::of(ErrorCode::conflict, "", "finished", "the run is over");
}

flow::Migration migration_of(const Context& context, const run::Kept& kept,
                             const std::map<std::string, std::string>& nodes) {
  flow::Migration how;
  how.by.actor = context.actor.user;
  how.by.is_admin = true;
  how.nodes = nodes;
  how.since_ms = kept.since_ms;
  return how;
}

// A run that did not hold its record, and would: nobody else may.
bool is_locked_out(Context& context, const run::Kept& kept, const MigrationCheck& check) {
  if (!check.to->holds_records() || check.from->holds_records()) return false;
  const auto holder = run::holder_of(context.tx, kept.object, kept.run.record);
  if (!holder) return false;
  for (flow::RunId above = kept.parent; above.value != 0;) {
    if (above == *holder) return false;
    const auto caller = run::read(context.tx, above);
    above = caller ? caller->parent : flow::RunId{};
  }
  return true;
}

}  // namespace

Result<Acted> migrate_run(Context& context, const MigrateRun& command) {
  TENON_TRY(auto kept, read_run(context, command.run));
  flow::By by;
  by.actor = context.actor.user;
  by.request_id = command.request_id;
  if (flow::is_repeated(kept.run, flow::Comment{by})) return Acted{std::move(kept), true};
  TENON_CHECK(may_migrate(context, kept));
  TENON_TRY(const auto* to, target_of(context, kept, command.version));
  flow::Migration how = migration_of(context, kept, command.nodes);
  how.by.request_id = command.request_id;
  how.by.comment = command.comment;
  TENON_TRY(auto driven, FlowDriver(context).migrate(std::move(kept), *to, how));
  return Acted{std::move(driven.kept), false};
}

Result<MigrationCheck> check_migration(Context& context, const run::Kept& kept,
                                       const application::Flow& to,
                                       const std::map<std::string, std::string>& nodes) {
  MigrationCheck check{&flow_of(context, kept), &to, {}};
  FlowFacts gathered(context, to, kept.run.initiator, kept.run.record);
  TENON_CHECK(gathered.refresh());
  TENON_TRY(auto migrated,
            flow::migrate({*check.from->program, *check.from->definition, check.from->version},
                          {*to.program, *to.definition, to.version}, kept.run,
                          migration_of(context, kept, nodes), gathered.facts()));
  check.report = std::move(migrated.report);
  if (is_locked_out(context, kept, check)) {
    check.report.problems.push_back({"lock", "locked", "another run holds the record"});
  }
  return check;
}

Result<MigrationCheck> check_migration(Context& context, const MigrateRun& command) {
  TENON_TRY(const auto kept, read_run(context, command.run));
  TENON_CHECK(may_migrate(context, kept));
  TENON_TRY(const auto* to, target_of(context, kept, command.version));
  return check_migration(context, kept, *to, command.nodes);
}

}  // namespace tenon::command
