#include "engine/query/cursor.h"

#include <catch2/catch.hpp>

namespace tenon::query {

TEST_CASE("a cursor comes back as it was written", "[query]") {
  const Cursor cursor{.id = 77,
                      .values = {Column{}, Column{std::int64_t{-5}}, Column{std::string("字\"")},
                                 Column{std::string()}}};
  const std::string text = write_cursor(cursor, "+a-b");
  const auto read = parse_cursor(text, "+a-b", 4);
  REQUIRE(read);
  CHECK(read->id == 77);
  CHECK(read->values == cursor.values);
  for (const char c : text)
    CHECK((std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_'));
}

TEST_CASE("what is no cursor of this list is malformed, however it is broken", "[query]") {
  const std::string text = write_cursor({.id = 77, .values = {Column{std::int64_t{1}}}}, "+a");
  CHECK(parse_cursor(text, "+a", 1));
  CHECK(parse_cursor(text, "-a", 1).error().code == ErrorCode::malformed);
  CHECK(parse_cursor(text, "+a", 2).error().code == ErrorCode::malformed);
  for (std::size_t size = 0; size < text.size(); ++size) {
    CHECK_FALSE(parse_cursor(text.substr(0, size), "+a", 1));
  }
  for (const char* wrong : {"", "?", "bnVsbA", "W10", "eyJhIjoxfQ", "WyIrYSIsMSwxXQ"}) {
    CHECK_FALSE(parse_cursor(wrong, "+a", 1));
  }
}

}  // namespace tenon::query
