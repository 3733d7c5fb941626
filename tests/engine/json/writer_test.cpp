#include "engine/json/writer.h"

#include <catch2/catch.hpp>

#include "engine/json/document.h"

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

TEST_CASE("what is escaped is found at every place of a long text", "[json]") {
  for (const char special : {'"', '\\', '\x01', '\x1f', '\n', '\x20', '\x7f', '!', '[', ']'}) {
    for (std::size_t place = 0; place < 20; ++place) {
      std::string text(20, 'a');
      text[place] = special;
      if (place > 3) text[place - 3] = '"';
      text += "\xc3\xa9";
      INFO(text);
      Writer writer;
      const std::string json = writer.text(text).take();
      const auto read = Document::parse("{\"text\":" + json + "}");
      REQUIRE(read);
      CHECK(*read->root().at("text").text() == text);
      const bool is_escaped = special == '"' || special == '\\' || special < ' ';
      CHECK(json.size() > text.size() + 1 + (is_escaped ? 1 : 0) + (place > 3 ? 1 : 0));
    }
  }
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
