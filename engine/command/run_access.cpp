#include "engine/command/run_access.h"

#include <algorithm>

#include "engine/command/access.h"
#include "engine/query/directory.h"
#include "engine/run/copy.h"
#include "engine/run/version.h"

namespace tenon::command {
namespace {

bool takes_part(const flow::Run& run, flow::UserId user) {
  const auto is_theirs = [&](const flow::Seat& seat) {
    return seat.holder == user || seat.helper == user || seat.behalf_of == user ||
           seat.actor == user || seat.added_by == user;
  };
  const auto is_named = [&](const flow::Entry& entry) {
    return entry.actor == user || entry.other == user;
  };
  return run.initiator == user || std::any_of(run.seats.begin(), run.seats.end(), is_theirs) ||
         std::any_of(run.history.begin(), run.history.end(), is_named);
}

}  // namespace

bool administers_flows(const Context& context) {
  if (context.actor.is_system()) return true;
  const auto& roles = context.actor.roles;
  const auto admins = query::roles_of_flow_admins(context.app);
  return std::any_of(admins.begin(), admins.end(), [&](const std::string& role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  });
}

std::int64_t highest_run_id(storage::Transaction& tx) { return run::highest_id(tx); }

bool may_read_run(Context& context, const run::Kept& kept) {
  if (takes_part(kept.run, context.actor.user) || administers_flows(context)) return true;
  if (run::has_copy(context.tx, kept.run.id, context.actor.user)) return true;
  const application::Object* object = context.app.find_id(kept.object);
  return object != nullptr && may_see(context, *object, kept.run.record);
}

Result<run::Kept> read_run(Context& context, flow::RunId id) {
  auto kept = run::read(context.tx, id);
  if (!kept || !may_read_run(context, *kept)) return Error::not_found();
  return std::move(*kept);
}

const application::Flow& flow_of(const Context& context, const run::Kept& kept) {
  const application::Flow* flow = context.app.find_flow(kept.run.flow, kept.run.version);
  if (flow != nullptr) return *flow;
  throw Fault("version " + std::to_string(kept.run.version) + " of the flow " + kept.run.flow +
              " is not in the application");
}

std::shared_ptr<const metadata::Flow> definition_of(const Context& context, const run::Kept& kept) {
  const application::Flow* flow = context.app.find_flow(kept.run.flow, kept.run.version);
  if (flow != nullptr) return flow->definition;
  auto pinned =
      metadata::parse_symbolic(run::definition_of(context.tx, kept.run.flow, kept.run.version));
  if (!pinned) throw Fault("no definition of the run " + text_of(kept.run.id));
  return std::make_shared<const metadata::Flow>(pinned.take());
}

}  // namespace tenon::command
