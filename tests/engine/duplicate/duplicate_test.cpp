#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/duplicate/likeness.h"
#include "engine/duplicate/normal.h"
#include "engine/json/document.h"

namespace tenon::duplicate {
namespace {

json::Document read_vectors(const std::string& name) {
  std::ifstream file(TENON_SOURCE_DIR "/tests/vectors/duplicate/" + name + ".json");
  auto document = json::Document::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  REQUIRE(document);
  return document.take();
}

NormalForm form_of(std::string_view name) {
  if (name == "text") return NormalForm::text;
  if (name == "email") return NormalForm::email;
  if (name == "phone") return NormalForm::phone;
  return name == "company" ? NormalForm::company : NormalForm::exact;
}

}  // namespace

TEST_CASE("two ways of writing the same have one normal form", "[duplicate]") {
  const auto document = read_vectors("normal");
  for (const json::Reader one : document.root().at("cases")) {
    const std::string value(*one.at("value").text());
    INFO(value);
    CHECK(normal(form_of(*one.at("form").text()), Value{value}, "CN") == *one.at("normal").text());
  }
}

TEST_CASE("what is empty has no normal form; what is no text is itself", "[duplicate]") {
  CHECK(normal(NormalForm::phone, Value{}, "").empty());
  CHECK(normal(NormalForm::exact, Value{Decimal::of_scaled(150, 2)}, "") == "1.5");
  CHECK(normal(NormalForm::exact, Value{true}, "") == "yes");
}

TEST_CASE("likeness is symmetric, and alike texts are found by their signatures", "[duplicate]") {
  const auto document = read_vectors("likeness");
  for (const json::Reader one : document.root().at("cases")) {
    const std::string a(*one.at("a").text());
    const std::string b(*one.at("b").text());
    INFO(a << " / " << b);
    CHECK(likeness(a, b) >= *one.at("least").integer());
    CHECK(likeness(a, b) <= *one.at("most").integer());
    CHECK(likeness(a, b) == likeness(b, a));
    const auto keys = signature(a);
    const auto others = signature(b);
    CHECK(keys.size() <= 8);
    const bool shares = std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
      return std::find(others.begin(), others.end(), key) != others.end();
    });
    CHECK(shares == *one.at("share").boolean());
  }
}

}  // namespace tenon::duplicate
