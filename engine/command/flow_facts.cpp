#include "engine/command/flow_facts.h"

#include "engine/command/gather.h"
#include "engine/query/directory.h"
#include "engine/query/working_calendar.h"
#include "engine/run/run.h"

namespace tenon::command {
namespace {

// Reads everything; who it is only says what $user means.
Actor initiator_of(flow::UserId user) {
  Actor actor;
  actor.user = user;
  actor.surface = Surface::flow;
  actor.name = "a flow";
  return actor;
}

Values copied(std::span<const Value> values) { return {values.begin(), values.end()}; }

}  // namespace

std::vector<int> value_slots(const application::Object& object) {
  std::vector<int> slots;
  for (std::size_t slot = 0; slot < object.types.size(); ++slot) {
    if (!object.definition->fields[slot].is_children()) slots.push_back(static_cast<int>(slot));
  }
  return slots;
}

FlowFacts::FlowFacts(const Context& context, const application::Flow& flow, flow::UserId initiator,
                     RecordId record)
    : flow_(flow),
      actor_(initiator_of(initiator)),
      asked_{context.app, actor_, context.app.all_rights(), context.tx,
             DateTime{context.clock.now_ms()}} {
  asked_.looked_up = looked_up(context);
  facts_.looked_up = asked_.looked_up.get();
  facts_.now_ms = asked_.now.ms;
  facts_.today = query::today(context.app, asked_.now);
  facts_.zone = &context.app.zone();
  facts_.record = record;
  if (!flow.counts_working) return;
  working_ = query::working_calendar(context.app, context.tx, std::nullopt);
  facts_.working = &*working_;
}

Result<void> FlowFacts::refresh() {
  const application::Object& object = *asked_.app.find_id(flow_.definition->object);
  const formula::Needs& needs = flow_.program->needs;
  facts_.fields.assign(object.types.size(), Value{});
  facts_.record_version = 0;
  if (needs.paths.empty() && needs.many.empty() && object.computed.empty()) {
    read_alone(object);
    return done();
  }
  return read_needs(object);
}

void FlowFacts::read_alone(const application::Object& object) {
  auto record = record::read(asked_.tx, object.table, facts_.record);
  if (!record) return;
  facts_.record_version = record->version;
  facts_.system = system_values(*record);
  facts_.fields = std::move(record->fields);
}

Result<void> FlowFacts::read_needs(const application::Object& object) {
  TENON_TRY(kept_, query::KeptScope::read(asked_, object, flow_.program->needs, value_slots(object),
                                          facts_.record));
  facts_.paths.assign(flow_.program->needs.paths.size(), Value{});
  facts_.many.assign(flow_.program->needs.many.size(), {});
  facts_.system.clear();
  if (!kept_) return done();
  const formula::Scope scope = kept_->scope();
  facts_.fields = copied(scope.fields);
  facts_.paths = copied(scope.paths);
  facts_.system = copied(scope.system);
  facts_.many.assign(scope.many.begin(), scope.many.end());
  if (const auto* version = std::get_if<Decimal>(&kept_->field(*query::system_slot("version")))) {
    facts_.record_version = version->whole().value_or(0);
  }
  return done();
}

void FlowFacts::ask(const flow::PeopleQuestion& question) {
  people_ = query::directory(asked_, question);
  facts_.people = &people_;
}

void FlowFacts::ask_calls(flow::RunId run) {
  facts_.decided_in_calls = run::decided_in_calls(asked_.tx, run);
}

}  // namespace tenon::command
