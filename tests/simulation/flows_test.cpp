// Generated flows over a real database, random people, a clock that jumps, jobs that come late,
// commands that are cut off and a database that is closed and opened: between all of it every run
// waits for something or for an admin, nothing open is left over, and everything adds up.
//
// TENON_RUNS says how many runs are started (500), TENON_SEED from where; a failure prints the
// seed of its town, with which TENON_RUNS=25 repeats it.
#include <cstdlib>

#include "tests/simulation/flows/town.h"

namespace tenon::simulation {
namespace {

constexpr int kRunsOfTown = 25;
constexpr int kStepsOfRun = 16;
constexpr int kLookEvery = 4;

std::int64_t setting(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoll(text);
}

const std::vector<std::string> kNone;

void live(Town& town, Chance& chance) {
  for (int begun = 0; begun < kRunsOfTown; ++begun) {
    if (begun == kRunsOfTown / 2) town.publish_others();
    town.start_one();
    for (int i = 0; i < kStepsOfRun; ++i) {
      town.step();
      if (!chance.one_in(kLookEvery)) continue;
      const auto faults = town.faults();
      CHECK(faults == kNone);
      if (faults != kNone) return;
    }
  }
  town.wind_up();
  CHECK(town.faults() == kNone);
  CHECK(town.miscounted() == kNone);
}

}  // namespace

TEST_CASE("whatever happens to generated flows, their tables stay sound", "[flows]") {
  const std::int64_t seed = setting("TENON_SEED", 20'271'126);
  const std::int64_t runs = setting("TENON_RUNS", 500);
  std::map<std::string, int> results;
  int carried_out = 0;
  int migrated = 0;
  for (std::int64_t begun = 0; begun < runs; begun += kRunsOfTown) {
    INFO("TENON_SEED=" << seed + begun);
    Chance chance(static_cast<std::uint64_t>(seed + begun));
    Town town(chance);
    live(town, chance);
    for (const auto& [result, count] : town.results()) results[result] += count;
    carried_out += town.carried_out();
    migrated += town.migrated();
  }
  for (const char* result : {"approved", "rejected", "completed", "withdrawn", "voided"}) {
    INFO(result);
    CHECK(results[result] >= runs / 100);
  }
  CHECK(carried_out > runs * 4);
  CHECK(migrated >= runs / 50);
}

}  // namespace tenon::simulation
