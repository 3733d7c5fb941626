// What one person has to decide goes to another: in all runs, or in those of some flows.
#include "engine/command/reassign_runs.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/flow_call.h"
#include "runtime/api/flow_json.h"
#include "runtime/api/job_json.h"
#include "runtime/api/write_call.h"

namespace tenon::api {
namespace {

struct Body {
  command::ReassignRuns command;
  bool is_dry_run = false;
};

flow::UserId person_in(const std::optional<json::Reader>& reader, std::vector<Problem>& problems) {
  if (!reader) return {};
  const auto text = reader->text();
  const auto id = text ? parse_id_text(*text) : Result<std::int64_t>(Error::not_found());
  if (id) return {*id};
  problems.push_back(reader->problem("reference", "is no id of a user"));
  return {};
}

std::vector<std::string> flows_in(const std::optional<json::Reader>& flows,
                                  std::vector<Problem>& problems) {
  std::vector<std::string> names;
  if (!flows) return names;
  if (!flows->expect(json::Kind::array)) {
    problems.push_back(flows->problem("type", "must be a list of flows"));
    return names;
  }
  for (const json::Reader one : *flows) {
    const auto name = one.text();
    if (name) {
      names.emplace_back(*name);
    } else {
      problems.push_back(one.problem("type", "must be the name of a flow"));
    }
  }
  return names;
}

Result<Body> parse_reassign(const Call& call) {
  TENON_TRY(const auto document, act_document(call));
  std::vector<Problem> problems;
  json::Members members(document->root(), problems);
  Body body;
  body.command.from = person_in(members.required("from"), problems);
  body.command.to = person_in(members.required("to"), problems);
  body.command.flows = flows_in(members.optional("flows"), problems);
  body.command.comment = members.text("comment").value_or("");
  body.is_dry_run = members.boolean("dry_run").value_or(false);
  members.finish();
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return body;
}

std::string survey_json(const command::ReassignSurvey& survey) {
  json::Writer writer;
  writer.begin_object().key("runs").integer(survey.runs).key("checked").integer(survey.checked);
  writer.key("seats").integer(survey.seats).key("can").integer(survey.can);
  writer.key("cannot").integer(survey.seats - survey.can).key("problems").begin_array();
  for (const auto& reason : survey.reasons) {
    writer.begin_object().key("rule").text(reason.problem.rule);
    writer.key("message").text(reason.problem.message);
    writer.key("seats").integer(reason.seats).key("run").text(text_of(reason.example));
    writer.end_object();
  }
  writer.end_array().end_object();
  return writer.take();
}

}  // namespace

void reassign_runs(CallPointer call) {
  auto body = parse_reassign(*call);
  if (!body) return call->fail(body.error());
  if (body->is_dry_run) {
    return answer_from_worker(
        call, [command = body->command](command::Context& context) -> Result<std::string> {
          TENON_TRY(const auto survey, command::survey_reassignment(context, command));
          return survey_json(survey);
        });
  }
  write_once(call, [command = body->command](command::Context& context) -> Result<command::Answer> {
    TENON_TRY(const auto id, command::reassign_runs(context, command));
    json::Writer writer;
    write_job(writer, *job::read(context.tx, id));
    return command::Answer{202, writer.take(), "", ""};
  });
}

}  // namespace tenon::api
