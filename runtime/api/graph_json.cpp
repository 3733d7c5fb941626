// The graph of a flow as JSON: nodes with their ways out; of a flow's own page also whom they ask.
#include "engine/metadata/flow_graph.h"
#include "runtime/api/flow_json.h"

namespace tenon::api {
namespace {

using metadata::SourceKind;

class GraphWriter {
 public:
  GraphWriter(json::Writer& writer, const query::Context& context, query::FlowNames& names,
              const metadata::Flow* flow, Asks asks)
      : writer_(writer), context_(context), names_(names), flow_(flow), asks_(asks) {}

  void write() {
    writer_.begin_object().key("nodes").begin_array();
    if (flow_ != nullptr) write_nodes();
    writer_.end_array();
    write_text_or_null(writer_, "start", flow_ == nullptr ? "" : flow_->start);
    writer_.end_object();
  }

 private:
  void write_nodes() {
    const auto graph = metadata::graph_of(*flow_);
    for (std::size_t i = 0; i < flow_->nodes.size(); ++i) {
      const metadata::FlowNode& node = flow_->nodes[i];
      const int place = static_cast<int>(i) + 1;
      writer_.begin_object().key("id").text(node.id);
      writer_.key("label").text(names_.node_label(flow_, place));
      writer_.key("kind").text(names_.node_kind(flow_, place));
      writer_.key("region").integer(graph.region_of[i]).key("next").begin_array();
      write_ports(node);
      writer_.end_array();
      if (asks_ == Asks::told) write_asks(node);
      writer_.end_object();
    }
  }

  void write_port(std::string_view port, const std::string& label, const std::string& to) {
    writer_.begin_object().key("port").text(port).key("label").text(label);
    write_text_or_null(writer_, "to", to);
    writer_.end_object();
  }

  void write_ports(const metadata::FlowNode& node) {
    for (const metadata::Branch& branch : node.branches) {
      const std::string& label = metadata::text_in(branch.label, context_.actor.locale);
      write_port(branch.name, label.empty() ? branch.name : label, branch.next);
    }
    if (node.kind == metadata::NodeKind::end) return;
    if (node.kind == metadata::NodeKind::condition) {
      if (!node.otherwise.empty()) write_port("else", "", node.otherwise);
    } else {
      write_port("next", "", node.next);
    }
  }

  void write_asks(const metadata::FlowNode& node) {
    writer_.key("asks").begin_array();
    for (const metadata::Source& source : node.approvers.sources) {
      writer_.begin_object().key("kind").text(metadata::name_of(source.kind));
      write_text_or_null(writer_, "label", label_of_source(context_, *flow_, names_, source));
      writer_.end_object();
    }
    writer_.end_array();
    const bool votes = node.kind == metadata::NodeKind::approve;
    write_text_or_null(writer_, "mode", votes ? word_of(node.voting.mode) : "");
    writer_.key("need");
    votes&& node.voting.need > 0 ? writer_.integer(node.voting.need) : writer_.null();
    write_text_or_null(writer_, "due", node.due.after);
  }

  json::Writer& writer_;
  const query::Context& context_;
  query::FlowNames& names_;
  const metadata::Flow* flow_;
  Asks asks_;
};

std::string label_of_role(const query::Context& context, const std::string& id) {
  for (const metadata::Role& role : context.app.bundle().roles) {
    if (role.id == id) return metadata::text_in(role.label, context.actor.locale);
  }
  return id;
}

}  // namespace

std::string_view word_of(metadata::VoteMode mode) {
  switch (mode) {
    case metadata::VoteMode::all: return "all";
    case metadata::VoteMode::any: return "any";
    case metadata::VoteMode::sequence: return "sequence";
    case metadata::VoteMode::ratio: return "ratio";
    case metadata::VoteMode::count: return "count";
    case metadata::VoteMode::weight: return "weight";
  }
  return "";
}

std::string label_of_source(const query::Context& context, const metadata::Flow& flow,
                            const query::FlowNames& names, const metadata::Source& source) {
  if (source.kind == SourceKind::role) return label_of_role(context, source.name);
  if (source.kind == SourceKind::position) return source.name;
  if (source.kind == SourceKind::previous) {
    return names.node_label(&flow, metadata::node_place(flow, source.name) + 1);
  }
  const application::Object* object = context.app.find_id(flow.object);
  if (source.kind == SourceKind::field && object != nullptr) {
    for (const metadata::Field& field : object->definition->fields) {
      if (field.id == source.name) return metadata::text_in(field.label, context.actor.locale);
    }
  }
  std::string logins;
  for (const std::string& login : source.users) logins += (logins.empty() ? "" : ", ") + login;
  return logins;
}

void write_graph(json::Writer& writer, const query::Context& context, query::FlowNames& names,
                 const metadata::Flow* flow, Asks asks) {
  GraphWriter(writer, context, names, flow, asks).write();
}

}  // namespace tenon::api
