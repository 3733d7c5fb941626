#include "engine/assignment/term.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/json/document.h"

namespace tenon::assignment {
namespace {

int days_in(json::Reader object, std::string_view name) {
  const auto member = object.member(name);
  return member ? static_cast<int>(*member->integer()) : 0;
}

Clock clock_in(json::Reader reader) {
  Clock clock{.runs = true, .since = std::nullopt, .days = days_in(reader, "days")};
  if (const auto runs = reader.member("runs")) clock.runs = *runs->boolean();
  if (const auto since = reader.member("since")) clock.since = *parse_datetime(*since->text());
  return clock;
}

}  // namespace

TEST_CASE("when a record goes back by itself, and why", "[assignment]") {
  std::ifstream file(TENON_SOURCE_DIR "/tests/vectors/assignment/term.json");
  const auto document =
      json::Document::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  REQUIRE(document);
  for (const json::Reader one : document->root().at("cases")) {
    INFO(*one.at("name").text());
    const auto zone = calendar::Zone::find(*one.at("zone").text());
    REQUIRE(zone);
    std::vector<Clock> clocks;
    for (const json::Reader clock : one.at("clocks")) clocks.push_back(clock_in(clock));
    const auto since = one.member("held_since");
    const Term term{.held_since = *parse_datetime(since ? *since->text() : "2027-03-01T09:00:00Z"),
                    .protection_days = days_in(one, "protection_days"),
                    .extended_days = days_in(one, "extended_days"),
                    .clocks = clocks};
    const auto due = due_of(*zone, term);
    const json::Reader expected = one.at("due");
    CHECK(due.has_value() == !expected.is_null());
    if (due) CHECK(std::to_string(due->clock) + " " + text_of(due->at) == *expected.text());
  }
}

TEST_CASE("a day counts until it is over, on the clocks of the place", "[assignment]") {
  const auto zone = calendar::Zone::find("Asia/Shanghai");
  CHECK(text_of(end_of(*zone, *parse_date("2027-03-05"))) == "2027-03-05T16:00:00Z");
}

}  // namespace tenon::assignment
