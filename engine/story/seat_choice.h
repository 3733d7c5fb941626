// Which seat or token of a run a step of a story means. Pure.
#pragma once

#include <optional>
#include <vector>

#include "engine/flow/step.h"

namespace tenon::story {

// Somebody's seat at a node: the open one, else one that waits, else their latest; else the one
// that is decided there, which is then refused as somebody else's. -1: the node has none.
int seat_of(const flow::Run& run, int node, flow::UserId user);
// As seat_of(), of their decisions: the latest that holds.
int decision_of(const flow::Run& run, int node, flow::UserId user);
std::vector<int> open_at(const flow::Run& run, int node);
// Undecided ones, wherever they are.
std::vector<int> seats_held(const flow::Run& run, flow::UserId user);
// The token at this node; at any, the one that is in the innermost place. -1: none.
int token_at(const flow::Run& run, std::optional<int> node);

}  // namespace tenon::story
