#include "engine/json/writer.h"

#include <catch2/catch.hpp>

namespace tenon::json {

TEST_CASE("compact JSON has no blanks", "[json]") {
  Writer writer;
  writer.begin_object().key("a").integer(1).key("b").begin_array();
  writer.text("x\"\n").raw("1.50").null().boolean(true).end_array().end_object();
  CHECK(writer.take() == "{\"a\":1,\"b\":[\"x\\\"\\n\",1.50,null,true]}");
}

TEST_CASE("indented JSON uses two blanks", "[json]") {
  Writer writer(Layout::indented);
  writer.begin_object().key("a").text("\u5408\u540c").end_object();
  CHECK(writer.view() == "{\n  \"a\": \"\u5408\u540c\"\n}");
}

TEST_CASE("what JSON must not have in a text is escaped, everything else stays", "[json]") {
  Writer writer;
  writer.text(std::string_view("\0\x1f\b\t\n\f\r\"\\/\x7f\u4e2d", 14));
  CHECK(writer.view() == "\"\\u0000\\u001F\\b\\t\\n\\f\\r\\\"\\\\/\x7f\u4e2d\"");
}

TEST_CASE("keys are escaped like texts", "[json]") {
  Writer writer;
  writer.begin_object().key("a\"").text("").end_object();
  CHECK(writer.view() == R"({"a\"":""})");
}

TEST_CASE("what is empty stays on its line, what is nested is indented further", "[json]") {
  Writer writer(Layout::indented);
  writer.begin_array().begin_object().end_object().begin_array().end_array();
  writer.begin_object().key("a").begin_array().integer(1).integer(-2).end_array().end_object();
  writer.end_array();
  CHECK(writer.view() == "[\n  {},\n  [],\n  {\n    \"a\": [\n      1,\n      -2\n    ]\n  }\n]");
}

TEST_CASE("the smallest and the largest integer are written whole", "[json]") {
  Writer writer;
  writer.begin_array().integer(INT64_MIN).integer(INT64_MAX).integer(0).end_array();
  CHECK(writer.view() == "[-9223372036854775808,9223372036854775807,0]");
}

TEST_CASE("a value alone needs nothing around it", "[json]") {
  Writer writer;
  writer.null();
  CHECK(writer.take() == "null");
}

}  // namespace tenon::json
