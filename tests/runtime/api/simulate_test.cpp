// Simulations over HTTP: what a run would come to, of which nothing remains.
#include <catch2/catch.hpp>

#include "engine/story/story.h"
#include "tests/runtime/api/claims_office.h"

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

std::string body_of(const std::string& claim, const std::string& more = "") {
  const auto& ann = claims_office().who("ann");
  return R"({"record": ")" + claim + R"(", "who": ")" + ann + "\"" + more + "}";
}

Answer simulated(const std::string& flow, const std::string& body) {
  return claims_office().person("hal").post("/flows/" + flow + "/simulate", body);
}

Texts warnings_of(const Answer& answer) {
  Texts lines;
  for (std::size_t i = 0; i < answer.size("warnings"); ++i) {
    const std::string at = "warnings/" + std::to_string(i) + "/";
    lines.push_back(answer.text(at + "node") + ": " + answer.text(at + "rule"));
  }
  return lines;
}

// A flow of the claims office, as a designer would draft it.
std::string draft(const std::string& nodes, const std::string& start = "first") {
  return R"(, "definition": {"name": "sign", "label": "Sign", "kind": "approval",
    "object": "claim", "triggers": [{"kind": "form"}], "start": ")" +
         start + R"(", "nodes": {)" + nodes + "}}";
}

}  // namespace

TEST_CASE("A simulation tells the route, whom it asks and why, and when", "[simulate]") {
  auto& office = claims_office();
  const auto answer = simulated("sign", body_of(office.claim(), R"(, "at": "2027-03-01T08:00:00Z",
               "script": [{"node": "first", "do": "approve", "after": "PT2H",
                           "comment": "fine"}])"));
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.text("run/result") == "approved");
  CHECK(answer.text("run/initiator/name") == "The ann");
  CHECK(answer.text("run/can") == "[]");
  CHECK(answer.each("steps", "what") == Texts{"submit", "approve", "approve"});
  CHECK(answer.each("steps", "at") ==
        Texts{"2027-03-01T08:00:00Z", "2027-03-01T10:00:00Z", "2027-03-01T10:00:00Z"});
  CHECK(answer.text("steps/0/open/0/people/0/name") == "The bob");
  CHECK(answer.text("steps/0/tokens/0/node") == "first");
  CHECK(answer.text("steps/1/comment") == "fine");
  CHECK(answer.each("people", "node") == Texts{"first", "second"});
  CHECK(answer.each("people", "why") == Texts{"users", "users"});
  CHECK(answer.text("people/1/source") == "eve");
  CHECK(warnings_of(answer).empty());
  CHECK(answer.text("values/title") == "Taxi");
  CHECK(answer.text("story") == "null");
  Texts taken;
  for (std::size_t i = 0; i < answer.size("ways"); ++i) {
    const std::string at = "ways/" + std::to_string(i) + "/";
    if (answer.text(at + "taken") == "true") {
      taken.push_back(answer.text(at + "node") + "." + answer.text(at + "way"));
    }
  }
  CHECK(taken == Texts{"first.next", "second.next"});
}

TEST_CASE("Nothing of a simulation remains, not even a number", "[simulate]") {
  auto& office = claims_office();
  const std::string claim = office.claim("Numbered");
  const auto number = office.person("ann").get("/records/claim/" + claim).text("number");
  office.person("hal").get("/me");
  const auto before = office.tables();
  const auto answer = simulated(
      "sign", R"({"values": {"title": "Not yet", "amount": "5"}, "who": ")" + office.who("ann") +
                  R"(", "script": [{"node": "second", "do": "return", "to": "first"}]})");
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.text("values/title") == "Not yet");
  CHECK(answer.text("values/number") > number);
  CHECK(answer.text("run/record/title") == "Not yet");
  CHECK(answer.size("steps") == 5);
  CHECK(simulated("sign", body_of(claim, R"(, "story": "kept")")).status == 200);
  const auto refused = simulated("sign", body_of(claim, R"(, "script": [
      {"node": "first", "do": "return", "to": "nowhere"}])"));
  CHECK(refused.status == 422);
  CHECK(refused.problems().front().substr(0, 8) == "script/0");
  CHECK(office.tables() == before);
  CHECK(office.start("sign", claim).status == 201);
}

TEST_CASE("A draft is simulated as it would be published", "[simulate]") {
  auto& office = claims_office();
  const std::string claim = office.claim("Drafted");
  const auto before = office.tables();
  const auto answer = simulated("sign", body_of(claim, draft(R"(
      "first": {"kind": "approve", "approvers": [{"managers": {}}, {"initiator": true}],
                "if_initiator": "skip", "next": "second"},
      "second": {"kind": "approve", "approvers": [{"field": "created_by"}],
                 "if_initiator": "manager", "next": "third"},
      "third": {"kind": "approve", "approvers": [{"role": "keeper"}], "next": "fourth"},
      "fourth": {"kind": "approve", "approvers": [{"department_head": {}}], "if_empty": "auto_pass",
                 "next": "fifth"},
      "fifth": {"kind": "approve", "approvers": [{"department_head": {}}]})")));
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(office.tables() == before);
  const auto why = answer.each("people", "why");
  REQUIRE(why.size() > 3);
  CHECK(Texts(why.begin(), why.begin() + 4) ==
        Texts{"managers", "instead_of_initiator", "role", "fallback"});
  CHECK(answer.text("people/2/source") == "keeper");
  CHECK(answer.each("dropped", "reason") == Texts{"initiator", "initiator"});
  CHECK(warnings_of(answer) == Texts{"fifth: fallback", "fourth: nobody"});
}

TEST_CASE("A draft that could not be published is refused with its problems", "[simulate]") {
  auto& office = claims_office();
  const std::string claim = office.claim("Wrong");
  const auto wrong = simulated("sign", body_of(claim, draft(R"("first": {"kind": "approve",
      "approvers": [{"role": "nobody"}], "next": "gone"})")));
  CHECK(wrong.status == 422);
  INFO(wrong.body);
  for (const std::string& problem : wrong.problems()) {
    CHECK(problem.substr(0, 16) == "flows/sign.json:");
  }
  CHECK(wrong.problems().size() == 2);
  const auto named = simulated("both", body_of(claim, draft(R"("first": {"kind": "end"})")));
  CHECK(named.problems() == Texts{"name: name"});
  const auto formula = simulated("sign", body_of(claim, draft(R"("first": {"kind": "condition",
      "branches": [{"name": "a", "when": "amout > 1", "next": "last"}], "else": "last"},
      "last": {"kind": "end"})")));
  CHECK(formula.status == 422);
}

TEST_CASE("What nobody is scripted for waits, with the time that it has", "[simulate]") {
  auto& office = claims_office();
  const std::string claim = office.claim("Silent");
  const auto answer = simulated("both", body_of(claim, R"(, "others": "wait",
      "script": [{"node": "only", "person": ")" + office.who("cid") +
                                                           R"(", "do": "approve"}])"));
  REQUIRE(answer.status == 200);
  CHECK(answer.text("run/state") == "running");
  CHECK(answer.text("steps/1/person/name") == "The cid");
  CHECK(warnings_of(answer) == Texts{"only: waits"});
  const auto timed = simulated("sign", body_of(claim, R"(, "others": "wait")" + draft(R"(
      "first": {"kind": "approve", "approvers": [{"users": ["bob"]}], "due": {"after": "PT4H"},
                "on_due": [{"do": "approve"}]})")));
  INFO(timed.body);
  CHECK(timed.text("run/result") == "approved");
  CHECK(timed.each("steps", "what") == Texts{"submit", "time"});
  CHECK(warnings_of(timed) == Texts{"first: overdue"});
}

TEST_CASE("A simulation that never ends is stopped", "[simulate]") {
  const auto answer = simulated("sign", body_of(claims_office().claim("Round"), draft(R"(
      "first": {"kind": "wait", "duration": "PT1H", "next": "again"},
      "again": {"kind": "wait", "duration": "PT1H", "next": "first"})")));
  INFO(answer.body.substr(0, 900));
  REQUIRE(answer.status == 200);
  CHECK(warnings_of(answer) == Texts{"null: too_long"});
  CHECK(answer.size("steps") == 201);
}

TEST_CASE("Only who administers flows simulates, and only what they see", "[simulate]") {
  auto& office = claims_office();
  const std::string claim = office.claim("Seen");
  CHECK(office.person("ann").post("/flows/sign/simulate", body_of(claim)).status == 403);
  CHECK(simulated("none", body_of(claim)).status == 404);
  CHECK(simulated("sign", body_of("0000000000000")).status == 404);
  const auto bob =
      simulated("sign", R"({"record": ")" + claim + R"(", "who": ")" + office.who("bob") + "\"}");
  CHECK(bob.problems() == Texts{"who: may_not_start"});
  const auto nobody =
      simulated("sign", R"({"record": ")" + claim + R"(", "who": "0000000000000"})");
  CHECK(nobody.problems() == Texts{"who: person"});
}

TEST_CASE("What a simulation's body says wrongly is named at its place", "[simulate]") {
  auto& office = claims_office();
  const std::string claim = office.claim("Body");
  const auto problems = [](const std::string& body) { return simulated("sign", body).problems(); };
  CHECK(problems("{}") == Texts{"record: required"});
  CHECK(problems(R"({"record": "?"})") == Texts{"record: record"});
  CHECK(problems(body_of(claim, R"(, "values": {})")) == Texts{"record: required"});
  CHECK(problems(body_of(claim, R"(, "at": "today")")) == Texts{"at: datetime"});
  CHECK(problems(body_of(claim, R"(, "others": "sleep")")) == Texts{"others: others"});
  CHECK(problems(body_of(claim, R"(, "story": "No name")")) == Texts{"story: name"});
  CHECK(problems(body_of(claim, R"(, "script": [{"node": "first", "do": "dance",
                                    "after": "soon"}])")) ==
        Texts{"script/0/do: do", "script/0/after: duration"});
  CHECK(problems(body_of(claim, R"(, "script": [{"node": "nowhere", "do": "approve"}])")) ==
        Texts{"script/0/node: unknown_node"});
  const std::string who = R"("who": ")" + office.who("ann") + "\"";
  CHECK(problems(R"({"values": {"amount": "1"}, )" + who + "}") == Texts{"title: required"});
}

TEST_CASE("A simulation saved as a story is green in its bundle", "[simulate]") {
  auto& office = claims_office();
  const auto answer =
      simulated("sign", body_of(office.claim("Told", "12.5"), R"(, "at": "2027-03-01T08:00:00Z",
               "story": "told_as_simulated", "script": [
                 {"node": "first", "do": "reject", "comment": "no", "after": "PT2H"}])"));
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.text("story/path") == "stories/told_as_simulated.json");
  CHECK(answer.text("story/differences") == "[]");
  CHECK(answer.text("story/file/given/records/0/set/amount") == "12.50");
  CHECK(answer.text("story/file/steps/1/clock") == "2027-03-01T10:00:00Z");
  const auto drafted =
      simulated("sign", body_of(office.claim("Told"), R"(, "story": "drafted")" + draft(R"(
                "first": {"kind": "approve", "approvers": [{"users": ["bob"]}], "next": "set"},
                "set": {"kind": "record", "verb": "update", "set": {"granted": "amount"}})")));
  INFO(drafted.body);
  REQUIRE(drafted.status == 200);
  CHECK(drafted.text("story/differences") == "[]");
  CHECK(drafted.text("values/granted") == "100.00");
}

}  // namespace tenon::api::test
