// What runs do of themselves: nodes that write, flows that call flows, versions, previews.
#include "engine/command/record_hold.h"
#include "engine/query/flow_metrics.h"
#include "engine/run/inbox.h"
#include "tests/support/claims.h"

namespace tenon::command {
namespace {

using support::asks;
using support::Claims;
using support::claims;
using support::nodes;
using support::told;

const std::string kBob = R"({"users": ["bob"]})";

std::vector<flow::RunId> runs_of(Claims& app, RecordId claim) {
  std::vector<flow::RunId> runs;
  app.ask(support::the_system(), [&](const query::Context& context) {
    runs = run::runs_of(context.tx, "claim", claim, 100);
  });
  return runs;
}

metadata::Files calling() {
  auto files =
      claims(nodes("call", R"("call": {"kind": "subflow", "flow": "ask", "next": "last"}, )" +
                               asks("last", R"({"users": ["fay"]})")));
  files["flows/ask.json"] =
      R"({"name": "ask", "label": "Ask", "kind": "approval", "object": "claim",
    "triggers": [{"kind": "call"}], )" +
      nodes("first", asks("first", kBob)) + "}";
  return files;
}

}  // namespace

TEST_CASE("a node writes its record as the flow, though the run holds it", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kBob, R"("next": "set")") +
                                       R"(, "set": {"kind": "record", "verb": "update",
        "set": {"state": "\"paid\"", "granted": "amount / 2"}})")));
  const RecordId claim = app.claim("90");
  REQUIRE(app.start("ann", claim) == "");
  REQUIRE(app.approve("bob") == "");
  CHECK(app.state() == "approved");
  CHECK(app.value("claim", claim, "state") == "\"paid\"");
  CHECK(app.value("claim", claim, "granted") == "\"45.00\"");
}

TEST_CASE("a write that is refused is an incident, and nothing of it stays", "[command][flow]") {
  Claims app(claims(nodes("set", R"json("set": {"kind": "record", "verb": "update",
      "set": {"state": "\"x\"", "title": "IF(amount > 0, null, \"x\")"}})json")));
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  CHECK(app.state() == "incident required");
  CHECK(app.value("claim", claim, "state") == "null");
  CHECK(app.notices() == "incident hal");
  REQUIRE(app.act("hal", flow::Skip{app.by(), 0}) == "");
  CHECK(app.state() == "approved");
}

TEST_CASE("a flow that is called has a run of its own, shares the lock, and answers",
          "[command][flow]") {
  Claims app(calling());
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  const flow::RunId caller = app.run;
  REQUIRE(runs_of(app, claim).size() == 2);
  app.run = runs_of(app, claim).front();
  CHECK(app.state() == "first: bob");
  CHECK(app.kept().parent == caller);
  REQUIRE(app.approve("bob") == "");
  CHECK(app.state() == "approved");
  CHECK(app.state(caller) == "last: fay");
  CHECK(told(app.update("claim", claim, R"({"amount": "5"})", {}, app.as("ann"))) ==
        "locked amount:locked");
  app.run = caller;
  REQUIRE(app.approve("fay") == "");
  CHECK(told(app.update("claim", claim, R"({"amount": "5"})", {}, app.as("ann"))) == "");
}

TEST_CASE("a flow that could not begin leaves a run that says which rule kept it from that",
          "[command][flow]") {
  auto files = calling();
  Claims app(files);
  const RecordId claim = app.claim();
  // The flow that is called is under way already: it is an approval.
  REQUIRE(app.start("ann", claim, "sign") == "");
  const flow::RunId first = app.run;
  files["flows/other.json"] = R"({"name": "other", "label": "Other", "kind": "automation",
    "object": "claim", "triggers": [{"kind": "form"}], "settings": {"lock": "none"}, )" +
                              nodes("call", R"("call": {"kind": "subflow", "flow": "ask"})") + "}";
  REQUIRE(app.publish(files));
  REQUIRE(app.start("ann", claim, "other") == "");
  const flow::RunId caller = app.run;
  CHECK(app.state() == "incident active");
  CHECK(app.kept().run.tokens[0].incident->message.find("\"ask\"") != std::string::npos);
  const auto runs = runs_of(app, claim);
  REQUIRE(runs.size() == 4);
  const auto kept = app.kept(runs.front());
  CHECK(kept.parent == caller);
  CHECK(kept.run.flow == "ask");
  CHECK(kept.run.state == flow::RunState::finished);
  CHECK(kept.run.result == flow::RunResult::suppressed);
  CHECK(kept.run.tokens.empty());
  REQUIRE(kept.run.history.size() == 1);
  CHECK(kept.run.history[0].reason == "active");
  app.ask(support::the_system(), [&](const query::Context& context) {
    CHECK(query::flow_metrics(context, *context.app.find_flow("ask")).runs["suppressed"] == 1);
    CHECK(run::begun(context.tx, {.user = app.who("ann"), .count_max = 10}).size() == 2);
  });
  // It holds nothing, and the call can be tried again once the other one is over.
  app.run = first;
  REQUIRE(app.act("ann", flow::Withdraw{app.by()}) == "");
  app.run = caller;
  REQUIRE(app.act("hal", flow::Retry{app.by(), 0}) == "");
  CHECK(app.state() == "");
  CHECK(app.state(runs_of(app, claim).front()) == "first: bob");
}

TEST_CASE("a flow that is called in a circle ends with the rule", "[command][flow]") {
  auto files =
      claims(nodes("call", R"("call": {"kind": "subflow", "flow": "sign"})"), "automation");
  files["flows/sign.json"].replace(files["flows/sign.json"].find(R"({"kind": "form"})"), 16,
                                   R"({"kind": "form"}, {"kind": "call"})");
  Claims app(files);
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  CHECK(app.state() == "incident reentry");
  CHECK(app.state(runs_of(app, claim).front()) == "suppressed");
}

TEST_CASE("who withdraws a run takes along what it called", "[command][flow]") {
  Claims app(calling());
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  REQUIRE(app.act("ann", flow::Withdraw{app.by()}) == "");
  CHECK(app.state(runs_of(app, claim).front()) == "voided");
}

TEST_CASE("what a called flow came to is heard when its caller is resumed", "[command][flow]") {
  Claims app(calling());
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  const flow::RunId caller = app.run;
  REQUIRE(app.act("hal", flow::Suspend{app.by()}) == "");
  app.run = runs_of(app, claim).front();
  REQUIRE(app.approve("bob") == "");
  app.run = caller;
  REQUIRE(app.act("hal", flow::Resume{app.by()}) == "");
  CHECK(app.state() == "last: fay");
}

TEST_CASE("a run keeps the version that it began with", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kBob))));
  REQUIRE(app.start("ann", app.claim()) == "");
  const flow::RunId old = app.run;
  REQUIRE(
      app.publish(claims(nodes("first", asks("first", R"({"users": ["cid"]})", R"("next": "x")") +
                                            ", " + asks("x", kBob)))));
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(app.state() == "first: cid");
  CHECK(app.kept().run.version == 2);
  app.run = old;
  CHECK(app.state() == "first: bob");
  app.open_again();
  REQUIRE(app.approve("bob") == "");
  CHECK(app.state() == "approved");
}

TEST_CASE("what running runs need is not taken away from them", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kBob, R"("when": "granted = 0 OR true")"))));
  REQUIRE(app.start("ann", app.claim()) == "");
  auto without = claims(nodes("first", asks("first", kBob)));
  const std::string line =
      "    {\"name\": \"granted\", \"label\": \"Granted\", \"type\": \"money\"},\n";
  without["objects/claim.json"].erase(without["objects/claim.json"].find(line), line.size());
  CHECK(told(app.publish(without, true)) ==
        "invalid flows/sign.json: nodes/first/when 0-7:running_runs");
  REQUIRE(app.approve("bob") == "");
  CHECK(told(app.publish(without, true)) == "");
}

TEST_CASE("the flow of a finished run is known, also of an earlier version", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kBob))));
  REQUIRE(app.start("ann", app.claim()) == "");
  REQUIRE(app.approve("bob") == "");
  REQUIRE(app.publish(claims(nodes("other", asks("other", kBob)))));
  CHECK(told(app.carry_out(app.as("ann"), [&](Context& context) -> Result<void> {
          TENON_TRY(const auto kept, read_run(context, app.run));
          CHECK(definition_of(context, kept)->nodes.front().id == "first");
          CHECK(possible_acts(context, kept).empty());
          return done();
        })) == "");
}

TEST_CASE("what a run does again and again goes on with its timers", "[command][flow]") {
  Claims app(claims(nodes("count", R"("count": {"kind": "assign", "next": "more",
         "set": {"n": "COALESCE($flow.n, 0) + 1"}},
       "more": {"kind": "condition", "else": "last",
         "branches": [{"name": "again", "when": "$flow.n < 20", "next": "stop"}]},
       "stop": {"kind": "wait", "duration": "PT1M", "next": "count"}, "last": {"kind": "end"})",
                          R"("variables": [{"name": "n", "label": "N", "type": "integer"}], )"),
                    "automation"));
  REQUIRE(app.start("ann", app.claim()) == "");
  for (int minute = 0; minute < 18; ++minute) app.pass(60'000);
  CHECK(app.state() == "");
  app.pass(60'000);
  CHECK(app.state() == "completed");
}

TEST_CASE("what falls due at the same time is done at that time", "[command][flow]") {
  Claims app(
      claims(nodes("first", asks("first", R"({"users": ["bob", "cid"]})",
                                 R"("due": {"after": "PT8H"}, "on_due": [{"do": "approve"}])"))));
  REQUIRE(app.start("ann", app.claim()) == "");
  app.pass(8 * 3'600'000);
  CHECK(app.state() == "approved");
}

TEST_CASE("more nodes than a command enters go on by a job", "[command][flow]") {
  std::string list;
  for (int i = 0; i < 250; ++i) {
    list += "\"n" + std::to_string(i) + R"(": {"kind": "assign", "set": {"n": ")" +
            std::to_string(i) + R"("}, "next": "n)" + std::to_string(i + 1) + "\"}, ";
  }
  Claims app(claims(nodes("n0", list + asks("n250", kBob),
                          R"("variables": [{"name": "n", "label": "N", "type": "integer"}], )")));
  REQUIRE(app.start("ann", app.claim()) == "");
  app.ask(support::the_system(), [&](const query::Context& context) {
    CHECK(run::read(context.tx, app.run)->run.visits == 200);
  });
  app.pass(0);
  CHECK(app.state() == "n250: bob");
}

TEST_CASE("a preview says who would be asked, and leaves nothing", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", R"({"managers": {}})", R"("next": "second")") +
                                       ", " + asks("second", R"({"role": "finance"})"))));
  const RecordId claim = app.claim();
  const auto events = app.events().size();
  CHECK(told(app.carry_out(app.as("ann"), [&](Context& context) -> Result<void> {
          TENON_TRY(const auto preview,
                    preview_flow(context, {app.app().find_flow("sign"), claim, {}, {}, ""}));
          REQUIRE(preview.stops.size() == 2);
          CHECK(app.login_of(preview.stops[0].people.at(0).holder) == "bob");
          CHECK(preview.stops[1].people.size() == 2);
          CHECK(preview.result == flow::RunResult::approved);
          return done();
        })) == "");
  CHECK(app.events().size() == events);
  CHECK(runs_of(app, claim).empty());
  REQUIRE(app.start("ann", claim) == "");
  CHECK(told(app.carry_out(app.as("bob"), [&](Context& context) -> Result<void> {
          TENON_TRY(const auto kept, read_run(context, app.run));
          TENON_TRY(const auto next, preview_run(context, kept));
          REQUIRE(next.stops.size() == 1);
          CHECK(next.stops[0].people.size() == 2);
          return done();
        })) == "");
}

TEST_CASE("what somebody may do is told by their seat", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kBob))));
  REQUIRE(app.start("ann", app.claim()) == "");
  const auto acts = [&](const std::string& login, int seat) {
    std::string all;
    CHECK(told(app.carry_out(app.as(login), [&](Context& context) -> Result<void> {
            TENON_TRY(const auto kept, read_run(context, app.run));
            for (const std::string& word : possible_acts(context, kept, seat)) all += word + " ";
            return done();
          })) == "");
    return all;
  };
  CHECK(acts("bob", 0) ==
        "approve reject return transfer delegate add_before add_after add_parallel urge comment "
        "cc ");
  CHECK(acts("cid", 0) == "urge comment cc ");
  CHECK(acts("ann", -1) == "withdraw urge comment cc ");
  CHECK(acts("hal", -1) == "urge comment cc suspend void jump variables reassign ");
}

TEST_CASE("who may not see the record, and takes no part, does not know the run",
          "[command][flow]") {
  auto files = claims(nodes("first", asks("first", kBob)));
  files["roles/finance.json"] = support::role("finance", "");
  Claims app(files);
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  CHECK(app.act("fay", flow::Comment{app.by("hm")}) == "not_found");
  CHECK(app.start("fay", claim) == "not_found");
  REQUIRE(app.act("ann", flow::CopyTo{app.by(), {app.who("fay")}}) == "");
  CHECK(app.act("fay", flow::Comment{app.by("hm")}) == "");
}

TEST_CASE("all of a step is at one moment, however long it takes", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kBob))));
  app.clock.per_look_ms = 7;
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(app.kept().since_ms == std::vector{app.kept().run.started_ms});
  REQUIRE(app.approve("bob") == "");
  CHECK(app.kept().run.history.back().at_ms == app.kept().run.finished_ms);
  CHECK(app.kept().since_ms.front() <= app.kept().run.finished_ms);
}

TEST_CASE("what holds a record is told", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kBob))));
  const RecordId claim = app.claim();
  const auto hold = [&] {
    std::optional<Hold> found;
    (void)app.carry_out(support::the_system(), [&](Context& context) {
      found = hold_of(context, app.object("claim"), claim);
      return done();
    });
    return found;
  };
  CHECK_FALSE(hold());
  REQUIRE(app.start("ann", claim) == "");
  REQUIRE(hold());
  CHECK(hold()->run == app.run);
  CHECK(hold()->is_whole);
}

}  // namespace tenon::command
