#include "engine/event/cursor.h"

#include <catch2/catch.hpp>

namespace tenon::event {

TEST_CASE("a cursor comes back from its text unchanged", "[event]") {
  const Cursor cursor{.epoch = 3, .seq = 9'007'199'254'740'993};
  CHECK(text_of(cursor) == "3.9007199254740993");
  const auto back = parse_cursor(text_of(cursor));
  REQUIRE(back);
  CHECK(*back == cursor);
}

TEST_CASE("what is no cursor is malformed", "[event]") {
  const auto text = GENERATE(as<std::string>(), "", "1", "1.", ".1", "1.2.3", "a.1", "-1.1", "1.-0",
                             "01.1", "1.+1", " 1.1", "1.99999999999999999999");
  CAPTURE(text);
  const auto cursor = parse_cursor(text);
  REQUIRE_FALSE(cursor);
  CHECK(cursor.error().code == ErrorCode::malformed);
}

}  // namespace tenon::event
