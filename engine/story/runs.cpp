#include "engine/story/runs.h"

#include "engine/command/migrate_run.h"
#include "engine/command/send_event.h"
#include "engine/command/update_record.h"
#include "engine/metadata/story_verbs.h"
#include "engine/run/version.h"
#include "engine/story/seat_choice.h"

namespace tenon::story {
namespace {

using metadata::StoryAct;
using metadata::StoryStep;
using metadata::StoryVerb;

constexpr int kRunsMax = 100;

Actor the_system() { return system_actor(Surface::system, "a story"); }

Result<int> node_of(const application::Flow& flow, const std::string& id) {
  const int node = flow.program->find(id);
  if (node >= 0) return node;
  return Error::invalid("node", "unknown_node", "this version of the flow has no node " + id);
}

// Who it is, the command says.
flow::By by_of(const StoryStep& step) {
  return {.request_id = step.act.request, .comment = step.act.comment};
}

Result<flow::Seat::Position> position_of(const std::string& word) {
  if (word == "before") return flow::Seat::Position::before;
  if (word == "after") return flow::Seat::Position::after;
  return flow::Seat::Position::parallel;
}

}  // namespace

void Runs::begin(const StoryStep& step) {
  const std::string& ref = step.about.empty() ? step.ref : step.about;
  const Known* known = references_.find(ref);
  const bool is_of_runs = !step.about.empty() || shape_of(step.verb).is_of_flows();
  if (known != nullptr && (is_of_runs || !record_)) record_ = *known;
  const auto run = newest(step.act.flow);
  newest_before_ = run ? run->run.id : flow::RunId{};
  entries_before_ = run && step.verb != StoryVerb::look ? run->run.history.size() : 0;
  notices_before_ = step.expect.runs.notified ? last_notice() : 0;
}

std::vector<run::Kept> Runs::runs_of(const std::string& flow, bool only_running) {
  std::vector<run::Kept> runs;
  if (!record_) return runs;
  const application::Flow* named = flow.empty() ? nullptr : world_.app().find_flow(flow);
  world_.read(the_system(), [&](const query::Context& context) {
    for (const flow::RunId id : run::runs_of(context.tx, record_->object, record_->id, kRunsMax)) {
      auto kept = run::read(context.tx, id);
      if (!kept || (named != nullptr && kept->run.flow != named->id())) continue;
      if (only_running && kept->run.state == flow::RunState::finished) continue;
      runs.push_back(*std::move(kept));
    }
  });
  return runs;
}

std::optional<run::Kept> Runs::newest(const std::string& flow) {
  for (run::Kept& kept : runs_of(flow, false)) {
    const bool is_suppressed = kept.run.result == flow::RunResult::suppressed;
    if (!is_suppressed || !flow.empty()) return std::move(kept);
  }
  return std::nullopt;
}

const application::Flow& Runs::flow_of(const run::Kept& kept) const {
  const application::Flow* flow = world_.app().find_flow(kept.run.flow, kept.run.version);
  if (flow == nullptr) throw Fault("the version of a run is not there");
  return *flow;
}

// Whatever the application has of it, it was pinned.
Earlier Runs::earlier_of(const run::Kept& kept) {
  Earlier earlier;
  world_.read(the_system(), [&](const query::Context& context) {
    for (const std::int64_t version : flow::versions_of_history(kept.run)) {
      if (version == kept.run.version || earlier.contains(version)) continue;
      const std::string text = run::definition_of(context.tx, kept.run.flow, version);
      auto definition = metadata::parse_symbolic(text);
      if (!definition) throw Fault("an earlier version of a flow cannot be read");
      earlier[version] = std::make_shared<const metadata::Flow>(definition.take());
    }
  });
  return earlier;
}

Result<void> Runs::migrate(const StoryStep& step, const Actor& actor, const run::Kept& kept) {
  command::MigrateRun move{.run = kept.run.id, .comment = step.act.comment};
  for (const metadata::StoryMove& one : step.act.nodes) move.nodes[one.node] = one.to;
  return world_.write(actor, [&](command::Context& context) -> Result<void> {
    TENON_CHECK(command::migrate_run(context, move));
    return done();
  });
}

std::vector<flow::UserId> Runs::users(const std::vector<std::string>& refs) const {
  std::vector<flow::UserId> all;
  for (const std::string& ref : refs) all.push_back(user(ref));
  return all;
}

std::string Runs::json_of(const metadata::StoryValues& values) const {
  json::Writer writer;
  writer.begin_object();
  for (const metadata::StoryValue& value : values) {
    writer.key(value.field).raw(references_.resolved(value.json));
  }
  return writer.end_object().take();
}

Runs::Outcome Runs::carry_out(const StoryStep& step, const Actor& actor) {
  Outcome outcome;
  Result<void> result = done();
  switch (step.verb) {
    case StoryVerb::submit:
    case StoryVerb::button:
    case StoryVerb::preview: result = start(step, actor, outcome); break;
    case StoryVerb::reassign: result = reassign(step, actor); break;
    case StoryVerb::disable_user: result = disable(step, actor); break;
    case StoryVerb::event: result = happen(step); break;
    default: result = act(step, actor);
  }
  if (!result) outcome.error = std::move(result.error());
  return outcome;
}

Result<void> Runs::start(const StoryStep& step, const Actor& actor, Outcome& outcome) {
  const application::Flow* flow = world_.app().find_flow(step.act.flow);
  if (flow == nullptr || !record_) return Error::not_found();
  const auto begin = [&](command::Context& context) -> Result<void> {
    const auto document = json::Document::parse(json_of(step.act.variables));
    command::StartFlow start{.flow = flow, .record = record_->id, .comment = step.act.comment};
    TENON_TRY(start.variables, command::parse_variables(document->root(), *flow));
    for (const metadata::StoryChosen& one : step.act.chosen) {
      start.chosen[one.node] = users(one.people);
    }
    if (step.verb == StoryVerb::preview) {
      TENON_TRY(outcome.preview, command::preview_flow(context, start));
      return done();
    }
    TENON_TRY(const auto kept, command::start_flow(context, start));
    return done();
  };
  return world_.write(actor, begin);
}

Result<void> Runs::send(const Actor& actor, const run::Kept& kept, flow::Event event,
                        const StoryStep& step) {
  return world_.write(actor, [&](command::Context& context) -> Result<void> {
    command::ActOnRun act{.run = kept.run.id, .act = event};
    if (!step.set.empty()) {
      const auto document = json::Document::parse(json_of(step.set));
      const application::Object* object = context.app.find_id(kept.object);
      if (object == nullptr) return Error::not_found();
      TENON_TRY(act.form,
                command::parse_input(document->root(), *object, context.app.all_rights()));
    }
    TENON_TRY(const auto acted, command::act_on_run(context, act));
    return done();
  });
}

Result<void> Runs::act(const StoryStep& step, const Actor& actor) {
  const auto kept = newest(step.act.flow);
  if (!kept) return Error::not_found();
  const StoryAct& act = step.act;
  const flow::By by = by_of(step);
  switch (step.verb) {
    case StoryVerb::withdraw: return send(actor, *kept, flow::Withdraw{by}, step);
    case StoryVerb::suspend: return send(actor, *kept, flow::Suspend{by}, step);
    case StoryVerb::resume: return send(actor, *kept, flow::Resume{by}, step);
    case StoryVerb::make_void: return send(actor, *kept, flow::Void{by}, step);
    case StoryVerb::comment: return send(actor, *kept, flow::Comment{by}, step);
    case StoryVerb::cc: return send(actor, *kept, flow::CopyTo{by, users(act.people)}, step);
    case StoryVerb::approvers:
      return send(actor, *kept, flow::ChangeApprovers{by, act.node, users(act.people)}, step);
    case StoryVerb::variables: {
      const auto document = json::Document::parse(json_of(act.variables));
      TENON_TRY(auto set, command::parse_variables(document->root(), flow_of(*kept)));
      return send(actor, *kept, flow::SetVariables{by, std::move(set)}, step);
    }
    case StoryVerb::migrate: return migrate(step, actor, *kept);
    case StoryVerb::jump:
    case StoryVerb::retry:
    case StoryVerb::skip: return move(step, actor, *kept);
    default: return decide(step, actor, *kept);
  }
}

Result<void> Runs::move(const StoryStep& step, const Actor& actor, const run::Kept& kept) {
  const StoryAct& act = step.act;
  const flow::By by = by_of(step);
  std::optional<int> node;
  const std::string& from = step.verb == StoryVerb::jump ? act.from : act.node;
  if (!from.empty()) {
    TENON_TRY(node, node_of(flow_of(kept), from));
  }
  const int token = token_at(kept.run, node);
  if (step.verb == StoryVerb::jump) {
    return send(actor, kept, flow::Jump{by, token, act.node}, step);
  }
  if (step.verb == StoryVerb::retry) return send(actor, kept, flow::Retry{by, token}, step);
  return send(actor, kept, flow::Skip{by, token, act.port.empty() ? "next" : act.port}, step);
}

Result<void> Runs::decide(const StoryStep& step, const Actor& actor, const run::Kept& kept) {
  const StoryAct& act = step.act;
  TENON_TRY(const int node, node_of(flow_of(kept), act.node));
  const flow::By by = by_of(step);
  const int seat = seat_of(kept.run, node, actor.user);
  switch (step.verb) {
    case StoryVerb::approve: return send(actor, kept, flow::Approve{by, seat}, step);
    case StoryVerb::reject: return send(actor, kept, flow::Reject{by, seat}, step);
    case StoryVerb::complete: return send(actor, kept, flow::Complete{by, seat}, step);
    case StoryVerb::send_back:
      return send(actor, kept, flow::Return{by, seat, act.to, act.is_direct}, step);
    case StoryVerb::transfer:
      return send(actor, kept, flow::Transfer{by, seat, user(act.to)}, step);
    case StoryVerb::delegate:
      return send(actor, kept, flow::Delegate{by, seat, user(act.to)}, step);
    case StoryVerb::answer: return send(actor, kept, flow::AnswerDelegate{by, seat}, step);
    case StoryVerb::add_sign: {
      TENON_TRY(const auto position, position_of(act.position));
      return send(actor, kept, flow::AddSign{by, seat, position, users(act.people)}, step);
    }
    case StoryVerb::take_back:
      return send(actor, kept, flow::TakeBack{by, decision_of(kept.run, node, actor.user)}, step);
    case StoryVerb::remove_sign:
      for (const flow::UserId one : users(act.people)) {
        TENON_CHECK(send(actor, kept, flow::RemoveSign{by, seat_of(kept.run, node, one)}, step));
      }
      return done();
    case StoryVerb::urge:
      for (const int one : open_at(kept.run, node)) {
        TENON_CHECK(send(actor, kept, flow::Urge{by, one}, step));
      }
      if (open_at(kept.run, node).empty()) {
        return send(actor, kept, flow::Urge{by, seat}, step);
      }
      return done();
    default: throw Fault("a story's verb is carried out nowhere");
  }
}

// In the record's run, or in all where they have something to do.
Result<void> Runs::reassign(const StoryStep& step, const Actor& actor) {
  const flow::UserId from = user(step.act.person);
  std::vector<run::Kept> runs;
  if (!step.about.empty()) {
    if (auto kept = newest(step.act.flow)) runs.push_back(*std::move(kept));
  } else {
    world_.read(the_system(), [&](const query::Context& context) {
      for (const flow::RunId id : run::runs_seating(context.tx, from)) {
        if (auto kept = run::read(context.tx, id)) runs.push_back(*std::move(kept));
      }
    });
  }
  const flow::By by = by_of(step);
  for (const run::Kept& kept : runs) {
    const auto seats = seats_held(kept.run, from);
    TENON_CHECK(send(actor, kept, flow::Reassign{by, seats, user(step.act.to)}, step));
  }
  return done();
}

Result<void> Runs::disable(const StoryStep& step, const Actor& actor) {
  return world_.write(actor, [&](command::Context& context) -> Result<void> {
    const application::Object& people = context.app.system_object("user");
    const auto document = json::Document::parse(R"({"active": false})");
    TENON_TRY(auto input,
              command::parse_input(document->root(), people, context.app.rights(context.actor)));
    TENON_TRY(const auto reply, command::update_record(context, {&people, user(step.act.person),
                                                                 std::move(input), std::nullopt}));
    return done();
  });
}

Result<void> Runs::happen(const StoryStep& step) {
  return world_.write(the_system(), [&](command::Context& context) -> Result<void> {
    TENON_CHECK(command::send_event(context, {step.act.event, step.act.correlation}));
    return done();
  });
}

}  // namespace tenon::story
