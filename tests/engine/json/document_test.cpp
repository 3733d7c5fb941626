#include "engine/json/document.h"

#include <catch2/catch.hpp>

#include "engine/json/layout.h"

namespace tenon::json {
namespace {

std::string nested(int levels) {
  return std::string(static_cast<std::size_t>(levels), '[') +
         std::string(static_cast<std::size_t>(levels), ']');
}

Document parsed(std::string text) {
  auto document = Document::parse(std::move(text));
  REQUIRE(document);
  return document.take();
}

}  // namespace

TEST_CASE("a reader knows its path and line", "[json]") {
  const Document document = parsed("{\n \"fields\": [\n  {\"name\": 1},\n  {\"options\": []}]}");
  const auto fields = document.root().member("fields");
  REQUIRE(fields);
  REQUIRE(fields->size() == 2);
  std::vector<std::string> paths;
  for (const Reader field : *fields) {
    for (const Reader member : field) paths.push_back(member.path());
  }
  CHECK(paths == std::vector<std::string>{"fields/0/name", "fields/1/options"});
  CHECK(fields->begin() != fields->end());
  CHECK((*fields->begin()).line() == 3);
}

TEST_CASE("a member that must be there is walked, or is a fault", "[json]") {
  const Document document = parsed("{\"a\": [1, 2]}");
  int count = 0;
  for (const Reader item : document.root().at("a")) count += item.integer() ? 1 : 0;
  CHECK(count == 2);
  CHECK_THROWS_AS(document.root().at("b"), Fault);
}

TEST_CASE("numbers are kept as they were written", "[json]") {
  const Document document = parsed("[1.10, 123456789012345678901234567890, -0, 1e300]");
  std::vector<std::string> texts;
  for (const Reader number : document.root()) texts.emplace_back(*number.number_text());
  CHECK(texts == std::vector<std::string>{"1.10", "123456789012345678901234567890", "-0", "1e300"});
  CHECK_FALSE((*document.root().begin()).integer());
}

TEST_CASE("depth is bounded at the limit", "[json]") {
  CHECK(Document::parse(nested(limits::kJsonDepthMax - 1)));
  CHECK(Document::parse(nested(limits::kJsonDepthMax)));
  const auto deeper = Document::parse(nested(limits::kJsonDepthMax + 1));
  REQUIRE_FALSE(deeper);
  CHECK(deeper.error().code == ErrorCode::limit);
  CHECK_FALSE(Document::parse(std::string(1'000'000, '[')));
}

TEST_CASE("broken text is malformed, with the place", "[json]") {
  const auto text =
      GENERATE(std::string{"{"}, std::string{"{\"a\":1,}"}, std::string{"[1] x"}, std::string{""},
               std::string{"\"\xff\""}, std::string{"'a'"}, std::string{"[1]\0[2]", 7},
               std::string{"{\"a\":1,\"a\":2}"}, std::string{"[01]"}, std::string{"NaN"});
  CAPTURE(text);
  const auto document = Document::parse(text);
  REQUIRE_FALSE(document);
  CHECK(document.error().code == ErrorCode::malformed);
  CHECK(document.error().problems.at(0).message.find("line") != std::string::npos);
}

TEST_CASE("a member given twice among many is found", "[json]") {
  std::string text = "{";
  for (int i = 0; i < 40; ++i) text += "\"m" + std::to_string(i) + "\":1,";
  CHECK(Document::parse(text + "\"m40\":1}"));
  CHECK_FALSE(Document::parse(text + "\"m7\":1}"));
}

TEST_CASE("a moved document keeps its texts", "[json]") {
  Document first = parsed("[\"a\",\"b\"]");
  const Document second = std::move(first);
  CHECK(*(*second.root().begin()).text() == "a");
}

TEST_CASE("an expectation that fails names the place and both kinds", "[json]") {
  const Document document = parsed("{\"a\": {\"b\": true}}");
  const auto text = document.root().member("a")->member("b")->text();
  REQUIRE_FALSE(text);
  CHECK(text.error().problems ==
        std::vector<Problem>{{"a/b", "type", "must be a text, not true or false"}});
}

TEST_CASE("a control character in a text is refused wherever it stands", "[json]") {
  for (char control = 1; control < 0x20; ++control) {
    for (std::size_t place = 0; place < 40; ++place) {
      std::string text(40, 'a');
      text[place] = control;
      INFO(static_cast<int>(control) << " at " << place);
      CHECK_FALSE(Document::parse("{\"text\":\"" + text + "\"}"));
    }
  }
}

TEST_CASE("plain texts and others are read alike", "[json]") {
  const std::string plain = R"({"a": ["1", -2.50e3, true, null, {"b\n": "x\"y\u00e9"}], "c": ""})";
  const std::string other = R"({"é": ["1", -2.50e3, true, null, {"b\n": "x\"y\u00e9"}], "c": ""})";
  const auto read = [](const std::string& text) {
    const auto document = Document::parse(text);
    REQUIRE(document);
    Writer writer;
    copy(document->root(), writer);
    return writer.take();
  };
  const std::string rest = R"(":["1",-2.50e3,true,null,{"b\n":"x\"yé"}],"c":""})";
  CHECK(read(plain) == "{\"a" + rest);
  CHECK(read(other) == "{\"é" + rest);
}

TEST_CASE("members that only look alike are told apart", "[json]") {
  CHECK(Document::parse(R"({"abc": 1, "abd": 2, "adc": 3, "a": 4, "": 5, "bbb": 6})"));
  CHECK_FALSE(Document::parse(R"({"abc": 1, "abd": 2, "adc": 3, "abc": 4})"));
  CHECK_FALSE(Document::parse(R"({"": 1, "a": 2, "": 3})"));
}

}  // namespace tenon::json
