// Where a flow's nodes lie: the regions that branches of parallel nodes open, and what leads where.
//
// A region's body begins at its branch's `next` and ends where a node has none; so a node lies in
// exactly one region, and what leads out of it is a problem. Region 0 is the flow itself. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/metadata/flow.h"

namespace tenon::metadata {

struct FlowGraph {
  struct Region {
    int parent = -1;
    int node = -1;  // The parallel node that opens it; -1 of region 0.
    int branch = -1;
  };
  // A place below the node ("next", "branches/1/next"); node -1: of the flow itself.
  struct Finding {
    int node;
    std::string at;
    std::string rule;
    std::string message;
  };
  std::vector<Region> regions;
  std::vector<int> region_of;  // By node; -1: nothing leads there.
  std::vector<Finding> findings;

  // Whether `outer` is `region` or around it.
  bool holds(int outer, int region) const;
};

FlowGraph graph_of(const Flow& flow);

// Place in Flow::nodes; -1 where there is none.
int node_place(const Flow& flow, std::string_view id);

}  // namespace tenon::metadata
