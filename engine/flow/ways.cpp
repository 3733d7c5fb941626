#include "engine/flow/ways.h"

#include <algorithm>

namespace tenon::flow {

std::vector<Taken> ways_of(const Program& program) {
  std::vector<Taken> ways;
  for (int place = kStartNode + 1; place < static_cast<int>(program.nodes.size()); ++place) {
    const ProgramNode& node = program.node(place);
    const auto add = [&](std::string_view name) { ways.push_back({place, std::string(name)}); };
    if (node.when) add(way::kSkipped);
    if (node.kind == metadata::NodeKind::end) {
      add(way::kEnd);
      continue;
    }
    for (const Port& port : node.ports) add(port.name);
    if (node.kind == metadata::NodeKind::approve) add(way::kRejected);
    if (!node.is_human()) continue;
    add(way::kReturned);
    if (node.people->due.is_set()) add(way::kDue);
  }
  return ways;
}

void WayCounts::add(const std::vector<Taken>& taken) {
  for (const Taken& one : taken) {
    const auto found = std::find(ways_.begin(), ways_.end(), one);
    if (found != ways_.end()) ++counts_[static_cast<std::size_t>(found - ways_.begin())];
  }
}

}  // namespace tenon::flow
