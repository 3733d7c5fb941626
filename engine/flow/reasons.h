// Why somebody is asked: which sources of a node name whom, as things are at this moment. Pure.
//
// Seats do not keep it: they are of people. Who shows it asks while the run stands at the node.
#pragma once

#include "engine/flow/approvers.h"

namespace tenon::flow {

// For each source of the node, in their order: whom it names, those left out who are disabled;
// nobody where it cannot be evaluated. `facts` with people.
std::vector<std::vector<UserId>> named_by_sources(const Program& program, const Run& run,
                                                  const Facts& facts, int node);

}  // namespace tenon::flow
