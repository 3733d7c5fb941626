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
      {R"({"restart": true, "down": "long"})", "steps/0/down", "clock"},
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
  CHECK(problems_with(R"({"clock": "+1h", "down": "+1h"})").front().at ==
        "stories/s.json: steps/0/down");
  CHECK(problems_with(R"({"restart": true, "request": "r"})").front().rule == "unknown_member");
  CHECK(problems_with(R"({"import": "bills", "refs": ["a", "a"]})").size() == 3);
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

namespace {

const std::string kSign = R"({"name": "sign", "kind": "approval", "object": "invoice",
  "triggers": [{"kind": "form"}], "start": "first",
  "variables": [{"name": "limit", "label": "Limit", "type": "integer"}],
  "nodes": {"first": {"kind": "approve", "approvers": [{"users": ["bob"]}], "next": "size"},
            "size": {"kind": "condition", "branches": [{"name": "big", "when": "total > 9"}],
                     "else": "second"},
            "second": {"kind": "task", "approvers": [{"chosen": true}]}}})";

const std::string kPeople = R"({"users": [{"login": "ann"}, {"login": "bob"}, {"login": "hal"}],
  "records": [{"object": "invoice", "ref": "q", "set": {"number": "1"}}]})";

Files signing(const std::string& steps) {
  Files files = billing_with("stories/s.json", story(steps, kPeople));
  files["flows/sign.json"] = kSign;
  return files;
}

}  // namespace

TEST_CASE("every verb of flows is read and written as it was", "[metadata]") {
  const std::string step = GENERATE(values<std::string>({
      R"({"as":"ann","submit":"sign","record":"@q","chosen":{"second":["@bob"]},)"
      R"("variables":{"limit":3},"comment":"soon"})",
      R"({"as":"ann","button":"sign","record":"@q"})",
      R"({"as":"bob","approve":"first","record":"@q","comment":"fine","set":{"total":"1"}})",
      R"({"as":"bob","reject":"first","record":"@q","flow":"sign","comment":"no"})",
      R"({"as":"bob","complete":"second","record":"@q"})",
      R"({"as":"bob","return":"first","record":"@q","to":"$start","direct":true})",
      R"({"as":"bob","transfer":"first","record":"@q","to":"@ann"})",
      R"({"as":"bob","delegate":"first","record":"@q","to":"@ann"})",
      R"({"as":"ann","answer":"first","record":"@q","comment":"looks right"})",
      R"({"as":"bob","add_sign":"first","record":"@q","position":"after",)"
      R"("people":["@ann","@hal"]})",
      R"({"as":"bob","remove_sign":"first","record":"@q","people":["@ann"]})",
      R"({"as":"bob","take_back":"first","record":"@q"})",
      R"({"as":"ann","urge":"first","record":"@q"})",
      R"({"as":"ann","withdraw":"sign","record":"@q"})",
      R"({"as":"hal","suspend":"sign","record":"@q"})",
      R"({"as":"hal","resume":"sign","record":"@q"})",
      R"({"as":"hal","void":"sign","record":"@q"})",
      R"({"as":"ann","comment":"who has it?","record":"@q"})",
      R"({"as":"ann","cc":"sign","record":"@q","people":["@bob"]})",
      R"({"as":"hal","jump":"second","record":"@q","from":"first"})",
      R"({"as":"hal","retry":"first","record":"@q"})",
      R"({"as":"hal","skip":"size","record":"@q","port":"big"})",
      R"({"as":"hal","variables":"sign","record":"@q","set":{"limit":4}})",
      R"({"as":"hal","reassign":"@bob","to":"@ann"})",
      R"({"as":"hal","approvers":"second","record":"@q","people":["@bob"]})",
      R"({"disable_user":"@bob","record":"@q"})",
      R"({"as":"ann","preview":"sign","record":"@q","expect":{"route":["first: bob"]}})",
      R"({"event":"paid","correlation":"7"})",
      R"({"record":"@q","expect":{"open":{"first":["bob"],"second":["@ann"]},"run":"running",)"
      R"("seats":["first bob open"],"history":[],"jobs":[],"notified":["task @bob"]}})",
  }));
  CAPTURE(step);
  const Files files = signing(step);
  CHECK(problems_of(files).empty());
  const auto stories = read_stories(files);
  REQUIRE(stories);
  json::Writer writer;
  write(writer, stories->front());
  CHECK(writer.take().find("\"steps\":[" + step + "]") != std::string::npos);
}

TEST_CASE("what a story says of flows is checked where it stands", "[metadata]") {
  const auto [step, at, rule] = GENERATE(table<const char*, const char*, const char*>({
      {R"({"as": "ann", "submit": "sing", "record": "@q"})", "submit", "unknown_flow"},
      {R"({"as": "ann", "submit": "sign"})", "", "required"},
      {R"({"as": "ann", "submit": "sign", "record": "q"})", "record", "reference"},
      {R"({"as": "ann", "submit": "sign", "record": "@p"})", "record", "unknown_reference"},
      {R"({"as": "bob", "approve": "frist", "record": "@q"})", "approve", "unknown_node"},
      {R"({"as": "bob", "approve": "first", "record": "@q", "set": {"totl": "1"}})", "set/totl",
       "unknown_field"},
      {R"({"as": "bob", "transfer": "first", "record": "@q", "to": "@cid"})", "to",
       "unknown_reference"},
      {R"({"as": "bob", "transfer": "first", "record": "@q", "to": "ann"})", "to", "reference"},
      {R"({"as": "bob", "return": "first", "record": "@q", "to": "start"})", "to", "unknown_node"},
      {R"({"as": "bob", "add_sign": "first", "record": "@q", "people": ["@ann"]})", "", "required"},
      {R"({"as": "hal", "skip": "size", "record": "@q", "port": "bigg"})", "port", "unknown_port"},
      {R"({"as": "hal", "variables": "sign", "record": "@q", "set": {"limits": 1}})", "set/limits",
       "unknown_variable"},
      {R"({"as": "ann", "approve": "first", "submit": "sign", "record": "@q"})", "", "verb"},
      {R"({"record": "@q", "expect": {"run": "aproved"}})", "expect/run", "unknown_state"},
      {R"({"record": "@q", "expect": {"open": {"frst": []}}})", "expect/open/frst", "unknown_node"},
      {R"({"record": "@q", "expect": {"open": {"first": ["bo"]}}})", "expect/open/first",
       "unknown_reference"},
      {R"({"record": "@q", "expect": {"route": []}})", "expect/route", "verb"},
  }));
  CAPTURE(step);
  const auto problems = problems_of(signing(step));
  REQUIRE(!problems.empty());
  const std::string place = *at == '\0' ? "" : "/" + std::string(at);
  CHECK(problems.front().at == "stories/s.json: steps/0" + place);
  CHECK(problems.front().rule == rule);
}

TEST_CASE("a rename reaches what people fill in where they decide", "[metadata]") {
  const Files files = signing(R"({"as": "bob", "approve": "first", "record": "@q", "flow": "sign",
    "set": {"total": "2"}, "expect": {"record": {"total": "2"}}})");
  const auto renamed = rename(files, &system_bundle(), "invoice.total", "sum");
  REQUIRE(renamed);
  Files whole = files;
  for (const auto& [path, text] : *renamed) whole[path] = text;
  const auto stories = read_stories(whole);
  REQUIRE(stories);
  const StoryStep& step = stories->front().steps.front();
  CHECK(step.set == StoryValues{{"sum", "\"2\""}});
  CHECK(step.expect.record == StoryValues{{"sum", "\"2\""}});
  CHECK(step.act.flow == "sign");
}

}  // namespace tenon::metadata
