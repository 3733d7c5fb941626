#include "engine/command/send_event.h"

#include "engine/command/migrate_run.h"
#include "engine/query/flow_metrics.h"
#include "tests/support/claims.h"

namespace tenon::command {
namespace {

using support::asks;
using support::Claims;
using support::claims;
using support::nodes;
using support::told;

const std::string kWaits =
    R"("news": {"kind": "wait", "event": "paid", "correlation": "title", "next": "first"}, )" +
    asks("first", R"({"users": ["bob"]})");

// How many heard it, or the refusal.
std::string send(Claims& app, const std::string& login, const std::string& event,
                 const std::string& correlation) {
  std::string heard;
  const auto sent = app.carry_out(app.as(login), [&](Context& context) -> Result<void> {
    TENON_TRY(const int runs, send_event(context, {event, correlation}));
    heard = std::to_string(runs);
    return done();
  });
  return sent ? heard : told(sent);
}

query::FlowMetrics metrics(Claims& app) {
  query::FlowMetrics found;
  app.ask(support::the_system(), [&](const query::Context& context) {
    found = query::flow_metrics(context, *context.app.find_flow("sign"));
  });
  return found;
}

}  // namespace

TEST_CASE("an event goes to the runs that wait for it with this correlation", "[command][flow]") {
  Claims app(claims(nodes("news", kWaits)));
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(send(app, "hal", "paid", "Train") == "0");
  CHECK(app.state() == "");
  CHECK(send(app, "hal", "paid", "Taxi") == "1");
  CHECK(app.state() == "first: bob");
  CHECK(send(app, "hal", "paid", "Taxi") == "0");
}

TEST_CASE("a suspended run hears an event, also where another hears it, and goes on when resumed",
          "[command][flow]") {
  Claims app(claims(nodes("news", kWaits)));
  REQUIRE(app.start("ann", app.claim()) == "");
  const flow::RunId still = app.run;
  REQUIRE(app.act("hal", flow::Suspend{app.by()}) == "");
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(send(app, "hal", "paid", "Taxi") == "2");
  CHECK(app.state() == "first: bob");
  CHECK(app.kept(still).run.subscriptions[0].state == flow::Subscription::State::heard);
  CHECK(send(app, "hal", "paid", "Taxi") == "0");  // Heard once.
  app.start_again();
  app.run = still;
  REQUIRE(app.act("hal", flow::Resume{app.by()}) == "");
  CHECK(app.state() == "first: bob");
  CHECK(app.kept().run.subscriptions[0].state == flow::Subscription::State::met);
}

TEST_CASE("an event that a suspended run heard is not waited for again by its newer version",
          "[command][flow]") {
  Claims app(claims(nodes("news", kWaits)));
  REQUIRE(app.start("ann", app.claim()) == "");
  REQUIRE(app.act("hal", flow::Suspend{app.by()}) == "");
  REQUIRE(send(app, "hal", "paid", "Taxi") == "1");
  REQUIRE(app.publish(claims(
      nodes("news",
            R"("news": {"kind": "wait", "event": "paid", "correlation": "title", "next": "x"}, )" +
                asks("x", R"({"users": ["cid"]})", R"("next": "first")") + ", " +
                asks("first", R"({"users": ["bob"]})")))));
  REQUIRE(told(app.carry_out(app.as("hal"), [&](Context& context) -> Result<void> {
            TENON_CHECK(migrate_run(context, {.run = app.run}));
            return done();
          })) == "");
  REQUIRE(app.act("hal", flow::Resume{app.by()}) == "");
  CHECK(app.state() == "x: cid");
}

TEST_CASE("an event that comes early is kept, and heard by the first who waits",
          "[command][flow]") {
  Claims app(claims(nodes("news", kWaits)));
  CHECK(send(app, "hal", "paid", "Taxi") == "0");
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(app.state() == "first: bob");
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(app.state() == "");
}

TEST_CASE("events are sent by who administers flows, and have a name", "[command][flow]") {
  Claims app(claims(nodes("news", kWaits)));
  CHECK(send(app, "ann", "paid", "Taxi") == "denied :denied");
  CHECK(send(app, "hal", "Paid!", "Taxi") == "invalid event:name");
  CHECK(send(app, "hal", "paid", std::string(200, 'x')) == "0");
  CHECK(send(app, "hal", "paid", std::string(201, 'x')) == "limit correlation:length");
}

TEST_CASE("what runs do is counted by node as they are written", "[command][flow]") {
  Claims app(claims(nodes(
      "first", asks("first", R"({"users": ["bob"]})",
                    R"("due": {"after": "PT1H"}, "on_reject": "to_node", "reject_to": "first")"))));
  REQUIRE(app.start("ann", app.claim()) == "");
  auto found = metrics(app);
  REQUIRE(found.nodes.size() == 2);
  CHECK(found.nodes[1].open == 1);
  CHECK(found.nodes[1].visits == 1);
  CHECK(found.nodes[1].p50_ms == -1);
  CHECK(found.runs["running"] == 1);
  app.clock.now += 2 * 3'600'000;
  CHECK(metrics(app).nodes[1].overdue == 1);
  REQUIRE(app.reject("bob") == "");
  found = metrics(app);
  CHECK(found.nodes[1].open == 1);
  CHECK(found.nodes[1].visits == 2);
  CHECK(found.nodes[1].rework == 1);
  CHECK(found.nodes[1].p50_ms > 2 * 3'600'000 * 4 / 5);
  CHECK(found.nodes[1].p50_ms < 2 * 3'600'000 * 6 / 5);
  REQUIRE(app.approve("bob") == "");
  found = metrics(app);
  CHECK(found.nodes[1].open == 0);
  CHECK(found.runs["running"] == 0);
  CHECK(found.runs["approved"] == 1);
}

}  // namespace tenon::command
