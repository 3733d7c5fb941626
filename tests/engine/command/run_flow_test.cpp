#include "engine/command/act_on_run.h"

#include "engine/command/record_hold.h"
#include "tests/support/claims.h"

namespace tenon::command {
namespace {

using support::asks;
using support::Claims;
using support::claims;
using support::nodes;
using support::told;

const std::string kBob = R"({"users": ["bob"]})";
const std::string kThree = R"({"users": ["bob", "cid", "eve"]})";

metadata::Files one_task(const std::string& rest = "") {
  return claims(nodes("first", asks("first", kBob, rest)));
}

}  // namespace

TEST_CASE("a claim is submitted, approved, and then the run is over", "[command][flow]") {
  Claims claims_app(one_task());
  const RecordId claim = claims_app.claim();
  REQUIRE(claims_app.start("ann", claim) == "");
  CHECK(claims_app.state() == "first: bob");
  CHECK(claims_app.notices() == "task bob");
  REQUIRE(claims_app.approve("bob") == "");
  CHECK(claims_app.state() == "approved");
  CHECK(claims_app.notices() == "task bob; finished ann");
}

TEST_CASE("votes are counted over what is in the database", "[command][flow]") {
  const auto [voting, after_one, after_two, after_three] =
      GENERATE(table<std::string, std::string, std::string, std::string>({
          {R"({"mode": "all"})", "first: cid eve", "first: eve", "approved"},
          {R"({"mode": "any"})", "approved", "", ""},
          {R"({"mode": "sequence"})", "first: cid", "first: eve", "approved"},
          {R"({"mode": "ratio", "need": 60})", "first: cid eve", "approved", ""},
      }));
  CAPTURE(voting);
  Claims app(claims(nodes("first", asks("first", kThree, "\"voting\": " + voting))));
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(app.approve("bob") == "");
  CHECK(app.state() == after_one);
  if (after_two.empty()) return;
  CHECK(app.approve("cid") == "");
  CHECK(app.state() == after_two);
  if (after_three.empty()) return;
  CHECK(app.approve("eve") == "");
  CHECK(app.state() == after_three);
}

TEST_CASE("a record that a run holds is not written or deleted by others", "[command][flow]") {
  Claims app(one_task());
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  CHECK(told(app.update("claim", claim, R"({"amount": "5"})", {}, app.as("ann"))) ==
        "locked amount:locked");
  CHECK(told(app.update("claim", claim, R"({"amount": "100"})", {}, app.as("ann"))) == "");
  CHECK(told(app.erase("claim", claim, {}, app.as("ann"))) == "locked :locked");
  CHECK(told(app.erase("user", app.who("fin"))) == "");
  REQUIRE(app.approve("bob") == "");
  CHECK(told(app.update("claim", claim, R"({"amount": "5"})", {}, app.as("ann"))) == "");
}

TEST_CASE("some fields only are held where the flow says so", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kBob),
                          R"("settings": {"lock": "fields", "lock_fields": ["amount"]}, )")));
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  CHECK(told(app.update("claim", claim, R"({"title": "Train"})", {}, app.as("ann"))) == "");
  CHECK(told(app.update("claim", claim, R"({"amount": "5"})", {}, app.as("ann"))) ==
        "locked amount:locked");
}

TEST_CASE("who approves writes the fields that the node gives, and no others", "[command][flow]") {
  Claims app(one_task(R"("fields": {"granted": "write"})"));
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  CHECK(app.approve("bob", R"({"amount": "1"})") != "");
  CHECK(app.state() == "first: bob");
  CHECK(app.act("cid", flow::Approve{app.by(), 0}, R"({"granted": "1"})") == "denied seat:denied");
  REQUIRE(app.approve("bob", R"({"granted": "80"})") == "");
  CHECK(app.value("claim", claim, "granted") == "\"80.00\"");
  CHECK(app.state() == "approved");
}

TEST_CASE("a form may hold what the node gives beside what is one's own to write",
          "[command][flow]") {
  Claims app(claims(
      nodes("first", asks("first", R"({"users": ["ann"]})", R"("fields": {"granted": "write"})"),
            R"("settings": {"lock": "none"}, )")));
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  REQUIRE(app.approve("ann", R"({"granted": "80", "title": "Train"})") == "");
  CHECK(app.value("claim", claim, "title") == "\"Train\"");
}

TEST_CASE("a form that rules refuse leaves the decision undone", "[command][flow]") {
  Claims app(one_task(R"("fields": {"title": "write"})"));
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  CHECK(app.approve("bob", R"({"title": ""})") == "invalid title:required");
  CHECK(app.state() == "first: bob");
  CHECK(app.value("claim", claim, "title") == "\"Taxi\"");
}

TEST_CASE("a reject ends an approval, and the record is free", "[command][flow]") {
  Claims app(one_task());
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  REQUIRE(app.reject("bob") == "");
  CHECK(app.state() == "rejected");
  CHECK(told(app.update("claim", claim, R"({"amount": "5"})", {}, app.as("ann"))) == "");
  CHECK(app.start("ann", claim) == "");
}

TEST_CASE("sent back to who began it, they mend it and submit again", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kBob, R"("next": "second")") + ", " +
                                       asks("second", R"({"users": ["fay"]})"))));
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  REQUIRE(app.approve("bob") == "");
  REQUIRE(app.act("fay", flow::Return{app.by("how much?"), app.seat("fay"),
                                      std::string(flow::kStartId), false}) == "");
  CHECK(app.state() == "$start: ann");
  CHECK(told(app.update("claim", claim, R"({"amount": "70"})", {}, app.as("ann"))) == "");
  REQUIRE(app.act("ann", flow::Complete{app.by(), app.seat("ann")}, R"({"title": "Taxi home"})") ==
          "");
  CHECK(app.value("claim", claim, "title") == "\"Taxi home\"");
  CHECK(app.state() == "first: bob");
}

TEST_CASE("withdrawn before a decision, refused after it", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kThree))));
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(app.act("bob", flow::Withdraw{app.by()}) == "denied :denied");
  REQUIRE(app.act("ann", flow::Withdraw{app.by()}) == "");
  CHECK(app.state() == "withdrawn");
  CHECK(app.notices() == "finished ann");
  REQUIRE(app.start("ann", app.claim()) == "");
  REQUIRE(app.approve("bob") == "");
  CHECK(app.act("ann", flow::Withdraw{app.by()}) == "conflict :too_late");
}

TEST_CASE("a seat is handed on to somebody who is there", "[command][flow]") {
  Claims app(one_task());
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(app.act("bob", flow::Transfer{app.by(), app.seat("bob"), {12345}}) ==
        "invalid to:disabled");
  REQUIRE(app.act("bob", flow::Transfer{app.by(), app.seat("bob"), app.who("cid")}) == "");
  CHECK(app.state() == "first: cid");
  CHECK(app.act("bob", flow::Approve{app.by(), 0}) == "denied seat:denied");
  REQUIRE(app.approve("cid") == "");
}

TEST_CASE("what is due is decided when its time has come", "[command][flow]") {
  Claims app(one_task(R"("due": {"after": "PT8H"}, "on_due": [{"do": "remind", "every": "PT1H",
                         "most": 2}, {"do": "approve"}])"));
  REQUIRE(app.start("ann", app.claim()) == "");
  app.pass(7 * 3'600'000);
  CHECK(app.notices() == "task bob");
  app.pass(3'600'000);
  CHECK(app.notices() == "task bob; reminder bob");
  app.pass(3'600'000);
  CHECK(app.state() == "first: bob");
  app.pass(3'600'000);
  CHECK(app.state() == "approved");
}

TEST_CASE("a suspended run waits; resumed, its time goes on", "[command][flow]") {
  Claims app(one_task(R"("due": {"after": "PT8H"}, "on_due": [{"do": "approve"}])"));
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(app.act("bob", flow::Suspend{app.by()}) == "denied :denied");
  REQUIRE(app.act("hal", flow::Suspend{app.by()}) == "");
  app.pass(20 * 3'600'000);
  CHECK(app.state() == "suspended first: bob");
  REQUIRE(app.act("hal", flow::Resume{app.by()}) == "");
  app.pass(7 * 3'600'000);
  CHECK(app.state() == "first: bob");
  app.pass(3'600'000);
  CHECK(app.state() == "approved");
}

TEST_CASE("submitted twice there is one run", "[command][flow]") {
  Claims app(one_task());
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  CHECK(app.start("ann", claim) == "conflict :active");
}

TEST_CASE("the same request again changes nothing; another decision comes too late",
          "[command][flow]") {
  Claims app(one_task());
  REQUIRE(app.start("ann", app.claim()) == "");
  const flow::Approve approve{app.by(), app.seat("bob")};
  REQUIRE(app.act("bob", approve) == "");
  CHECK_FALSE(app.is_repeated);
  const auto entries = app.kept().run.history.size();
  REQUIRE(app.act("bob", approve) == "");
  CHECK(app.is_repeated);
  CHECK(app.kept().run.history.size() == entries);
  CHECK(app.act("bob", flow::Reject{app.by("no"), 0}) == "conflict seat:decided");
}

TEST_CASE("who is disabled or deleted leaves no open seat behind", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kThree))));
  REQUIRE(app.start("ann", app.claim()) == "");
  REQUIRE(
      app.update("user", app.who("cid"), "{\"hand_over\": \"" + text_of(app.who("gus")) + "\"}"));
  REQUIRE(told(app.update("user", app.who("cid"), R"({"active": false})")) == "");
  CHECK(app.state() == "first: bob gus eve");
  REQUIRE(told(app.erase("user", app.who("eve"))) == "");
  CHECK(app.state() == "first: bob gus hal");
  REQUIRE(app.approve("hal") == "");
}

TEST_CASE("in whose stead somebody is asked stands in the seat", "[command][flow]") {
  Claims app(one_task());
  app.made("delegation",
           R"({"from": ")" + text_of(app.who("bob")) + R"(", "to": ")" + text_of(app.who("gus")) +
               R"(", "begins": "2027-01-01T00:00:00Z", "until": "2027-02-01T00:00:00Z"})");
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(app.state() == "first: gus");
  CHECK(app.kept().run.seats[0].behalf_of == app.who("bob"));
}

TEST_CASE("managers, heads and members of roles come out of the records", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", R"({"managers": {}}, {"department_head": {}},
                                                    {"role": "finance"})"))));
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(app.state() == "first: bob eve fay fin");
}

}  // namespace tenon::command
