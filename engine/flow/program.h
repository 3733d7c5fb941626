// A flow compiled: nodes with their formulas typed and their edges resolved. Immutable.
//
// Made once, when a bundle is published, and kept with the application; runs that began on an older
// version step with the program of that version. Knows nothing of any run.
// Node 0 is not in the file: the initiator's own place, to which a run is sent back.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/formula/formula.h"
#include "engine/metadata/bundle.h"
#include "engine/metadata/flow_graph.h"

namespace tenon::flow {

class Node;  // node.h

inline constexpr int kStartNode = 0;
inline constexpr std::string_view kStartId = "$start";
inline constexpr int kBodyEnds = -1;

// A source of people, its references resolved.
struct Source {
  metadata::SourceKind kind;
  std::vector<std::string> logins;
  std::string role;      // Its id.
  std::string position;  // Its name.
  bool in_department = false;
  int from = 1;
  int to = 1;
  metadata::Vacancy vacancy = metadata::Vacancy::skip;
  int node = -1;                            // Of previous.
  std::optional<formula::Formula> formula;  // Of field and formula: a user.
};

struct DueAction {
  metadata::DueAction action;
  std::string every;
  int most = 1;
  std::vector<Source> to;
  int node = -1;
};

// What holds where people are asked.
struct People {
  std::vector<Source> sources;
  metadata::Approvers policies;
  metadata::Voting voting;
  metadata::OnReject on_reject;
  int reject_to = -1;
  bool comment_required = false;
  metadata::Due due;                       // Its duration.
  std::optional<formula::Formula> due_at;  // Of field and formula.
  std::vector<DueAction> on_due;
  std::vector<std::pair<int, metadata::FieldRight>> fields;  // By slot.
};

struct Port {
  std::string name;  // "next", a branch, "else".
  int to = kBodyEnds;
};

struct ProgramNode {
  std::string id;
  metadata::NodeKind kind;
  metadata::Label label;
  int region = 0;
  bool reopen_branch = false;
  metadata::ParallelMode parallel = metadata::ParallelMode::all;
  std::optional<formula::Formula> when;
  std::vector<Port> ports;
  std::optional<People> people;
  std::shared_ptr<const Node> behaviour;

  bool is_human() const {
    return kind == metadata::NodeKind::approve || kind == metadata::NodeKind::task;
  }
  const Port* find_port(std::string_view name) const;
};

struct Variable {
  std::string name;
  Kind kind;
  std::optional<formula::Formula> initial;
};

struct Program {
  std::string id;
  std::string object;
  metadata::FlowKind kind;
  metadata::FlowSettings settings;
  std::vector<int> lock_slots;
  std::vector<Variable> variables;
  int field_count = 0;                               // Of the object: variables' slots lie behind.
  std::vector<metadata::FlowGraph::Region> regions;  // Nodes as places in `nodes`.
  std::vector<ProgramNode> nodes;
  int start = kBodyEnds;
  formula::Needs needs;  // Of all formulas: what Facts must hold.

  const ProgramNode& node(int place) const { return nodes[static_cast<std::size_t>(place)]; }
  int find(std::string_view id) const;  // -1: none.
  // Whether `outer` is `region` or around it.
  bool holds(int outer, int region) const;
  // Whether `other` lies within a sister branch of `region`, or of one around it.
  bool is_beside(int region, int other) const;
};

// The bundle must be loaded without a problem. Refused where a formula does not compile, at
// "nodes/<id>/<member>".
Result<std::shared_ptr<const Program>> compile(const metadata::Bundle& bundle,
                                               const metadata::Flow& flow);

}  // namespace tenon::flow
