#include "engine/run/metrics.h"

#include <catch2/catch.hpp>

namespace tenon::run {

TEST_CASE("a duration read from its bucket is at most a fifth off", "[run]") {
  for (std::int64_t ms = 5'000; ms < 400LL * 24 * 3'600'000; ms += ms / 7) {
    CAPTURE(ms);
    const std::int64_t middle = middle_of(bucket_of(ms));
    CHECK(middle * 10 >= ms * 8);
    CHECK(middle * 10 <= ms * 12);
  }
  CHECK(bucket_of(0) == 0);
  CHECK(bucket_of(-1) == 0);
}

TEST_CASE("quantiles are of the visits in their order; of none there are none", "[run]") {
  CHECK(quantile({}, 50) == -1);
  const std::map<int, std::int64_t> durations{{4, 50}, {8, 40}, {20, 10}};
  CHECK(quantile(durations, 50) == middle_of(4));
  CHECK(quantile(durations, 51) == middle_of(8));
  CHECK(quantile(durations, 90) == middle_of(8));
  CHECK(quantile(durations, 91) == middle_of(20));
}

}  // namespace tenon::run
