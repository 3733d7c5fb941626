// Two loads measured in turns, how long each, and the figures they make.
#pragma once

#include "tests/bench/load_client.h"
#include "tests/bench/suites.h"

namespace tenon::bench {

inline constexpr int kTurns = 15;
inline constexpr int kTurnsOnDisk = 9;  // Longer ones: a disk stalls now and then.
inline constexpr int kConnections[] = {1, 8, 32};
inline constexpr int kConnectionsOfTargets = 32;
inline constexpr std::chrono::milliseconds kTime{300};
inline constexpr std::chrono::milliseconds kTimeOnDisk{700};

Load load_of(int port, int connections, std::chrono::milliseconds time,
             std::function<std::string(std::uint64_t)> request);

struct LoadTurn {
  LoadResult measured;
  LoadResult baseline;
};

template <class Measured, class Baseline>
std::vector<LoadTurn> take_turns(int count, Measured measured, Baseline baseline) {
  std::vector<LoadTurn> turns;
  for (int i = 0; i < count; ++i) turns.push_back({.measured = measured(), .baseline = baseline()});
  return turns;
}

// Replies a second with the target, p50 and p99 without one. Throws where a request was refused or
// a connection broke: then something else was measured.
void add_figures(Report& report, const std::string& name, const std::vector<LoadTurn>& turns,
                 std::optional<double> target);

}  // namespace tenon::bench
