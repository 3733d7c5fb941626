// Runs that nothing would move are found: none of themselves, whatever is taken away.
#include "engine/command/stuck_runs.h"

#include "tests/support/claims.h"

namespace tenon::command {
namespace {

using support::asks;
using support::Claims;
using support::claims;
using support::nodes;

const std::string kBob = R"({"users": ["bob"]})";
const std::string kDue = R"("due": {"after": "PT8H"}, "on_due": [{"do": "approve"}])";

std::string stuck_in(Claims& app) {
  std::string text;
  app.ask(support::the_system(), [&](const query::Context& context) {
    for (const StuckRun& one : stuck_runs(context.tx, app.clock.now, 10)) {
      CHECK(one.run == app.run);
      text += one.why;
    }
  });
  return text;
}

// As no command does it.
void break_it(Claims& app, const std::string& sql) {
  CHECK(app.carry_out(support::the_system(), [&](Context& context) {
    context.tx.script(sql);
    return done();
  }));
}

}  // namespace

TEST_CASE("of itself no run stands still", "[command][flow]") {
  Claims app(claims(nodes("both", R"("both": {"kind": "parallel", "next": "wait", "branches": [
        {"name": "a", "next": "first"}, {"name": "b", "next": "event"}]},
      "event": {"kind": "wait", "event": "go"}, "wait": {"kind": "wait", "duration": "PT1H"}, )" +
                                      asks("first", kBob, kDue))));
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(stuck_in(app) == "");
  app.clock.now += 20 * 3'600'000;
  CHECK(stuck_in(app) == "");
  REQUIRE(app.act("hal", flow::Suspend{app.by()}) == "");
  CHECK(stuck_in(app) == "");
  REQUIRE(app.act("hal", flow::Void{app.by()}) == "");
  CHECK(stuck_in(app) == "");
}

TEST_CASE("a run whose people are gone is told", "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kBob))));
  REQUIRE(app.start("ann", app.claim()) == "");
  break_it(app, "UPDATE flow_task SET state = 'cancelled'");
  CHECK(stuck_in(app) ==
        "token 0 waits for people, and nobody is asked; jump to a node, or void the run");
}

TEST_CASE("a run without a token, and a token without an end of its step, are told",
          "[command][flow]") {
  Claims app(claims(nodes("first", asks("first", kBob))));
  REQUIRE(app.start("ann", app.claim()) == "");
  break_it(app, "UPDATE flow_token SET state = 'asking'");
  CHECK(stuck_in(app) == "token 0 is in the middle of a step; jump to a node, or void the run");
  break_it(app, "UPDATE flow_token SET state = 'left'");
  CHECK(stuck_in(app) == "it is under way and stands nowhere; void it");
}

TEST_CASE("a timer whose job is gone, or late, is told, and comes when the run is resumed",
          "[command][flow]") {
  const std::string why = "no job comes for its timer; suspend and resume it";
  Claims app(claims(nodes("first", asks("first", kBob, kDue))));
  REQUIRE(app.start("ann", app.claim()) == "");
  break_it(app, "UPDATE job SET due_at = due_at + 1 WHERE kind = 'flow_timer'");
  CHECK(stuck_in(app) == why);
  break_it(app, "DELETE FROM job WHERE kind = 'flow_timer'");
  CHECK(stuck_in(app) == why);
  REQUIRE(app.act("hal", flow::Suspend{app.by()}) == "");
  REQUIRE(app.act("hal", flow::Resume{app.by()}) == "");
  CHECK(stuck_in(app) == "");
  app.pass(8 * 3'600'000);
  CHECK(app.state() == "approved");
}

}  // namespace tenon::command
