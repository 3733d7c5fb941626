#include "engine/base/clock.h"

#include <catch2/catch.hpp>

namespace tenon {
namespace {

struct SetClock final : Clock {
  std::int64_t now_ms() const override { return at_ms; }
  std::int64_t at_ms = 1'800'000'000'000;
};

}  // namespace

TEST_CASE("ids rise within a millisecond and over it", "[base]") {
  SetClock clock;
  IdSource ids(clock, 0, 0);
  std::int64_t last = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto id = ids.next();
    REQUIRE(id > last);
    last = id;
  }
  clock.at_ms += 1;
  CHECK(ids.next() > last);
}

TEST_CASE("ids rise also when the clock goes back", "[base]") {
  SetClock clock;
  IdSource ids(clock, 0, 0);
  const auto before = ids.next();
  clock.at_ms -= 1'000'000;
  CHECK(ids.next() > before);
}

TEST_CASE("ids go on above the highest issued in an earlier life", "[base]") {
  SetClock clock;
  IdSource ids(clock, 0, 0);
  const auto highest = ids.next();
  clock.at_ms -= 1'000'000;
  IdSource later(clock, 0, highest);
  CHECK(later.next() > highest);
}

}  // namespace tenon
