#include "engine/json/members.h"

#include <catch2/catch.hpp>

namespace tenon::json {

TEST_CASE("every problem of an object is collected", "[json]") {
  const auto document = Document::parse("{\"label\": 3, \"nmae\": \"x\"}");
  REQUIRE(document);
  std::vector<Problem> problems;
  Members members(document->root(), problems);
  CHECK_FALSE(members.required_text("name"));
  CHECK_FALSE(members.text("label"));
  members.finish();
  CHECK(problems ==
        std::vector<Problem>{
            {"", "required", "the member \"name\" is missing"},
            {"label", "type", "must be a text, not a number"},
            {"nmae", "unknown_member", "there is no such member; did you mean \"name\"?"},
        });
}

TEST_CASE("null is absent for definitions, and present for values", "[json]") {
  const auto document = Document::parse("{\"a\": null}");
  REQUIRE(document);
  std::vector<Problem> problems;
  Members members(document->root(), problems);
  CHECK_FALSE(members.optional("a"));
  CHECK(members.present("a"));
  members.finish();
  CHECK(problems.empty());
}

}  // namespace tenon::json
