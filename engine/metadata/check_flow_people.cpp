// Nodes where people are asked: sources that name somebody, votes that can be counted, times.
#include "engine/base/suggest.h"
#include "engine/metadata/check_flow.h"
#include "engine/metadata/flow_kinds.h"

namespace tenon::metadata {
namespace {

class PeopleCheck {
 public:
  PeopleCheck(const FlowChecked& checked, const FlowNode& node, const Place& at)
      : checked_(checked), node_(node), at_(at) {}

  void run() {
    const Place who = at_ / (is_human(node_.kind) ? "approvers" : "to");
    sources(node_.approvers.sources, who);
    if (node_.approvers.sources.empty()) problem(who, "required", "says who is asked");
    const bool user = node_.approvers.empty == EmptyPolicy::user;
    if (user == node_.approvers.empty_user.empty()) {
      problem(at_ / "empty_user", user ? "required" : "contradiction",
              user ? "says who is asked where nobody is found" : R"(only with "if_empty": "user")");
    }
    if (node_.kind == NodeKind::approve) {
      voting();
      reject();
    }
    due();
  }

 private:
  void sources(const std::vector<Source>& sources, const Place& at) {
    for (std::size_t i = 0; i < sources.size(); ++i) source(sources[i], at / i);
  }

  void source(const Source& source, const Place& at) {
    if (source.kind == SourceKind::field) {
      const Object* object = checked_.whole.find_id(checked_.flow.object);
      const Field* field = object->find_id(source.name);
      if (field != nullptr && field->to != "user") {
        problem(at / "field", "type", field->name + " does not hold a user");
      }
    }
    if (source.kind == SourceKind::formula) {
      const auto type = checked_.type(source.name, at / "formula", Kind::reference);
      if (type && type->object != "user") problem(at / "formula", "type", "must be a user");
    }
    if (source.kind == SourceKind::previous) human(source.name, at / "previous");
  }

  void voting() {
    const Voting& voting = node_.voting;
    const Place at = at_ / "voting";
    const bool counts = voting.mode == VoteMode::ratio || voting.mode == VoteMode::count ||
                        voting.mode == VoteMode::weight;
    if (counts == (voting.need == 0)) {
      problem(at / "need", counts ? "required" : "contradiction",
              counts ? "says how much must approve" : "only of ratio, count and weight");
    }
    if (voting.mode == VoteMode::ratio && voting.need > 100) {
      problem(at / "need", "range", "is a percentage, at most 100");
    }
    if (voting.wait_all && voting.mode != VoteMode::all) {
      problem(at / "wait_all", "contradiction", "only of the mode \"all\"");
    }
    if (voting.any_reject != AnyReject::first && voting.mode != VoteMode::any) {
      problem(at / "any_reject", "contradiction", "only of the mode \"any\"");
    }
    if (!voting.weights.empty() && voting.mode != VoteMode::weight) {
      problem(at / "weights", "contradiction", "only of the mode \"weight\"");
    }
  }

  void reject() {
    const bool to_node = node_.on_reject.action == RejectAction::to_node;
    if (to_node == node_.on_reject.node.empty()) {
      return problem(at_ / "reject_to", to_node ? "required" : "contradiction",
                     to_node ? "says where a reject leads" : R"(only with "on_reject": "to_node")");
    }
    if (to_node) around(node_.on_reject.node, at_ / "reject_to");
  }

  void due() {
    const Due& due = node_.due;
    const Place at = at_ / "due";
    const int given = static_cast<int>(!due.after.empty()) + static_cast<int>(!due.field.empty()) +
                      static_cast<int>(!due.formula.empty());
    if (given > 1) problem(at, "contradiction", "one of \"after\", \"field\", \"formula\"");
    checked_.duration(due.after, at / "after");
    if (due.working && due.after.empty()) {
      problem(at / "working", "contradiction", "only of a duration");
    }
    const auto is_time = [](Kind kind) { return kind == Kind::date || kind == Kind::datetime; };
    const Object* object = checked_.whole.find_id(checked_.flow.object);
    const Field* field = due.field.empty() ? nullptr : object->find_id(due.field);
    if (field != nullptr && !is_time(type_of(*field).kind())) {
      problem(at / "field", "type", field->name + " is no date");
    }
    const auto type = checked_.type(due.formula, at / "formula", std::nullopt);
    if (type && !is_time(type->kind)) {
      problem(at / "formula", "formula.type", "must be a date or a moment");
    }
    if (!node_.on_due.empty() && !due.is_set()) {
      problem(at_ / "on_due", "contradiction", "there is no \"due\"");
    }
    for (std::size_t i = 0; i < node_.on_due.size(); ++i) action(i);
  }

  void action(std::size_t place) {
    const OnDue& action = node_.on_due[place];
    const Place at = at_ / "on_due" / place;
    checked_.duration(action.every, at / "every");
    const bool repeats = action.most > 1 || place + 1 < node_.on_due.size();
    if (repeats && action.every.empty()) {
      problem(at, "required", "\"every\" says how long it takes to the next time");
    }
    const bool to = action.action == DueAction::escalate || action.action == DueAction::transfer;
    if (to == action.to.empty()) {
      problem(at / "to", to ? "required" : "contradiction",
              to ? "says to whom" : "only of escalate and transfer");
    }
    sources(action.to, at / "to");
    const bool votes = action.action == DueAction::approve || action.action == DueAction::reject;
    if (votes && node_.kind != NodeKind::approve) {
      problem(at / "do", "contradiction", "a task is done, not voted on");
    }
    if (action.action == DueAction::go_to) around(action.node, at / "node");
  }

  void human(const std::string& id, const Place& at) {
    const FlowNode* node = checked_.flow.find(id);
    if (node == nullptr) return unknown(id, at);
    if (is_human(node->kind)) return;
    problem(at, "node", "nobody decides at \"" + id + "\"");
  }

  // A node to which a token may be sent from here.
  void around(const std::string& id, const Place& at) {
    const int to = node_place(checked_.flow, id);
    const int from = node_place(checked_.flow, node_.id);
    if (to < 0) return unknown(id, at);
    const auto& regions = checked_.graph.region_of;
    const int inside = regions[static_cast<std::size_t>(from)];
    const int outside = regions[static_cast<std::size_t>(to)];
    if (inside >= 0 && outside >= 0 && !checked_.graph.holds(outside, inside)) {
      problem(at, "region", "\"" + id + "\" lies within another branch");
    }
  }

  void unknown(const std::string& id, const Place& at) {
    std::vector<std::string> ids;
    for (const FlowNode& node : checked_.flow.nodes) ids.push_back(node.id);
    problem(
        at, "unknown_node",
        "there is no node \"" + id + "\"" + did_you_mean(id, std::span<const std::string>(ids)));
  }

  void problem(const Place& at, std::string rule, std::string message) {
    checked_.problem(at, std::move(rule), std::move(message));
  }

  const FlowChecked& checked_;
  const FlowNode& node_;
  const Place& at_;
};

}  // namespace

void check_flow_people(const FlowChecked& checked, const FlowNode& node, const Place& at) {
  PeopleCheck(checked, node, at).run();
}

}  // namespace tenon::metadata
