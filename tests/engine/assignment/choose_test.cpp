#include "engine/assignment/choose.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "engine/json/document.h"

namespace tenon::assignment {
namespace {

std::int64_t number_in(json::Reader object, std::string_view name, std::int64_t otherwise) {
  const auto member = object.member(name);
  return member ? *member->integer() : otherwise;
}

bool truth_in(json::Reader object, std::string_view name, bool otherwise) {
  const auto member = object.member(name);
  return member ? *member->boolean() : otherwise;
}

Candidate candidate_in(json::Reader reader) {
  Candidate candidate{.user = RecordId{number_in(reader, "user", 0)}};
  candidate.active = truth_in(reader, "active", true);
  candidate.absent = truth_in(reader, "absent", false);
  candidate.on_duty = truth_in(reader, "on_duty", true);
  candidate.weight = number_in(reader, "weight", 1);
  if (const auto capacity = reader.member("capacity")) candidate.capacity = *capacity->integer();
  candidate.load = number_in(reader, "load", 0);
  candidate.last = number_in(reader, "last", 0);
  candidate.recent = number_in(reader, "recent", 0);
  return candidate;
}

// A round of turns as the ledger would note them.
std::string turns(std::vector<Candidate> candidates, int count) {
  std::vector<RecordId> ledger;
  std::string text;
  for (int turn = 0; turn < count; ++turn) {
    const auto window = static_cast<std::size_t>(recent_max(candidates));
    for (Candidate& one : candidates) {
      one.recent = 0;
      for (std::size_t i = 0; i < std::min(window, ledger.size()); ++i) {
        if (ledger[ledger.size() - 1 - i] == one.user) ++one.recent;
      }
    }
    const Choice choice = choose(Strategy::weighted, candidates);
    ledger.push_back(choice.chosen);
    for (Candidate& one : candidates) {
      if (one.user == choice.chosen) one.last = turn + 1;
    }
    text += std::to_string(choice.chosen.value);
  }
  return text;
}

}  // namespace

TEST_CASE("a strategy chooses one of those who can take it, and says why not the others",
          "[assignment]") {
  std::ifstream file(TENON_SOURCE_DIR "/tests/vectors/assignment/choose.json");
  const auto document =
      json::Document::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  REQUIRE(document);
  for (const json::Reader one : document->root().at("cases")) {
    INFO(*one.at("name").text());
    std::vector<Candidate> candidates;
    for (const json::Reader given : one.at("candidates")) candidates.push_back(candidate_in(given));
    const auto strategy = find_strategy(*one.at("strategy").text());
    REQUIRE(strategy);
    const Choice choice = choose(*strategy, candidates);
    CHECK(choice.chosen.value == *one.at("chosen").integer());
    std::map<std::string, std::string> skipped;
    for (const Skipped& other : choice.skipped) {
      skipped[std::to_string(other.user.value)] = name_of(other.reason);
    }
    std::map<std::string, std::string> expected;
    for (const json::Reader other : one.at("skipped")) {
      expected[std::string(other.name())] = *other.text();
    }
    CHECK(skipped == expected);
  }
}

TEST_CASE("turns by weight come round evenly", "[assignment]") {
  const auto weighing = [](std::int64_t user, std::int64_t weight) {
    Candidate one{.user = RecordId{user}};
    one.weight = weight;
    return one;
  };
  CHECK(turns({weighing(1, 1), weighing(2, 1), weighing(3, 1)}, 7) == "1231231");
  CHECK(turns({weighing(1, 2), weighing(2, 1)}, 9) == "121121121");
  const std::string many = turns({weighing(1, 3), weighing(2, 2), weighing(3, 1)}, 60);
  CHECK(std::count(many.begin(), many.end(), '1') == 30);
  CHECK(std::count(many.begin(), many.end(), '2') == 20);
  CHECK(std::count(many.begin(), many.end(), '3') == 10);
}

TEST_CASE("every strategy has a name, and every name is a strategy", "[assignment]") {
  for (const auto strategy :
       {Strategy::round_robin, Strategy::least_loaded, Strategy::weighted, Strategy::capacity}) {
    CHECK(find_strategy(name_of(strategy)) == strategy);
  }
  CHECK_FALSE(find_strategy("by_lot"));
}

}  // namespace tenon::assignment
