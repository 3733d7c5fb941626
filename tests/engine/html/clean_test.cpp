#include "engine/html/clean.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "engine/html/plain.h"
#include "engine/json/document.h"

namespace tenon::html {
namespace {

json::Document vectors() {
  std::ifstream file(TENON_SOURCE_DIR "/tests/vectors/value/rich_text.json", std::ios::binary);
  auto document = json::Document::parse(std::string(std::istreambuf_iterator<char>(file), {}));
  REQUIRE(document);
  return document.take();
}

std::string times(int count, std::string_view part) {
  std::string text;
  for (int i = 0; i < count; ++i) text += part;
  return text;
}

std::string cleaned(std::string_view given) {
  auto text = clean(given);
  INFO((text ? "" : describe(text.error())));
  REQUIRE(text);
  return text.take();
}

// Nothing but letters, the known tags without attributes, and links that go where they may.
bool is_canonical(std::string_view text) {
  constexpr std::string_view kTags[] = {"p",      "h2", "h3", "ul", "ol",   "li", "blockquote",
                                        "strong", "em", "u",  "s",  "code", "br", "a"};
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const auto end = text.find('>', at);
    if (end == std::string_view::npos) return false;
    std::string_view tag = text.substr(at + 1, end - at - 1);
    if (tag.starts_with("a href=\"")) {
      const std::string_view target = tag.substr(8);
      const bool safe = target.starts_with("https://") || target.starts_with("http://") ||
                        target.starts_with("mailto:") || target.starts_with("tel:");
      if (!safe || target.find('"') != target.size() - 1) return false;
      continue;
    }
    if (tag.starts_with('/')) tag.remove_prefix(1);
    if (std::find(std::begin(kTags), std::end(kTags), tag) == std::end(kTags)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a text with marks comes in one form, whatever was given", "[html]") {
  const auto document = vectors();
  for (const json::Reader one : document.root().at("cases")) {
    const std::string given(*one.at("given").text());
    INFO(given);
    const std::string text = cleaned(given);
    CHECK(text == *one.at("expect").text());
    CHECK(is_canonical(text));
    CHECK(cleaned(text) == text);
    if (const auto wanted = one.member("plain")) CHECK(plain(text) == *wanted->text());
  }
}

TEST_CASE("any cut of hostile marks leaves nothing but the form", "[html]") {
  const auto document = vectors();
  for (const json::Reader one : document.root().at("cases")) {
    const std::string given(*one.at("given").text());
    for (std::size_t length = 0; length < given.size(); ++length) {
      const std::string part = given.substr(0, length) + "<p onclick=x>&quot;><script>";
      INFO(part);
      const std::string text = cleaned(part);
      CHECK(is_canonical(text));
      CHECK(cleaned(text) == text);
    }
  }
}

TEST_CASE("lists stop nesting at the eighth", "[html]") {
  const std::string text = cleaned(times(20, "<ul><li>x"));
  CHECK(text.find(times(8, "<ul><li>x") + "<br>x") == 0);
}

TEST_CASE("what a parser would choke on is refused in good time", "[html]") {
  CHECK_FALSE(clean(times(300, "<div>") + "x"));
  CHECK_FALSE(clean(times(13'000, "<div>") + "x"));
  std::string marks;  // Each different, so that each is opened again in every paragraph.
  for (int i = 0; i < 4000; ++i) marks += "<b a" + std::to_string(i) + ">";
  const auto refused = clean(marks + times(9000, "<p>x"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().problems.front().rule == "rich_text");
}

TEST_CASE("the longest honest texts pass", "[html]") {
  const std::string words = times(1800, "<p><b>bold</b> and <a href='https://e.example'>x</a>");
  CHECK(is_canonical(cleaned(words)));
  CHECK(cleaned(times(21'000, "&lt;")).size() == 7 + 21'000 * 4);
  CHECK(cleaned(times(30'000, "a\n")).starts_with("<p>a</p><p>a</p>"));
}

TEST_CASE("what is no canonical form still has words", "[html]") {
  CHECK(plain("a <b") == "a ");
  CHECK(plain("&nbsp;&") == "&nbsp;&");
  CHECK(plain("").empty());
}

}  // namespace tenon::html
