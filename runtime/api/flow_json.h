// Tasks and runs as JSON: what their lists and pages share, and whole runs (schemas/api/README.md).
#pragma once

#include <string>

#include "engine/command/act_on_run.h"
#include "engine/command/start_flow.h"
#include "engine/json/writer.h"
#include "engine/query/flow_names.h"
#include "engine/query/tasks.h"

namespace tenon::api {

// "0HB…-3": a seat of a run, by its place.
std::string task_id(flow::RunId run, int place);
struct TaskId {
  flow::RunId run;
  int place = 0;
};
Result<TaskId> parse_task_id(std::string_view text);

// {"id", "name"}; null of nobody.
class PeopleWriter {
 public:
  PeopleWriter(json::Writer& writer, const std::map<RecordId, std::string>& names)
      : writer_(writer), names_(names) {}
  void write(std::string_view key, flow::UserId person);
  void item(flow::UserId person);  // In a list.
  // The members within a person that says more.
  void members(flow::UserId person);

 private:
  json::Writer& writer_;
  const std::map<RecordId, std::string>& names_;
};

// Null of 0.
void write_moment(json::Writer& writer, std::string_view key, std::int64_t ms);
void write_text_or_null(json::Writer& writer, std::string_view key, std::string_view text);
void write_flow(json::Writer& writer, query::FlowNames& names, const run::Head& head);
// state, result, started_at, finished_at.
void write_progress(json::Writer& writer, const run::Head& head);
void write_record(json::Writer& writer, const application::Application& app, const run::Head& head,
                  const query::TitledRecord* record);
// "at": where a run stands.
void write_places(json::Writer& writer, query::FlowNames& names, const run::Head& head,
                  const query::RunTitles& titles);

// What every list says of a run: "run" to "at", within an object that is begun.
void write_listed(json::Writer& writer, const query::Context& context, query::FlowNames& names,
                  const run::Head& head, const query::RunTitles& titles);

// A page of GET /tasks.
std::string tasks_json(const query::Context& context, const query::TaskPage& page);
// The members of a task in lists, within an object that is begun.
void write_task(json::Writer& writer, const query::Context& context, query::FlowNames& names,
                const run::Task& task, const query::RunTitles& titles);

// What a preview says comes: a list.
void write_stops(json::Writer& writer, const application::Flow& flow, const flow::Preview& preview,
                 const query::Context& context, const std::map<RecordId, std::string>& people);
std::string preview_json(command::Context& context, const application::Flow& flow,
                         const flow::Preview& preview);

std::string_view word_of(metadata::VoteMode mode);
// What a source of people names, in the actor's language: a role, a field, a node, logins; "".
std::string label_of_source(const query::Context& context, const metadata::Flow& flow,
                            const query::FlowNames& names, const metadata::Source& source);
// {"nodes", "start"}; told: also whom nodes ask, how they vote, how long they have. Null: nothing.
enum class Asks { untold, told };
void write_graph(json::Writer& writer, const query::Context& context, query::FlowNames& names,
                 const metadata::Flow* flow, Asks asks = Asks::untold);

// A run whole, with what this actor may do to it: GET /runs/{id}. Of a simulated one: nothing.
enum class Acts { none, possible };
std::string run_json(command::Context& context, const run::Kept& kept, Acts acts = Acts::possible);
// A task with its run: GET /tasks/{id}. The seat must be there.
std::string task_json(command::Context& context, const run::Kept& kept, int place);

// How often and how long a run was at its nodes.
void write_times(json::Writer& writer, query::FlowNames& names, const flow::Run& run,
                 std::int64_t now_ms);
// What a run's variables are and hold: for who mends them.
void write_variables(json::Writer& writer, const query::Context& context,
                     const metadata::Flow& flow, const Values& values);

run::Head head_of(const run::Kept& kept);

}  // namespace tenon::api
