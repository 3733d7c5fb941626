#include "engine/command/publish.h"

#include <algorithm>

#include "engine/command/currency_fill.h"
#include "engine/command/fill.h"
#include "engine/command/key_fill.h"
#include "engine/command/return_due.h"
#include "engine/decision/check.h"
#include "engine/json/writer.h"
#include "engine/record/catalogue.h"
#include "engine/run/version.h"

namespace tenon::command {
namespace {

using application::Application;

struct Prepared {
  metadata::Bundle bundle;
  application::Version version;
  record::Ddl ddl;
  Plan plan;
};

// Former names of fields stay accepted, unless a field now has that name itself.
void add_aliases(const metadata::Bundle& before, const metadata::Bundle& after,
                 record::Catalogue& catalogue) {
  for (const metadata::Object& object : after.objects) {
    const metadata::Object* old = before.find_id(object.id);
    if (old == nullptr) continue;
    for (const metadata::Field& field : object.fields) {
      const metadata::Field* was = old->find_id(field.id);
      if (was == nullptr || was->name == field.name || !field.currency_of.empty()) continue;
      std::erase_if(catalogue.aliases, [&](const record::Alias& alias) {
        return alias.object == object.id && alias.alias == was->name;
      });
      catalogue.aliases.push_back({object.id, was->name, field.id});
    }
    std::erase_if(catalogue.aliases, [&](const record::Alias& alias) {
      return alias.object == object.id && object.find(alias.alias) != nullptr;
    });
  }
}

Result<record::Ddl> ddl_for(storage::Transaction& tx, const metadata::Bundle& bundle) {
  const application::FieldFacts facts(bundle);
  return record::plan(
      record::read_catalogue(tx), bundle,
      [&](const auto& object, const auto& field) { return facts.is_stored(object, field); },
      [&](const auto& object, const auto& field) { return facts.type_of(object, field); });
}

// The versions of flows in use, as they will be: what differs from the newest is a new one.
std::vector<run::Version> pinned_after(storage::Transaction& tx, const metadata::Bundle& bundle,
                                       std::vector<run::Version>& fresh) {
  auto pinned = run::versions_in_use(tx);
  for (const metadata::Flow& flow : bundle.flows) {
    run::Version next{.flow = flow.id,
                      .version = 1,
                      .definition = metadata::symbolic_text(flow),
                      .is_newest = true};
    const auto newest = std::find_if(pinned.begin(), pinned.end(), [&](const run::Version& one) {
      return one.is_newest && one.flow == flow.id;
    });
    if (newest != pinned.end()) {
      if (newest->definition == next.definition) continue;
      next.version = newest->version + 1;
      newest->is_newest = false;
    }
    fresh.push_back(next);
    pinned.push_back(std::move(next));
  }
  return pinned;
}

// Flows of the new bundle and those that runs are still on, before anything is changed.
Result<void> check_flows(storage::Transaction& tx, const metadata::Bundle& bundle, Plan& plan) {
  std::vector<run::Version> fresh;
  const auto pinned = pinned_after(tx, bundle, fresh);
  for (const run::Version& one : pinned) {
    if (!one.is_newest && one.running > 0) {
      plan.runs.push_back({one.flow, one.version, one.running});
    }
  }
  std::vector<Problem> problems;
  (void)application::compile_earlier_flows(bundle, pinned, problems);
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return done();
}

Result<Prepared> prepare(storage::Transaction& tx, const Application& running,
                         const metadata::Files& files) {
  Prepared prepared;
  TENON_TRY(const auto name, application::bundle_name(files));
  prepared.version = application::read_newest(tx);
  prepared.version.bundles[name] = files;
  prepared.version.version += 1;
  TENON_TRY(prepared.bundle, application::compose(prepared.version.bundles));
  prepared.plan.changes = metadata::compare(running.bundle(), prepared.bundle);
  std::vector<Problem> refused;
  for (const metadata::Change& change : prepared.plan.changes) {
    prepared.plan.loses_data = prepared.plan.loses_data || change.loses_data;
    if (change.refused) refused.push_back({change.object, "type_change", change.description});
  }
  if (!refused.empty()) return Error::invalid(std::move(refused));
  TENON_CHECK(check_flows(tx, prepared.bundle, prepared.plan));
  TENON_CHECK(check_kept_currencies(tx, running, prepared.bundle));
  TENON_TRY(prepared.ddl, ddl_for(tx, prepared.bundle));
  add_aliases(running.bundle(), prepared.bundle, prepared.ddl.after);
  prepared.plan.steps = prepared.ddl.words;
  auto findings = decision::check(prepared.bundle);
  if (!findings.problems.empty()) return Error::invalid(std::move(findings.problems));
  prepared.plan.warnings = std::move(findings.warnings);
  return prepared;
}

void note_publish(Context& context, std::int64_t version) {
  event::Event event;
  event.id = EventId{context.ids.next()};
  event.at = DateTime{context.clock.now_ms()};
  event.actor = context.actor.user;
  event.surface = std::string(name_of(context.actor.surface));
  event.kind = "publish";
  event.application = version;
  json::Writer body;
  body.begin_object().key("version").integer(version).end_object();
  event.body = body.take();
  event::append(context.tx, event);
}

Result<std::shared_ptr<const Application>> compile_pinned(
    storage::Transaction& tx, metadata::Bundle bundle, const record::Catalogue& catalogue,
    std::int64_t version, std::int64_t now_ms, const application::BuildingFields& building) {
  std::vector<run::Version> fresh;
  const auto pinned = pinned_after(tx, bundle, fresh);
  for (const run::Version& one : fresh) run::pin(tx, one, now_ms);
  return application::compile(std::move(bundle), catalogue, version, building, pinned);
}

bool pools_differ(const metadata::Bundle& before, const metadata::Bundle& after) {
  return std::any_of(after.objects.begin(), after.objects.end(), [&](const auto& object) {
    const metadata::Object* old = before.find_id(object.id);
    return old == nullptr ? !object.pools.empty() : old->pools != object.pools;
  });
}

Error clash_of(const storage::Clash& clash) {
  std::string columns;
  for (const std::string& column : clash.columns) columns += (columns.empty() ? "" : ", ") + column;
  return Error::of(
      ErrorCode::conflict, clash.table, "unique",
      "there are records with the same " + columns + "; mend them before it becomes unique");
}

}  // namespace

Result<Plan> plan_publish(storage::Transaction& tx, const Application& running,
                          const metadata::Files& files) {
  TENON_TRY(auto prepared, prepare(tx, running, files));
  return std::move(prepared.plan);
}

Result<void> check_confirmed(const Plan& plan, bool confirmed) {
  if (!plan.loses_data || confirmed) return done();
  return Error::of(ErrorCode::conflict, "", "confirm",
                   "fields or objects with data go away; confirm it after looking at the plan");
}

Result<Published> publish(Context& context, const metadata::Files& files, bool confirmed) {
  TENON_TRY(auto prepared, prepare(context.tx, context.app, files));
  TENON_CHECK(check_confirmed(prepared.plan, confirmed));
  const Fill fill = plan_fill(context, prepared.bundle);
  if (const auto clash = record::apply(context.tx, prepared.ddl)) return clash_of(*clash);
  fill_currencies(context.tx, context.app.bundle(), prepared.bundle, prepared.ddl.after);
  const std::int64_t version = prepared.version.version;
  const DateTime now{context.clock.now_ms()};
  TENON_TRY(auto app, compile_pinned(context.tx, std::move(prepared.bundle), prepared.ddl.after,
                                     version, now.ms, fill.building()));
  TENON_CHECK(fill_derived(context, *app, fill));
  fill_keys(context, *app);
  if (pools_differ(context.app.bundle(), app->bundle())) schedule_reckoning(context);
  application::append(context.tx, prepared.version, now.ms, context.actor.user);
  note_publish(context, version);
  return Published{std::move(app), std::move(prepared.plan)};
}

std::shared_ptr<const Application> open_application(storage::Transaction& tx) {
  const application::Version newest = application::read_newest(tx);
  auto bundle = application::compose(newest.bundles);
  if (!bundle) throw Fault("the published application does not load: " + describe(bundle.error()));
  auto ddl = ddl_for(tx, *bundle);
  if (!ddl) throw Fault("the published application has no tables: " + describe(ddl.error()));
  if (record::apply(tx, *ddl)) throw Fault("the system's tables cannot be brought up to date");
  // A newer program may write definitions otherwise: what began before stays as it was pinned.
  auto app = compile_pinned(tx, bundle.take(), ddl->after, newest.version, newest.at_ms,
                            record::building_fields(tx));
  if (!app) throw Fault("the published application does not compile: " + describe(app.error()));
  return app.take();
}

}  // namespace tenon::command
