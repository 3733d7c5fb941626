#include "engine/command/record_hold.h"

#include "engine/command/lines.h"
#include "engine/command/run_access.h"
#include "engine/flow/view.h"
#include "engine/run/lock.h"
#include "engine/value/references.h"

namespace tenon::command {
namespace {

std::optional<run::Kept> holder_of(Context& context, const application::Object& object,
                                   RecordId record) {
  if (!context.app.may_be_held(object.id())) return std::nullopt;
  const auto holder = run::holder_of(context.tx, object.id(), record);
  return holder ? run::read(context.tx, *holder) : std::nullopt;
}

// Itself, or a flow that it called.
bool belongs_to(Context& context, flow::RunId run, flow::RunId holder) {
  while (run.value != 0 && run != holder) {
    const auto called = run::read(context.tx, run);
    run = called ? called->parent : flow::RunId{};
  }
  return run == holder;
}

// Runs on the record that are not over: the holder and what it called.
std::vector<run::Kept> active_runs(Context& context, const application::Object& object,
                                   RecordId record) {
  std::vector<run::Kept> runs;
  for (const flow::RunId id : run::active_of(context.tx, object.id(), record)) {
    if (auto kept = run::read(context.tx, id)) runs.push_back(std::move(*kept));
  }
  return runs;
}

bool is_given(const Context& context, const std::vector<run::Kept>& runs, int slot) {
  for (const run::Kept& kept : runs) {
    const auto right =
        flow::given_right(*flow_of(context, kept).program, kept.run, context.actor.user, slot);
    if (right == metadata::FieldRight::write) return true;
  }
  return false;
}

std::string why(const Context& context, const run::Kept& holder) {
  return "held by a run of \"" + flow_of(context, holder).name() + "\" until it is over";
}

}  // namespace

Result<void> check_hold(Context& context, const application::Object& object, RecordId record,
                        const std::vector<int>& slots, const RunPass* pass) {
  if (slots.empty()) return done();
  const auto holder = holder_of(context, object, record);
  if (!holder) return done();
  if (pass != nullptr && pass->slots.empty() && belongs_to(context, pass->run, holder->run.id)) {
    return done();
  }
  const flow::Program& program = *flow_of(context, *holder).program;
  const auto runs = active_runs(context, object, record);
  Error error{ErrorCode::locked, {}};
  for (const int slot : slots) {
    if (!flow::locks(program, holder->run, slot) || is_given(context, runs, slot)) continue;
    error.problems.push_back({object.field(slot).name, "locked", why(context, *holder)});
  }
  if (!error.problems.empty()) return error;
  return done();
}

Result<void> check_hold_of_all(Context& context, const application::Object& object, RecordId record,
                               const RunPass* pass) {
  const auto holder = holder_of(context, object, record);
  if (!holder) return done();
  if (pass != nullptr && belongs_to(context, pass->run, holder->run.id)) return done();
  return Error::of(ErrorCode::locked, "", "locked", why(context, *holder));
}

Result<void> check_hold_of_lines(Context& context, const application::Object& top, RecordId record,
                                 const LineReference& reference, const RunPass* pass) {
  if (!context.app.may_be_held(top.id())) return done();
  auto groups = read_lines(context, top, record);
  std::vector<int> slots;
  for (LinesDraft& group : groups) {
    bool refers = false;
    const auto look = [&](const application::Object& object, const LineDraft& line) {
      if (&object != &reference.lines) return;
      const Value& value = line.record.fields[static_cast<std::size_t>(reference.slot)];
      refers = refers || refers_to(value, reference.target);
    };
    std::vector<LinesDraft> one;
    const int slot = group.children->slot;
    one.push_back(std::move(group));
    for_each_line(one, look);
    if (refers) slots.push_back(slot);
  }
  return check_hold(context, top, record, slots, pass);
}

std::optional<Hold> hold_of(Context& context, const application::Object& object, RecordId record) {
  const auto holder = holder_of(context, object, record);
  if (!holder) return std::nullopt;
  const flow::Program& program = *flow_of(context, *holder).program;
  Hold hold{.run = holder->run.id};
  hold.is_whole = program.settings.lock == metadata::LockMode::all;
  if (!hold.is_whole) hold.slots = program.lock_slots;
  return hold;
}

}  // namespace tenon::command
