#include "engine/command/act_on_run.h"

#include "engine/command/check_submission.h"
#include "engine/command/events.h"
#include "engine/command/flow_driver.h"
#include "engine/command/run_files.h"
#include "engine/command/update_record.h"
#include "engine/flow/view.h"

namespace tenon::command {
namespace {

flow::By& by_of(flow::Event& act) {
  return std::visit(
      [](auto& one) -> flow::By& {
        if constexpr (requires { one.by; }) return one.by;
        throw Fault("people do no such thing to a run");
      },
      act);
}

int deciding_seat(const flow::Event& act) {
  if (const auto* approve = std::get_if<flow::Approve>(&act)) return approve->seat;
  if (const auto* complete = std::get_if<flow::Complete>(&act)) return complete->seat;
  return -1;
}

// Refused as the act will be, before anything of the form is looked at.
Result<void> try_act(Context& context, const run::Kept& kept, const flow::Event& act) {
  const application::Flow& flow = flow_of(context, kept);
  FlowFacts gathered(context, flow, kept.run.initiator, kept.run.record);
  TENON_CHECK(gathered.refresh());
  TENON_CHECK(flow::step(*flow.program, kept.run, act, gathered.facts()));
  return done();
}

// What the seats of a task or an approval give; who was sent back mends with their own rights.
std::vector<int> given_slots(const flow::Program& program, const flow::Run& run,
                             flow::UserId user) {
  std::vector<int> slots;
  for (const int place : flow::open_seats(run, user)) {
    const int node = run.seats[static_cast<std::size_t>(place)].node;
    for (const auto& [slot, right] : program.node(node).people->fields) {
      if (right == metadata::FieldRight::write) slots.push_back(slot);
    }
  }
  return slots;
}

// Answers what it changed, as the event log says it; "": nothing.
Result<std::string> write_form(Context& context, const run::Kept& kept, const ActOnRun& command) {
  const application::Object* object = context.app.find_id(kept.object);
  const flow::Program& program = *flow_of(context, kept).program;
  const RunPass pass{kept.run.id, given_slots(program, kept.run, context.actor.user)};
  TENON_CHECK(update_record(context, {object, kept.run.record, *command.form, command.seen,
                                      pass.slots.empty() ? nullptr : &pass}));
  for (const Change& change : context.changes.all()) {
    const bool is_it =
        change.object == object && change.after && change.after->id == kept.run.record;
    if (!is_it) continue;
    std::string body = body_of(change);
    return body == "{}" ? std::string() : body;
  }
  return std::string();
}

bool submits_again(const run::Kept& kept, const flow::Event& act) {
  const auto* complete = std::get_if<flow::Complete>(&act);
  if (complete == nullptr || complete->seat >= static_cast<int>(kept.run.seats.size()))
    return false;
  return kept.run.seats[static_cast<std::size_t>(complete->seat)].node == flow::kStartNode;
}

Result<void> check_record(Context& context, const run::Kept& kept) {
  const application::Object* object = context.app.find_id(kept.object);
  if (object == nullptr) return done();
  const auto record = record::read(context.tx, object->table, kept.run.record);
  return record ? check_submission(context, *object, *record) : done();
}

}  // namespace

Result<Acted> act_on_run(Context& context, const ActOnRun& command) {
  TENON_TRY(auto kept, read_run(context, command.run));
  flow::Event act = command.act;
  // Who it is, nobody else says.
  flow::By& by = by_of(act);
  by.actor = context.actor.user;
  by.is_admin = administers_flows(context);
  if (flow::is_repeated(kept.run, act)) return Acted{std::move(kept), true};
  TENON_CHECK(check_attachments(context, by.attachments));
  const bool fills =
      command.form && !(command.form->entries.empty() && command.form->lines.empty());
  if (fills) {
    if (deciding_seat(act) < 0) {
      return Error::invalid("form", "form", "only who approves or does a task fills a form");
    }
    TENON_CHECK(try_act(context, kept, act));
    TENON_TRY(by.changed, write_form(context, kept, command));
  }
  if (submits_again(kept, act)) {
    TENON_CHECK(try_act(context, kept, act));
    TENON_CHECK(check_record(context, kept));
  }
  TENON_TRY(auto driven, FlowDriver(context).act(std::move(kept), act));
  return Acted{std::move(driven.kept), driven.is_repeated};
}

}  // namespace tenon::command
