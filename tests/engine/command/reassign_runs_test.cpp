// What one person has to decide is handed over, in all runs or those of some flows.
#include "engine/command/reassign_runs.h"

#include "engine/job/job.h"
#include "tests/support/claims.h"

namespace tenon::command {
namespace {

using support::asks;
using support::Claims;
using support::claims;
using support::nodes;
using support::told;

struct Office : Claims {
  Office() : Claims(two_flows()) {}

  static metadata::Files two_flows() {
    auto files = claims(nodes("first", asks("first", R"({"users": ["bob"]})")));
    files["flows/both.json"] = R"({"name": "both", "label": "Both", "kind": "approval",
      "object": "claim", "triggers": [{"kind": "form"}], )" +
                               nodes("all", asks("all", R"({"users": ["bob", "gus"]})")) + "}";
    return files;
  }

  ReassignRuns from_bob(const std::string& to, std::vector<std::string> flows = {}) {
    return {.from = who("bob"), .to = who(to), .flows = std::move(flows), .comment = "leaves"};
  }
  // As the job does it, to its end.
  std::string hand_over(const ReassignRuns& command, const std::string& login = "hal") {
    const std::string refused = told(carry_out(as(login), [&](Context& context) -> Result<void> {
      TENON_CHECK(reassign_runs(context, command));
      return done();
    }));
    if (!refused.empty()) return refused;
    for (bool was_one = true; was_one;) {
      was_one = false;
      CHECK(told(carry_out(support::the_system(), [&](Context& context) {
              was_one = run_due_job(context, job::Lane::bulk, context.clock.now_ms());
              return done();
            })) == "");
    }
    return "";
  }
  ReassignSurvey survey(const ReassignRuns& command) {
    ReassignSurvey found;
    CHECK(told(carry_out(as("hal"), [&](Context& context) -> Result<void> {
            TENON_TRY(found, survey_reassignment(context, command));
            return done();
          })) == "");
    return found;
  }
  flow::RunId begin(const std::string& flow = "sign") {
    REQUIRE(start("ann", claim(), flow) == "");
    return run;
  }
};

}  // namespace

TEST_CASE("all open seats of a person go to another; the history says who did it",
          "[command][flow]") {
  Office office;
  std::vector<flow::RunId> runs;
  for (int i = 0; i < 23; ++i) runs.push_back(office.begin());
  office.run = runs.back();
  REQUIRE(office.approve("bob") == "");
  const auto survey = office.survey(office.from_bob("cid"));
  CHECK(survey.runs == 22);
  CHECK(survey.can == 22);
  CHECK(survey.reasons.empty());
  CHECK(office.state(runs.front()) == "first: bob");  // Nothing of it remains.
  REQUIRE(office.hand_over(office.from_bob("cid")) == "");
  for (std::size_t i = 0; i < 22; ++i) CHECK(office.state(runs[i]) == "first: cid");
  CHECK(office.state(runs.back()) == "approved");
  const auto entry = office.kept(runs.front()).run.history.back();
  CHECK(entry.what == flow::What::transferred);
  CHECK(entry.actor == office.who("hal"));
  CHECK(entry.comment == "leaves");
  CHECK(office.survey(office.from_bob("cid")).runs == 0);
}

TEST_CASE("a seat that cannot go stays and holds up no other", "[command][flow]") {
  Office office;
  const flow::RunId both = office.begin("both");
  const flow::RunId suspended = office.begin();
  REQUIRE(office.act("hal", flow::Suspend{office.by()}) == "");
  const flow::RunId other = office.begin();
  const auto survey = office.survey(office.from_bob("gus"));
  CHECK(survey.seats == 3);
  CHECK(survey.can == 1);
  REQUIRE(survey.reasons.size() == 2);
  CHECK(survey.reasons[0].problem.rule == "has_seat");
  CHECK(survey.reasons[0].example == both);
  CHECK(survey.reasons[1].problem.rule == "suspended");
  CHECK(survey.reasons[1].example == suspended);
  REQUIRE(office.hand_over(office.from_bob("gus")) == "");
  CHECK(office.state(both) == "all: bob gus");
  CHECK(office.state(suspended) == "suspended first: bob");
  CHECK(office.state(other) == "first: gus");
}

TEST_CASE("only flows that are named are looked at", "[command][flow]") {
  Office office;
  const flow::RunId both = office.begin("both");
  const flow::RunId one = office.begin();
  REQUIRE(office.hand_over(office.from_bob("cid", {"both"})) == "");
  CHECK(office.state(both) == "all: cid gus");
  CHECK(office.state(one) == "first: bob");
}

TEST_CASE("handing over is for who administers flows, and to somebody who is there",
          "[command][flow]") {
  Office office;
  CHECK(office.hand_over(office.from_bob("cid"), "ann") == "denied :denied");
  CHECK(office.hand_over(office.from_bob("bob")) == "invalid to:same");
  CHECK(office.hand_over(office.from_bob("cid", {"sign", "none"})) ==
        "invalid flows/1:unknown_flow");
  REQUIRE(office.update("user", office.who("cid"), R"({"active": false})"));
  CHECK(office.hand_over(office.from_bob("cid")) == "invalid to:disabled");
}

}  // namespace tenon::command
