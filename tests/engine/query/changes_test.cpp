#include "engine/query/changes.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::query {
namespace {

using support::person;

struct Fixture : support::RunningApplication {
  Fixture() : RunningApplication(support::billing()) {}
  RecordId anna = made("user", R"({"login": "anna", "name": "Anna"})");
  RecordId bob = made("user", R"({"login": "bob", "name": "Bob"})");
  std::int64_t begin = events().back().seq;

  static std::string owned(RecordId user) { return R"("clerk": ")" + text_of(user) + "\""; }

  // "change invoice update [number state]; gone invoice"
  std::string told(const Actor& actor) {
    std::string text;
    ask(actor, [&](const Context& context) {
      const auto page = changes_after(context, begin, 100);
      for (const ChangeNotice& notice : page.notices) {
        text += (text.empty() ? "" : "; ") + word(notice);
      }
      CHECK(page.cursor == newest_cursor(context.tx));
    });
    begin = events().back().seq;
    return text;
  }

 private:
  static std::string word(const ChangeNotice& notice) {
    if (notice.kind == ChangeNotice::Kind::application) {
      return "application " + std::to_string(notice.version);
    }
    if (notice.kind == ChangeNotice::Kind::gone) return "gone " + notice.object;
    std::string text = notice.object + " " + notice.verb + " " + std::to_string(notice.version);
    for (const std::string& field : notice.fields) text += " " + field;
    return text;
  }
};

}  // namespace

TEST_CASE("a change is told with the names of the fields that may be read", "[query]") {
  Fixture at;
  const auto id = at.made("invoice", R"({"number": "1", )" + Fixture::owned(at.anna) + "}");
  CHECK(at.told(person(at.anna, {"clerk"})) == "invoice create 1 number clerk state");
  REQUIRE(at.update("invoice", id, R"({"number": "2", "reason": "x"})"));
  CHECK(at.told(person(at.anna, {"clerk"})) == "invoice update 2 number");
}

TEST_CASE("a change of nothing that may be read is not told", "[query]") {
  Fixture at;
  const auto id = at.made("invoice", R"({"number": "1", )" + Fixture::owned(at.anna) + "}");
  at.told(person(at.anna, {"clerk"}));
  REQUIRE(at.update("invoice", id, R"({"reason": "x"})"));
  CHECK(at.told(person(at.anna, {"clerk"})).empty());
}

TEST_CASE("what others have is not told; what leaves one's sight is gone", "[query]") {
  Fixture at;
  const Actor anna = person(at.anna, {"clerk"});
  const auto id = at.made("invoice", R"({"number": "1", )" + Fixture::owned(at.bob) + "}");
  CHECK(at.told(anna).empty());
  REQUIRE(at.update("invoice", id, "{" + Fixture::owned(at.anna) + "}"));
  CHECK(at.told(anna) == "invoice create 2 clerk");  // New to her.
  REQUIRE(at.update("invoice", id, "{" + Fixture::owned(at.bob) + "}"));
  CHECK(at.told(anna) == "gone invoice");
  REQUIRE(at.erase("invoice", id));
  CHECK(at.told(anna).empty());
}

TEST_CASE("a deleted record is gone for whoever saw it", "[query]") {
  Fixture at;
  const auto id = at.made("invoice", R"({"number": "1", )" + Fixture::owned(at.anna) + "}");
  at.told(person(at.anna, {"clerk"}));
  REQUIRE(at.erase("invoice", id));
  const auto begin = at.begin;
  CHECK(at.told(person(at.anna, {"clerk"})) == "gone invoice");
  at.begin = begin;
  CHECK(at.told(person(at.bob, {"clerk"})).empty());
}

TEST_CASE("a publish is told to everybody", "[query]") {
  Fixture at;
  REQUIRE(at.publish(support::billing()));
  CHECK(at.told(person(at.bob, {})) == "application 2");
}

}  // namespace tenon::query
