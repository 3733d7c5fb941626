#include "engine/flow/node.h"
#include "engine/metadata/flow_names.h"

namespace tenon::flow {
namespace {

using metadata::FlowNode;
using metadata::NodeKind;

class Compiler final : public NodeCompiler {
 public:
  Compiler(const metadata::Bundle& bundle, const metadata::Flow& flow)
      : bundle_(bundle), flow_(flow), names_(bundle, flow) {}

  Result<std::shared_ptr<const Program>> run() {
    const metadata::FlowGraph graph = metadata::graph_of(flow_);
    program_.id = flow_.id;
    program_.object = flow_.object;
    program_.kind = flow_.kind;
    program_.settings = flow_.settings;
    const metadata::Object* object = bundle_.find_id(flow_.object);
    program_.field_count = object == nullptr ? 0 : static_cast<int>(object->fields.size());
    for (const std::string& field : flow_.settings.lock_fields) {
      program_.lock_slots.push_back(slot_of(field));
    }
    for (metadata::FlowGraph::Region region : graph.regions) {
      if (region.node >= 0) ++region.node;  // Node 0 is the initiator's place.
      program_.regions.push_back(region);
    }
    variables();
    program_.start = place_of(flow_.start);
    add_start();
    for (std::size_t i = 0; i < flow_.nodes.size(); ++i) {
      at_ = "nodes/" + flow_.nodes[i].id + "/";
      add(flow_.nodes[i], graph.region_of[i]);
    }
    if (!problems_.empty()) return Error::invalid(std::move(problems_));
    return std::make_shared<const Program>(std::move(program_));
  }

  std::optional<formula::Formula> formula(const std::string& text,
                                          const std::string& member) override {
    if (text.empty()) return std::nullopt;
    auto compiled = formula::compile(text, flow_.object, names_, program_.needs);
    if (compiled) return compiled.take();
    for (Problem& problem : compiled.error().problems) {
      problem.at = at_ + member + " " + problem.at;
      problems_.push_back(std::move(problem));
    }
    return std::nullopt;
  }
  int variable(const std::string& name) const override {
    for (std::size_t i = 0; i < flow_.variables.size(); ++i) {
      if (flow_.variables[i].name == name) return static_cast<int>(i);
    }
    return -1;
  }
  const metadata::Flow& flow() const override { return flow_; }

 private:
  int slot_of(const std::string& field) const {
    const metadata::Object* object = bundle_.find_id(flow_.object);
    const metadata::Field* found = object == nullptr ? nullptr : object->find_id(field);
    return found == nullptr ? -1 : static_cast<int>(found - object->fields.data());
  }

  int place_of(const std::string& id) const {
    const int place = metadata::node_place(flow_, id);
    return place < 0 ? kBodyEnds : place + 1;
  }

  void variables() {
    at_ = "variables/";
    for (const metadata::Field& variable : flow_.variables) {
      program_.variables.push_back({.name = variable.name,
                                    .kind = metadata::type_of(variable).kind(),
                                    .initial = formula(variable.default_formula, variable.name)});
    }
  }

  // A task of the initiator's own, which a run passes unseen when it begins.
  void add_start() {
    FlowNode definition;
    definition.id = std::string(kStartId);
    definition.kind = NodeKind::task;
    definition.next = flow_.start;
    definition.approvers.sources.push_back({.kind = metadata::SourceKind::initiator});
    definition.voting.mode = metadata::VoteMode::any;
    add(definition, 0);
  }

  void add(const FlowNode& definition, int region) {
    ProgramNode node{.id = definition.id,
                     .kind = definition.kind,
                     .label = definition.label,
                     .region = region,
                     .reopen_branch = definition.reopen_branch,
                     .parallel = definition.parallel};
    node.when = formula(definition.when, "when");
    if (definition.kind != NodeKind::condition) {
      node.ports.push_back({"next", place_of(definition.next)});
    }
    for (const metadata::Branch& branch : definition.branches) {
      node.ports.push_back({branch.name, place_of(branch.next)});
    }
    if (!definition.otherwise.empty()) {
      node.ports.push_back({"else", place_of(definition.otherwise)});
    }
    if (!definition.approvers.sources.empty()) node.people = people(definition);
    for (const NodeBehaviour& behaviour : node_behaviours()) {
      if (behaviour.kind == definition.kind) node.behaviour = behaviour.compile(definition, *this);
    }
    program_.nodes.push_back(std::move(node));
  }

  People people(const FlowNode& definition) {
    People people{.policies = definition.approvers,
                  .voting = definition.voting,
                  .on_reject = definition.on_reject,
                  .reject_to = place_of(definition.on_reject.node),
                  .comment_required = definition.comment_required,
                  .due = definition.due};
    // Who does a task does it for all.
    if (definition.kind == NodeKind::task) people.voting.mode = metadata::VoteMode::any;
    people.sources = sources(definition.approvers.sources);
    people.due_at = formula(
        definition.due.field.empty() ? definition.due.formula : definition.due.field, "due");
    for (const metadata::OnDue& action : definition.on_due) {
      people.on_due.push_back({.action = action.action,
                               .every = action.every,
                               .most = action.most,
                               .to = sources(action.to),
                               .node = place_of(action.node)});
    }
    for (const auto& [field, right] : definition.fields) {
      people.fields.emplace_back(slot_of(field), right);
    }
    return people;
  }

  std::vector<Source> sources(const std::vector<metadata::Source>& definitions) {
    std::vector<Source> sources;
    for (const metadata::Source& definition : definitions) {
      Source source{.kind = definition.kind,
                    .logins = definition.users,
                    .in_department = definition.in_department,
                    .from = definition.from,
                    .to = definition.to,
                    .vacancy = definition.vacancy};
      switch (definition.kind) {
        case metadata::SourceKind::role: source.role = definition.name; break;
        case metadata::SourceKind::position: source.position = definition.name; break;
        case metadata::SourceKind::previous: source.node = place_of(definition.name); break;
        case metadata::SourceKind::field:
        case metadata::SourceKind::formula:
          source.formula = formula(definition.name, "approvers");
          break;
        default: break;
      }
      sources.push_back(std::move(source));
    }
    return sources;
  }

  const metadata::Bundle& bundle_;
  const metadata::Flow& flow_;
  metadata::FlowNames names_;
  Program program_;
  std::string at_;
  std::vector<Problem> problems_;
};

}  // namespace

const Port* ProgramNode::find_port(std::string_view name) const {
  const auto found =
      std::find_if(ports.begin(), ports.end(), [&](const Port& port) { return port.name == name; });
  return found == ports.end() ? nullptr : &*found;
}

int Program::find(std::string_view node_id) const {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].id == node_id) return static_cast<int>(i);
  }
  return -1;
}

bool Program::holds(int outer, int region) const {
  while (region >= 0 && region != outer) {
    region = regions[static_cast<std::size_t>(region)].parent;
  }
  return region >= 0;
}

bool Program::is_beside(int region, int other) const {
  const auto opener = [&](int one) { return regions[static_cast<std::size_t>(one)].node; };
  for (; region > 0; region = regions[static_cast<std::size_t>(region)].parent) {
    for (int sister = other; sister > 0;
         sister = regions[static_cast<std::size_t>(sister)].parent) {
      if (sister != region && opener(sister) == opener(region)) return true;
    }
  }
  return false;
}

Result<std::shared_ptr<const Program>> compile(const metadata::Bundle& bundle,
                                               const metadata::Flow& flow) {
  return Compiler(bundle, flow).run();
}

}  // namespace tenon::flow
