// Flows: started, previewed, and what is counted of them.
#include "engine/command/migrate_runs.h"
#include "engine/command/send_event.h"
#include "engine/command/stuck_runs.h"
#include "engine/query/flow_metrics.h"
#include "runtime/api/act_body.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/flow_json.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

constexpr int kStuckMax = 20;

struct StartBody {
  RecordId record;
  std::map<std::string, std::vector<flow::UserId>> chosen;
  std::string comment;
  std::shared_ptr<const json::Document> document;  // Of the variables, read with the flow.
  bool has_variables = false;
};

Result<StartBody> start_body(const Call& call, bool may_comment) {
  TENON_TRY(auto document, body_of(call));
  StartBody body;
  body.document = std::make_shared<const json::Document>(std::move(document));
  std::vector<Problem> problems;
  json::Members members(body.document->root(), problems);
  const auto record = members.required("record");
  const auto chosen = members.optional("chosen");
  body.has_variables = members.optional("variables").has_value();
  if (may_comment) body.comment = members.text("comment").value_or("");
  members.finish();
  if (record) {
    const auto text = record->text();
    const auto id = text ? parse_id_text(*text) : Result<std::int64_t>(Error::not_found());
    if (id) {
      body.record = {*id};
    } else {
      problems.push_back(record->problem("record", "is no id of a record"));
    }
  }
  if (chosen && !chosen->expect(json::Kind::object)) {
    problems.push_back(chosen->problem("type", "must hold lists of people by node"));
  } else if (chosen) {
    for (const json::Reader node : *chosen) {
      body.chosen[std::string(node.name())] = people_in(node, problems);
    }
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return body;
}

Result<command::SendEvent> event_body(const Call& call) {
  TENON_TRY(const auto document, body_of(call));
  std::vector<Problem> problems;
  json::Members members(document.root(), problems);
  command::SendEvent event;
  event.event = members.required_text("event").value_or("");
  event.correlation = members.text("correlation").value_or("");
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return event;
}

// A flow that the actor may start; one that they may not is not there for them.
Result<const application::Flow*> flow_to_start(const command::Context& context,
                                               const std::string& name) {
  const application::Flow* flow = context.app.find_flow(name);
  if (flow == nullptr || !command::may_start(context, *flow)) return Error::not_found();
  return flow;
}

Result<command::StartFlow> start_of(const command::Context& context, const std::string& name,
                                    const StartBody& body) {
  command::StartFlow start{};
  TENON_TRY(start.flow, flow_to_start(context, name));
  start.record = body.record;
  start.chosen = body.chosen;
  start.comment = body.comment;
  if (body.has_variables) {
    TENON_TRY(start.variables,
              command::parse_variables(body.document->root().at("variables"), *start.flow));
  }
  return start;
}

// Those who administer flows; for others there is none.
Result<void> only_admins(const command::Context& context) {
  if (command::administers_flows(context)) return done();
  return Error::denied("", "only who administers flows sees this");
}

std::string_view word_of(metadata::FlowKind kind) {
  return kind == metadata::FlowKind::approval ? "approval" : "automation";
}

// Runs that nothing would move: none, unless the engine is at fault.
void write_stuck(json::Writer& writer, const command::Context& context) {
  writer.key("stuck").begin_array();
  for (const command::StuckRun& one :
       command::stuck_runs(context.tx, context.clock.now_ms(), kStuckMax)) {
    writer.begin_object().key("run").text(text_of(one.run));
    writer.key("flow").text(one.flow).key("why").text(one.why).end_object();
  }
  writer.end_array();
}

// The newest, and those that runs are still on.
void write_versions(json::Writer& writer, const command::Context& context,
                    const application::Flow& flow) {
  auto versions = command::versions_with_runs(context, flow);
  versions.try_emplace(flow.version, 0);
  writer.key("versions").begin_array();
  for (const auto& [version, runs] : versions) {
    writer.begin_object().key("version").integer(version).key("runs").integer(runs);
    writer.key("is_newest").boolean(version == flow.version).end_object();
  }
  writer.end_array();
}

std::string flows_json(const command::Context& context) {
  const query::Context asked = command::as_query(context);
  query::FlowNames names(asked);
  auto incidents = query::open_incidents(asked);
  json::Writer writer;
  writer.begin_object().key("flows").begin_array();
  for (const application::Flow& flow : context.app.flows()) {
    const application::Object* object = context.app.find_id(flow.definition->object);
    writer.begin_object().key("name").text(flow.name());
    writer.key("label").text(names.label(flow.id(), flow.version));
    writer.key("kind").text(word_of(flow.definition->kind));
    writer.key("object").text(object == nullptr ? flow.definition->object : object->name());
    writer.key("version").integer(flow.version);
    write_versions(writer, context, flow);
    writer.key("incidents").integer(incidents[flow.id()]).end_object();
  }
  writer.end_array();
  write_stuck(writer, context);
  writer.end_object();
  return writer.take();
}

void write_ms(json::Writer& writer, std::string_view key, std::int64_t ms) {
  writer.key(key);
  ms < 0 ? writer.null() : writer.integer(ms);
}

std::string metrics_json(const command::Context& context, const application::Flow& flow) {
  constexpr std::string_view kWords[] = {"running",  "suspended", "completed", "approved",
                                         "rejected", "withdrawn", "voided"};
  auto metrics = query::flow_metrics(command::as_query(context), flow);
  json::Writer writer;
  writer.begin_object().key("nodes").begin_array();
  for (const query::NodeMetrics& node : metrics.nodes) {
    writer.begin_object().key("node").text(node.id).key("label").text(node.label);
    writer.key("open").integer(node.open).key("overdue").integer(node.overdue);
    writer.key("visits").integer(node.visits);
    write_ms(writer, "p50_ms", node.p50_ms);
    write_ms(writer, "p90_ms", node.p90_ms);
    writer.key("rework").integer(node.rework).key("automatic").integer(node.automatic);
    writer.key("incidents").integer(node.incidents).end_object();
  }
  writer.end_array().key("runs").begin_object();
  std::int64_t finished = 0;
  for (const std::string_view word : kWords) {
    const std::int64_t runs = metrics.runs[std::string(word)];
    writer.key(word).integer(runs);
    if (word != "running" && word != "suspended") finished += runs;
  }
  writer.key("finished").integer(finished).end_object().end_object();
  return writer.take();
}

}  // namespace

void list_flows(CallPointer call) {
  Result<std::string> answer = std::string();
  read_as_command(*call, [&](command::Context& context) {
    const auto allowed = only_admins(context);
    answer = allowed ? Result<std::string>(flows_json(context)) : allowed.error();
  });
  answer ? call->json(200, answer.take()) : call->fail(answer.error());
}

void flow_metrics(CallPointer call, std::string name) {
  Result<std::string> answer = Error::not_found();
  read_as_command(*call, [&](command::Context& context) {
    const auto allowed = only_admins(context);
    const application::Flow* flow = context.app.find_flow(name);
    if (!allowed) {
      answer = allowed.error();
    } else if (flow != nullptr) {
      answer = metrics_json(context, *flow);
    }
  });
  answer ? call->json(200, answer.take()) : call->fail(answer.error());
}

void send_event(CallPointer call) {
  auto event = event_body(*call);
  if (!event) return call->fail(event.error());
  write_once(call, [event = event.take()](command::Context& context) -> Result<command::Answer> {
    TENON_TRY(const int heard, command::send_event(context, event));
    json::Writer writer;
    writer.begin_object().key("runs").integer(heard).end_object();
    return command::Answer{200, writer.take(), "", ""};
  });
}

void start_flow(CallPointer call, std::string name) {
  auto body = start_body(*call, true);
  if (!body) return call->fail(body.error());
  write_act(call, 201, {},
            [name, body = body.take()](command::Context& context) -> Result<command::Acted> {
              TENON_TRY(const auto start, start_of(context, name, body));
              TENON_TRY(auto kept, command::start_flow(context, start));
              return command::Acted{std::move(kept)};
            });
}

void preview_flow(CallPointer call, std::string name) {
  const auto body = start_body(*call, false);
  if (!body) return call->fail(body.error());
  Result<std::string> answer = std::string();
  read_as_command(*call, [&](command::Context& context) {
    answer = [&]() -> Result<std::string> {
      TENON_TRY(const auto start, start_of(context, name, *body));
      TENON_TRY(const auto preview, command::preview_flow(context, start));
      return preview_json(context, *start.flow, preview);
    }();
  });
  answer ? call->json(200, answer.take()) : call->fail(answer.error());
}

}  // namespace tenon::api
