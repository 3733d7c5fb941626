// Runs over HTTP: begun and previewed, seen, administered; what they hold meanwhile.
#include <catch2/catch.hpp>
#include <thread>

#include "tests/runtime/api/claims_office.h"
#include "tests/runtime/http/wire.h"

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("The application says which flows a person may start", "[flow]") {
  auto& office = claims_office();
  const auto ann = office.person("ann").get("/app", {{"locale", "zh-CN"}});
  const auto bob = office.person("bob").get("/app");
  const auto flows_of = [](const Answer& app) -> Texts {
    for (std::size_t i = 0; i < app.size("objects"); ++i) {
      const std::string object = "objects/" + std::to_string(i);
      if (app.text(object + "/name") == "claim") return app.each(object + "/flows", "label");
    }
    return {};
  };
  CHECK(flows_of(ann) == Texts{"流程 both", "流程 circle", "流程 either", "流程 many",
                               "流程 outside", "流程 sign", "流程 single"});
  CHECK(flows_of(bob).empty());
  const std::string claim = office.claim();
  CHECK(office.person("bob").post("/flows/sign/start", R"({"record": ")" + claim + "\"}").status ==
        404);
}

TEST_CASE("A preview names the way and its people, and leaves nothing behind", "[flow]") {
  auto& office = claims_office();
  const std::string claim = office.claim();
  office.person("ann").get("/me");
  const auto before = office.tables();
  const auto preview =
      office.person("ann").post("/flows/sign/preview", R"({"record": ")" + claim + "\"}");
  REQUIRE(preview.status == 200);
  CHECK(preview.each("stops", "node") == Texts{"first", "second"});
  CHECK(preview.each("stops", "kind") == Texts{"approve", "approve"});
  CHECK(preview.text("stops/0/people/0/name") == "The bob");
  CHECK(preview.text("stops/0/mode") == "all");
  CHECK(preview.text("result") == "approved");
  CHECK(office.tables() == before);
}

TEST_CASE("A run is begun once: twice is a conflict, the same key the same run", "[flow]") {
  auto& office = claims_office();
  const std::string claim = office.claim();
  const HeaderList key{{"Idempotency-Key", "start-" + claim}};
  const auto first = office.start("sign", claim, "", key);
  const auto again = office.start("sign", claim, "", key);
  REQUIRE(first.status == 201);
  CHECK(again.status == 201);
  CHECK(again.text("id") == first.text("id"));
  const auto twice = office.start("sign", claim);
  CHECK(twice.status == 409);
  CHECK(twice.problems().size() == 1);
  CHECK(twice.text("problems/0/rule") == "active");
}

TEST_CASE("What the body of a start says wrongly is named at its place", "[flow]") {
  auto& office = claims_office();
  auto& ann = office.person("ann");
  const auto problems = [&](const std::string& body) {
    return ann.post("/flows/sign/start", body).problems();
  };
  const std::string claim = office.claim();
  CHECK(problems("{}") == Texts{": required"});
  CHECK(problems(R"({"record": "?"})") == Texts{"record: record"});
  CHECK(problems(R"({"record": ")" + claim + R"(", "choosen": {}})") ==
        Texts{"choosen: unknown_member"});
  CHECK(problems(R"({"record": ")" + claim + R"(", "chosen": {"first": ["?"]}})") ==
        Texts{"chosen/first/0: person"});
  CHECK(problems(R"({"record": ")" + claim + R"(", "variables": {"x": 1}})").size() == 1);
  CHECK(ann.post("/flows/none/start", R"({"record": ")" + claim + "\"}").status == 404);
  CHECK(ann.post("/flows/sign/start", R"({"record": "0000000000000"})").status == 404);
}

TEST_CASE("A held record is written and deleted by nobody else", "[flow]") {
  auto& office = claims_office();
  const std::string claim = office.claim();
  REQUIRE(office.start("single", claim).status == 201);
  auto& ann = office.person("ann");
  const auto patched = ann.patch("/records/claim/" + claim, R"({"amount": "1"})");
  CHECK(patched.status == 423);
  CHECK(patched.code() == "locked");
  CHECK(ann.erase("/records/claim/" + claim).status == 423);
  const auto batch = ann.post("/records/claim/batch",
                              R"({"commands": [{"update": ")" + claim +
                                  R"(", "set": {"amount": "1"}}, {"delete": ")" + claim + "\"}]}");
  CHECK(batch.each("results", "status") == Texts{"423", "423"});
  const auto runs = ann.get("/records/claim/" + claim + "/runs");
  REQUIRE(runs.size("runs") == 1);
  CHECK(runs.text("runs/0/at/0/people/0/name") == "The bob");
  CHECK(runs.text("lock/run") == runs.text("runs/0/id"));
  CHECK(runs.text("lock/fields") == "null");
  REQUIRE(office.act("bob", office.task(runs.text("runs/0/id"), "bob"), "approve").status == 200);
  CHECK(ann.get("/records/claim/" + claim + "/runs").text("lock") == "null");
  CHECK(ann.patch("/records/claim/" + claim, R"({"amount": "1"})").status == 200);
}

TEST_CASE("An import does not write what a run holds, and says which field", "[flow]") {
  auto& office = claims_office();
  auto& ann = office.person("ann");
  const auto import = [&](const std::string& amount) {
    return ann.post("/imports", R"({"mapping": {"object": "claim", "source": "test", "columns": {
        "key": {"key": true}, "title": {"field": "title"}, "amount": {"field": "amount"}}},
        "header": ["key", "title", "amount"], "rows": [["K1", "Imported", ")" +
                                    amount + R"("]]})");
  };
  const auto made = import("5");
  REQUIRE(made.text("results/0/status") == "created");
  REQUIRE(office.start("single", made.text("results/0/id")).status == 201);
  const auto held = import("6");
  CHECK(held.text("results/0/status") == "rejected");
  CHECK(held.text("results/0/problems/0/rule") == "locked");
  CHECK(held.text("results/0/problems/0/at") == "amount");
}

TEST_CASE("Who began a run takes it back, urges, comments and copies it", "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("single", "Copied");
  auto& ann = office.person("ann");
  CHECK(ann.get("/runs/" + run).text("can").find("withdraw") != std::string::npos);
  CHECK(ann.post("/runs/" + run + "/urge", "").status == 200);
  CHECK(ann.post("/runs/" + run + "/urge", "{}").status == 429);
  CHECK(ann.post("/runs/" + run + "/comment", R"({"comment": "soon"})").status == 200);
  const auto copied =
      ann.post("/runs/" + run + "/cc", R"({"people": [")" + office.who("gus") + "\"]}");
  REQUIRE(copied.status == 200);
  auto& gus = office.person("gus");
  CHECK(copied.text("copies/0/person/name") == "The gus");
  CHECK(copied.text("copies/0/read_at") == "null");
  CHECK(gus.get("/tasks", {{"box", "cc"}}).text("tasks/0/is_read") == "false");
  CHECK(gus.get("/runs/" + run).status == 200);
  std::string is_read;
  for (int i = 0; i < 500 && is_read != "true"; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    is_read = gus.get("/tasks", {{"box", "cc"}}).text("tasks/0/is_read");
  }
  CHECK(is_read == "true");
  CHECK(ann.get("/runs/" + run).text("copies/0/read_at") != "null");
  const auto withdrawn = ann.post("/runs/" + run + "/withdraw", R"({"comment": "wrong"})");
  CHECK(withdrawn.text("state") == "finished");
  CHECK(withdrawn.text("result") == "withdrawn");
  CHECK(ann.post("/runs/" + run + "/withdraw", "{}").status == 409);
}

TEST_CASE("Who administers flows suspends, moves, reassigns and ends runs; nobody else", "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("sign");
  auto& hal = office.person("hal");
  const std::string path = "/runs/" + run + "/";
  CHECK(office.person("ann").post(path + "suspend", "{}").status == 403);
  CHECK(hal.post(path + "suspend", R"({"comment": "wait"})").text("state") == "suspended");
  CHECK(hal.post(path + "resume", "{}").text("state") == "running");
  const auto moved = hal.post(path + "jump", R"({"token": 0, "node": "second"})");
  REQUIRE(moved.status == 200);
  const std::string task = office.task(run, "eve");
  REQUIRE_FALSE(task.empty());
  const auto reassigned = hal.post(
      path + "reassign", R"({"seats": [")" + task + R"("], "to": ")" + office.who("cid") + "\"}");
  CHECK(reassigned.status == 200);
  CHECK(office.task(run, "cid") == task);
  CHECK(hal.post(path + "jump", R"({"token": -1, "node": "second"})").problems() ==
        Texts{"token: token"});
  CHECK(hal.post(path + "variables", R"({"set": {"x": 1}})").status == 422);
  CHECK(hal.post(path + "juggle", "{}").status == 404);
  CHECK(hal.post(path + "void", R"({"comment": "enough"})").text("result") == "voided");
}

TEST_CASE("Flows are counted as their runs are written", "[flow]") {
  auto& office = claims_office();
  auto& hal = office.person("hal");
  const auto visits = [&](const Answer& metrics) {
    return std::stoll(metrics.text("nodes/1/visits"));
  };
  const auto before = hal.get("/flows/either/metrics");
  REQUIRE(before.status == 200);
  const std::string run = office.begin("either");
  const auto open = hal.get("/flows/either/metrics");
  CHECK(visits(open) == visits(before) + 1);
  CHECK(std::stoll(open.text("nodes/1/open")) == std::stoll(before.text("nodes/1/open")) + 1);
  REQUIRE(office.act("bob", office.task(run, "bob"), "approve").status == 200);
  const auto after = hal.get("/flows/either/metrics");
  CHECK(after.text("nodes/1/open") == before.text("nodes/1/open"));
  CHECK(after.text("nodes/1/p50_ms") != "null");
  CHECK(std::stoll(after.text("runs/approved")) == std::stoll(before.text("runs/approved")) + 1);
  CHECK(office.person("bob").get("/flows/either/metrics").status == 403);
  CHECK(office.person("bob").get("/flows").status == 403);
  CHECK(hal.get("/flows").size("flows") == 7);
  CHECK(hal.get("/flows").size("stuck") == 0);
  CHECK(hal.get("/flows/none/metrics").status == 404);
}

TEST_CASE("A flow that could not begin has a run that says why, in nobody's lists", "[flow]") {
  auto& office = claims_office();
  auto& hal = office.person("hal");
  const std::string run = office.begin("circle");
  const auto caller = hal.get("/runs/" + run);
  CHECK(caller.text("tokens/0/incident/rule") == "reentry");
  CHECK(caller.text("suppressed") == "null");
  CHECK(caller.text("caller") == "null");
  const auto runs = hal.get("/flows/circle/runs", {{"state", "finished"}});
  REQUIRE(runs.size("runs") == 1);
  CHECK(runs.text("runs/0/result") == "suppressed");
  const auto told = hal.get("/runs/" + runs.text("runs/0/run"));
  CHECK(told.text("result") == "suppressed");
  CHECK(told.text("suppressed/rule") == "reentry");
  CHECK(told.text("suppressed/message") == caller.text("tokens/0/incident/message"));
  CHECK(told.text("caller") == run);
  CHECK(told.size("tokens") == 0);
  CHECK(hal.get("/flows/circle/metrics").text("runs/suppressed") == "1");
  CHECK(hal.get("/flows/circle").text("finished") == "1");
  const auto mine = office.person("ann").get("/tasks", {{"box", "mine"}, {"flow", "circle"}});
  CHECK(mine.each("tasks", "run") == Texts{run});
}

TEST_CASE("Events are sent by who administers flows", "[flow]") {
  auto& office = claims_office();
  auto& hal = office.person("hal");
  const auto sent = hal.post("/events", R"({"event": "paid", "correlation": "7"})");
  CHECK(sent.status == 200);
  CHECK(sent.text("runs") == "0");
  CHECK(office.person("bob").post("/events", R"({"event": "paid"})").status == 403);
  CHECK(hal.post("/events", R"({"event": "Paid!"})").problems() == Texts{"event: name"});
  CHECK(hal.post("/events", R"({"happened": "paid"})").status == 422);
}

TEST_CASE("What the process is asked for by Prometheus tells of tasks, incidents and jobs",
          "[flow]") {
  http::test::Wire wire(claims_office().port());
  wire.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const std::string told = wire.read_until("tenon_job_incidents 0");
  for (const char* name :
       {"tenon_flow_tasks_open ", "tenon_flow_tasks_overdue ", "tenon_flow_incidents ",
        "tenon_timer_lag_milliseconds ", "tenon_job_age_milliseconds{lane=\"timers\"} "}) {
    CHECK(told.find(name) != std::string::npos);
  }
}

TEST_CASE("A stream tells whose tasks changed, and nobody else", "[flow]") {
  auto& office = claims_office();
  const auto listen = [&](http::test::Wire& wire, const std::string& login) {
    wire.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nCookie: " +
              office.person(login).cookie()[0].second + "\r\n\r\n");
    wire.read_until("event: hello");
  };
  http::test::Wire bob(office.port());
  http::test::Wire eve(office.port());
  listen(bob, "bob");
  listen(eve, "eve");
  const std::string run = office.begin("sign");
  CHECK(bob.read_until("event: tasks").find("Taxi") == std::string::npos);
  REQUIRE(office.act("bob", office.task(run, "bob"), "approve").status == 200);
  const std::string told = eve.read_until("event: tasks");
  CHECK(told.find("event: tasks") != std::string::npos);
}

}  // namespace tenon::api::test
