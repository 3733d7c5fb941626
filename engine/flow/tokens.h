// How tokens move: into nodes, out of them, over forks and joins. Internal to the room.
#pragma once

#include "engine/flow/work.h"

namespace tenon::flow {

int add_token(Work& work, int scope);
// The token stands at the fork that opens this region, forked; answers one in the region.
int fork_again(Work& work, int token, int region);
void enter(Work& work, int token, int node);  // kBodyEnds: its body is at its end.
void leave(Work& work, int token, std::string_view port);
void go(Work& work, int token, std::string_view port);  // The same, without being counted.
// Ends it with all that hangs on it: seats, timers, subscriptions, branches, a sub-flow.
void cancel(Work& work, int token);
void fail(Work& work, int token, const Error& error);
void finish(Work& work, RunResult result, const By* by = nullptr);

// What it waits for, by the definition as it is now, counted from when it came to its node.
void wait_again(Work& work, int token, std::int64_t since_ms);
bool variables_fit(const Values& variables);  // The limit of their size.

// Its node looks at the moment, with the answer if there is one.
void step_token(Work& work, int token);

// Everything that can go on does, until a request is out or everything rests.
void drive(Work& work);

}  // namespace tenon::flow
