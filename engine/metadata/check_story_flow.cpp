// Stories: the flows, nodes, variables and people that their steps name.
#include <algorithm>

#include "engine/json/document.h"
#include "engine/metadata/check_story.h"
#include "engine/metadata/flow_kinds.h"
#include "engine/metadata/story_verbs.h"

namespace tenon::metadata {
namespace {

constexpr std::array<std::string_view, 8> kRuns{"none",     "running",  "suspended", "completed",
                                                "approved", "rejected", "withdrawn", "voided"};
// With a rule behind them.
constexpr std::string_view kIncident = "incident";
constexpr std::string_view kSuppressed = "suppressed";
constexpr std::string_view kStart = "$start";

// Names that the flows in question have: of the one that is named, else of all.
struct FlowTerms {
  std::vector<std::string> nodes{std::string(kStart)};
  std::vector<std::string> ports{"next", "else"};
  std::vector<std::string> variables;

  FlowTerms(const Bundle& whole, const std::string& flow) {
    for (const Flow& one : whole.flows) {
      if (!flow.empty() && one.id != flow) continue;
      for (const FlowNode& node : one.nodes) {
        nodes.push_back(node.id);
        for (const Branch& branch : node.branches) ports.push_back(branch.name);
      }
      for (const Field& variable : one.variables) variables.push_back(variable.name);
    }
  }
};

class ActCheck {
 public:
  ActCheck(StoryNames& names, const StoryStep& step, const Place& place)
      : names_(names), step_(step), place_(place), terms_(names.whole, step.act.flow) {
    publish();
    terms_.nodes.insert(terms_.nodes.end(), names.published.begin(), names.published.end());
  }

  void run() {
    const StoryAct& act = step_.act;
    if (!step_.about.empty()) names_.known(step_.about, place_ / "record");
    if (!act.node.empty()) node(act.node, place_ / name_of(step_.verb));
    if (!act.from.empty()) node(act.from, place_ / "from");
    if (!act.port.empty()) names_.one_of(terms_.ports, act.port, "port", place_ / "port");
    if (!act.person.empty()) names_.known(act.person, place_ / name_of(step_.verb));
    to();
    people(act.people, place_ / "people");
    for (const StoryChosen& one : act.chosen) {
      node(one.node, place_ / "chosen" / one.node);
      people(one.people, place_ / "chosen" / one.node);
    }
    for (const StoryValue& one : act.variables) variable(one);
    for (const StoryMove& one : act.nodes) {
      node(one.node, place_ / "nodes" / one.node);
      node(one.to, place_ / "nodes" / one.node);
    }
    runs(step_.expect.runs, place_ / "expect");
  }

 private:
  // Members of "nodes" in what is published: steps behind it may name them.
  void publish() {
    for (const StoryValue& file : step_.files) {
      const auto document = json::Document::parse(file.json);
      if (!document || document->root().kind() != json::Kind::object) continue;
      const auto nodes = document->root().member("nodes");
      if (!nodes || nodes->kind() != json::Kind::object) continue;
      for (const json::Reader one : *nodes) names_.published.insert(std::string(one.name()));
    }
  }

  void node(const std::string& id, const Place& at) { names_.one_of(terms_.nodes, id, "node", at); }

  void people(const std::vector<std::string>& all, const Place& at) {
    for (const std::string& one : all) {
      if (!one.empty()) names_.known(one, at);
    }
  }

  void to() {
    const std::string& to = step_.act.to;
    if (to.empty()) return;
    if (step_.verb == StoryVerb::send_back) return node(to, place_ / "to");
    names_.known(to, place_ / "to");
  }

  void variable(const StoryValue& one) {
    const Place at =
        place_ / (step_.verb == StoryVerb::variables ? "set" : "variables") / one.field;
    names_.one_of(terms_.variables, one.field, "variable", at);
    names_.value(one.json, at);
  }

  void runs(const StoryRuns& runs, const Place& at) {
    const bool has_rule = runs.run.starts_with(kIncident) || runs.run.starts_with(kSuppressed);
    if (!runs.run.empty() && !has_rule) names_.one_of(kRuns, runs.run, "state", at / "run");
    if (runs.route && step_.verb != StoryVerb::preview) {
      names_.draft.problem(at / "route", "verb", "only a preview has a route");
    }
    if (!runs.open) return;
    for (const StoryOpen& one : *runs.open) {
      node(one.node, at / "open" / one.node);
      for (const std::string& text : one.people) {
        names_.known(text.starts_with('@') ? text.substr(1) : text, at / "open" / one.node);
      }
    }
  }

  StoryNames& names_;
  const StoryStep& step_;
  const Place& place_;
  FlowTerms terms_;
};

}  // namespace

void check_act(StoryNames& names, const StoryStep& step, const Place& place) {
  ActCheck(names, step, place).run();
}

}  // namespace tenon::metadata
