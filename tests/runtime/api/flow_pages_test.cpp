// The pages of who administers flows: figures, a flow's graph and versions, its runs.
#include <catch2/catch.hpp>

#include "tests/runtime/api/claims_office.h"

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

Answer runs_of(const std::string& flow, const Parameters& parameters = {}) {
  return claims_office().person("hal").get("/flows/" + flow + "/runs", parameters);
}

}  // namespace

TEST_CASE("A flow's page tells its graph, whom nodes ask, and its versions", "[flow_pages]") {
  auto& office = claims_office();
  const auto flow = office.person("hal").get("/flows/either");
  INFO(flow.body);
  REQUIRE(flow.status == 200);
  CHECK(flow.text("graph/start") == "only");
  CHECK(flow.text("graph/nodes/0/label") == "Step only");
  CHECK(flow.text("graph/nodes/0/asks/0/kind") == "users");
  CHECK(flow.text("graph/nodes/0/asks/0/label") == "bob, cid");
  CHECK(flow.text("graph/nodes/0/mode") == "any");
  CHECK(flow.each("versions", "version") == Texts{"1"});
  CHECK(flow.text("object") == "claim");
  CHECK(office.person("ann").get("/flows/either").status == 403);
  CHECK(office.person("hal").get("/flows/none").status == 404);
  CHECK(office.person("hal").get("/me").text("flow_admin") == "true");
  CHECK(office.person("ann").get("/me").text("flow_admin") == "false");
}

TEST_CASE("A flow's figures count its runs, and how long they took", "[flow_pages]") {
  auto& office = claims_office();
  const auto figure = [&](const std::string& name) {
    const auto flows = office.person("hal").get("/flows");
    for (std::size_t i = 0; i < flows.size("flows"); ++i) {
      const std::string at = "flows/" + std::to_string(i) + "/";
      if (flows.text(at + "name") == "either") return flows.text(at + name);
    }
    return std::string("(no such flow)");
  };
  const int running = std::stoi(figure("running"));
  const int finished = std::stoi(figure("finished"));
  const std::string run = office.begin("either", "Counted");
  CHECK(figure("running") == std::to_string(running + 1));
  REQUIRE(office.act("bob", office.task(run, "bob"), "approve").status == 200);
  CHECK(figure("running") == std::to_string(running));
  CHECK(figure("finished") == std::to_string(finished + 1));
  CHECK(figure("p50_ms") != "null");
  CHECK(office.person("hal").get("/flows/either/metrics").text("p90_ms") != "null");
}

TEST_CASE("A flow's runs come the newest first, by state and version", "[flow_pages]") {
  auto& office = claims_office();
  const std::string first = office.begin("many", "First");
  const std::string second = office.begin("many", "Second");
  const auto all = runs_of("many", {{"limit", "2"}});
  CHECK(all.each("runs", "run") == Texts{second, first});
  CHECK(all.text("runs/0/record/title") == "Second");
  CHECK(all.text("runs/0/at/0/people/0/name") == "The pat");
  CHECK(all.text("runs/0/version") == "1");
  const auto page = runs_of("many", {{"limit", "1"}});
  REQUIRE(page.each("runs", "run") == Texts{second});
  CHECK(runs_of("many", {{"limit", "1"}, {"after", page.text("next")}}).each("runs", "run") ==
        Texts{first});
  REQUIRE(office.person("hal").post("/runs/" + second + "/suspend", "{}").status == 200);
  CHECK(runs_of("many", {{"state", "suspended"}}).each("runs", "run") == Texts{second});
  CHECK(runs_of("many", {{"state", "running"}, {"limit", "1"}}).each("runs", "run") ==
        Texts{first});
  CHECK(runs_of("many", {{"version", "2"}}).size("runs") == 0);
  for (const std::string& run : {first, second}) {
    REQUIRE(office.person("hal").post("/runs/" + run + "/void", "{}").status == 200);
  }
  CHECK(runs_of("many", {{"state", "finished"}, {"limit", "1"}}).text("runs/0/result") == "voided");
}

TEST_CASE("A flow's runs with an incident or overdue are found", "[flow_pages]") {
  auto& office = claims_office();
  CHECK(runs_of("outside", {{"only", "incidents"}}).size("runs") == 0);
  CHECK(runs_of("outside", {{"only", "overdue"}}).size("runs") == 0);
  CHECK(runs_of("outside", {{"only", "late"}}).status == 400);
  CHECK(runs_of("outside", {{"state", "gone"}}).status == 400);
  CHECK(runs_of("outside", {{"after", "x"}}).status == 400);
  CHECK(runs_of("outside", {{"version", "0"}}).status == 400);
  CHECK(office.person("bob").get("/flows/outside/runs").status == 403);
}

}  // namespace tenon::api::test
