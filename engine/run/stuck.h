// Runs under way that nothing would ever move: what should never be there.
//
// Owns no table. A live token waits for people who are asked, a time that is set, an event, a
// branch, a run that it called, or an admin; one that waits for nothing of this stands still and
// nobody is told. Whether jobs are there for what is timed: engine/command/stuck_runs.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/run/run.h"

namespace tenon::run {

struct Stuck {
  flow::RunId run;
  std::string flow;  // Its id.
  int token = -1;    // Its place; -1: the run as a whole.
  std::string why;   // "people", "waiting" … of flow::Token::State; "token", where it has none.
};

// The oldest run first.
std::vector<Stuck> stuck(storage::Transaction& tx, int count_max);

// What a running run needs a job for.
struct Awaited {
  flow::RunId run;
  std::string flow;
  std::optional<std::int64_t> timer_ms;  // When its next timer is due.
  bool goes_on = false;                  // A token is ready.
};
std::vector<Awaited> awaited(storage::Transaction& tx);

}  // namespace tenon::run
