#include "runtime/api/simulation_json.h"

#include <algorithm>
#include <set>

#include "runtime/api/page_json.h"

namespace tenon::api {
namespace {

using command::SimulatedStep;
using metadata::SourceKind;

std::string_view name_of(SimulatedStep::Kind kind) {
  switch (kind) {
    case SimulatedStep::Kind::submit: return "submit";
    case SimulatedStep::Kind::approve: return "approve";
    case SimulatedStep::Kind::reject: return "reject";
    case SimulatedStep::Kind::complete: return "complete";
    case SimulatedStep::Kind::send_back: return "return";
    case SimulatedStep::Kind::time: return "time";
    case SimulatedStep::Kind::event: return "event";
  }
  return "";
}

class SimulationWriter {
 public:
  SimulationWriter(command::Context& context, const application::Flow& flow,
                   const command::Simulation& simulation)
      : context_(context),
        asked_(command::as_query(context)),
        flow_(flow),
        simulation_(simulation),
        run_(simulation.kept.run),
        names_(asked_) {}

  std::string write() {
    know_people();
    writer_.begin_object().key("run").raw(run_json(context_, simulation_.kept, Acts::none));
    write_steps();
    write_people();
    write_dropped();
    write_warnings();
    write_values();
    write_ways();
    writer_.end_object();
    return writer_.take();
  }

 private:
  void know_people() {
    std::set<RecordId> people{run_.initiator};
    for (const flow::Seat& seat : run_.seats) people.insert({seat.holder, seat.behalf_of});
    for (const flow::Entry& entry : run_.history) people.insert(entry.other);
    for (const SimulatedStep& step : simulation_.steps) {
      people.insert(step.person);
      for (const auto& [node, open] : step.open) people.insert(open.begin(), open.end());
    }
    const std::vector<RecordId> ids(people.begin(), people.end());
    people_ = query::names_of_people(asked_, ids);
  }

  // Of this flow; a node of one that it calls is called by its id.
  std::string label_of(const std::string& id) const {
    const int place = flow_.program->find(id);
    return place < 0 ? id : names_.node_label(flow_.definition.get(), place);
  }

  void write_node(const std::string& id) {
    write_text_or_null(writer_, "node", id);
    write_text_or_null(writer_, "label", id.empty() ? "" : label_of(id));
  }
  void write_place(int node) {
    writer_.key("node").text(names_.node_id(flow_.definition.get(), node));
    writer_.key("label").text(names_.node_label(flow_.definition.get(), node));
  }

  void write_open(const SimulatedStep& step) {
    PeopleWriter people(writer_, people_);
    writer_.key("open").begin_array();
    for (const auto& [node, open] : step.open) {
      writer_.begin_object();
      write_node(node);
      writer_.key("people").begin_array();
      for (const flow::UserId person : open) people.item(person);
      writer_.end_array().end_object();
    }
    writer_.end_array();
  }

  // How the run stood then, for who draws it.
  void write_standing(const SimulatedStep& step) {
    writer_.key("entries").integer(static_cast<std::int64_t>(step.entries));
    writer_.key("seats").begin_array();
    for (const flow::Seat::State state : step.seats) writer_.text(flow::name_of(state));
    writer_.end_array().key("tokens").begin_array();
    for (const auto& [node, state] : step.tokens) {
      writer_.begin_object();
      writer_.key("node").text(names_.node_id(flow_.definition.get(), node));
      writer_.key("state").text(flow::name_of(state)).end_object();
    }
    writer_.end_array();
  }

  void write_steps() {
    PeopleWriter people(writer_, people_);
    writer_.key("steps").begin_array();
    for (const SimulatedStep& step : simulation_.steps) {
      writer_.begin_object();
      write_moment(writer_, "at", step.at_ms);
      writer_.key("what").text(name_of(step.kind));
      write_node(step.node);
      people.write("person",
                   step.person == flow::kNobody && step.kind == SimulatedStep::Kind::submit
                       ? run_.initiator
                       : step.person);
      write_text_or_null(writer_, "to", step.to.empty() ? "" : label_of(step.to));
      write_text_or_null(writer_, "comment", step.comment);
      write_text_or_null(writer_, "event", step.event);
      write_text_or_null(writer_, "correlation", step.correlation);
      write_open(step);
      write_standing(step);
      writer_.end_object();
    }
    writer_.end_array();
  }

  bool dropped_initiator(int node) const {
    return std::any_of(run_.history.begin(), run_.history.end(), [&](const flow::Entry& entry) {
      return entry.what == flow::What::dropped && entry.node == node && entry.reason == "initiator";
    });
  }

  // Which source names them, or how else they came by the seat.
  void write_why(int place) {
    const flow::Seat& seat = run_.seats[static_cast<std::size_t>(place)];
    const auto source = simulation_.sources.find(place);
    std::string_view why = "fallback";
    std::string label;
    if (seat.node == flow::kStartNode) {
      why = "mends";
    } else if (seat.position != flow::Seat::Position::own) {
      why = "added";
    } else if (source != simulation_.sources.end()) {
      const auto& node = flow_.definition->nodes[static_cast<std::size_t>(seat.node) - 1];
      const auto& known = node.approvers.sources[static_cast<std::size_t>(source->second)];
      why = name_of(known.kind);
      label = label_of_source(asked_, *flow_.definition, names_, known);
    } else if (dropped_initiator(seat.node)) {
      why = "instead_of_initiator";
    }
    writer_.key("why").text(why);
    write_text_or_null(writer_, "source", label);
  }

  void write_people() {
    PeopleWriter people(writer_, people_);
    writer_.key("people").begin_array();
    for (std::size_t i = 0; i < run_.seats.size(); ++i) {
      const flow::Seat& seat = run_.seats[i];
      writer_.begin_object().key("task").text(task_id(run_.id, static_cast<int>(i)));
      write_place(seat.node);
      people.write("person", seat.holder);
      people.write("behalf_of", seat.behalf_of);
      write_why(static_cast<int>(i));
      writer_.end_object();
    }
    writer_.end_array();
  }

  void write_dropped() {
    PeopleWriter people(writer_, people_);
    writer_.key("dropped").begin_array();
    for (const flow::Entry& entry : run_.history) {
      if (entry.what != flow::What::dropped) continue;
      writer_.begin_object();
      write_moment(writer_, "at", entry.at_ms);
      write_place(entry.node);
      people.write("person", entry.other);
      writer_.key("reason").text(entry.reason).end_object();
    }
    writer_.end_array();
  }

  void write_warnings() {
    writer_.key("warnings").begin_array();
    for (const command::SimulationWarning& warning : simulation_.warnings) {
      writer_.begin_object();
      write_node(warning.node);
      writer_.key("rule").text(warning.rule).key("message").text(warning.message).end_object();
    }
    writer_.end_array();
  }

  // As who asks may read it.
  void write_values() {
    const application::Object& object = *context_.app.find_id(simulation_.kept.object);
    const auto page = query::read(asked_, object.name(), run_.record, {});
    writer_.key("values");
    page ? writer_.raw(record_json(*page, false)) : writer_.null();
  }

  void write_ways() {
    writer_.key("ways").begin_array();
    for (const auto& [way, taken] : simulation_.ways) {
      writer_.begin_object();
      write_place(way.node);
      writer_.key("way").text(way.way).key("taken").boolean(taken).end_object();
    }
    writer_.end_array();
  }

  command::Context& context_;
  const query::Context asked_;
  const application::Flow& flow_;
  const command::Simulation& simulation_;
  const flow::Run& run_;
  query::FlowNames names_;
  std::map<RecordId, std::string> people_;
  json::Writer writer_;
};

}  // namespace

std::string simulation_json(command::Context& context, const application::Flow& flow,
                            const command::Simulation& simulation) {
  return SimulationWriter(context, flow, simulation).write();
}

}  // namespace tenon::api
