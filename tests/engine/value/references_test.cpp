#include "engine/value/references.h"

#include <catch2/catch.hpp>

namespace tenon {
namespace {

constexpr RecordId kA{1};
constexpr RecordId kB{2};
constexpr RecordId kC{3};

Value list(std::vector<RecordId> items) { return Value{ReferenceList{std::move(items)}}; }

}  // namespace

TEST_CASE("one, several or none are referred to", "[value]") {
  CHECK(targets_of(Value{}).empty());
  CHECK(targets_of(Value{std::string("0000000000001")}).empty());
  CHECK(targets_of(Value{kA}) == std::vector{kA});
  CHECK(targets_of(list({kB, kA})) == std::vector{kB, kA});
  CHECK(refers_to(list({kB, kA}), kA));
  CHECK_FALSE(refers_to(list({kB, kA}), kC));
  CHECK_FALSE(refers_to(Value{}, kA));
}

TEST_CASE("what goes leaves a list, and empties what was the last", "[value]") {
  CHECK(retargeted(list({kA, kB, kC}), kB, std::nullopt) == list({kA, kC}));
  CHECK(retargeted(list({kA}), kA, std::nullopt) == Value{});
  CHECK(retargeted(Value{kA}, kA, std::nullopt) == Value{});
  CHECK(retargeted(Value{kA}, kB, std::nullopt) == Value{kA});
}

TEST_CASE("what is merged keeps its place, and comes once", "[value]") {
  CHECK(retargeted(list({kA, kB}), kA, kC) == list({kC, kB}));
  CHECK(retargeted(list({kA, kB}), kA, kB) == list({kB}));
  CHECK(retargeted(list({kB, kA}), kA, kB) == list({kB}));
  CHECK(retargeted(Value{kA}, kA, kB) == Value{kB});
}

}  // namespace tenon
