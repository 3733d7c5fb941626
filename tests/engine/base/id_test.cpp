#include "engine/base/id.h"

#include <catch2/catch.hpp>

namespace tenon {

TEST_CASE("an id outside has 13 letters and comes back unchanged", "[base]") {
  const auto value = GENERATE(std::int64_t{0}, std::int64_t{1}, std::int64_t{123456789012345},
                              std::numeric_limits<std::int64_t>::max());
  CHECK(id_text(value).size() == 13);
  const auto back = parse_id_text(id_text(value));
  REQUIRE(back);
  CHECK(*back == value);
}

TEST_CASE("an id is read in lower case and with the letters people confuse", "[base]") {
  REQUIRE(parse_id_text("00000000000il"));
  CHECK(*parse_id_text("00000000000IL") == 33);
  CHECK(*parse_id_text("o000000000010") == 32);
}

TEST_CASE("what is no id is malformed", "[base]") {
  const auto text = GENERATE(std::string{}, std::string{"1"}, std::string{"000000000000U"},
                             std::string{"00000000000000"}, std::string{"ZZZZZZZZZZZZZ"},
                             std::string{"000000000000-"});
  CAPTURE(text);
  const auto id = parse_id_text(text);
  REQUIRE_FALSE(id);
  CHECK(id.error().code == ErrorCode::malformed);
}

TEST_CASE("a name is lower_snake_case of at most 48 characters", "[base]") {
  CHECK(is_name("a"));
  CHECK(is_name("due_on_2"));
  CHECK(is_name(std::string(48, 'a')));
  CHECK_FALSE(is_name(std::string(49, 'a')));
  CHECK_FALSE(is_name(""));
  CHECK_FALSE(is_name("_a"));
  CHECK_FALSE(is_name("2a"));
  CHECK_FALSE(is_name("Due"));
  CHECK_FALSE(is_name("a;drop"));
}

}  // namespace tenon
