// Runs: whole, of a record, and what people and admins do to them.
#include "engine/command/read_copy.h"
#include "engine/command/record_hold.h"
#include "engine/query/list.h"
#include "runtime/api/act_body.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/flow_json.h"

namespace tenon::api {
namespace {

constexpr int kRunsOfRecordMax = 50;

// Who was sent a copy has read it once they opened the run. The answer does not wait for it.
void note_read(const CallPointer& call, flow::RunId run) {
  bool is_unread = false;
  call->engine.read([&](storage::Transaction& tx) {
    is_unread = command::has_unread_copy(tx, run, call->actor().user);
  });
  if (!is_unread) return;
  auto write = std::make_shared<Write>();
  write->actor = call->actor();
  write->run = [run](command::Context& context) { return command::read_copy(context, run); };
  write->done = [](const Result<void>&) {};
  call->engine.write(std::move(write));
}

// {"set": {name: value}}: read with the flow as it is when the act is carried out.
Result<ActBody> parse_variables_act(std::shared_ptr<const json::Document> document) {
  std::vector<Problem> problems;
  json::Members members(document->root(), problems);
  members.required("set");
  flow::By by;
  by.comment = members.text("comment").value_or("");
  by.request_id = members.text("request_id").value_or("");
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return ActBody{.act = flow::SetVariables{by, {}}, .document = std::move(document)};
}

Result<command::Acted> set_variables(command::Context& context, flow::RunId run, ActBody body) {
  TENON_TRY(const auto kept, command::read_run(context, run));
  const auto* flow = context.app.find_flow(kept.run.flow, kept.run.version);
  if (flow == nullptr) return carry_out(context, {run}, body);
  TENON_TRY(std::get<flow::SetVariables>(body.act).set,
            command::parse_variables(body.document->root().at("set"), *flow));
  return carry_out(context, {run}, body);
}

struct RecordRuns {
  const application::Object* object = nullptr;
  std::vector<run::Listed> runs;
  std::optional<command::Hold> hold;
};

void write_hold(json::Writer& writer, const RecordRuns& of, const permission::Rights& rights) {
  writer.key("lock");
  if (!of.hold) {
    writer.null();
    return;
  }
  const auto& granted = rights.objects[static_cast<std::size_t>(of.object->place)];
  writer.begin_object().key("run").text(text_of(of.hold->run)).key("fields");
  if (of.hold->is_whole) {
    writer.null().end_object();
    return;
  }
  writer.begin_array();
  for (const int slot : of.hold->slots) {
    if (granted.may_read(slot)) writer.text(of.object->field(slot).name);
  }
  writer.end_array().end_object();
}

std::string record_runs_json(const query::Context& context, const RecordRuns& of) {
  json::Writer writer;
  query::FlowNames names(context);
  const auto titles = query::titles(context, of.runs);
  writer.begin_object().key("runs").begin_array();
  for (const run::Listed& one : of.runs) {
    const run::Head& head = one.run;
    writer.begin_object().key("id").text(text_of(head.id));
    write_flow(writer, names, head);
    write_progress(writer, head);
    write_places(writer, names, head, titles);
    writer.end_object();
  }
  writer.end_array();
  write_hold(writer, of, context.rights);
  writer.end_object();
  return writer.take();
}

// Of a record that the actor sees all runs, of another one those that they may know.
Result<RecordRuns> runs_of_record(command::Context& context, const std::string& name, RecordId id) {
  const query::Context asked = command::as_query(context);
  RecordRuns of;
  of.object = context.app.find(name);
  if (of.object == nullptr) return Error::not_found();
  const bool is_seen = static_cast<bool>(query::read(asked, name, id, {"id"}));
  for (const flow::RunId run : query::runs_of_record(asked, *of.object, id, kRunsOfRecordMax)) {
    if (!is_seen && !command::read_run(context, run)) continue;
    if (auto head = query::head_of_run(asked, run)) of.runs.push_back({.run = std::move(*head)});
  }
  if (!is_seen && of.runs.empty()) return Error::not_found();
  of.hold = command::hold_of(context, *of.object, id);
  return of;
}

}  // namespace

void read_run(CallPointer call, std::string text) {
  const auto id = id_of(text);
  if (!id) return call->fail(id.error());
  const flow::RunId run{id->value};
  note_read(call, run);
  answer_with(*call, 200, {run}, true);
}

void act_on_run(CallPointer call, std::string text, std::string act) {
  if (act == "migrate") return migrate_run(std::move(call), std::move(text));
  const auto id = id_of(text);
  if (!id) return call->fail(id.error());
  const flow::RunId run{id->value};
  auto document = act_document(*call);
  if (!document) return call->fail(document.error());
  if (act == "variables") {
    auto body = parse_variables_act(document.take());
    if (!body) return call->fail(body.error());
    return write_act(call, 200, {run}, [run, body = body.take()](command::Context& context) {
      return set_variables(context, run, body);
    });
  }
  auto body = parse_run_act(act, run, document.take());
  if (!body) return call->fail(body.error());
  write_act(call, 200, {run}, [run, body = body.take()](command::Context& context) {
    return carry_out(context, {run}, body);
  });
}

void runs_of_record(CallPointer call, std::string object, std::string text) {
  const auto id = id_of(text);
  if (!id) return call->fail(id.error());
  Result<std::string> body = std::string();
  read_as_command(*call, [&](command::Context& context) {
    const auto of = runs_of_record(context, object, *id);
    body = of ? Result<std::string>(record_runs_json(command::as_query(context), *of))
              : Result<std::string>(of.error());
  });
  body ? call->json(200, body.take()) : call->fail(body.error());
}

}  // namespace tenon::api
