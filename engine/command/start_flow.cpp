#include "engine/command/start_flow.h"

#include <algorithm>
#include <set>

#include "engine/command/access.h"
#include "engine/command/check_submission.h"
#include "engine/command/flow_driver.h"
#include "engine/json/members.h"
#include "engine/run/lock.h"

namespace tenon::command {
namespace {

using application::Object;
using metadata::TriggerKind;

bool is_by_hand(const application::FlowTrigger& trigger) {
  return trigger.definition->kind == TriggerKind::form ||
         trigger.definition->kind == TriggerKind::button;
}

const Object& object_of(const Context& context, const application::Flow& flow) {
  return *context.app.find_id(flow.definition->object);
}

// Whoever may change it may submit it, and who made it.
Result<record::Record> read_to_start(Context& context, const StartFlow& command) {
  const Object& object = object_of(context, *command.flow);
  auto record = record::read(context.tx, object.table, command.record);
  if (!record) return Error::not_found();
  auto reaches = reaches_as(context, object, *record, Verb::update);
  const bool is_theirs = record->created_by == context.actor.user;
  const bool refused = !reaches && !(is_theirs && reaches.error().code == ErrorCode::denied);
  if (refused) return std::move(reaches.error());
  return std::move(*record);
}

// Some trigger by hand whose condition holds.
Result<void> check_trigger(Context& context, const StartFlow& command) {
  const application::Flow& flow = *command.flow;
  std::vector<const application::FlowTrigger*> asked;
  for (const application::FlowTrigger& trigger : flow.triggers) {
    if (!is_by_hand(trigger)) continue;
    if (!trigger.when) return done();
    asked.push_back(&trigger);
  }
  if (asked.empty()) return Error::denied("", "this flow is not started by people");
  const Object& object = object_of(context, flow);
  const FlowFacts facts(context, flow, context.actor.user, command.record);
  TENON_TRY(const auto kept, query::KeptScope::read(facts.asked(), object, flow.trigger_needs,
                                                    value_slots(object), command.record));
  if (!kept) return Error::not_found();
  formula::Scope scope = kept->scope();
  Values fields(scope.fields.begin(), scope.fields.end());
  fields.resize(fields.size() + flow.program->variables.size());
  scope.fields = fields;
  for (const application::FlowTrigger* trigger : asked) {
    TENON_TRY(const auto holds, trigger->when->evaluate(scope));
    if (is_true(holds)) return done();
  }
  return Error::of(ErrorCode::conflict, "", "trigger",
                   "this record is not one for \"" + flow.name() + "\" as it stands");
}

Result<run::Kept> submitted(Context& context, const StartFlow& command) {
  const application::Flow& flow = *command.flow;
  run::Kept kept;
  kept.object = flow.definition->object;
  kept.is_exclusive = flow.definition->kind == metadata::FlowKind::approval;
  TENON_TRY(kept.run, flow::begin(*flow.program, {.id = {context.ids.next()},
                                                  .version = flow.version,
                                                  .record = command.record,
                                                  .initiator = context.actor.user,
                                                  .depth = 0,
                                                  .variables = command.variables,
                                                  .chosen = command.chosen}));
  return kept;
}

}  // namespace

bool may_start(const Context& context, const application::Flow& flow) {
  const Object& object = object_of(context, flow);
  const auto& rights =
      context.app.rights(context.actor).objects[static_cast<std::size_t>(object.place)];
  const bool writes = rights.create || rights.update != permission::Reach::none;
  return rights.read != permission::Reach::none && writes &&
         std::any_of(flow.triggers.begin(), flow.triggers.end(), is_by_hand);
}

Result<run::Kept> start_flow(Context& context, const StartFlow& command) {
  TENON_TRY(const auto record, read_to_start(context, command));
  TENON_CHECK(check_trigger(context, command));
  TENON_CHECK(check_submission(context, object_of(context, *command.flow), record));
  TENON_TRY(auto kept, submitted(context, command));
  return FlowDriver(context).begin(std::move(kept), command.comment);
}

Result<flow::Preview> preview_flow(Context& context, const StartFlow& command) {
  TENON_CHECK(read_to_start(context, command));
  TENON_CHECK(check_trigger(context, command));
  TENON_TRY(const auto kept, submitted(context, command));
  const flow::Program& program = *command.flow->program;
  FlowFacts gathered(context, *command.flow, kept.run.initiator, command.record);
  TENON_CHECK(gathered.refresh());
  gathered.ask(flow::preview_people(program, kept.run, gathered.facts()));
  return flow::preview(program, kept.run, gathered.facts());
}

Result<flow::Preview> preview_run(Context& context, const run::Kept& kept) {
  if (kept.run.state != flow::RunState::running) return flow::Preview{.result = kept.run.result};
  const application::Flow& flow = flow_of(context, kept);
  FlowFacts gathered(context, flow, kept.run.initiator, kept.run.record);
  TENON_CHECK(gathered.refresh());
  gathered.ask(flow::preview_people(*flow.program, kept.run, gathered.facts()));
  TENON_TRY(auto preview, flow::preview(*flow.program, kept.run, gathered.facts()));
  std::set<int> known;  // Visits that it has behind it, or stands in.
  for (const flow::Seat& seat : kept.run.seats) known.insert(seat.visit);
  for (const flow::Token& token : kept.run.tokens) {
    if (token.incident) known.insert(token.visit);
  }
  const auto count = std::min(known.size(), preview.stops.size());
  preview.stops.erase(preview.stops.begin(),
                      preview.stops.begin() + static_cast<std::ptrdiff_t>(count));
  return preview;
}

Result<std::vector<flow::NamedValue>> parse_variables(json::Reader reader,
                                                      const application::Flow& flow) {
  std::vector<Problem> problems;
  json::Members members(reader, problems);
  std::vector<flow::NamedValue> variables;
  for (const metadata::Field& variable : flow.definition->variables) {
    const auto given = members.present(variable.name);
    if (!given) continue;
    auto value = parse(*given, metadata::type_of(variable));
    if (value) {
      variables.emplace_back(variable.name, value.take());
    } else {
      json::collect(problems, std::move(value.error()));
    }
  }
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return variables;
}

}  // namespace tenon::command
