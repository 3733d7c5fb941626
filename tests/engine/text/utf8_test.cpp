#include "engine/text/utf8.h"

#include <catch2/catch.hpp>
#include <string>

namespace tenon::text {

TEST_CASE("valid UTF-8 of every length is a text", "[text]") {
  CHECK(is_utf8(""));
  CHECK(is_utf8("plain letters, more than eight of them"));
  CHECK(is_utf8("é 合同 😀"));
  CHECK(is_utf8(std::string("a\0b", 3)));
  CHECK(is_utf8("\xEF\xBF\xBF\xF4\x8F\xBF\xBF"));
}

TEST_CASE("broken, overlong and surrogate bytes are no text", "[text]") {
  const auto bytes =
      GENERATE(as<std::string>{}, "\x80", "\xC3", "a\xE5\x90", "\xC0\xAF", "\xE0\x80\xAF",
               "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80", "\xFF\xFE", "\xF0\x9F\x98");
  CHECK_FALSE(is_utf8(bytes));
  CHECK_FALSE(is_utf8("twelve bytes" + bytes));
  CHECK_FALSE(is_utf8(bytes + "twelve bytes"));
}

}  // namespace tenon::text
