#include "tests/bench/figure.h"

#include <catch2/catch.hpp>

namespace tenon::bench {

TEST_CASE("the median is the one in the middle, or the mean of the two there") {
  CHECK(median({}) == 0);
  CHECK(median({3, 1, 2}) == 2);
  CHECK(median({4, 1, 2, 3}) == 2.5);
}

TEST_CASE("the ratio is the median of the turns' own ratios, not the ratio of medians") {
  const Figure figure = compared("read.32", "1/s", {{10, 20}, {9, 10}, {30, 100}});

  CHECK(figure.value == 10);
  CHECK(figure.baseline == 20);
  CHECK(figure.ratio == 0.5);
}

TEST_CASE("a ratio is good from its target on, a value without one only below it") {
  CHECK(compared("a", "1/s", {{4, 10}}, 0.4).ok());
  CHECK_FALSE(compared("a", "1/s", {{39, 100}}, 0.4).ok());
  CHECK(Figure{.name = "b", .value = 0.29, .target = 0.3}.ok());
  CHECK_FALSE(Figure{.name = "b", .value = 0.3, .target = 0.3}.ok());
}

TEST_CASE("a figure without a target misses none") {
  CHECK(Figure{.name = "c", .value = 1e9}.ok());
  CHECK(compared("c", "ms", {{9, 1}}).ok());
}

TEST_CASE("a turn against nothing has no part in it") {
  CHECK(compared("a", "1/s", {{5, 0}, {1, 2}, {7, 0}}).ratio == 0.5);
  CHECK_FALSE(compared("a", "1/s", {{5, 0}}, 0.4).ok());
}

TEST_CASE("a row of JSON has every member, null where there is none") {
  json::Writer writer;
  write(writer, Figure{.name = "start", .value = 0.25, .unit = "s", .target = 0.3});
  CHECK(writer.view() ==
        R"({"name":"start","value":0.2500,"unit":"s","baseline":null,"ratio":null,)"
        R"("target":0.3000,"ok":true})");
}

TEST_CASE("a line of the table says when a target is missed") {
  CHECK(table_line(compared("list", "1/s", {{1, 4}}, 0.5)).find("MISSED") != std::string::npos);
  CHECK(table_line(compared("list", "1/s", {{3, 4}}, 0.5)).find("ok") != std::string::npos);
}

}  // namespace tenon::bench
