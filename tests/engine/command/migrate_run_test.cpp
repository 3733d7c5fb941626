// Runs that are moved to another version as they are kept: locks, timers, jobs, many at once; and
// who reads the record of a run.
#include "engine/command/migrate_run.h"

#include "engine/command/flow_jobs.h"
#include "engine/command/migrate_runs.h"
#include "engine/job/job.h"
#include "engine/run/lock.h"
#include "tests/support/claims.h"

namespace tenon::command {
namespace {

using support::asks;
using support::Claims;
using support::claims;
using support::nodes;
using support::told;

const std::string kBob = R"({"users": ["bob"]})";
const std::string kEve = R"({"users": ["eve"]})";

metadata::Files one(const std::string& rest = "", const std::string& settings = "") {
  return claims(nodes("first", asks("first", kBob, rest), settings));
}

std::string moved(Claims& app, const std::string& login = "hal",
                  std::map<std::string, std::string> into = {}) {
  return told(app.carry_out(app.as(login), [&](Context& context) -> Result<void> {
    TENON_CHECK(migrate_run(context, {.run = app.run, .nodes = std::move(into)}));
    return done();
  }));
}

std::optional<job::Job> timer_of(Claims& app) {
  std::optional<job::Job> found;
  app.ask(support::the_system(), [&](const query::Context& context) {
    found = job::find(context.tx, kFlowTimer, text_of(app.run));
  });
  return found;
}

}  // namespace

TEST_CASE("a run that is moved is kept on its new version, with what is over", "[command][flow]") {
  Claims app(claims(
      nodes("first", asks("first", kBob, R"("next": "second")") + ", " + asks("second", kEve))));
  REQUIRE(app.start("ann", app.claim()) == "");
  REQUIRE(app.approve("bob") == "");
  REQUIRE(app.publish(claims(nodes("second", asks("second", kEve)))));
  CHECK(moved(app, "ann") == "denied :denied");
  REQUIRE(moved(app) == "");
  const auto kept = app.kept().run;
  CHECK(kept.version == 2);
  CHECK(kept.gone == std::vector<flow::GoneNode>{{1, 1, 0}});
  CHECK(flow::is_gone(kept.seats[0].node));
  CHECK(kept.seats[1].node == 1);
  CHECK(moved(app) == "conflict :current");
  app.start_again();
  REQUIRE(app.approve("eve") == "");
  CHECK(app.state() == "approved");
  CHECK(moved(app) == "conflict :finished");
}

TEST_CASE("what cannot be moved is as it was; a dry run says the same", "[command][flow]") {
  Claims app(one());
  REQUIRE(app.start("ann", app.claim()) == "");
  const auto before = app.kept().run;
  REQUIRE(app.publish(claims(nodes("other", asks("other", kEve)))));
  CHECK(moved(app) == "conflict nodes/first:node_gone");
  CHECK(app.kept().run == before);
  CHECK(moved(app, "hal", {{"first", "othr"}}) == "invalid nodes/first:unknown_node");
  CHECK(moved(app, "hal", {{"first", "other"}}) == "");
  CHECK(app.state() == "other: bob");
}

TEST_CASE("a run takes or leaves its record as the new version says", "[command][flow]") {
  Claims app(one("", R"("settings": {"lock": "none"}, )"));
  const RecordId claim = app.claim();
  REQUIRE(app.start("ann", claim) == "");
  const auto holder = [&] {
    std::optional<flow::RunId> held;
    app.ask(support::the_system(), [&](const query::Context& context) {
      held = run::holder_of(context.tx, "claim", claim);
    });
    return held;
  };
  CHECK_FALSE(holder());
  REQUIRE(app.publish(one()));
  REQUIRE(moved(app) == "");
  CHECK(holder() == app.run);
  REQUIRE(app.publish(one("", R"("settings": {"lock": "none"}, )")));
  REQUIRE(moved(app) == "");
  CHECK_FALSE(holder());
}

TEST_CASE("the job of a run's timers is due with its next timer, sooner or later",
          "[command][flow]") {
  const auto due = [](const std::string& after) {
    return one(R"("due": {"after": ")" + after + "\"}");
  };
  Claims app(due("PT8H"));
  constexpr std::int64_t kHour = 3'600'000;
  const std::int64_t begun_ms = app.clock.now;
  REQUIRE(app.start("ann", app.claim()) == "");
  CHECK(timer_of(app)->due_ms == begun_ms + 8 * kHour);
  REQUIRE(app.publish(due("PT20H")));
  REQUIRE(moved(app) == "");
  CHECK(timer_of(app)->due_ms == begun_ms + 20 * kHour);
  REQUIRE(app.publish(due("PT2H")));
  REQUIRE(moved(app) == "");
  CHECK(timer_of(app)->due_ms == begun_ms + 2 * kHour);
  REQUIRE(app.publish(one()));
  REQUIRE(moved(app) == "");
  CHECK_FALSE(timer_of(app));
}

TEST_CASE("all runs of a flow are moved by a job; those that cannot stay", "[command][flow]") {
  Claims app(claims(
      nodes("first", asks("first", kBob, R"("next": "second")") + ", " + asks("second", kEve))));
  std::vector<flow::RunId> runs;
  for (int i = 0; i < 25; ++i) {
    REQUIRE(app.start("ann", app.claim()) == "");
    runs.push_back(app.run);
  }
  REQUIRE(app.approve("bob") == "");  // The last stands on the second node.
  REQUIRE(app.publish(claims(nodes("first", asks("first", kBob)))));
  const MigrateRuns all{.flow = "sign"};
  const auto survey = [&](const MigrateRuns& asked) {
    MigrationSurvey found;
    (void)app.carry_out(app.as("hal"), [&](Context& context) -> Result<void> {
      TENON_TRY(found, survey_migration(context, asked));
      return done();
    });
    return found;
  };
  const auto before = survey(all);
  CHECK(before.runs == 25);
  CHECK(before.can == 24);
  REQUIRE(before.reasons.size() == 1);
  CHECK(before.reasons[0].problem.rule == "node_gone");
  CHECK(before.reasons[0].example == runs.back());
  CHECK(survey({.flow = "sign", .from = {7}}).runs == 0);
  const auto begin = [&](const std::string& login, const MigrateRuns& asked) {
    return told(app.carry_out(app.as(login), [&](Context& context) -> Result<void> {
      TENON_CHECK(migrate_runs(context, asked));
      return done();
    }));
  };
  CHECK(begin("bob", all) == "denied :denied");
  CHECK(begin("hal", {.flow = "sign", .nodes = {{"none", "first"}}}) ==
        "invalid nodes/none:unknown_node");
  CHECK(begin("hal", all) == "");
  CHECK(begin("hal", all) == "conflict :under_way");
  int chunks = 0;
  for (bool was_one = true; was_one; chunks += was_one ? 1 : 0) {
    REQUIRE(app.carry_out(support::the_system(), [&](Context& context) {
      was_one = run_due_job(context, job::Lane::bulk, context.clock.now_ms());
      return done();
    }));
  }
  CHECK(chunks == 4);  // Of ten, and the one that finds no more.
  for (const flow::RunId run : runs) {
    CHECK(app.kept(run).run.version == (run == runs.back() ? 1 : 2));
  }
  const auto after = survey(all);
  CHECK(after.runs == 1);
  CHECK(after.can == 0);
}

TEST_CASE("a publish says how many runs stay on earlier versions", "[command][flow]") {
  Claims app(one());
  REQUIRE(app.start("ann", app.claim()) == "");
  const auto same = app.publish(one());
  REQUIRE(same);
  CHECK(same->runs.empty());
  const auto plan = app.publish(one(R"("comment_required": true)"));
  REQUIRE(plan);
  REQUIRE(plan->runs.size() == 1);
  CHECK(plan->runs[0].flow == "sign");
  CHECK(plan->runs[0].version == 1);
  CHECK(plan->runs[0].runs == 1);
}

TEST_CASE("a flow is called once for the same record in a chain, or as often as it says",
          "[command][flow]") {
  const auto calling_itself = [](const std::string& settings) {
    auto files = claims(nodes("call",
                              R"("call": {"kind": "subflow", "flow": "sign", "next": "last"}, )" +
                                  asks("last", kBob),
                              settings),
                        "automation");
    std::string& text = files["flows/sign.json"];
    const std::string form = R"({"kind": "form"})";
    text.replace(text.find(form), form.size(), form + R"(, {"kind": "call"})");
    return files;
  };
  const auto runs_of = [](Claims& app, RecordId claim) {
    std::size_t runs = 0;
    app.ask(support::the_system(), [&](const query::Context& context) {
      runs = run::runs_of(context.tx, "claim", claim, 100).size();
    });
    return runs;
  };
  Claims once(calling_itself(""));
  const RecordId claim = once.claim();
  REQUIRE(once.start("ann", claim) == "");
  CHECK(once.state() == "incident reentry");
  CHECK(runs_of(once, claim) == 2);  // One of them was suppressed.
  Claims thrice(calling_itself(R"("settings": {"reentry": 3}, )"));
  const RecordId other = thrice.claim();
  REQUIRE(thrice.start("ann", other) == "");
  CHECK(runs_of(thrice, other) == 4);
}

}  // namespace tenon::command
