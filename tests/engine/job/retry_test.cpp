#include "engine/job/retry.h"

#include <catch2/catch.hpp>

namespace tenon::job {

TEST_CASE("what fails waits ever longer, within a quarter, and never beyond an hour", "[job]") {
  const auto [attempt, most] = GENERATE(table<int, std::int64_t>(
      {{1, 1'000}, {2, 2'000}, {3, 4'000}, {12, 2'048'000}, {13, 3'600'000}, {90, 3'600'000}}));
  CAPTURE(attempt);
  for (std::int64_t id = 1; id < 200; ++id) {
    const auto delay = retry_delay_ms(Lane::effects, attempt, 0, id);
    REQUIRE(delay);
    CHECK(*delay <= most);
    CHECK(*delay > most - most / 4);
  }
}

TEST_CASE("two that failed together do not come back together, yet the same in a replay", "[job]") {
  CHECK(retry_delay_ms(Lane::effects, 8, 0, 1) != retry_delay_ms(Lane::effects, 8, 0, 2));
  CHECK(retry_delay_ms(Lane::effects, 8, 0, 1) == retry_delay_ms(Lane::effects, 8, 0, 1));
}

TEST_CASE("work in the database is tried five times", "[job]") {
  const auto lane = GENERATE(Lane::interactive, Lane::timers, Lane::bulk, Lane::maintenance);
  CHECK(retry_delay_ms(lane, kAttemptsMax - 1, 0, 1));
  CHECK(!retry_delay_ms(lane, kAttemptsMax, 0, 1));
}

TEST_CASE("an outside effect is tried for 72 hours, however often", "[job]") {
  CHECK(retry_delay_ms(Lane::effects, 1'000, kEffectRetryMs - 1, 1));
  CHECK(!retry_delay_ms(Lane::effects, 1, kEffectRetryMs, 1));
}

}  // namespace tenon::job
