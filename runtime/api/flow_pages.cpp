// The pages of who administers flows: all of them, one with its graph and versions, its runs.
#include "engine/base/limits.h"
#include "engine/command/stuck_runs.h"
#include "engine/query/flow_metrics.h"
#include "engine/query/flow_runs.h"
#include "runtime/api/endpoints.h"
#include "runtime/api/flow_call.h"
#include "runtime/api/flow_json.h"

namespace tenon::api {
namespace {

constexpr int kStuckMax = 20;

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

void write_ms(json::Writer& writer, std::string_view key, std::int64_t ms) {
  writer.key(key);
  ms < 0 ? writer.null() : writer.integer(ms);
}

std::int64_t finished_of(const query::FlowMetrics& metrics) {
  std::int64_t finished = 0;
  for (const auto& [word, runs] : metrics.runs) {
    if (word != "running" && word != "suspended") finished += runs;
  }
  return finished;
}

// What is counted of it, in sum.
void write_figures(json::Writer& writer, query::FlowMetrics metrics) {
  query::NodeMetrics sum;
  for (const query::NodeMetrics& node : metrics.nodes) {
    sum.overdue += node.overdue;
    sum.rework += node.rework;
    sum.automatic += node.automatic;
  }
  writer.key("running").integer(metrics.runs["running"]);
  writer.key("suspended").integer(metrics.runs["suspended"]);
  writer.key("finished").integer(finished_of(metrics));
  writer.key("overdue").integer(sum.overdue).key("rework").integer(sum.rework);
  writer.key("automatic").integer(sum.automatic);
  write_ms(writer, "p50_ms", metrics.p50_ms);
  write_ms(writer, "p90_ms", metrics.p90_ms);
}

void write_head(json::Writer& writer, const query::Context& context, query::FlowNames& names,
                const application::Flow& flow, std::int64_t incidents) {
  const application::Object* object = context.app.find_id(flow.definition->object);
  writer.key("name").text(flow.name());
  writer.key("label").text(names.label(flow.id(), flow.version));
  writer.key("kind").text(word_of(flow.definition->kind));
  writer.key("object").text(object == nullptr ? flow.definition->object : object->name());
  writer.key("version").integer(flow.version);
  writer.key("incidents").integer(incidents);
  write_figures(writer, query::flow_metrics(context, flow));
}

std::string flows_json(const command::Context& context) {
  const query::Context asked = command::as_query(context);
  query::FlowNames names(asked);
  auto incidents = query::open_incidents(asked);
  json::Writer writer;
  writer.begin_object().key("flows").begin_array();
  for (const application::Flow& flow : context.app.flows()) {
    writer.begin_object();
    write_head(writer, asked, names, flow, incidents[flow.id()]);
    writer.end_object();
  }
  writer.end_array();
  write_stuck(writer, context);
  writer.end_object();
  return writer.take();
}

std::string flow_json(const command::Context& context, const application::Flow& flow) {
  const query::Context asked = command::as_query(context);
  query::FlowNames names(asked);
  json::Writer writer;
  writer.begin_object();
  write_head(writer, asked, names, flow, query::open_incidents(asked)[flow.id()]);
  writer.key("graph");
  write_graph(writer, asked, names, flow.definition.get(), Asks::told);
  writer.key("versions").begin_array();
  for (const run::PinnedVersion& one : query::versions_of(asked, flow)) {
    writer.begin_object().key("version").integer(one.version);
    write_moment(writer, "published_at", one.at_ms);
    writer.key("running").integer(one.running).end_object();
  }
  writer.end_array().end_object();
  return writer.take();
}

std::string metrics_json(const command::Context& context, const application::Flow& flow) {
  constexpr std::string_view kWords[] = {"running",  "suspended", "completed", "approved",
                                         "rejected", "withdrawn", "voided",    "suppressed"};
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
    writer.key("incidents").integer(node.incidents);
    writer.key("stopped").integer(node.stopped).end_object();
  }
  const std::int64_t finished = finished_of(metrics);
  writer.end_array().key("runs").begin_object();
  for (const std::string_view word : kWords) {
    writer.key(word).integer(metrics.runs[std::string(word)]);
  }
  writer.key("finished").integer(finished).end_object();
  write_ms(writer, "p50_ms", metrics.p50_ms);
  write_ms(writer, "p90_ms", metrics.p90_ms);
  writer.end_object();
  return writer.take();
}

Result<query::ListFlowRuns> runs_query(const Call& call) {
  query::ListFlowRuns query;
  const std::string state = text_parameter(call, "state");
  if (!state.empty()) {
    query.state = flow::find_word<flow::RunState>(state);
    if (!query.state) {
      return Error::of(ErrorCode::malformed, "state", "state",
                       "is one of running, suspended, finished");
    }
  }
  const std::string only = text_parameter(call, "only");
  if (only == "incidents") {
    query.only = run::FlowRunsPage::Only::incidents;
  } else if (only == "overdue") {
    query.only = run::FlowRunsPage::Only::overdue;
  } else if (!only.empty()) {
    return Error::of(ErrorCode::malformed, "only", "only", "is one of incidents, overdue");
  }
  TENON_TRY(query.version, integer_parameter(call, "version", 0, 1, INT64_MAX));
  query.after = text_parameter(call, "after");
  TENON_TRY(const auto limit,
            integer_parameter(call, "limit", query.limit, 1, limits::kPageRecordsMax));
  query.limit = static_cast<int>(limit);
  return query;
}

std::string runs_json(const query::Context& context, const query::FlowRunsAnswer& answer) {
  query::FlowNames names(context);
  std::vector<run::Listed> listed;
  for (const run::FlowRun& one : answer.runs) listed.push_back(one.listed);
  const auto titles = query::titles(context, listed);
  json::Writer writer;
  writer.begin_object().key("runs").begin_array();
  for (const run::FlowRun& one : answer.runs) {
    const run::Head& head = one.listed.run;
    writer.begin_object();
    write_listed(writer, context, names, head, titles);
    writer.key("version").integer(head.version).key("returns").integer(one.returns);
    writer.key("incidents").integer(one.incidents);
    writer.key("overdue").integer(one.overdue).end_object();
  }
  writer.end_array();
  write_text_or_null(writer, "next", answer.next);
  writer.end_object();
  return writer.take();
}

// Answers what `write` makes of the flow.
template <class Write>
void answer_of_flow(const CallPointer& call, const std::string& name, Write write) {
  Result<std::string> answer = Error::not_found();
  read_as_command(*call, [&](command::Context& context) {
    const auto allowed = only_admins(context);
    const application::Flow* flow = context.app.find_flow(name);
    if (!allowed) {
      answer = allowed.error();
    } else if (flow != nullptr) {
      answer = write(context, *flow);
    }
  });
  answer ? call->json(200, answer.take()) : call->fail(answer.error());
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

void read_flow(CallPointer call, std::string name) {
  answer_of_flow(call, name, [](command::Context& context, const application::Flow& flow) {
    return Result<std::string>(flow_json(context, flow));
  });
}

void flow_metrics(CallPointer call, std::string name) {
  answer_of_flow(call, name, [](command::Context& context, const application::Flow& flow) {
    return Result<std::string>(metrics_json(context, flow));
  });
}

void runs_of_flow(CallPointer call, std::string name) {
  const auto query = runs_query(*call);
  if (!query) return call->fail(query.error());
  answer_of_flow(
      call, name,
      [&](command::Context& context, const application::Flow& flow) -> Result<std::string> {
        const query::Context asked = command::as_query(context);
        TENON_TRY(const auto runs, query::list_flow_runs(asked, flow, *query));
        return runs_json(asked, runs);
      });
}

}  // namespace tenon::api
