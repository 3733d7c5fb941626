// Flows: started, previewed; events that runs wait for. Their pages: flow_pages.cpp.
#include "engine/command/send_event.h"
#include "runtime/api/act_body.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/flow_json.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

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

}  // namespace

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
