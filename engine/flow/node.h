// What a flow node is: a pure step from a moment to a decision.
//
// A node never acts. It looks at the moment and returns a Step; the engine moves tokens by it, and
// engine/command carries out what it asks for and comes back with the answer.
//
// To add a kind: one file in nodes/, one line in nodes/table.cpp, its word in
// metadata/flow_kinds.cpp, its members in metadata/flow_node_json.cpp and
// schemas/metadata/flow.schema.json.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/flow/approvers.h"
#include "engine/flow/request.h"

namespace tenon::flow {

struct Leave {
  std::string port = "next";
  std::vector<std::pair<int, Value>> set;  // Variables, by place.
  std::vector<Effect> effects;
};
struct Ask {
  Request request;  // Answer it, then come back.
};
struct Wait {
  std::optional<std::int64_t> until_ms;
  std::string event;
  std::string correlation;
};
struct Seats {
  Resolution people;
};
struct Fork {
  std::vector<int> branches;  // Places of those that are taken.
};
struct Start {
  std::string flow;
  RecordId record;
  std::vector<NamedValue> variables;
};
struct Finish {
  RunResult result;
};
struct Fail {
  Error error;
};
using Step = std::variant<Leave, Ask, Wait, Seats, Fork, Start, Finish, Fail>;

// All a node may look at.
struct Moment {
  const Asking& asking;
  const Answer* answer;  // To what it asked in this visit; null at first.

  const formula::Scope& scope() const { return asking.scope; }
  const Facts& facts() const { return asking.facts; }
  const ProgramNode& self() const { return asking.program.node(asking.node); }
};

class Node {
 public:
  virtual ~Node() = default;
  virtual Step step(const Moment& moment) const = 0;
};

// What a kind compiles its formulas with; problems name "nodes/<id>/<member>".
class NodeCompiler {
 public:
  virtual ~NodeCompiler() = default;
  // Nothing where the text is empty or broken.
  virtual std::optional<formula::Formula> formula(const std::string& text,
                                                  const std::string& member) = 0;
  virtual int variable(const std::string& name) const = 0;  // Its place; -1: none.
  virtual const metadata::Flow& flow() const = 0;
};

struct NodeBehaviour {
  metadata::NodeKind kind;
  std::shared_ptr<const Node> (*compile)(const metadata::FlowNode& definition,
                                         NodeCompiler& compiler);
};

// Every kind there is.
std::span<const NodeBehaviour> node_behaviours();

}  // namespace tenon::flow
