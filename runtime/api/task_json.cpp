// Lists of tasks and runs, and one task with its run.
#include <algorithm>

#include "engine/value/references.h"
#include "runtime/api/flow_json.h"

namespace tenon::api {
namespace {

using State = flow::Seat::State;

void write_facts(json::Writer& writer, const query::TitledRecord* record) {
  writer.key("facts").begin_array();
  if (record != nullptr) {
    for (const query::Fact& fact : record->facts) {
      writer.begin_object().key("field").text(fact.field).key("label").text(fact.label);
      writer.key("value");
      tenon::write(writer, *fact.type, fact.value);
      writer.end_object();
    }
  }
  writer.end_array();
}

void write_run(json::Writer& writer, const query::Context& context, query::FlowNames& names,
               const query::TaskPage& page, const run::Listed& listed,
               const query::RunTitles& titles) {
  writer.begin_object();
  write_listed(writer, context, names, listed.run, titles);
  if (page.box == query::Box::cc) writer.key("is_read").boolean(listed.is_read);
  writer.end_object();
}

void write_targets(json::Writer& writer, command::Context& context, query::FlowNames& names,
                   const run::Kept& kept, int place) {
  const metadata::Flow* flow = names.find(kept.run.flow, kept.run.version);
  writer.key("return_targets").begin_array();
  for (const int node : command::possible_returns(context, kept, place)) {
    writer.begin_object().key("node").text(names.node_id(flow, node));
    writer.key("label").text(names.node_label(flow, node)).end_object();
  }
  writer.end_array();
}

// What the node says of fields; only where it says something.
void write_fields(json::Writer& writer, const query::Context& context, const run::Head& head,
                  const flow::Seat& seat, bool holds) {
  const application::Flow* flow = context.app.find_flow(head.flow, head.version);
  if (flow == nullptr || !holds) return;
  const auto& people = flow->program->node(seat.node).people;
  const application::Object* object = context.app.find_id(head.object);
  if (!people || people->fields.empty() || object == nullptr) return;
  writer.key("fields").begin_object();
  for (const auto& [slot, right] : people->fields) {
    const char* word = right == metadata::FieldRight::write  ? "write"
                       : right == metadata::FieldRight::read ? "read"
                                                             : "none";
    writer.key(object->field(slot).name).text(word);
  }
  writer.end_object();
}

bool wants_comment(const query::Context& context, const run::Head& head, const flow::Seat& seat) {
  const application::Flow* flow = context.app.find_flow(head.flow, head.version);
  if (flow == nullptr || flow::is_gone(seat.node)) return false;
  const auto& people = flow->program->node(seat.node).people;
  return people && people->comment_required;
}

void write_removable(json::Writer& writer, const command::Context& context, const run::Kept& kept,
                     int place, bool may_remove, const query::RunTitles& titles) {
  const flow::Seat& own = kept.run.seats[static_cast<std::size_t>(place)];
  PeopleWriter people(writer, titles.people);
  writer.key("removable").begin_array();
  for (std::size_t i = 0; may_remove && i < kept.run.seats.size(); ++i) {
    const flow::Seat& seat = kept.run.seats[i];
    const bool is_ours = seat.added_by == context.actor.user || command::administers_flows(context);
    if (seat.visit != own.visit || seat.is_final() || !is_ours) continue;
    writer.begin_object().key("seat").text(task_id(kept.run.id, static_cast<int>(i)));
    people.write("person", seat.holder);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

void write_task(json::Writer& writer, const query::Context& context, query::FlowNames& names,
                const run::Task& task, const query::RunTitles& titles) {
  const run::Head& head = task.run;
  const flow::Seat& seat = task.seat;
  const auto [flow, node] = names.place(head.flow, head.version, head.gone, seat.node);
  PeopleWriter people(writer, titles.people);
  writer.key("id").text(task_id(head.id, task.place));
  write_flow(writer, names, head);
  writer.key("node").begin_object().key("id").text(names.node_id(flow, node));
  writer.key("label").text(names.node_label(flow, node));
  writer.key("kind").text(names.node_kind(flow, node)).end_object();
  write_record(writer, context.app, head, titles.find(head));
  people.write("initiator", head.initiator);
  writer.key("state").text(flow::name_of(seat.state));
  people.write("holder", seat.holder);
  people.write("behalf_of", seat.behalf_of);
  people.write("helper", seat.helper);
  write_moment(writer, "opened_at", seat.opened_ms);
  write_moment(writer, "due_at", seat.due_ms.value_or(0));
  const bool is_overdue = seat.state == State::open && seat.due_ms && *seat.due_ms < context.now.ms;
  writer.key("is_overdue").boolean(is_overdue);
  write_moment(writer, "decided_at", seat.decided_ms);
  write_text_or_null(writer, "comment", seat.comment);
  write_facts(writer, titles.find(head));
}

std::string tasks_json(const query::Context& context, const query::TaskPage& page) {
  json::Writer writer;
  query::FlowNames names(context);
  writer.begin_object().key("tasks").begin_array();
  const auto of_tasks = query::titles(context, page.tasks);
  for (const run::Task& task : page.tasks) {
    writer.begin_object();
    write_task(writer, context, names, task, of_tasks);
    writer.key("run").text(text_of(task.run.id)).end_object();
  }
  const auto of_runs = query::titles(context, page.runs);
  for (const run::Listed& listed : page.runs) {
    write_run(writer, context, names, page, listed, of_runs);
  }
  writer.end_array();
  write_text_or_null(writer, "next", page.next);
  writer.key("counts").begin_object().key("todo").integer(page.counts.todo);
  writer.key("overdue").integer(page.counts.overdue).end_object().end_object();
  return writer.take();
}

std::string task_json(command::Context& context, const run::Kept& kept, int place) {
  const query::Context asked = command::as_query(context);
  const flow::Seat& seat = kept.run.seats[static_cast<std::size_t>(place)];
  const run::Task task{head_of(kept), place, seat};
  auto titles = query::titles(asked, std::vector<run::Task>{task});
  std::vector<RecordId> holders;
  for (const flow::Seat& one : kept.run.seats) holders.push_back(one.holder);
  titles.people.merge(query::names_of_people(asked, holders));
  query::FlowNames names(asked);
  json::Writer writer;
  writer.begin_object();
  write_task(writer, asked, names, task, titles);
  const auto acts = command::possible_acts(context, kept, place);
  writer.key("can").begin_array();
  for (const std::string& act : acts) writer.text(act);
  writer.end_array();
  const bool holds = seat.state == State::open && seat.keeper() == context.actor.user;
  write_fields(writer, asked, task.run, seat, holds);
  writer.key("comment_required").boolean(wants_comment(asked, task.run, seat));
  write_targets(writer, context, names, kept, place);
  const bool may_remove = std::find(acts.begin(), acts.end(), "remove_sign") != acts.end();
  write_removable(writer, context, kept, place, may_remove, titles);
  writer.key("run").raw(run_json(context, kept)).end_object();
  return writer.take();
}

}  // namespace tenon::api
