#include "engine/text/phone.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "engine/json/document.h"

namespace tenon::text {
namespace {

json::Document vectors() {
  std::ifstream file(TENON_SOURCE_DIR "/tests/vectors/value/phone.json", std::ios::binary);
  auto document = json::Document::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  REQUIRE(document);
  return document.take();
}

std::string text_in(json::Reader object, std::string_view name) {
  const auto member = object.member(name);
  return member ? std::string(*member->text()) : "";
}

}  // namespace

TEST_CASE("numbers have the form of E.164, or it is said what is wrong with them", "[text]") {
  const auto document = vectors();
  for (const json::Reader one : document.root().at("cases")) {
    const std::string given = text_in(one, "given");
    INFO(given);
    const auto number = worldwide_number(given, text_in(one, "country"));
    if (one.member("expect")) {
      INFO((number ? "" : describe(number.error())));
      REQUIRE(number);
      CHECK(*number == text_in(one, "expect"));
      CHECK(*worldwide_number(*number, "") == *number);
    } else {
      REQUIRE_FALSE(number);
      CHECK(number.error().problems.front().rule == "phone");
      CHECK(number.error().problems.front().message == text_in(one, "says"));
    }
  }
}

TEST_CASE("a search for a number looks for its digits", "[text]") {
  const auto document = vectors();
  for (const json::Reader one : document.root().at("searched")) {
    INFO(text_in(one, "words"));
    CHECK(searched_digits(text_in(one, "words")) == text_in(one, "digits"));
  }
}

TEST_CASE("countries are those whose numbers are known", "[text]") {
  CHECK(is_dialled_country("CN"));
  CHECK(is_dialled_country("GB"));
  CHECK_FALSE(is_dialled_country("UK"));
  CHECK_FALSE(is_dialled_country("cn"));
  CHECK_FALSE(is_dialled_country(""));
}

}  // namespace tenon::text
