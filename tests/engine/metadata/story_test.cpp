#include "engine/metadata/story.h"

#include "engine/metadata/rename.h"
#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing;
using support::billing_with;
using support::finds;
using support::loaded;
using support::problems_of;

namespace {

std::string story(const std::string& steps, const std::string& given = "{}") {
  return R"({"name": "s", "given": )" + given + R"(, "steps": [)" + steps + "]}";
}

std::vector<Problem> problems_with(const std::string& steps, const std::string& given = "{}") {
  return problems_of(billing_with("stories/s.json", story(steps, given)));
}

}  // namespace

TEST_CASE("a story names what is there, by then", "[metadata]") {
  CHECK(problems_with(R"({"as": "admin", "create": "invoice", "ref": "bill",
    "set": {"number": "1", "clerk": "@clerk_1"}}, {"update": "@bill", "set": {"total": "1"},
    "expect": {"record": {"clerk.login": "clerk_1"}, "events": [{"kind": "update",
    "record": "@bill", "changes": {"total": [null, "1.00"]}}],
    "count": {"object": "invoice", "filter": "total > 0", "is": 1}}})",
                      R"({"users": [{"login": "clerk_1", "roles": ["admin"]}]})")
            .empty());
}

TEST_CASE("a name that leads nowhere is a problem where it stands", "[metadata]") {
  const auto [steps, at, rule] = GENERATE(table<const char*, const char*, const char*>({
      {R"({"create": "invoise"})", "steps/0/create", "unknown_object"},
      {R"({"create": "invoice", "set": {"totel": "1"}})", "steps/0/set/totel", "unknown_field"},
      {R"({"update": "@bill", "set": {}})", "steps/0/update", "unknown_reference"},
      {R"({"create": "invoice", "set": {"clerk": "@nobody"}})", "steps/0/set/clerk",
       "unknown_reference"},
      {R"({"as": "clark", "create": "invoice"})", "steps/0/as", "unknown_role"},
      {R"({"import": "nothing"})", "steps/0/import", "unknown_mapping"},
      {R"({"clock": "tomorrow"})", "steps/0/clock", "clock"},
      {R"({"create": "invoice", "expect": {"error": "bad"}})", "steps/0/expect/error",
       "unknown_code"},
      {R"({"expect": {"count": {"object": "invoice", "filter": "total +", "is": 1}}})",
       "steps/0/expect/count/filter", "formula.syntax"},
      {R"({"expect": {"count": {"object": "invoice", "filter": "total", "is": 1}}})",
       "steps/0/expect/count/filter", "formula.type"},
      {R"({"expect": {"events": [{"kind": "made", "object": "invoice"}]}})",
       "steps/0/expect/events/0/kind", "unknown_event"},
      {R"({"create": "invoice", "ref": "a"}, {"create": "invoice", "ref": "a"})", "steps/1/ref",
       "duplicate"},
  }));
  CAPTURE(steps);
  const auto problems = problems_with(steps);
  REQUIRE(!problems.empty());
  CHECK(problems.front().at == "stories/s.json: " + std::string(at));
  CHECK(problems.front().rule == rule);
}

TEST_CASE("a step has one verb and no members that it does not know", "[metadata]") {
  CHECK(problems_with(R"({"create": "invoice", "update": "@a"})").front().rule == "verb");
  CHECK(problems_with(R"({"as": "admin"})").front().rule == "verb");
  CHECK(problems_with(R"({"create": "invoice", "sett": {}})").front().rule == "unknown_member");
  CHECK(problems_with(R"({"delete": "invoice"})").front().rule == "reference");
  CHECK(problems_with(R"({"expect": {"evnts": []}})").front().rule == "unknown_member");
}

TEST_CASE("a rename reaches into stories", "[metadata]") {
  const auto files = billing_with("stories/s.json", story(R"({"create": "invoice", "ref": "total",
    "set": {"total": "1", "number": "total"}, "expect": {"record": {"total": "1.00"},
    "error": {"code": "invalid", "problems": [{"at": "total", "rule": "total"}]},
    "count": {"object": "invoice", "filter": "total > 1", "is": 1},
    "events": [{"kind": "create", "record": "@total", "changes": {"total": [null, "1"]}}]}})"));
  const auto renamed = rename(files, &system_bundle(), "invoice.total", "sum");
  REQUIRE(renamed);
  Files whole = files;
  for (const auto& [path, text] : *renamed) whole[path] = text;
  const auto again = read_stories(whole);
  REQUIRE(again);
  REQUIRE(again->size() == 1);
  const StoryStep& step = again->front().steps.front();
  CHECK(step.set == StoryValues{{"sum", "\"1\""}, {"number", "\"total\""}});
  CHECK(step.expect.record == StoryValues{{"sum", "\"1.00\""}});
  CHECK(step.expect.error->problems->front().at == "sum");
  CHECK(step.expect.error->problems->front().rule == "total");
  CHECK(step.expect.counts.front().filter == "sum > 1");
  CHECK(step.expect.events->front().changes->front().field == "sum");
  CHECK(step.ref == "total");
}

TEST_CASE("the clock of a story goes by a time or to a moment, forward", "[metadata]") {
  CHECK(*parse_clock_step("+49h", 1'000) == 1'000 + 49 * 3'600'000);
  CHECK(*parse_clock_step("+90s", 0) == 90'000);
  CHECK(*parse_clock_step("+2d", 0) == 2 * 86'400'000);
  CHECK(*parse_clock_step("+PT5M", 0) == 300'000);
  CHECK(*parse_clock_step("1970-01-01T00:00:01Z", 0) == 1'000);
  CHECK(!parse_clock_step("1970-01-01T00:00:01Z", 1'001));
  for (const char* text : {"+", "49h", "+h", "+-1h", "+1y", "+1", "+100001h", "later"}) {
    CAPTURE(text);
    CHECK(!parse_clock_step(text, 0));
  }
}

}  // namespace tenon::metadata
