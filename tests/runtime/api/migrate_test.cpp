// Runs are moved to another version over HTTP; what a run's page tells of it; who reads its record.
#include <catch2/catch.hpp>
#include <thread>

#include "tests/runtime/api/claims_office.h"

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

// Of its own: it publishes.
ClaimsOffice& office() {
  static ClaimsOffice made;
  return made;
}

std::string asks(const std::string& id, const std::string& people, const std::string& rest = "") {
  return ClaimsOffice::asks(id, people, rest);
}

Answer finished_job(Person& person, const std::string& id) {
  for (int i = 0; i < 1000; ++i) {
    auto job = person.get("/jobs/" + id);
    if (job.text("state") != "waiting" && job.text("state") != "running") return job;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return person.get("/jobs/" + id);
}

}  // namespace

TEST_CASE("A run is moved to the newest version, after a dry run that leaves nothing", "[flow]") {
  auto& hal = office().person("hal");
  const std::string run = office().begin("sign");
  REQUIRE(office().act("bob", office().task(run, "bob"), "approve").status == 200);
  CHECK(hal.get("/runs/" + run).text("can").find("migrate") == std::string::npos);
  const std::string published = office().publish(
      "sign", "second",
      asks("second", R"("eve")", R"("next": "third")") + "," + asks("third", R"("cid")"));
  CHECK(published.find(R"("runs":[{"flow":"sign","label":"Flow sign","version":1,"runs":1}])") !=
        std::string::npos);
  const auto flow = hal.get("/flows/sign");
  CHECK(flow.each("versions", "version") == Texts{"2", "1"});
  CHECK(flow.each("versions", "running") == Texts{"0", "1"});
  const std::string path = "/runs/" + run + "/migrate";
  CHECK(office().person("ann").post(path, "{}").status == 403);
  CHECK(office().person("ann").post(path, R"({"dry_run": true})").status == 403);
  CHECK(hal.get("/runs/" + run).text("can").find("migrate") != std::string::npos);
  const auto before = office().tables();
  const auto report = hal.post(path, R"({"dry_run": true})");
  REQUIRE(report.status == 200);
  CHECK(report.text("from_version") == "1");
  CHECK(report.text("to_version") == "2");
  CHECK(report.text("can") == "true");
  CHECK(report.text("seats_kept") == "1");
  CHECK(office().tables() == before);
  CHECK(hal.post(path, R"({"version": 7})").problems() == Texts{"version: version"});
  CHECK(hal.post(path, R"({"version": 1})").problems() == Texts{": current"});
  CHECK(hal.post(path, R"({"nodes": {"nowhere": "third"}})").problems() ==
        Texts{"nodes/nowhere: unknown_node"});
  CHECK(hal.post(path, R"({"nodes": []})").status == 422);
  const auto moved = hal.post(path, R"({"comment": "shorter", "request_id": "m1"})");
  REQUIRE(moved.status == 200);
  CHECK(moved.text("flow/version") == "2");
  CHECK(moved.text("seats/0/node") == "first");
  CHECK(moved.text("seats/0/node_label") == "Step first");
  CHECK(moved.text("seats/1/state") == "open");
  const std::string last = "history/" + std::to_string(moved.size("history") - 1) + "/";
  CHECK(moved.text(last + "what") == "migrated");
  CHECK(moved.text(last + "from_version") == "1");
  CHECK(moved.text(last + "to_version") == "2");
  CHECK(moved.text(last + "comment") == "shorter");
  CHECK(moved.text("history/1/node_label") == "Step first");
  const auto again = hal.post(path, R"({"comment": "shorter", "request_id": "m1"})");
  CHECK(again.status == 200);
  CHECK(again.size("history") == moved.size("history"));
  CHECK(office().person("bob").get("/tasks", {{"box", "done"}}).text("tasks/0/node/label") ==
        "Step first");
  REQUIRE(office().act("eve", office().task(run, "eve"), "approve").status == 200);
  CHECK_FALSE(office().task(run, "cid").empty());
}

TEST_CASE("Who stands on a node that is gone is named by the refusal and by the survey", "[flow]") {
  auto& hal = office().person("hal");
  const std::string first = office().begin("both");
  const std::string other = office().begin("both");
  office().publish("both", "all", asks("all", R"("bob", "cid")"));
  const std::string path = "/runs/" + first + "/migrate";
  const auto refused = hal.post(path, "{}");
  CHECK(refused.status == 409);
  CHECK(refused.problems() == Texts{"nodes/only: node_gone"});
  const auto report = hal.post(path, R"({"dry_run": true})");
  CHECK(report.text("can") == "false");
  CHECK(report.text("problems/0/node_label") == "Step only");
  CHECK(office().person("bob").post("/flows/both/migrate", R"({"dry_run": true})").status == 403);
  const auto survey = hal.post("/flows/both/migrate", R"({"dry_run": true})");
  REQUIRE(survey.status == 200);
  CHECK(survey.text("runs") == "2");
  CHECK(survey.text("checked") == "2");
  CHECK(survey.text("cannot") == "2");
  CHECK(survey.text("problems/0/rule") == "node_gone");
  CHECK(survey.text("problems/0/runs") == "2");
  CHECK(survey.text("problems/0/run") == first);
  const std::string nodes = R"("nodes": {"only": "all"})";
  CHECK(hal.post("/flows/both/migrate", "{\"dry_run\": true, " + nodes + "}").text("can") == "2");
  const auto job = hal.post("/flows/both/migrate", "{\"comment\": \"all of them\", " + nodes + "}");
  REQUIRE(job.status == 202);
  const auto done = finished_job(hal, job.text("id"));
  CHECK(done.text("state") == "done");
  for (const std::string& run : {first, other}) {
    const auto moved = hal.get("/runs/" + run);
    CHECK(moved.text("flow/version") == "2");
    CHECK(moved.text("tokens/0/node") == "all");
  }
  CHECK(hal.post("/flows/both/migrate", R"({"dry_run": true})").text("runs") == "0");
  CHECK(hal.post("/flows/none/migrate", "{}").status == 404);
}

TEST_CASE("What one person has to decide is handed over by a job, after a dry run", "[flow]") {
  auto& hal = office().person("hal");
  const std::string run = office().begin("either");
  const auto body = [&](const std::string& to, const std::string& more = "") {
    return R"({"from": ")" + office().who("bob") + R"(", "to": ")" + office().who(to) +
           R"(", "flows": ["either"])" + more + "}";
  };
  const std::string dry = R"(, "dry_run": true)";
  CHECK(office().person("bob").post("/runs/reassign", body("eve", dry)).status == 403);
  CHECK(office().person("bob").post("/runs/reassign", body("eve")).status == 403);
  const auto before = office().tables();
  const auto asked = hal.post("/runs/reassign", body("cid", dry));
  REQUIRE(asked.status == 200);
  CHECK(asked.text("cannot") == "1");
  CHECK(asked.text("problems/0/rule") == "has_seat");
  CHECK(asked.text("problems/0/run") == run);
  const auto report = hal.post("/runs/reassign", body("eve", dry));
  CHECK(report.text("runs") == "1");
  CHECK(report.text("can") == "1");
  CHECK(report.size("problems") == 0);
  CHECK(office().tables() == before);
  CHECK(hal.post("/runs/reassign", body("bob")).problems() == Texts{"to: same"});
  CHECK(hal.post("/runs/reassign", R"({"to": "?"})").problems() ==
        Texts{": required", "to: reference"});
  const auto job = hal.post("/runs/reassign", body("eve", R"(, "comment": "leaves")"));
  REQUIRE(job.status == 202);
  CHECK(job.text("kind") == "reassign_runs");
  CHECK(finished_job(hal, job.text("id")).text("state") == "done");
  CHECK(hal.get("/runs/" + run).each("seats", "holder/name") == Texts{"The eve", "The cid"});
  REQUIRE(office().act("eve", office().task(run, "eve"), "approve").status == 200);
}

TEST_CASE("A copy is sent from a task, too", "[flow]") {
  const std::string run = office().begin("single");
  const std::string task = office().task(run, "bob");
  auto& bob = office().person("bob");
  CHECK(bob.get("/tasks/" + task).text("can").find("\"cc\"") != std::string::npos);
  CHECK(bob.get("/runs/" + run).text("can").find("\"cc\"") != std::string::npos);
  const auto sent = office().act(
      "bob", task, "cc", R"({"people": [")" + office().who("gus") + R"("], "comment": "see"})");
  REQUIRE(sent.status == 200);
  CHECK(sent.text("run/copies/0/person/name") == "The gus");
  CHECK(sent.text("state") == "open");
}

TEST_CASE("Tasks of a suspended run are in nobody's list until it goes on", "[flow]") {
  const std::string run = office().begin("many");
  auto& pat = office().person("pat");
  auto& hal = office().person("hal");
  const auto before = pat.get("/tasks");
  CHECK(before.text("counts/todo") == "1");
  const std::string task = before.text("tasks/0/id");
  hal.post("/runs/" + run + "/suspend", "{}");
  const auto suspended = pat.get("/tasks");
  CHECK(suspended.size("tasks") == 0);
  CHECK(suspended.text("counts/todo") == "0");
  CHECK(pat.get("/tasks/" + task).status == 200);
  hal.post("/runs/" + run + "/resume", "{}");
  CHECK(pat.get("/tasks").text("tasks/0/id") == task);
}

TEST_CASE("The history says who is to decide", "[flow]") {
  const std::string run = office().begin("single");
  const auto told = office().person("hal").get("/runs/" + run);
  CHECK(told.text("history/2/what") == "opened");
  CHECK(told.text("history/2/other/name") == "The bob");
  CHECK(told.text("history/2/due_at") == "null");
  CHECK(told.text("variables") == "[]");
  CHECK(office().person("bob").get("/runs/" + run).text("variables") == "(missing)");
}

TEST_CASE("A task, a decision and a copy let one read the record: what they say of it", "[flow]") {
  const std::string claim = office().claim("Mine");
  const std::string path = "/records/claim/" + claim;
  auto& gus = office().person("gus");
  CHECK(gus.get(path).status == 404);
  const auto begun = office().start("outside", claim);
  REQUIRE(begun.status == 201);
  const auto seen = gus.get(path);
  REQUIRE(seen.status == 200);
  CHECK(seen.text("title") == "Mine");
  CHECK(seen.text("amount") == "(missing)");
  CHECK(seen.text("secret") == "(missing)");
  CHECK(gus.get(path, {{"fields", "amount"}}).status == 422);
  CHECK(gus.get("/records/claim").status == 404);
  CHECK(gus.patch(path, R"({"title": "Other"})").status == 404);
  CHECK(gus.get("/records/claim/" + office().claim("Other")).status == 404);
  REQUIRE(office().act("gus", office().task(begun.text("id"), "gus"), "approve").status == 200);
  CHECK(gus.get(path).text("title") == "Mine");
  // A copy lets who has no word on the object know only that it is there.
  const std::string run = office().begin("single");
  const auto copied = office().person("ann").get("/runs/" + run).text("record/id");
  CHECK(gus.get("/records/claim/" + copied).status == 404);
  office().person("ann").post("/runs/" + run + "/cc",
                              R"({"people": [")" + office().who("gus") + "\"]}");
  const auto told = gus.get("/records/claim/" + copied);
  CHECK(told.status == 200);
  CHECK(told.text("title") == "(missing)");
}

}  // namespace tenon::api::test
