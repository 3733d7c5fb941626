// A whole run: its graph, where it is, who decided what, and what comes next.
#include <algorithm>
#include <set>

#include "engine/query/attachment.h"
#include "engine/query/flow_runs.h"
#include "engine/query/history.h"
#include "engine/query/record_grant.h"
#include "engine/query/working_calendar.h"
#include "runtime/api/flow_json.h"
#include "runtime/api/history_json.h"

namespace tenon::api {
namespace {

using flow::Run;

std::set<RecordId> people_of(const Run& run, const flow::Preview& next) {
  std::set<RecordId> people{run.initiator};
  for (const flow::Seat& seat : run.seats) {
    people.insert({seat.holder, seat.behalf_of, seat.helper, seat.actor});
  }
  for (const flow::Entry& entry : run.history) {
    people.insert({entry.actor, entry.behalf_of, entry.other});
  }
  for (const flow::PreviewStop& stop : next.stops) {
    for (const flow::Asked& asked : stop.people) people.insert({asked.holder, asked.behalf_of});
  }
  return people;
}

std::map<RecordId, std::string> names_of(const query::Context& context,
                                         const std::set<RecordId>& people) {
  const std::vector<RecordId> ids(people.begin(), people.end());
  return query::names_of_people(context, ids);
}

void write_incident(json::Writer& writer, std::string_view key,
                    const std::optional<flow::Incident>& incident) {
  writer.key(key);
  if (!incident) {
    writer.null();
    return;
  }
  writer.begin_object().key("rule").text(incident->rule);
  writer.key("message").text(incident->message).end_object();
}

class RunWriter {
 public:
  RunWriter(command::Context& context, const run::Kept& kept, Acts acts)
      : context_(context),
        acts_(acts),
        asked_(command::as_query(context)),
        kept_(kept),
        run_(kept.run),
        names_(asked_),
        flow_(names_.find(kept.run.flow, kept.run.version)),
        now_ms_(context.clock.now_ms()),
        copies_(query::copies_of(asked_, kept.run.id)) {}

  std::string write() {
    const auto next = next_stops();
    auto people = people_of(run_, next);
    for (const run::Copy& copy : copies_) people.insert(copy.user);
    names_of_all_ = names_of(asked_, people);
    writer_.begin_object();
    write_head();
    write_graph();
    write_tokens();
    write_seats();
    write_history();
    writer_.key("next");
    const auto* compiled = context_.app.find_flow(run_.flow, run_.version);
    if (compiled == nullptr) {
      writer_.begin_array().end_array();
    } else {
      write_stops(writer_, *compiled, next, asked_, names_of_all_);
    }
    write_times(writer_, names_, run_, now_ms_);
    write_copies();
    if (flow_ != nullptr && command::administers_flows(context_)) {
      write_variables(writer_, asked_, *flow_, run_.variables);
    }
    writer_.end_object();
    return writer_.take();
  }

 private:
  flow::Preview next_stops() const {
    if (run_.state != flow::RunState::running) return {};
    auto next = command::preview_run(context_, kept_);
    return next ? next.take() : flow::Preview{};
  }

  void write_head() {
    writer_.key("id").text(text_of(run_.id));
    writer_.key("flow").begin_object().key("name").text(names_.name(run_.flow, run_.version));
    writer_.key("label").text(names_.label(run_.flow, run_.version));
    const bool is_approval = flow_ == nullptr || flow_->kind == metadata::FlowKind::approval;
    writer_.key("kind").text(is_approval ? "approval" : "automation");
    writer_.key("version").integer(run_.version).key("newest_version");
    const auto* newest = context_.app.find_flow(run_.flow);
    newest == nullptr ? writer_.null() : writer_.integer(newest->version);
    writer_.end_object();
    write_title();
    PeopleWriter(writer_, names_of_all_).write("initiator", run_.initiator);
    writer_.key("state").text(flow::name_of(run_.state));
    const bool has_result = run_.result != flow::RunResult::none;
    write_text_or_null(writer_, "result", has_result ? flow::name_of(run_.result) : "");
    write_incident(writer_, "suppressed", query::why_suppressed(run_));
    write_text_or_null(writer_, "caller", kept_.parent.value == 0 ? "" : text_of(kept_.parent));
    write_moment(writer_, "started_at", run_.started_ms);
    write_moment(writer_, "finished_at", run_.finished_ms);
    write_moment(writer_, "suspended_at", run_.suspended_ms);
    writer_.key("can").begin_array();
    if (acts_ == Acts::possible) {
      for (const std::string& act : command::possible_acts(context_, kept_)) writer_.text(act);
    }
    writer_.end_array();
  }

  void write_title() {
    const run::Head head = head_of(kept_);
    const application::Object* object = context_.app.find_id(kept_.object);
    const RecordId ids[] = {run_.record};
    query::TitledRecords found;
    if (object != nullptr) found = query::titles(asked_, *object, ids, false);
    if (object != nullptr && found.empty()) {
      found = query::titles_by_task(asked_, *object, ids, slots_let(*object));
    }
    const auto record = found.find(run_.record);
    write_record(writer_, context_.app, head, record == found.end() ? nullptr : &record->second);
  }

  std::vector<int> slots_let(const application::Object& object) const {
    std::vector<int> slots;
    const auto grant = query::granted_by_runs(asked_, object, run_.record, false);
    for (std::size_t slot = 0; grant && slot < grant->readable.size(); ++slot) {
      if (grant->readable[slot]) slots.push_back(static_cast<int>(slot));
    }
    return slots;
  }

  void write_graph() {
    writer_.key("graph");
    api::write_graph(writer_, asked_, names_, flow_);
  }

  query::FlowNames::Place place_of(int node) {
    return names_.place(run_.flow, run_.version, run_.gone, node);
  }

  void write_tokens() {
    writer_.key("tokens").begin_array();
    for (std::size_t i = 0; i < run_.tokens.size(); ++i) {
      const flow::Token& token = run_.tokens[i];
      writer_.begin_object().key("id").integer(static_cast<std::int64_t>(i));
      const auto [flow, node] = place_of(token.node);
      writer_.key("node").text(names_.node_id(flow, node));
      writer_.key("state").text(flow::name_of(token.state));
      write_moment(writer_, "since", i < kept_.since_ms.size() ? kept_.since_ms[i] : 0);
      write_incident(writer_, "incident", token.incident);
      writer_.end_object();
    }
    writer_.end_array();
  }

  void write_seats() {
    PeopleWriter people(writer_, names_of_all_);
    writer_.key("seats").begin_array();
    for (std::size_t i = 0; i < run_.seats.size(); ++i) {
      const flow::Seat& seat = run_.seats[i];
      writer_.begin_object().key("task").text(task_id(run_.id, static_cast<int>(i)));
      const auto [flow, node] = place_of(seat.node);
      writer_.key("node").text(names_.node_id(flow, node));
      writer_.key("node_label").text(names_.node_label(flow, node));
      writer_.key("order").integer(seat.order);
      writer_.key("position").text(flow::name_of(seat.position));
      people.write("holder", seat.holder);
      people.write("behalf_of", seat.behalf_of);
      people.write("helper", seat.helper);
      people.write("actor", seat.actor);
      writer_.key("state").text(flow::name_of(seat.state));
      write_moment(writer_, "opened_at", seat.opened_ms);
      write_moment(writer_, "due_at", seat.due_ms.value_or(0));
      write_moment(writer_, "decided_at", seat.decided_ms);
      write_text_or_null(writer_, "comment", seat.comment);
      writer_.key("is_superseded").boolean(seat.is_superseded);
      write_elapsed(seat);
      writer_.end_object();
    }
    writer_.end_array();
  }

  // From when it was opened to its decision, or to now; null of what was never open.
  void write_elapsed(const flow::Seat& seat) {
    const bool counts = seat.opened_ms != 0 && (seat.decided_ms != 0 || !seat.is_final());
    const std::int64_t until_ms = seat.decided_ms != 0 ? seat.decided_ms : now_ms_;
    writer_.key("elapsed_ms");
    counts ? writer_.integer(until_ms - seat.opened_ms) : writer_.null();
    writer_.key("elapsed_working_ms");
    if (!counts) {
      writer_.null();
      return;
    }
    if (!working_) working_.emplace(query::working_calendar(context_.app, context_.tx, {}));
    writer_.integer(working_->between_ms(seat.opened_ms, until_ms));
  }

  void write_copies() {
    PeopleWriter people(writer_, names_of_all_);
    writer_.key("copies").begin_array();
    for (const run::Copy& copy : copies_) {
      writer_.begin_object();
      people.write("person", copy.user);
      write_moment(writer_, "sent_at", copy.at_ms);
      write_moment(writer_, "read_at", copy.read_ms);
      writer_.end_object();
    }
    writer_.end_array();
  }

  // What came with an act: files, and what its form changed.
  void write_said(const flow::Entry& entry) {
    writer_.key("attachments").begin_array();
    for (const RecordId id : entry.attachments) write_attachment(id);
    writer_.end_array();
    const application::Object* object = context_.app.find_id(kept_.object);
    if (object == nullptr || entry.changed.empty()) {
      writer_.key("changes").begin_array().end_array();
      return;
    }
    api::write_changes(writer_, *object,
                       query::changes_in(asked_, *object, run_.record, entry.changed));
  }

  // Nulls where the file was deleted.
  void write_attachment(RecordId id) {
    const auto file = query::stored_file(context_.app, context_.tx, id);
    writer_.begin_object().key("id").text(text_of(id));
    write_text_or_null(writer_, "name", file ? file->name : "");
    write_text_or_null(writer_, "type", file ? file->type : "");
    writer_.key("size");
    file ? writer_.integer(file->size) : writer_.null();
    writer_.end_object();
  }

  void write_history() {
    PeopleWriter people(writer_, names_of_all_);
    writer_.key("history").begin_array();
    const auto versions = flow::versions_of_history(run_);
    for (std::size_t i = 0; i < run_.history.size(); ++i) {
      const flow::Entry& entry = run_.history[i];
      writer_.begin_object().key("n").integer(static_cast<std::int64_t>(i));
      write_moment(writer_, "at", entry.at_ms);
      writer_.key("what").text(flow::name_of(entry.what));
      const metadata::Flow* flow = names_.find(run_.flow, versions[i]);
      const bool has_node = entry.node >= 0;
      write_text_or_null(writer_, "node", has_node ? names_.node_id(flow, entry.node) : "");
      write_text_or_null(writer_, "node_label",
                         has_node ? names_.node_label(flow, entry.node) : "");
      write_text_or_null(writer_, "seat", entry.seat < 0 ? "" : task_id(run_.id, entry.seat));
      people.write("actor", entry.actor);
      people.write("behalf_of", entry.behalf_of);
      people.write("other", entry.other);
      write_moment(writer_, "due_at", entry.due_ms);
      const bool is_migrated = entry.what == flow::What::migrated;
      write_text_or_null(writer_, "reason", is_migrated ? "" : entry.reason);
      write_text_or_null(writer_, "comment", entry.comment);
      write_said(entry);
      if (is_migrated) {
        writer_.key("from_version").integer(versions[i - 1]);
        writer_.key("to_version").integer(versions[i]);
      }
      writer_.end_object();
    }
    writer_.end_array();
  }

  command::Context& context_;
  const Acts acts_;
  const query::Context asked_;
  const run::Kept& kept_;
  const Run& run_;
  query::FlowNames names_;
  const metadata::Flow* flow_;
  std::int64_t now_ms_;
  const std::vector<run::Copy> copies_;
  std::map<RecordId, std::string> names_of_all_;
  std::optional<calendar::WorkingCalendar> working_;
  json::Writer writer_;
};

}  // namespace

void write_stops(json::Writer& writer, const application::Flow& flow, const flow::Preview& preview,
                 const query::Context& context, const std::map<RecordId, std::string>& names) {
  query::FlowNames flow_names(context);
  PeopleWriter people(writer, names);
  writer.begin_array();
  for (const flow::PreviewStop& stop : preview.stops) {
    writer.begin_object();
    writer.key("node").text(flow_names.node_id(flow.definition.get(), stop.node));
    writer.key("label").text(flow_names.node_label(flow.definition.get(), stop.node));
    writer.key("kind").text(flow_names.node_kind(flow.definition.get(), stop.node));
    writer.key("people").begin_array();
    for (const flow::Asked& asked : stop.people) {
      writer.begin_object();
      people.members(asked.holder);
      people.write("behalf_of", asked.behalf_of);
      writer.end_object();
    }
    writer.end_array();
    const flow::ProgramNode& node = flow.program->node(stop.node);
    const bool votes = node.people && node.kind == metadata::NodeKind::approve;
    write_text_or_null(writer, "mode", votes ? word_of(node.people->voting.mode) : "");
    writer.key("need");
    votes&& node.people->voting.need > 0 ? writer.integer(node.people->voting.need) : writer.null();
    write_moment(writer, "due_at", stop.due_ms.value_or(0));
    write_incident(writer, "incident", stop.incident);
    writer.end_object();
  }
  writer.end_array();
}

std::string preview_json(command::Context& context, const application::Flow& flow,
                         const flow::Preview& preview) {
  const query::Context asked = command::as_query(context);
  json::Writer writer;
  writer.begin_object().key("stops");
  write_stops(writer, flow, preview, asked, names_of(asked, people_of({}, preview)));
  writer.key("result").text(flow::name_of(preview.result)).end_object();
  return writer.take();
}

std::string run_json(command::Context& context, const run::Kept& kept, Acts acts) {
  return RunWriter(context, kept, acts).write();
}

}  // namespace tenon::api
