#include "engine/assignment/claim.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/json/document.h"

namespace tenon::assignment {
namespace {

std::optional<std::int64_t> number_in(json::Reader object, std::string_view name) {
  const auto member = object.member(name);
  return member ? std::optional(*member->integer()) : std::nullopt;
}

bool truth_in(json::Reader object, std::string_view name) {
  const auto member = object.member(name);
  return !member || *member->boolean();
}

Claim claim_in(json::Reader reader) {
  Claim claim{.now = {1000}, .day_ends = {2000}};
  claim.is_member = truth_in(reader, "member");
  claim.is_active = truth_in(reader, "active");
  claim.applies = truth_in(reader, "applies");
  claim.daily_limit = number_in(reader, "daily_limit");
  claim.today = number_in(reader, "today").value_or(0);
  claim.capacity = number_in(reader, "capacity");
  claim.open = number_in(reader, "open").value_or(0);
  if (const auto until = number_in(reader, "cool_down_until")) {
    claim.cool_down_until = DateTime{*until};
  }
  return claim;
}

std::string line_of(const Hindrance& one) {
  std::string line(name_of(one.obstacle));
  const bool counts = one.obstacle == Obstacle::daily_limit || one.obstacle == Obstacle::capacity;
  if (counts) line += " " + std::to_string(one.count) + "/" + std::to_string(one.bound);
  return one.until ? line + " until " + std::to_string(one.until->ms) : line;
}

}  // namespace

TEST_CASE("whether somebody may claim a record, with every obstacle and when it ends",
          "[assignment]") {
  std::ifstream file(TENON_SOURCE_DIR "/tests/vectors/assignment/claim.json");
  const auto document =
      json::Document::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  REQUIRE(document);
  for (const json::Reader one : document->root().at("cases")) {
    INFO(*one.at("name").text());
    const auto hindrances = judge_claim(claim_in(one.at("claim")));
    std::vector<std::string> lines;
    for (const Hindrance& hindrance : hindrances) lines.push_back(line_of(hindrance));
    std::vector<std::string> expected;
    for (const json::Reader line : one.at("hindrances")) expected.emplace_back(*line.text());
    CHECK(lines == expected);
    const json::Reader possible = one.at("possible");
    const auto at = possible_at(hindrances);
    CHECK(at.has_value() == !possible.is_null());
    if (at) CHECK(at->ms == *possible.integer());
  }
}

}  // namespace tenon::assignment
