#include "engine/value/elapsed.h"

#include <catch2/catch.hpp>

namespace tenon {

TEST_CASE("elapsed time is written as ISO 8601 has it, a day being 24 hours", "[value]") {
  const auto [text, seconds] =
      GENERATE(table<const char*, std::int64_t>({{"PT5M", 300},
                                                 {"PT0S", 0},
                                                 {"PT49H", 176'400},
                                                 {"P1D", 86'400},
                                                 {"P2W", 1'209'600},
                                                 {"P1DT2H3M4S", 93'784},
                                                 {"P3660D", 316'224'000}}));
  CAPTURE(text);
  const auto parsed = parse_elapsed_ms(text);
  REQUIRE(parsed);
  CHECK(*parsed == seconds * 1'000);
}

TEST_CASE("what has no fixed length, or is out of order, is no duration", "[value]") {
  for (const char* text : {"",
                           "P",
                           "PT",
                           "P1",
                           "5M",
                           "P1M",
                           "P1Y",
                           "P1DT",
                           "PT1S1M",
                           "PT1M1M",
                           "P1D1W",
                           "PT-5M",
                           "-PT5M",
                           "PT5m",
                           "PT1.5S",
                           "P3661D",
                           "PT9999999999S",
                           "P3660DT1S",
                           "PT5M ",
                           "P1H"}) {
    CAPTURE(text);
    CHECK(!parse_elapsed_ms(text));
  }
}

}  // namespace tenon
