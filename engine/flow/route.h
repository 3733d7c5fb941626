// Ways back: where a token may be sent, and what that makes void. Internal to the room.
#pragma once

#include "engine/flow/work.h"

namespace tenon::flow {

// The smallest scope that holds both source and target.
struct Way {
  int scope = 0;
  int reopened = -1;  // A region whose parallel node lets a return into one of its branches.
};
// Refused `conflict`, rule return_into_parallel, where the target lies within another branch.
Result<Way> way_to(const Work& work, int token, int node);

// Cancels everything in that scope, raises its epoch and puts one token on the node. Decisions of
// it and of what lies behind become void. Answers the token.
int send_to(Work& work, const Way& way, int node);
// Counted; where it was too often, an incident on the new token. Answers the token.
int send_back(Work& work, const Way& way, int node, int direct_to);

// The people of a node have rejected: as the node says.
void reject_route(Work& work, int token);

// Whether the data, as they are, lead a token from one node to the other.
bool leads_to(Work& work, int from, int to);
// Whether people were asked at the node before, and what they said still holds.
bool was_visited(const Run& run, int node);

}  // namespace tenon::flow
