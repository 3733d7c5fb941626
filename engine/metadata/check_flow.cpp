// Flows: a graph that can be walked, and nodes whose formulas are what they must be.
#include "engine/metadata/check_flow.h"

#include <set>

#include "engine/base/limits.h"
#include "engine/base/suggest.h"
#include "engine/metadata/currency.h"
#include "engine/metadata/flow_kinds.h"
#include "engine/value/elapsed.h"

namespace tenon::metadata {

void FlowChecked::duration(const std::string& text, const Place& place) const {
  if (text.empty() || parse_elapsed_ms(text)) return;
  problem(place, "duration", "\"" + text + "\" is no duration, as PT8H or P2D");
}

const Field* FlowChecked::variable(const std::string& name, const Place& place) const {
  for (const Field& variable : flow.variables) {
    if (variable.name == name) return &variable;
  }
  const auto all = names.variables();
  problem(place, "unknown_variable",
          "the flow has no variable \"" + name + "\"" +
              did_you_mean(name, std::span<const std::string>(all)));
  return nullptr;
}

namespace {

bool holds_alike(const Field& one, const Field& other) {
  const Type a = type_of(one);
  const Type b = type_of(other);
  return a.kind() == b.kind() && formula::unit_of(*a.format) == formula::unit_of(*b.format);
}

class NodeCheck {
 public:
  NodeCheck(const FlowChecked& checked, const FlowNode& node)
      : checked_(checked), node_(node), at_(checked.at / "nodes" / node.id) {}

  void run() {
    checked_.type(node_.when, at_ / "when", Kind::boolean);
    switch (node_.kind) {
      case NodeKind::end: return;
      case NodeKind::condition:
      case NodeKind::parallel: return branches();
      case NodeKind::subflow: return subflow();
      case NodeKind::wait: return wait();
      case NodeKind::record: return record();
      case NodeKind::assign: return assign();
      case NodeKind::decide: return decide();
      case NodeKind::approve:
      case NodeKind::task:
      case NodeKind::cc:
      case NodeKind::notify: return check_flow_people(checked_, node_, at_);
    }
  }

 private:
  void branches() {
    const bool parallel = node_.kind == NodeKind::parallel;
    if (node_.branches.size() < (parallel ? 2U : 1U)) {
      problem(at_ / "branches", "required",
              parallel ? "a parallel node has at least two branches"
                       : "a condition has at least one branch");
    }
    std::set<std::string> seen;
    for (std::size_t i = 0; i < node_.branches.size(); ++i) {
      const Branch& branch = node_.branches[i];
      const Place at = at_ / "branches" / i;
      if (!seen.insert(branch.name).second) {
        problem(at / "name", "duplicate", "two branches are named \"" + branch.name + "\"");
      }
      if (!parallel && branch.when.empty()) {
        problem(at, "required", "a branch of a condition says \"when\"");
      }
      checked_.type(branch.when, at / "when", Kind::boolean);
    }
  }

  void subflow() {
    if (!node_.as.empty()) {
      const Field* variable = checked_.variable(node_.as, at_ / "as");
      if (variable != nullptr && type_of(*variable).kind() != Kind::text) {
        problem(at_ / "as", "type", "the variable gets a word: it must hold a text");
      }
    }
    const auto& flows = checked_.whole.flows;
    const auto called = std::find_if(flows.begin(), flows.end(),
                                     [&](const Flow& flow) { return flow.id == node_.flow; });
    if (called == flows.end()) return;
    const bool callable =
        std::any_of(called->triggers.begin(), called->triggers.end(),
                    [](const FlowTrigger& one) { return one.kind == TriggerKind::call; });
    if (!callable) {
      problem(at_ / "flow", "trigger", called->name + " has no trigger of kind \"call\"");
    }
    reference(node_.record, at_ / "record", called->object);
    if (node_.record.empty() && called->object != checked_.flow.object) {
      problem(at_ / "flow", "object",
              called->name + " is about another object: say which \"record\"");
    }
    for (const Setting& setting : node_.set) {
      const Place at = at_ / "set" / setting.name;
      const auto variable =
          std::find_if(called->variables.begin(), called->variables.end(),
                       [&](const Field& one) { return one.name == setting.name; });
      if (variable == called->variables.end()) {
        problem(at, "unknown_variable", called->name + " has no variable \"" + setting.name + "\"");
      } else {
        value(setting.formula, at, *variable);
      }
    }
  }

  void wait() {
    checked_.duration(node_.duration, at_ / "duration");
    moment(node_.until, at_ / "until");
    checked_.type(node_.correlation, at_ / "correlation", Kind::text);
    if (!node_.correlation.empty() && node_.event.empty()) {
      problem(at_ / "correlation", "contradiction", "only a wait for an event has one");
    }
  }

  void record() {
    const bool other = node_.verb == RecordVerb::create || node_.verb == RecordVerb::query;
    if (!other && !node_.object.empty() && node_.record.empty()) {
      problem(at_ / "record", "required", "says which record of that object");
    }
    if (other && !node_.record.empty()) {
      problem(at_ / "record", "contradiction", "there is no record yet to name");
    }
    const std::string& id = node_.object.empty() ? checked_.flow.object : node_.object;
    const Object* object = checked_.whole.find_id(id);
    if (object == nullptr) return;
    reference(node_.record, at_ / "record", id);
    if (node_.verb == RecordVerb::query && node_.match.empty()) {
      problem(at_, "required", "a query says what must \"match\"");
    }
    if (node_.verb != RecordVerb::query && !node_.match.empty()) {
      problem(at_ / "match", "contradiction", "only a query looks for what matches");
    }
    const bool writes = node_.verb == RecordVerb::create || node_.verb == RecordVerb::update;
    if (writes == node_.set.empty()) {
      problem(at_ / "set", writes ? "required" : "contradiction",
              writes ? "says what is written" : "nothing is written here");
    }
    fields(*object, node_.set, at_ / "set", true);
    fields(*object, node_.match, at_ / "match", false);
    keep_as(id);
  }

  void fields(const Object& object, const std::vector<Setting>& settings, const Place& at,
              bool written) {
    for (const Setting& setting : settings) {
      const Field* field = object.find_id(setting.name);
      if (const auto part = money_part(setting.name); field == nullptr && part) {
        const Field* money = object.find_id(part->field);
        if (money != nullptr) field = currency_beside(object, *money);
      }
      if (field == nullptr) continue;
      const Place place = at / field->name;
      if (!field->is_given() && written) {
        problem(place, "derived", field->name + " is computed and cannot be written");
      } else {
        value(setting.formula, place, *field);
      }
    }
  }

  void keep_as(const std::string& object) {
    if (node_.verb == RecordVerb::query && node_.as.empty()) {
      problem(at_, "required", "\"as\" names the variable that gets what is found");
    }
    if (node_.as.empty()) return;
    const Field* variable = checked_.variable(node_.as, at_ / "as");
    if (variable != nullptr && variable->to != object) {
      problem(at_ / "as", "type", "the variable does not refer to records of this object");
    }
  }

  void assign() {
    if (node_.set.empty()) problem(at_, "required", "\"set\" says which variables change");
    for (const Setting& setting : node_.set) {
      const Place at = at_ / "set" / setting.name;
      if (const Field* variable = checked_.variable(setting.name, at)) {
        value(setting.formula, at, *variable);
      }
    }
  }

  void decide() {
    const auto& tables = checked_.whole.tables;
    const auto table = std::find_if(tables.begin(), tables.end(),
                                    [&](const Table& one) { return one.id == node_.table; });
    if (table == tables.end()) return;
    if (table->object != checked_.flow.object) {
      problem(at_ / "table", "object", table->name + " decides about another object");
    }
    for (const Setting& setting : node_.set) {
      const Place at = at_ / "set" / setting.name;
      const Field* variable = checked_.variable(setting.name, at);
      const auto output =
          std::find_if(table->outputs.begin(), table->outputs.end(),
                       [&](const Field& one) { return one.name == setting.formula; });
      if (output == table->outputs.end()) {
        problem(at, "unknown_column", table->name + " has no output \"" + setting.formula + "\"");
      } else if (variable != nullptr && !holds_alike(*variable, *output)) {
        problem(at, "type", "the output holds another kind of value than the variable");
      }
    }
  }

  void value(const std::string& formula, const Place& at, const Field& target) {
    if (formula.empty()) return problem(at, "required", "the formula is empty; write NULL");
    checked_.value(formula, at, target);
  }

  void reference(const std::string& formula, const Place& at, const std::string& object) {
    const auto type = checked_.type(formula, at, Kind::reference);
    if (type && type->object != object) {
      problem(at, "type", "is a record of another object");
    }
  }

  void moment(const std::string& formula, const Place& at) {
    const auto type = checked_.type(formula, at, std::nullopt);
    if (type && type->kind != Kind::date && type->kind != Kind::datetime) {
      problem(at, "formula.type", "must be a date or a moment");
    }
  }

  void problem(const Place& at, std::string rule, std::string message) {
    checked_.problem(at, std::move(rule), std::move(message));
  }

  const FlowChecked& checked_;
  const FlowNode& node_;
  Place at_;
};

void check_variables(const FlowChecked& checked) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < checked.flow.variables.size(); ++i) {
    const Field& variable = checked.flow.variables[i];
    const Place at = checked.at / "variables" / i;
    if (variable.has_currencies()) {
      checked.problem(at / "currencies", "currency",
                      "a variable is one value: keep the currency in another one");
    }
    if (!variable.name.empty() && !seen.insert(variable.name).second) {
      checked.problem(at / "name", "duplicate",
                      "two variables are named \"" + variable.name + "\"");
    }
    if (!variable.is_given()) {
      checked.problem(at / "type", "variable", "a variable is what nodes assign to it");
    }
    if (variable.required || variable.unique || variable.read_only) {
      checked.problem(at, "variable",
                      "a variable is no field: it is not required, unique or read-only");
    }
    if (!variable.default_json.empty()) {
      checked.problem(at / "default", "variable", "write default_formula: the first value");
    }
    if (variable.is_given()) {
      checked.value(variable.default_formula, at / "default_formula", variable);
    }
  }
}

void check_triggers(const FlowChecked& checked) {
  for (std::size_t i = 0; i < checked.flow.triggers.size(); ++i) {
    const FlowTrigger& trigger = checked.flow.triggers[i];
    const Place at = checked.at / "triggers" / i;
    checked.type(trigger.when, at / "when", Kind::boolean);
    const bool of_record = trigger.kind == TriggerKind::record;
    if (of_record && trigger.on.empty()) {
      checked.problem(at, "required", "\"on\" says which events: create, update, delete");
    }
    if (!of_record && (!trigger.on.empty() || !trigger.fields.empty())) {
      checked.problem(at, "contradiction", "only a trigger of kind \"record\" has events");
    }
    for (std::size_t j = 0; j < trigger.on.size(); ++j) {
      constexpr std::array<std::string_view, 3> kEvents{"create", "update", "delete"};
      if (std::find(kEvents.begin(), kEvents.end(), trigger.on[j]) != kEvents.end()) continue;
      checked.problem(at / "on" / j, "choice",
                      "must be create, update or delete" +
                          did_you_mean(trigger.on[j], std::span<const std::string_view>(kEvents)));
    }
  }
}

void check_flow(Draft& draft, const Bundle& whole, const Flow& flow) {
  if (whole.find_id(flow.object) == nullptr) return;
  const FlowGraph graph = graph_of(flow);
  const FlowChecked checked{draft,
                            whole,
                            flow,
                            graph,
                            FlowNames(whole, flow, BundleNames::By::name),
                            draft.place("flows", flow.id)};
  for (const FlowGraph::Finding& finding : graph.findings) {
    Place at = checked.at;
    if (finding.node >= 0) {
      at = at / "nodes" / flow.nodes[static_cast<std::size_t>(finding.node)].id;
    }
    checked.problem(finding.at.empty() ? at : at / finding.at, finding.rule, finding.message);
  }
  if (flow.nodes.size() > static_cast<std::size_t>(limits::kFlowNodesMax)) {
    checked.problem(checked.at / "nodes", "limit", "a flow has at most 500 nodes; call another");
  }
  check_triggers(checked);
  check_variables(checked);
  for (const FlowNode& node : flow.nodes) NodeCheck(checked, node).run();
}

}  // namespace

void check_flows(Draft& draft, const Bundle& whole) {
  for (const Flow& flow : draft.own.flows) check_flow(draft, whole, flow);
}

}  // namespace tenon::metadata
