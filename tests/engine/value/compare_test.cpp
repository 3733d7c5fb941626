#include "engine/value/type.h"

#include <catch2/catch.hpp>

namespace tenon {
namespace {

int order(const Value& a, const Value& b) {
  const auto by = compare(a, b);
  return by < 0 ? -1 : by > 0 ? 1 : 0;
}

}  // namespace

TEST_CASE("empty comes first, then each kind in its own order", "[value]") {
  CHECK(order(Value{}, false) < 0);
  CHECK(order(Value{}, std::string("a")) < 0);
  CHECK(order(Value{}, Value{}) == 0);
  CHECK(order(false, true) < 0);
  CHECK(order(*Decimal::parse("9.5"), Decimal::of(10)) < 0);
  CHECK(same(*Decimal::parse("1.50"), *Decimal::parse("1.5")));
  CHECK(order(Date{-1}, Date{0}) < 0);
  CHECK(order(Time{1}, Time{2}) < 0);
  CHECK(order(DateTime{1}, DateTime{0}) > 0);
  CHECK(order(RecordId{1}, RecordId{2}) < 0);
}

TEST_CASE("texts are compared by code point, not by language", "[value]") {
  CHECK(order(std::string("B"), std::string("a")) < 0);
  CHECK(order(std::string("z"), std::string("\u00e9")) < 0);
  CHECK(order(std::string("\uFFFD"), std::string("\U0001F600")) < 0);
  CHECK(order(std::string("a"), std::string("a ")) < 0);
}

TEST_CASE("lists and JSON have an order, so that they can be grouped", "[value]") {
  CHECK(order(TextList{{"a"}}, TextList{{"a", "b"}}) < 0);
  CHECK(same(TextList{{"a"}}, TextList{{"a"}}));
  CHECK_FALSE(same(Json{"1"}, Json{"2"}));
}

}  // namespace tenon
