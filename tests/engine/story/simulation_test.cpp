// Simulations: a run played to its end, of which nothing remains, saved as a story that is green.
#include "engine/command/simulate_flow.h"

#include <catch2/catch.hpp>

#include "engine/query/people.h"
#include "engine/story/saved_story.h"
#include "engine/story/story.h"
#include "tests/support/running_application.h"

namespace tenon::story {
namespace {

using command::ScriptedAct;
using Act = ScriptedAct::Kind;

metadata::Files files() {
  return {
      {"bundle.json", R"({"format": 1, "name": "claims", "version": "1", "label": "Claims"})"},
      {"objects/claim.json", R"({"name": "claim", "label": "Claim", "label_plural": "Claims",
        "title_field": "number", "fields": [
          {"name": "number", "label": "Number", "type": "text"},
          {"name": "amount", "label": "Amount", "type": "money"},
          {"name": "shop", "label": "Shop", "type": "reference", "to": "shop"}]})"},
      {"objects/shop.json", R"({"name": "shop", "label": "Shop", "label_plural": "Shops",
        "title_field": "name", "fields": [
          {"name": "name", "label": "Name", "type": "text", "required": true},
          {"name": "chain", "label": "Chain", "type": "reference", "to": "shop"}]})"},
      {"roles/clerk.json", R"({"name": "clerk", "label": "Clerk",
        "objects": {"claim": {"read": "all", "create": true, "update": "all"},
                    "shop": {"read": "all"}}})"},
      {"flows/sign.json", R"({"name": "sign", "label": "Sign", "kind": "approval",
        "object": "claim", "triggers": [{"kind": "form"}], "start": "first", "nodes": {
          "first": {"kind": "approve", "approvers": [{"users": ["bob"]}], "due": {"after": "PT8H"},
                    "on_due": [{"do": "approve"}], "next": "paid"},
          "paid": {"kind": "record", "verb": "update", "set": {"amount": "1"}, "next": "waits"},
          "waits": {"kind": "wait", "event": "sent", "next": "second"},
          "second": {"kind": "approve", "approvers": [{"users": ["cid", "bob"]}]}}})"},
  };
}

struct Simulated {
  explicit Simulated(std::vector<ScriptedAct> script = {}) : application(files()) {
    for (const char* login : {"ann", "bob", "cid"}) {
      const std::string text(login);
      people[text] = application.made("user", R"({"login": ")" + text + R"(", "name": "X"})");
      application.made("role_assignment",
                       R"({"user": ")" + text_of(people[text]) + R"(", "role": "clerk"})");
    }
    for (ScriptedAct& act : script) {
      if (act.person.value != 0) act.person = people[act.person.value == 1 ? "bob" : "cid"];
    }
    const auto made_shop = [&](const std::string& name, const std::string& more) {
      return text_of(application.made("shop", R"({"name": ")" + name + "\"" + more + "}"));
    };
    const std::string chain = made_shop("All shops", "");
    const std::string shop = made_shop("Corner", R"(, "chain": ")" + chain + "\"");
    claim = application.made("claim", R"({"number": "1", "amount": "9", "shop": ")" + shop + "\"}");
    command.start = {.flow = application.app().find_flow("sign"), .record = claim};
    command.script = std::move(script);
    std::optional<Actor> ann;
    application.ask(support::the_system(), [&](const query::Context& context) {
      ann = query::actor_of(context.app, context.tx, people["ann"]);
    });
    const auto outcome = application.carry_out(*ann, [&](command::Context& context) {
      began_ms = context.clock.now_ms();
      auto simulated = command::simulate_flow(context, command);
      if (!simulated) return Result<void>(std::move(simulated.error()));
      simulation = simulated.take();
      return done();
    });
    INFO((outcome ? "" : describe(outcome.error())));
    REQUIRE(outcome);
  }

  support::RunningApplication application;
  std::map<std::string, RecordId> people;
  RecordId claim;
  std::int64_t began_ms = 0;
  command::SimulateFlow command;
  command::Simulation simulation;
};

}  // namespace

TEST_CASE("a simulation plays a run to its end, and nothing of it remains", "[story]") {
  Simulated simulated;
  CHECK(simulated.simulation.kept.run.result == flow::RunResult::approved);
  CHECK(simulated.simulation.warnings.empty());
  CHECK(simulated.simulation.steps.size() == 5);
  CHECK(simulated.application.value("claim", simulated.claim, "amount") == "\"9.00\"");
  query::ListRecords notices;
  notices.object = "notification";
  CHECK(simulated.application.list(notices)->rows.empty());
  simulated.application.ask(support::the_system(), [&](const query::Context& context) {
    CHECK(run::runs_of(context.tx, "claim", simulated.claim, 9).empty());
  });
}

TEST_CASE("people do what the script says, and time does the rest", "[story]") {
  Simulated late({{.kind = Act::stay_silent, .node = "first"},
                  {.kind = Act::reject, .node = "second", .person = {2}, .after_ms = 3'600'000}});
  CHECK(late.simulation.kept.run.result == flow::RunResult::rejected);
  CHECK(late.simulation.kept.run.finished_ms == late.began_ms + 9 * 3'600'000);
  REQUIRE(!late.simulation.warnings.empty());
  CHECK(late.simulation.warnings.front().rule == "overdue");
  Simulated rejected({{.kind = Act::reject, .node = "second", .person = {1}}});
  CHECK(rejected.simulation.kept.run.result == flow::RunResult::rejected);
  Simulated back({{.kind = Act::send_back, .node = "second", .person = {2}, .to = "first"}});
  CHECK(back.simulation.kept.run.returns == 1);
  CHECK(back.simulation.kept.run.result == flow::RunResult::approved);
  Simulated vain({{.kind = Act::reject, .node = "second", .person = {1}},
                  {.kind = Act::reject, .node = "second", .person = {2}}});
  REQUIRE(vain.simulation.warnings.size() == 1);
  CHECK(vain.simulation.warnings.front().rule == "not_asked");
}

TEST_CASE("a simulation saved as a story is green", "[story]") {
  Simulated simulated({{.kind = Act::stay_silent, .node = "first"},
                       {.kind = Act::send_back, .node = "second", .person = {2}, .to = "first"}});
  metadata::Story story;
  simulated.application.ask(support::the_system(), [&](const query::Context& context) {
    auto saved = saved_story(context,
                             {*simulated.command.start.flow, simulated.command.start,
                              simulated.simulation, simulated.began_ms},
                             "as_simulated");
    REQUIRE(saved);
    story = saved.take();
  });
  json::Writer writer;
  write(writer, story);
  metadata::Files with = files();
  with["stories/as_simulated.json"] = writer.take();
  INFO(with["stories/as_simulated.json"]);
  REQUIRE(story.records.size() == 3);  // What it refers to, made before.
  CHECK(story.records[0].ref == "shop1");
  CHECK(story.records[1].set.back().json == "\"@shop1\"");
  CHECK(story.records[2].set.back().json == "\"@shop2\"");
  const support::TemporaryFolder folder;
  auto stories = Stories::open(with, folder.path());
  INFO((stories ? "" : describe(stories.error())));
  REQUIRE(stories);
  const auto all = metadata::read_stories(with);
  REQUIRE(all);
  std::string text;
  for (const std::string& line : stories->play(all->front()).differences) text += line + "\n";
  CHECK(text.empty());
  const auto taken = [&](const std::string& way) {
    const auto ways = stories->ways();
    const auto found =
        std::find_if(ways.begin(), ways.end(), [&](const WayUse& one) { return one.way == way; });
    REQUIRE(found != ways.end());
    return found->taken;
  };
  CHECK(taken("second.returned"));
  CHECK(taken("first.due"));
  CHECK(taken("paid.next"));
  CHECK(!taken("first.rejected"));
}

}  // namespace tenon::story
