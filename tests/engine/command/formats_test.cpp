// Formats with a normal form, from the command to the search: numbers to dial, texts with marks.
#include <catch2/catch.hpp>

#include "engine/query/list.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::column;
using support::RunningApplication;
using support::told;

constexpr const char* kObject = R"json({
  "name": "card", "label": "Card", "label_plural": "Cards", "title_field": "name",
  "search": ["name", "phone", "text"],
  "fields": [
    {"name": "name", "label": "Name", "type": "text", "required": true},
    {"name": "phone", "label": "Phone", "type": "phone"},
    {"name": "service", "label": "Service", "type": "phone", "default": "400 820 8820"},
    {"name": "text", "label": "Text", "type": "rich_text"}]})json";

metadata::Files cards(const std::string& country) {
  const std::string more = country.empty() ? "" : R"(, "country": ")" + country + "\"";
  return {{"bundle.json",
           R"({"format": 1, "name": "cards", "version": "1", "label": "Cards")" + more + "}"},
          {"objects/card.json", kObject}};
}

std::string found(RunningApplication& running, const std::string& words) {
  const auto page = running.list({.object = "card", .search = words});
  return page ? column(*page, "name") : told(page);
}

std::string kept(RunningApplication& running, const std::string& field) {
  const auto page = running.list({.object = "card"});
  return page ? column(*page, field) : told(page);
}

}  // namespace

TEST_CASE("a number is kept as E.164 and found by any part of it", "[command]") {
  RunningApplication running(cards("CN"));
  running.made("card", R"({"name": "A", "phone": "138 0013-8000"})");
  CHECK(kept(running, "phone") == R"("+8613800138000")");
  CHECK(kept(running, "service") == R"("+864008208820")");
  for (const char* words : {"0013", "138 0013", "138-0013-80", "+86138", "013800138000"}) {
    INFO(words);
    CHECK(found(running, words) == R"("A")");
  }
  CHECK(found(running, "139") == "");
  CHECK(found(running, "80 00 x") == "");
}

TEST_CASE("a number that cannot be dialled is refused at its field", "[command]") {
  RunningApplication running(cards("CN"));
  CHECK(told(running.create("card", R"({"name": "A", "phone": "8888 8888"})")) ==
        "invalid phone:phone");
  CHECK(told(running.create("card", R"({"name": "A", "phone": "010-65529988-12345"})")) ==
        "invalid phone:phone");
}

TEST_CASE("a text with marks is cleaned on write and searched by its words", "[command]") {
  RunningApplication running(cards("CN"));
  running.made("card", R"({"name": "A", "text":
      "<p onclick=x>Br<b>ea</b>d &amp; butter<script>alert(1)</script>"})");
  CHECK(kept(running, "text") == R"("<p>Br<strong>ea</strong>d &amp; butter</p>")");
  CHECK(found(running, "bread & butter") == R"("A")");
  CHECK(found(running, "strong") == "");
  CHECK(found(running, "alert") == "");
  CHECK(found(running, "amp") == "");
  running.made("card", R"({"name": "B", "text": "<p> <br></p>"})");
  CHECK(kept(running, "text") == R"(null "<p>Br<strong>ea</strong>d &amp; butter</p>")");
}

TEST_CASE("a text with marks nested without end is refused at its field", "[command]") {
  RunningApplication running(cards("CN"));
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<div>";
  CHECK(told(running.create("card", R"({"name": "A", "text": ")" + deep + "x\"}")) ==
        "invalid text:rich_text");
}

TEST_CASE("a country that is none is told when the bundle is read", "[command]") {
  const auto wrong = metadata::load(cards("UK"), &metadata::system_bundle());
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().problems.front().rule == "country");
  CHECK(metadata::load(cards("CN"), &metadata::system_bundle()));
  const auto none = metadata::load(cards(""), &metadata::system_bundle());
  REQUIRE_FALSE(none);
  CHECK(none.error().problems.front().rule == "default");  // Of which country is it?
}

}  // namespace tenon::command
