// Simulations of flows, by who administers them: played by the writer in what is rolled back, so
// that it is the same engine over the same tables; drafts are compiled, and stories played, on a
// worker.
#include "engine/command/draft_flow.h"
#include "engine/command/run_access.h"
#include "engine/query/list.h"
#include "engine/query/people.h"
#include "engine/story/saved_story.h"
#include "engine/story/story.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/flow_call.h"
#include "runtime/api/scratch_folder.h"
#include "runtime/api/simulation_body.h"
#include "runtime/api/simulation_json.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

struct Simulating {
  std::string flow;
  SimulationBody body;
  command::DraftFlow draft;  // Without an application: as published.
  std::string answer;
  std::string story;  // Its file.
  metadata::Files files;
};
using SimulatingPointer = std::shared_ptr<Simulating>;

Result<void> only_admins(const command::Context& context) {
  if (command::administers_flows(context)) return done();
  return Error::denied("", "only who administers flows may simulate them");
}

Result<const application::Application*> application_of(const command::Context& context,
                                                       const Simulating& simulating) {
  if (!simulating.draft.application) return &context.app;
  if (simulating.draft.application->version() == context.app.version()) {
    return simulating.draft.application.get();
  }
  return Error::of(ErrorCode::conflict, "", "application_changed",
                   "something was published meanwhile; simulate again");
}

Result<Actor> starter_of(const command::Context& context, std::optional<flow::UserId> who) {
  if (!who || *who == context.actor.user) return context.actor;
  auto actor = query::actor_of(context.app, context.tx, *who);
  if (actor) return *std::move(actor);
  return Error::invalid("who", "person", "there is no active person with this id");
}

// One by one, since what is wrong with values is said at their fields.
Result<command::SimulateFlow> command_of(command::Context& context, const Simulating& simulating,
                                         const application::Flow& flow) {
  const SimulationBody& body = simulating.body;
  command::SimulateFlow command;
  command.start = {.flow = &flow,
                   .record = body.record.value_or(RecordId{}),
                   .chosen = body.chosen,
                   .comment = body.comment};
  command.script = body.script;
  command.others_wait = body.others_wait;
  const json::Reader root = body.document->root();
  if (body.has_variables) {
    TENON_TRY(command.start.variables, command::parse_variables(root.at("variables"), flow));
  }
  if (body.record) return command;
  const application::Object& object = *context.app.find_id(flow.definition->object);
  TENON_TRY(command.draft,
            command::parse_input(root.at("values"), object, context.app.rights(context.actor)));
  return command;
}

// A record that who asks does not see is not there, whoever would start it.
Result<void> check_seen(const command::Context& context, const application::Flow& flow,
                        std::optional<RecordId> record) {
  if (!record) return done();
  const application::Object& object = *context.app.find_id(flow.definition->object);
  TENON_CHECK(query::read(command::as_query(context), object.name(), *record, {"id"}));
  return done();
}

// What cannot be started by them is said of them, since who asks is somebody else.
Error of_starter(const Simulating& simulating, Error error) {
  const bool is_theirs = error.code == ErrorCode::denied || error.code == ErrorCode::not_found;
  if (!is_theirs) return error;
  const std::string at = simulating.body.who ? "who" : "";
  return Error::invalid(at, "may_not_start", "they may not start this flow with this record");
}

Result<void> keep_story(const command::Context& context, const application::Flow& flow,
                        const command::SimulateFlow& command, const command::Simulation& simulation,
                        std::int64_t began_ms, Simulating& simulating) {
  TENON_TRY(const auto story,
            story::saved_story(command::as_system(context),
                               {flow, command.start, simulation, began_ms}, simulating.body.story));
  json::Writer writer;
  write(writer, story);
  simulating.story = writer.take();
  simulating.files = simulating.draft.application
                         ? simulating.draft.files
                         : command::files_with_flow(context.tx, simulating.flow);
  return done();
}

Result<void> simulate(command::Context& context, Simulating& simulating) {
  TENON_CHECK(only_admins(context));
  TENON_TRY(const application::Application* app, application_of(context, simulating));
  const application::Flow* flow = app->find_flow(simulating.flow);
  if (flow == nullptr) return Error::not_found();
  VirtualClock clock(simulating.body.at.value_or(DateTime{context.clock.now_ms()}).ms);
  const auto as = [&](const Actor& actor) {
    return command::Context{*app, actor, context.tx, clock, context.ids, context.changes};
  };
  command::Context asking = as(context.actor);
  TENON_CHECK(check_seen(asking, *flow, simulating.body.record));
  TENON_TRY(const Actor starter, starter_of(asking, simulating.body.who));
  command::Context starting = as(starter);
  TENON_TRY(const auto command, command_of(starting, simulating, *flow));
  const std::int64_t began_ms = clock.now_ms();
  const auto watch = [&](command::Context& end, const command::Simulation& simulation) {
    command::Context seen{*app, context.actor, end.tx, end.clock, end.ids, end.changes};
    simulating.answer = simulation_json(seen, *flow, simulation);
    if (simulating.body.story.empty()) return done();
    return keep_story(seen, *flow, command, simulation, began_ms, simulating);
  };
  const auto simulated = command::simulate_flow(starting, command, watch);
  if (!simulated) return of_starter(simulating, simulated.error());
  return done();
}

// In a store of its own, as a publish plays it.
Result<std::vector<std::string>> play(const metadata::Files& files, const std::string& name) {
  TENON_TRY(const auto stories, metadata::read_stories(files));
  const ScratchFolder scratch;
  TENON_TRY(auto player, story::Stories::open(files, scratch.path()));
  for (const metadata::Story& one : stories) {
    if (one.name == name) return player.play(one).differences;
  }
  return std::vector<std::string>{"the bundle has no such story"};
}

// What would be red is told with it; so is why it cannot be played at all.
std::string played_json(Simulating& simulating) {
  const std::string path = "stories/" + simulating.body.story + ".json";
  simulating.files[path] = simulating.story;
  std::vector<std::string> differences;
  try {
    auto played = play(simulating.files, simulating.body.story);
    differences = played ? played.take() : std::vector{describe(played.error())};
  } catch (const std::exception& fault) {
    differences = {std::string("it could not be played: ") + fault.what()};
  }
  json::Writer writer;
  writer.begin_object().key("path").text(path).key("file").raw(simulating.story);
  writer.key("differences").begin_array();
  for (const std::string& line : differences) writer.text(line);
  writer.end_array().end_object();
  return writer.take();
}

void answer(const CallPointer& call, const SimulatingPointer& simulating) {
  const std::string story = simulating->story.empty() ? "null" : played_json(*simulating);
  std::string& body = simulating->answer;
  body.back() = ',';
  call->json(200, body + "\"story\":" + story + "}");
}

void write_simulation(const CallPointer& call, const SimulatingPointer& simulating) {
  write_for(
      call, [simulating](command::Context& context) { return simulate(context, *simulating); },
      [call, simulating](Call&) {
        if (simulating->story.empty()) return answer(call, simulating);
        const auto play = [call, simulating] { answer(call, simulating); };
        if (!call->engine.work(play)) call->fail({ErrorCode::busy, {}});
      });
}

}  // namespace

void simulate_flow(CallPointer call, std::string flow) {
  auto body = simulation_body(*call);
  if (!body) return call->fail(body.error());
  Result<void> allowed = done();
  read_as_command(*call, [&](command::Context& context) { allowed = only_admins(context); });
  if (!allowed) return call->fail(allowed.error());
  auto simulating = std::make_shared<Simulating>();
  simulating->flow = std::move(flow);
  simulating->body = body.take();
  if (simulating->body.definition.empty()) return write_simulation(call, simulating);
  const bool taken = call->engine.work([call, simulating] {
    Result<command::DraftFlow> draft = Error::not_found();
    call->engine.read([&](storage::Transaction& tx) {
      draft = command::draft_flow(tx, simulating->flow, simulating->body.definition);
    });
    if (!draft) return call->fail(draft.error());
    simulating->draft = draft.take();
    write_simulation(call, simulating);
  });
  if (!taken) call->fail({ErrorCode::busy, {}});
}

}  // namespace tenon::api
