#include "runtime/api/openapi_flows.h"

#include <span>

namespace tenon::api {
namespace {

struct Operation {
  std::string_view path;
  std::string_view verb;
  std::string_view id;
  std::string_view summary;
  std::string_view status;
  std::string_view parameters;  // Of the path and query: names, separated by blanks.
  std::string_view members;     // Of the body: "name:type", separated by blanks; "": no body.
};

constexpr Operation kOperations[] = {
    {"/tasks", "get", "list_tasks", "What somebody has to decide, decided, began, was sent", "200",
     "box q flow after limit", ""},
    {"/tasks/batch", "post", "decide_tasks", "Many decisions, each on its own", "200", "",
     "act:string tasks:array comment:string"},
    {"/tasks/{id}", "get", "read_task", "A task with its run", "200", "{id}", ""},
    {"/tasks/{id}/{act}", "post", "act_on_task",
     "approve, complete, reject, return, transfer, delegate, answer, add_sign, remove_sign, "
     "take_back, urge, comment or cc",
     "200", "{id} {act}",
     "comment:string attachments:array request_id:string form:object version:integer node:string "
     "direct:boolean to:string position:string people:array seat:string"},
    {"/runs/{id}", "get", "read_run", "A run", "200", "{id}", ""},
    {"/runs/reassign", "post", "reassign_runs",
     "Hands one person's open tasks to another, by a job", "202", "",
     "from:string to:string flows:array comment:string dry_run:boolean"},
    {"/runs/{id}/{act}", "post", "act_on_run",
     "withdraw, urge, comment, cc, suspend, resume, void, jump, retry, skip, variables, reassign, "
     "approvers or migrate",
     "200", "{id} {act}",
     "comment:string attachments:array request_id:string people:array token:integer node:string "
     "port:string set:object seats:array to:string version:integer nodes:object dry_run:boolean"},
    {"/records/{object}/{id}/runs", "get", "runs_of_record", "Runs of a record, and its lock",
     "200", "{object} {id}", ""},
    {"/flows", "get", "list_flows", "All flows, for who administers them", "200", "", ""},
    {"/events", "post", "send_event", "Something happened that runs may wait for", "200", "",
     "event:string correlation:string"},
    {"/flows/{flow}/metrics", "get", "flow_metrics", "What is counted of a flow", "200", "{flow}",
     ""},
    {"/flows/{flow}", "get", "read_flow", "A flow: its graph, figures, versions", "200", "{flow}",
     ""},
    {"/flows/{flow}/runs", "get", "runs_of_flow", "Runs of a flow, the newest first", "200",
     "{flow} state version only after limit", ""},
    {"/flows/{flow}/simulate", "post", "simulate_flow",
     "Plays a run to its end on a clock of its own; nothing remains", "200", "{flow}",
     "record:string values:object who:string at:string chosen:object variables:object "
     "comment:string script:array others:string definition:object story:string"},
    {"/flows/{flow}/preview", "post", "preview_flow", "Where a run would go; nothing remains",
     "200", "{flow}", "record:string chosen:object variables:object"},
    {"/flows/{flow}/migrate", "post", "migrate_flow", "Moves all runs to a version, by a job",
     "202", "{flow}", "version:integer from:array nodes:object comment:string dry_run:boolean"},
    {"/flows/{flow}/start", "post", "start_flow", "Begins a run", "201", "{flow}",
     "record:string chosen:object variables:object comment:string"},
};

// Hands out the words of a text.
template <class Each>
void each_word(std::string_view text, Each each) {
  while (!text.empty()) {
    const auto end = text.find(' ');
    each(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

void write_parameters(json::Writer& writer, std::string_view names) {
  writer.key("parameters").begin_array();
  each_word(names, [&](std::string_view name) {
    const bool in_path = name.front() == '{';
    writer.begin_object();
    writer.key("name").text(in_path ? name.substr(1, name.size() - 2) : name);
    writer.key("in").text(in_path ? "path" : "query");
    if (in_path) writer.key("required").boolean(true);
    writer.key("schema").begin_object();
    writer.key("type").text(name == "limit" ? "integer" : "string").end_object().end_object();
  });
  writer.end_array();
}

void write_body(json::Writer& writer, std::string_view members) {
  if (members.empty()) return;
  writer.key("requestBody").begin_object().key("content").begin_object();
  writer.key("application/json").begin_object().key("schema").begin_object();
  writer.key("type").text("object").key("properties").begin_object();
  each_word(members, [&](std::string_view member) {
    const auto colon = member.find(':');
    writer.key(member.substr(0, colon)).begin_object();
    writer.key("type").text(member.substr(colon + 1)).end_object();
  });
  writer.end_object().key("additionalProperties").boolean(false);
  writer.end_object().end_object().end_object().end_object();
}

void write_responses(json::Writer& writer, std::string_view status) {
  writer.key("responses").begin_object().key(status).begin_object();
  writer.key("description").text("As schemas/api/README.md says it");
  writer.end_object().key("default").begin_object().key("description").text("Refused");
  writer.key("content").begin_object().key("application/problem+json").begin_object();
  writer.key("schema").begin_object().key("$ref").text("#/components/schemas/problem");
  writer.end_object().end_object().end_object().end_object().end_object();
}

}  // namespace

void write_flow_paths(json::Writer& writer) {
  for (const Operation& operation : kOperations) {
    writer.key(operation.path).begin_object().key(operation.verb).begin_object();
    writer.key("summary").text(operation.summary).key("operationId").text(operation.id);
    write_parameters(writer, operation.parameters);
    write_body(writer, operation.members);
    write_responses(writer, operation.status);
    writer.end_object().end_object();
  }
}

}  // namespace tenon::api
