// How fast this machine answers at all: a reply of 200 bytes through runtime/http and nothing else.
// Other benches give their numbers as a part of it, measured in the same run.
#pragma once

#include <chrono>

#include "tests/bench/load_client.h"

namespace tenon::bench {

// The answer is given within handle(), on the I/O thread.
LoadResult bare_reply(int connections, std::chrono::milliseconds time);

// The answer is given by another thread, in groups of up to 32, as the writer does after a commit.
LoadResult grouped_reply(int connections, std::chrono::milliseconds time);

}  // namespace tenon::bench
