#include "engine/json/layout.h"

#include <catch2/catch.hpp>

namespace tenon::json {
namespace {

std::string laid(std::string text) {
  const auto document = Document::parse(std::move(text));
  REQUIRE(document);
  return folded(document->root());
}

}  // namespace

TEST_CASE("what fits into a line stands on one, but for the whole", "[json]") {
  CHECK(laid(R"({"name":"invoice","label":{"en":"Invoice"},"unique":[["number"]],"none":[]})") ==
        "{\n"
        "  \"name\": \"invoice\",\n"
        "  \"label\": { \"en\": \"Invoice\" },\n"
        "  \"unique\": [[\"number\"]],\n"
        "  \"none\": []\n"
        "}\n");
}

TEST_CASE("what does not fit is broken, member by member", "[json]") {
  const std::string long_text(90, 'a');
  CHECK(laid("{\"fields\":[{\"label\":\"" + long_text + "\",\"n\":1.50}]}") ==
        "{\n"
        "  \"fields\": [\n"
        "    {\n"
        "      \"label\": \"" +
            long_text +
            "\",\n"
            "      \"n\": 1.50\n"
            "    }\n"
            "  ]\n"
            "}\n");
}

TEST_CASE("a line of exactly 100 columns with its comma is not broken", "[json]") {
  const auto lines_of = [](std::size_t length) {
    const std::string text = laid("{\"a\":[\"" + std::string(length, 'x') + "\"],\"b\":1}");
    return std::count(text.begin(), text.end(), '\n');
  };
  CHECK(lines_of(88) == 4);
  CHECK(lines_of(89) == 6);
}

TEST_CASE("columns are counted in letters, not in bytes", "[json]") {
  std::string text;
  for (int i = 0; i < 80; ++i) text += "金";
  CHECK(laid("{\"a\":[\"" + text + "\"]}") == "{\n  \"a\": [\"" + text + "\"]\n}\n");
}

TEST_CASE("a copy is what was read", "[json]") {
  const std::string text = R"({"a":[1.50,true,null,"x\n"],"b":{}})";
  const auto document = Document::parse(text);
  REQUIRE(document);
  Writer writer;
  copy(document->root(), writer);
  CHECK(writer.view() == text);
}

}  // namespace tenon::json
