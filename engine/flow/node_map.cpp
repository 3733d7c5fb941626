#include "engine/flow/node_map.h"

#include <algorithm>

namespace tenon::flow {
namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

// These hold something that only their own kind of node knows what to do with.
bool needs_kind(Token::State state) {
  switch (state) {
    case Token::State::waiting:
    case Token::State::people:
    case Token::State::forked:
    case Token::State::calling: return true;
    default: return false;
  }
}

}  // namespace

Result<NodeMap> NodeMap::make(const Program& from, const Program& to,
                              const std::map<std::string, std::string>& named) {
  NodeMap map(from, to);
  TENON_CHECK(map.map_nodes(named));
  map.map_regions();
  return map;
}

Result<void> NodeMap::map_nodes(const std::map<std::string, std::string>& named) {
  std::vector<Problem> problems;
  for (const auto& [old_id, new_id] : named) {
    const std::string at = "nodes/" + old_id;
    if (from_.find(old_id) <= kStartNode) {
      problems.push_back({at, "unknown_node", "the run's version has no node " + quoted(old_id)});
    }
    if (to_.find(new_id) <= kStartNode) {
      problems.push_back({at, "unknown_node", "the version has no node " + quoted(new_id)});
    }
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  for (const ProgramNode& node : from_.nodes) {
    const auto other = named.find(node.id);
    nodes_.push_back(to_.find(other == named.end() ? node.id : other->second));
  }
  return done();
}

// A branch is told by the node that opens it and its name.
void NodeMap::map_regions() {
  for (const auto& region : from_.regions) {
    if (region.node < 0) {
      regions_.push_back(0);
      continue;
    }
    regions_.push_back(-1);
    const int opener = node(region.node);
    if (opener < 0 || to_.node(opener).kind != metadata::NodeKind::parallel) continue;
    const std::string& name =
        from_.node(region.node).ports[static_cast<std::size_t>(region.branch) + 1].name;
    for (std::size_t i = 0; i < to_.regions.size(); ++i) {
      const auto& other = to_.regions[i];
      const bool is_it =
          other.node == opener &&
          to_.node(opener).ports[static_cast<std::size_t>(other.branch) + 1].name == name;
      if (is_it) regions_.back() = static_cast<int>(i);
    }
  }
}

int NodeMap::past_node(int place) const {
  const int there = node(place);
  return there >= 0 && to_.node(there).kind == from_.node(place).kind ? there : -1;
}

int NodeMap::around(int place) const {
  while (region(place) < 0) place = from_.regions[static_cast<std::size_t>(place)].parent;
  return region(place);
}

std::vector<Problem> misplaced(const Program& from, const Program& to, const Run& run,
                               const NodeMap& map) {
  std::vector<Problem> problems;
  const auto report = [&](const std::string& node, std::string rule, std::string message) {
    const std::string at = "nodes/" + node;
    const bool is_known = std::any_of(problems.begin(), problems.end(), [&](const Problem& one) {
      return one.at == at && one.rule == rule;
    });
    if (!is_known) problems.push_back({at, std::move(rule), std::move(message)});
  };
  for (const Token& token : run.tokens) {
    if (!token.is_live()) continue;
    const ProgramNode& node = from.node(token.node);
    const int there = map.node(token.node);
    if (there < 0) {
      report(node.id, "node_gone",
             quoted(node.id) + " is there no more: say which node it stands on instead");
      continue;
    }
    if (needs_kind(token.state) && to.node(there).kind != node.kind) {
      report(node.id, "kind_changed",
             quoted(to.node(there).id) + " is of another kind than " + quoted(node.id));
    }
    const int region = map.region(run.scopes[static_cast<std::size_t>(token.scope)].region);
    if (region < 0) {
      report(node.id, "branch_gone", "the branch it stands in is there no more");
    } else if (region != to.node(there).region) {
      report(node.id, "region_changed",
             quoted(to.node(there).id) + " lies in another branch than " + quoted(node.id));
    }
  }
  return problems;
}

}  // namespace tenon::flow
