#include "engine/value/number_pattern.h"

#include <catch2/catch.hpp>

namespace tenon {
namespace {

NumberPattern pattern(std::string_view text) {
  auto parsed = NumberPattern::parse(text);
  INFO(text);
  REQUIRE(parsed);
  return parsed.take();
}

Date day(int year, int month, int of_month) { return *date_of(year, month, of_month); }

}  // namespace

TEST_CASE("a number is written with its date parts and at least so many digits", "[value]") {
  const Date autumn = day(2026, 11, 6);
  CHECK(pattern("Q-{yyyy}{mm}-{0000}").text(autumn, 42) == "Q-202611-0042");
  CHECK(pattern("{yy}/{dd}.{0}").text(autumn, 7) == "26/06.7");
  CHECK(pattern("合同{000}号").text(autumn, 1) == "合同001号");
  CHECK(pattern("{000}").text(autumn, 12'345) == "12345");
}

TEST_CASE("what is counted apart is what the date parts say", "[value]") {
  const Date autumn = day(2026, 11, 6);
  CHECK(pattern("Q{0}").scope(autumn).empty());
  CHECK(pattern("Q{yyyy}-{0}").scope(autumn) == "2026");
  CHECK(pattern("R/{yyyy}/{mm}/{000}").scope(autumn) == pattern("Q{yyyy}{mm}{0}").scope(autumn));
  CHECK(pattern("{yyyy}{mm}{0}").scope(autumn) != pattern("{yyyy}{mm}{0}").scope(day(2026, 12, 6)));
}

TEST_CASE("a number that the pattern wrote is read again, whatever its counter", "[value]") {
  const char* text = GENERATE("{0}", "{000}", "Q-{yyyy}{mm}-{0000}", "{dd}{000}{yy}x", "7{0}7");
  const auto of = pattern(text);
  for (const std::int64_t counter :
       {std::int64_t{1}, std::int64_t{999}, std::int64_t{1'000}, NumberPattern::kCounterMax}) {
    const auto read = of.read(of.text(day(2026, 2, 3), counter));
    CAPTURE(text, counter);
    REQUIRE(read);
    CHECK(read->counter == counter);
    CHECK(read->scope == of.scope(day(2026, 2, 3)));
  }
}

TEST_CASE("what the pattern would have written otherwise is not read", "[value]") {
  const char* number = GENERATE("", "Q-2026-", "Q-2026-1", "Q-2026-00001", "R-2026-001",
                                "Q-2o26-001", "Q-2026-001 ", "Q-2026-1234567890123", "Q-2026--12");
  CAPTURE(number);
  CHECK_FALSE(pattern("Q-{yyyy}-{000}").read(number));
}

TEST_CASE("a pattern has one counter and parts that there are", "[value]") {
  const std::string text = GENERATE(std::string(), std::string("Q"), std::string("Q{yyyy}"),
                                    std::string("{0}{0}"), std::string("{0"), std::string("0}{0}"),
                                    std::string("{}{0}"), std::string("{YYYY}{0}"),
                                    std::string("{0000000000000}"), std::string(60, 'x') + "{0}");
  CAPTURE(text);
  const auto parsed = NumberPattern::parse(text);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().problems.front().rule == "pattern");
}

}  // namespace tenon
