#include "engine/story/story.h"

#include <catch2/catch.hpp>

#include "tests/support/pooled.h"
#include "tests/support/temporary_folder.h"

namespace tenon::story {
namespace {

using Lines = std::vector<std::string>;

// The bundle of the tests with this one story, played.
struct Told {
  explicit Told(const std::string& steps, const std::string& given = "{}") {
    auto files = support::billing();
    files["stories/s.json"] =
        R"({"name": "s", "given": )" + given + R"(, "steps": [)" + steps + "]}";
    auto opened = Stories::open(files, folder.path());
    INFO((opened ? "" : describe(opened.error())));
    REQUIRE(opened);
    stories = std::make_unique<Stories>(opened.take());
    const auto all = metadata::read_stories(files);
    REQUIRE(all);
    played = stories->play(all->front());
  }
  std::string text() const {
    std::string text;
    for (const std::string& line : played.differences) text += line + "\n";
    return text;
  }
  bool has(const std::string& line) const { return text().find(line) != std::string::npos; }

  support::TemporaryFolder folder;
  std::unique_ptr<Stories> stories;
  Played played;
};

const std::string kMakeInvoice =
    R"({"as": "clerk", "create": "invoice", "ref": "bill", "set": {"number": "1", "total": "10"}})";

std::string after_it(const std::string& step) { return kMakeInvoice + ", " + step; }

}  // namespace

TEST_CASE("a story that goes as it says has no differences, and counts its steps", "[story]") {
  const Told told(after_it(R"({"as": "clerk", "update": "@bill", "set": {"state": "paid"},
    "expect": {"record": {"state": "paid", "total": "10.00", "gross": "12.00", "clerk": "@clerk"},
               "events": [{"kind": "update", "record": "@bill",
                           "changes": {"state": ["open", "paid"]}}],
               "count": {"object": "invoice", "filter": "state = \"paid\"", "is": 1}}})"));
  CHECK(told.text().empty());
  CHECK(told.played.steps == 2);
}

TEST_CASE("a value that differs is told beside the one expected", "[story]") {
  const Told told(after_it(R"({"as": "clerk", "expect": {"records": {"@bill":
    {"total": "11", "state": "open"}}}})"));
  CHECK(told.text() ==
        "step 2: clerk look\n  @bill\n    - total = \"11.00\"\n"
        "    + total = \"10.00\"\n");
}

TEST_CASE("a number is the same however many digits the story gives it", "[story]") {
  const Told told(after_it(R"({"as": "clerk", "expect": {"records": {"@bill":
    {"total": "10.0"}}}})"));
  CHECK(told.text().empty());
}

TEST_CASE("a step that is refused where none was expected says why", "[story]") {
  const Told told(R"({"as": "clerk", "create": "invoice", "set": {"total": "-1"}})");
  CHECK(told.has("it was refused: invalid [number: required, total: no_debt]"));
}

TEST_CASE("a step that is done where a refusal was expected says so", "[story]") {
  const Told told(after_it(
      R"({"as": "clerk", "update": "@bill", "set": {"total": "9"},
          "expect": {"error": "denied"}})"));
  CHECK(told.has("it was done, where this was expected: denied"));
}

TEST_CASE("a refusal is compared by its code, and by its problems where the story has them",
          "[story]") {
  const auto expecting = [](const std::string& error) {
    return Told(R"({"as": "clerk", "create": "invoice", "set": {"total": "-1"},
                    "expect": {"error": )" +
                error + "}}")
        .text();
  };
  CHECK(expecting(R"("invalid")").empty());
  CHECK(expecting(R"("denied")") ==
        "step 1: clerk create invoice\n  error\n    - denied\n    + invalid\n");
  CHECK(expecting(R"({"code": "invalid", "problems": [{"at": "total", "rule": "no_debt"},
                      {"at": "number", "rule": "required"}]})")
            .empty());
  CHECK(!expecting(R"({"code": "invalid", "problems": [{"at": "total", "rule": "no_debt"}]})")
             .empty());
}

TEST_CASE("events are exactly those, with exactly those changes", "[story]") {
  const auto expecting = [](const std::string& events) {
    return Told(after_it(R"({"as": "clerk", "update": "@bill", "set": {"total": "20"},
                             "expect": {"events": )" +
                         events + "}}"))
        .text();
  };
  CHECK(expecting(R"([{"kind": "update", "record": "@bill"}])").empty());
  CHECK(expecting(R"([{"kind": "update", "object": "invoice"}])").find("+ update @bill") !=
        std::string::npos);
  CHECK(expecting("[]").find("+ update @bill {gross: \"12.00\" → \"24.00\", half_tax:") !=
        std::string::npos);
  CHECK(expecting(R"([{"kind": "update", "record": "@bill",
                       "changes": {"total": ["10", "20"]}}])")
            .find("- update @bill {total: \"10.00\" → \"20.00\"}") != std::string::npos);
}

TEST_CASE("a record of a colleague may not be seen", "[story]") {
  const std::string people =
      R"({"users": [{"login": "ann", "roles": ["clerk"]}, {"login": "bob", "roles": ["clerk"]}]})";
  const std::string made =
      R"({"as": "ann", "create": "invoice", "ref": "bill", "set": {"number": "1"}}, )";
  CHECK(Told(made + R"({"as": "bob", "expect": {"records": {"@bill": null}}})", people)
            .text()
            .empty());
  CHECK(Told(made + R"({"as": "ann", "expect": {"records": {"@bill": null}}})", people)
            .has("@bill may be seen, and should not"));
  CHECK(Told(made + R"({"as": "bob", "expect": {"records": {"@bill": {"number": "1"}}}})", people)
            .has("@bill cannot be looked at: not_found"));
}

TEST_CASE("a check leaves nothing behind, and says what the form would", "[story]") {
  const Told told(after_it(R"({"as": "clerk", "check": "@bill", "set": {"state": "void"},
    "expect": {"error": "invalid", "cleared": ["total"], "hidden": ["total"],
               "required": ["number"], "record": {"total": null}, "events": []}},
    {"as": "clerk", "expect": {"records": {"@bill": {"state": "open", "total": "10"}}}})"));
  CHECK(told.text().empty());
}

TEST_CASE("the clock goes forward, and what depends on the day with it", "[story]") {
  const Told told(
      R"({"create": "invoice", "ref": "bill", "set": {"number": "1", "due_on": "2027-03-02"},
          "expect": {"record": {"is_late": false}}},
         {"clock": "+15h", "expect": {"records": {"@bill": {"is_late": false}}}},
         {"clock": "+PT24H", "expect": {"records": {"@bill": {"is_late": true}}}},
         {"clock": "2027-03-01T00:00:00Z", "expect": {"error": "invalid"}})",
      R"({"clock": "2027-03-01T09:00:00+08:00"})");
  CHECK(told.text().empty());
}

TEST_CASE("a restart keeps what was saved, and the rules that had decided", "[story]") {
  const Told told(after_it(R"({"as": "clerk", "create": "invoice", "set": {"total": "-1",
    "number": "2"}, "expect": {"error": "invalid"}}, {"restart": true},
    {"as": "clerk", "expect": {"records": {"@bill": {"number": "1"}}}})"));
  CHECK(told.text().empty());
  for (const RuleUse& rule : told.stories->rules()) {
    INFO(rule.rule);
    CHECK(rule.decided == (rule.rule == "no_debt"));
  }
  CHECK(told.stories->rules().size() == 3);
}

TEST_CASE("a step that only looks tells all events since the first step", "[story]") {
  const Told told(
      R"({"create": "invoice", "ref": "bill", "set": {"number": "1"}},
         {"update": "@bill", "set": {"state": "paid"},
          "expect": {"events": [{"kind": "update", "record": "@bill"}]}},
         {"expect": {"events": [{"kind": "create", "record": "@bill"},
                                {"kind": "update", "record": "@bill"}]}})");
  CHECK(told.text() == "");
}

TEST_CASE("a program that stood still goes on at the later time", "[story]") {
  const Told told(
      R"({"create": "invoice", "ref": "bill", "set": {"number": "1", "due_on": "2027-03-02"}},
         {"restart": true, "down": "+2d"},
         {"expect": {"records": {"@bill": {"is_late": true}}}})",
      R"({"clock": "2027-03-01T09:00:00+08:00"})");
  CHECK(told.text() == "");
}

TEST_CASE("each story begins anew", "[story]") {
  Told told(kMakeInvoice);
  const auto all =
      metadata::read_stories(support::billing_with("stories/s.json", R"({"name": "s", "steps": [
        {"expect": {"count": {"object": "invoice", "is": 0}}}]})"));
  REQUIRE(all);
  CHECK(told.stories->play(all->front()).differences == Lines{});
}

TEST_CASE("what cannot be made before the first step is told, and no step is played", "[story]") {
  const Told told(kMakeInvoice, R"({"records": [{"object": "invoice", "set": {"total": "-1"}}]})");
  CHECK(told.has("given: invalid"));
  CHECK(told.played.steps == 0);
}

TEST_CASE("a bundle that cannot be published has no stories to play", "[story]") {
  const support::TemporaryFolder folder;
  const auto files = support::billing_with("rules/bad.json", "{}");
  CHECK(!Stories::open(files, folder.path()));
}

TEST_CASE("an action of a pool, the ledger and what may be done are told line by line", "[story]") {
  auto files = support::pooled();
  files["stories/s.json"] = R"json({"name": "s", "given": {
      "users": [{"login": "ann", "roles": ["clerk"]}, {"login": "hal", "roles": ["head"]}],
      "records": [{"object": "ticket", "ref": "one", "set": {"title": "t", "region": "west"}}]},
    "steps": [
      {"as": "ann", "action": "claim", "on": "@one",
       "expect": {"ledger": {"@one": ["claim: nobody → @hal, by @ann"]},
                  "actions": {"@one": ["release", "extend"]}}},
      {"as": "ann", "action": "assign", "on": "@one", "with": {"user": "@hal"},
       "expect": {"error": "denied"}}]})json";
  support::TemporaryFolder folder;
  auto stories = Stories::open(files, folder.path());
  INFO((stories ? "" : describe(stories.error())));
  REQUIRE(stories);
  const Played played = stories->play(metadata::read_stories(files)->front());
  CHECK(played.differences ==
        Lines{"step 1: ann action @one", "  ledger of @one", "    - claim: nobody → @hal, by @ann",
              "    + claim: nobody → @ann, by @ann", "  actions on @one", "    - extend"});
}

}  // namespace tenon::story
