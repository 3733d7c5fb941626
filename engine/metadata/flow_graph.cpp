#include "engine/metadata/flow_graph.h"

#include "engine/base/suggest.h"
#include "engine/metadata/flow_kinds.h"

namespace tenon::metadata {
namespace {

struct Edge {
  std::string at;
  const std::string* to;
};

// Inside the region: not those that open one.
std::vector<Edge> edges_of(const FlowNode& node) {
  std::vector<Edge> edges;
  if (!node.next.empty()) edges.push_back({"next", &node.next});
  if (node.kind != NodeKind::condition) return edges;
  for (std::size_t i = 0; i < node.branches.size(); ++i) {
    if (node.branches[i].next.empty()) continue;
    edges.push_back({"branches/" + std::to_string(i) + "/next", &node.branches[i].next});
  }
  if (!node.otherwise.empty()) edges.push_back({"else", &node.otherwise});
  return edges;
}

// Where people, or their time running out, may send a token: back, or on to what is done then.
std::vector<Edge> jumps_of(const FlowNode& node) {
  std::vector<Edge> jumps;
  if (!node.on_reject.node.empty()) jumps.push_back({"reject_to", &node.on_reject.node});
  for (std::size_t i = 0; i < node.on_due.size(); ++i) {
    if (node.on_due[i].node.empty()) continue;
    jumps.push_back({"on_due/" + std::to_string(i) + "/node", &node.on_due[i].node});
  }
  return jumps;
}

class GraphBuilder {
 public:
  explicit GraphBuilder(const Flow& flow) : flow_(flow) {
    graph_.region_of.assign(flow.nodes.size(), -1);
    colors_.assign(flow.nodes.size(), Color::unseen);
  }

  FlowGraph build() {
    graph_.regions.push_back({});
    if (!flow_.start.empty()) enter(-1, "start", flow_.start, 0);
    // Wide first, so that no flow is too deep for the stack. What only a jump leads to lies where
    // the jump begins; all else is known by then.
    std::size_t jumped = 0;
    for (std::size_t i = 0; i < queue_.size() || jumped < queue_.size();) {
      if (i < queue_.size()) {
        visit(queue_[i++]);
      } else {
        jump(queue_[jumped++]);
      }
    }
    for (std::size_t i = 0; i < flow_.nodes.size(); ++i) {
      if (graph_.region_of[i] >= 0) {
        circles_from(static_cast<int>(i));
      } else if (!flow_.start.empty()) {
        find(static_cast<int>(i), "", "unreachable", "nothing leads to this node");
      }
    }
    return std::move(graph_);
  }

 private:
  enum class Color { unseen, open, done };

  void visit(int place) {
    const FlowNode& node = flow_.nodes[static_cast<std::size_t>(place)];
    const int region = graph_.region_of[static_cast<std::size_t>(place)];
    for (const Edge& edge : edges_of(node)) enter(place, edge.at, *edge.to, region);
    if (node.kind != NodeKind::parallel) return;
    for (std::size_t i = 0; i < node.branches.size(); ++i) {
      graph_.regions.push_back({region, place, static_cast<int>(i)});
      const int inside = static_cast<int>(graph_.regions.size()) - 1;
      if (node.branches[i].next.empty()) continue;
      enter(place, "branches/" + std::to_string(i) + "/next", node.branches[i].next, inside);
    }
  }

  void jump(int place) {
    for (const Edge& edge : jumps_of(flow_.nodes[static_cast<std::size_t>(place)])) {
      const int to = node_place(flow_, *edge.to);
      if (to < 0 || graph_.region_of[static_cast<std::size_t>(to)] >= 0) continue;
      enter(place, edge.at, *edge.to, graph_.region_of[static_cast<std::size_t>(place)]);
    }
  }

  void enter(int from, const std::string& at, const std::string& id, int region) {
    const int place = node_place(flow_, id);
    if (place < 0) {
      std::vector<std::string> ids;
      for (const FlowNode& node : flow_.nodes) ids.push_back(node.id);
      return find(
          from, at, "unknown_node",
          "there is no node \"" + id + "\"" + did_you_mean(id, std::span<const std::string>(ids)));
    }
    int& known = graph_.region_of[static_cast<std::size_t>(place)];
    if (known < 0) {
      known = region;
      queue_.push_back(place);
    } else if (known != region) {
      find(from, at, "region",
           "\"" + id +
               "\" lies in another region: a branch has one way in and ends where a node has no "
               "\"next\"; then it goes on behind the parallel node");
    }
  }

  // A circle that no person and no wait interrupts would never rest. Its own stack: flows are long.
  void circles_from(int start) {
    struct Visit {
      int node;
      std::vector<Edge> edges;
      std::size_t next = 0;
    };
    if (colors_[static_cast<std::size_t>(start)] != Color::unseen || rests(start)) return;
    std::vector<Visit> stack;
    const auto open = [&](int node) {
      colors_[static_cast<std::size_t>(node)] = Color::open;
      stack.push_back({node, edges_of(flow_.nodes[static_cast<std::size_t>(node)])});
    };
    open(start);
    while (!stack.empty()) {
      Visit& top = stack.back();
      if (top.next == top.edges.size()) {
        colors_[static_cast<std::size_t>(top.node)] = Color::done;
        stack.pop_back();
        continue;
      }
      const Edge& edge = top.edges[top.next++];
      const int to = node_place(flow_, *edge.to);
      if (to < 0 || rests(to)) continue;
      const Color color = colors_[static_cast<std::size_t>(to)];
      if (color == Color::open) {
        find(top.node, edge.at, "circle",
             "leads back to \"" + *edge.to + "\" without a person or a wait in between");
      } else if (color == Color::unseen) {
        open(to);
      }
    }
  }

  bool rests(int place) const {
    const FlowNode& node = flow_.nodes[static_cast<std::size_t>(place)];
    return is_human(node.kind) || node.kind == NodeKind::wait;
  }

  void find(int node, std::string at, std::string rule, std::string message) {
    graph_.findings.push_back({node, std::move(at), std::move(rule), std::move(message)});
  }

  const Flow& flow_;
  FlowGraph graph_;
  std::vector<int> queue_;
  std::vector<Color> colors_;
};

}  // namespace

bool FlowGraph::holds(int outer, int region) const {
  while (region >= 0 && region != outer) {
    region = regions[static_cast<std::size_t>(region)].parent;
  }
  return region == outer && region >= 0;
}

FlowGraph graph_of(const Flow& flow) { return GraphBuilder(flow).build(); }

int node_place(const Flow& flow, std::string_view id) {
  const FlowNode* node = flow.find(id);
  return node == nullptr ? -1 : static_cast<int>(node - flow.nodes.data());
}

}  // namespace tenon::metadata
