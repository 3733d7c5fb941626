// Runs are moved to another version of their flow: one, or all that are not over.
#include "engine/command/migrate_run.h"
#include "engine/command/migrate_runs.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/flow_call.h"
#include "runtime/api/flow_json.h"
#include "runtime/api/job_json.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

// {"old": "new"}
std::map<std::string, std::string> nodes_in(const std::optional<json::Reader>& nodes,
                                            std::vector<Problem>& problems) {
  std::map<std::string, std::string> named;
  if (!nodes) return named;
  if (!nodes->expect(json::Kind::object)) {
    problems.push_back(nodes->problem("type", "must name nodes by nodes"));
    return named;
  }
  for (const json::Reader node : *nodes) {
    const auto text = node.text();
    if (text) {
      named[std::string(node.name())] = std::string(*text);
    } else {
      problems.push_back(node.problem("type", "must be the id of a node"));
    }
  }
  return named;
}

std::int64_t version_in(const std::optional<json::Reader>& reader, std::vector<Problem>& problems) {
  if (!reader) return 0;
  const auto version = reader->integer();
  if (version && *version > 0) return *version;
  problems.push_back(reader->problem("version", "is no number of a version"));
  return 0;
}

template <class Command>
struct Body {
  Command command;
  bool is_dry_run = false;
};

// What both bodies say.
template <class Command>
void read_common(json::Members& members, Body<Command>& body, std::vector<Problem>& problems) {
  body.command.version = version_in(members.optional("version"), problems);
  body.command.nodes = nodes_in(members.optional("nodes"), problems);
  body.command.comment = members.text("comment").value_or("");
  body.is_dry_run = members.boolean("dry_run").value_or(false);
}

Result<Body<command::MigrateRun>> run_body(const Call& call, flow::RunId run) {
  TENON_TRY(const auto document, act_document(call));
  std::vector<Problem> problems;
  json::Members members(document->root(), problems);
  Body<command::MigrateRun> body{.command = {.run = run}};
  read_common(members, body, problems);
  body.command.request_id = members.text("request_id").value_or("");
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return body;
}

Result<Body<command::MigrateRuns>> runs_body(const Call& call, const std::string& flow) {
  TENON_TRY(const auto document, act_document(call));
  std::vector<Problem> problems;
  json::Members members(document->root(), problems);
  Body<command::MigrateRuns> body{.command = {.flow = flow}};
  read_common(members, body, problems);
  if (const auto from = members.optional("from")) {
    if (from->expect(json::Kind::array)) {
      for (const json::Reader one : *from) {
        body.command.from.push_back(version_in(one, problems));
      }
    } else {
      problems.push_back(from->problem("type", "must be a list of versions"));
    }
  }
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return body;
}

void write_problem(json::Writer& writer, const query::FlowNames& names, const metadata::Flow* flow,
                   const Problem& problem) {
  constexpr std::string_view kNodes = "nodes/";
  writer.key("rule").text(problem.rule).key("message").text(problem.message);
  writer.key("at").text(problem.at);
  const bool is_node = problem.at.starts_with(kNodes);
  const std::string id = is_node ? problem.at.substr(kNodes.size()) : "";
  const int place = flow == nullptr || !is_node ? -1 : metadata::node_place(*flow, id);
  write_text_or_null(writer, "node", id);
  write_text_or_null(writer, "node_label", place < 0 ? "" : names.node_label(flow, place + 1));
}

void write_names(json::Writer& writer, std::string_view key,
                 const std::vector<std::string>& names) {
  writer.key(key).begin_array();
  for (const std::string& name : names) writer.text(name);
  writer.end_array();
}

void write_node(json::Writer& writer, std::string_view key, const query::FlowNames& names,
                const metadata::Flow& flow, int node) {
  writer.key(key).begin_object().key("id").text(names.node_id(&flow, node));
  writer.key("label").text(names.node_label(&flow, node)).end_object();
}

std::string report_json(const command::Context& context, flow::RunId run,
                        const command::MigrationCheck& check) {
  const query::Context asked = command::as_query(context);
  const query::FlowNames names(asked);
  const flow::MigrationReport& report = check.report;
  const metadata::Flow& from = *check.from->definition;
  json::Writer writer;
  writer.begin_object().key("run").text(text_of(run));
  writer.key("from_version").integer(check.from->version);
  writer.key("to_version").integer(check.to->version);
  writer.key("can").boolean(report.problems.empty()).key("problems").begin_array();
  for (const Problem& problem : report.problems) {
    writer.begin_object();
    write_problem(writer, names, &from, problem);
    writer.end_object();
  }
  writer.end_array().key("moves").begin_array();
  for (const auto& move : report.moves) {
    writer.begin_object().key("token").integer(move.token);
    write_node(writer, "node", names, from, move.from);
    write_node(writer, "to", names, *check.to->definition, move.to);
    writer.end_object();
  }
  writer.end_array().key("seats_kept").integer(report.seats_kept);
  writer.key("times_kept").integer(report.times_kept);
  writer.key("times_renewed").integer(report.times_renewed);
  writer.key("variables").begin_object();
  write_names(writer, "added", report.variables_added);
  write_names(writer, "dropped", report.variables_dropped);
  writer.end_object().key("decides").boolean(report.decides).end_object();
  return writer.take();
}

std::string survey_json(const command::Context& context, const command::MigrationSurvey& survey) {
  const query::Context asked = command::as_query(context);
  query::FlowNames names(asked);
  json::Writer writer;
  writer.begin_object().key("flow").text(survey.to->name());
  writer.key("to_version").integer(survey.to->version).key("runs").integer(survey.runs);
  writer.key("checked").integer(survey.checked).key("can").integer(survey.can);
  writer.key("cannot").integer(survey.checked - survey.can).key("versions").begin_array();
  for (const auto& [version, runs] : survey.versions) {
    writer.begin_object().key("version").integer(version).key("runs").integer(runs).end_object();
  }
  writer.end_array().key("problems").begin_array();
  for (const auto& reason : survey.reasons) {
    writer.begin_object();
    write_problem(writer, names, names.find(survey.to->id(), reason.from), reason.problem);
    writer.key("runs").integer(reason.runs).key("run").text(text_of(reason.example)).end_object();
  }
  writer.end_array().end_object();
  return writer.take();
}

}  // namespace

void migrate_run(CallPointer call, std::string text) {
  const auto id = id_of(text);
  if (!id) return call->fail(id.error());
  const flow::RunId run{id->value};
  auto body = run_body(*call, run);
  if (!body) return call->fail(body.error());
  if (body->is_dry_run) {
    return answer_from_worker(
        call, [command = body->command](command::Context& context) -> Result<std::string> {
          TENON_TRY(const auto check, command::check_migration(context, command));
          return report_json(context, command.run, check);
        });
  }
  write_act(call, 200, {run}, [command = body->command](command::Context& context) {
    return command::migrate_run(context, command);
  });
}

void migrate_flow(CallPointer call, std::string flow) {
  auto body = runs_body(*call, flow);
  if (!body) return call->fail(body.error());
  if (body->is_dry_run) {
    return answer_from_worker(
        call, [command = body->command](command::Context& context) -> Result<std::string> {
          TENON_TRY(const auto survey, command::survey_migration(context, command));
          return survey_json(context, survey);
        });
  }
  write_once(call, [command = body->command](command::Context& context) -> Result<command::Answer> {
    TENON_TRY(const auto id, command::migrate_runs(context, command));
    json::Writer writer;
    write_job(writer, *job::read(context.tx, id));
    return command::Answer{202, writer.take(), "", ""};
  });
}

}  // namespace tenon::api
