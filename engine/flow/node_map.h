// Where the nodes and regions of one version of a flow are in another. Internal to the room.
#pragma once

#include "engine/flow/migrate.h"

namespace tenon::flow {

class NodeMap {
 public:
  // Refused where a named node is in neither version.
  static Result<NodeMap> make(const Program& from, const Program& to,
                              const std::map<std::string, std::string>& named);

  int node(int place) const { return nodes_[static_cast<std::size_t>(place)]; }  // -1: gone.
  // Of what is over there: gone, too, where it is of another kind.
  int past_node(int place) const;
  int region(int place) const { return regions_[static_cast<std::size_t>(place)]; }  // -1: gone.
  int around(int region) const;  // The next one outwards that is there.

 private:
  NodeMap(const Program& from, const Program& to) : from_(from), to_(to) {}
  Result<void> map_nodes(const std::map<std::string, std::string>& named);
  void map_regions();

  const Program& from_;
  const Program& to_;
  std::vector<int> nodes_;
  std::vector<int> regions_;
};

// Why what lives of the run has no place there.
std::vector<Problem> misplaced(const Program& from, const Program& to, const Run& run,
                               const NodeMap& map);

}  // namespace tenon::flow
