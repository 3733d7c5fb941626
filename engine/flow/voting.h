// How the seats of a visit add up. Pure; asked again after every change of seats.
#pragma once

#include <vector>

#include "engine/flow/run.h"
#include "engine/metadata/flow.h"

namespace tenon::flow {

enum class Vote { open, approved, rejected };

// The seats of one visit, by place in the run.
std::vector<int> seats_of(const Run& run, int visit);

// Of one seat, with what was added before and after it.
Vote vote_of(const Run& run, int seat);
Vote count(const Run& run, int visit, const metadata::Voting& voting);

// Whether a seat waits for somebody who was added before it.
bool is_held_up(const Run& run, int seat);
// Undecided seats whose turn it is; those of them that wait.
std::vector<int> seats_in_turn(const Run& run, int visit, const metadata::Voting& voting);
std::vector<int> turns(const Run& run, int visit, const metadata::Voting& voting);

}  // namespace tenon::flow
