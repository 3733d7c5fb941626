#include "engine/flow/ways.h"

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

}  // namespace tenon::flow
