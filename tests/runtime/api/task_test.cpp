// What people have to decide, over HTTP: lists, one task, what they do to it.
#include <catch2/catch.hpp>
#include <set>

#include "tests/runtime/api/claims_office.h"

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

std::string record_of(ClaimsOffice& office, const std::string& run) {
  return office.person("hal").get("/runs/" + run).text("record/id");
}

}  // namespace

TEST_CASE("A claim is submitted, lies with who is asked, is decided, and is done", "[flow]") {
  auto& office = claims_office();
  const std::string claim = office.claim("Hotel", "250");
  const auto begun = office.start("sign", claim);
  REQUIRE(begun.status == 201);
  CHECK(begun.text("state") == "running");
  CHECK(begun.text("record/title") == "Hotel");
  CHECK(begun.text("initiator/name") == "The ann");
  const std::string run = begun.text("id");

  const auto todo = office.person("bob").get("/tasks", {{"q", "hotel"}});
  REQUIRE(todo.size("tasks") == 1);
  CHECK(todo.text("tasks/0/run") == run);
  CHECK(todo.text("tasks/0/flow/label") == "Flow sign");
  CHECK(todo.text("tasks/0/node/label") == "Step first");
  CHECK(todo.text("tasks/0/record/object") == "claim");
  CHECK(todo.text("tasks/0/is_overdue") == "false");
  CHECK(todo.each("tasks/0/facts", "field") == Texts{"amount", "granted", "number"});
  CHECK(todo.text("tasks/0/facts/0/value") == "250.00");
  const std::string task = todo.text("tasks/0/id");

  const auto page = office.person("bob").get("/tasks/" + task);
  CHECK(page.text("can").find("\"approve\"") != std::string::npos);
  CHECK(page.text("fields") == R"({"granted":"write"})");
  CHECK(page.text("comment_required") == "true");
  CHECK(page.text("run/next/0/node") == "second");
  CHECK(page.text("run/next/0/people/0/name") == "The eve");

  const auto approved = office.act(
      "bob", task, "approve", R"({"comment": "fine", "form": {"granted": "200"}, "version": 1})");
  REQUIRE(approved.status == 200);
  CHECK(approved.text("state") == "approved");
  CHECK(approved.text("run/seats/1/holder/name") == "The eve");
  CHECK(office.person("ann").get("/records/claim/" + claim).text("granted") == "200.00");

  const auto done = office.person("bob").get("/tasks", {{"box", "done"}, {"q", "hotel"}});
  REQUIRE(done.size("tasks") == 1);
  CHECK(done.text("tasks/0/comment") == "fine");
  const auto last = office.act("eve", office.task(run, "eve"), "approve");
  CHECK(last.text("run/state") == "finished");
  CHECK(last.text("run/result") == "approved");
  const auto mine = office.person("ann").get("/tasks", {{"box", "mine"}, {"q", "hotel"}});
  CHECK(mine.text("tasks/0/result") == "approved");
  CHECK(mine.text("tasks/0/at") == "[]");
}

TEST_CASE("Who has nothing to do with a run knows nothing of it", "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("single");
  const std::string task = office.task(run, "bob");
  CHECK(office.person("gus").get("/runs/" + run).status == 404);
  CHECK(office.person("gus").get("/tasks/" + task).status == 404);
  CHECK(office.act("gus", task, "approve").status == 404);
  CHECK(office.person("gus").post("/runs/" + run + "/urge", "{}").status == 404);
  CHECK(office.person("gus").get("/records/claim/" + record_of(office, run) + "/runs").status ==
        404);
  // Who may read the record may read the run, and decides nothing.
  CHECK(office.person("cid").get("/runs/" + run).status == 200);
  CHECK(office.act("cid", task, "approve").status == 403);
  CHECK(office.person("cid").get("/tasks/" + run + "-99").status == 404);
  CHECK(office.person("cid").get("/tasks/none").status == 404);
}

TEST_CASE("A task shows of its record what its node gives, to whom may read nothing of it",
          "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("outside", "Only the title");
  const auto todo = office.person("gus").get("/tasks");
  REQUIRE(todo.size("tasks") == 1);
  CHECK(todo.text("tasks/0/record/title") == "Only the title");
  CHECK(todo.text("tasks/0/facts") == "[]");
  CHECK(office.act("gus", office.task(run, "gus"), "approve").status == 200);
}

TEST_CASE("What a task's body says wrongly is named at its place", "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("sign");
  const std::string task = office.task(run, "bob");
  const auto problems = [&](const std::string& act, const std::string& body) {
    const auto answer = office.act("bob", task, act, body);
    return std::pair(answer.status, answer.problems());
  };
  const auto is = [](int status, Texts texts) { return std::pair(status, std::move(texts)); };
  CHECK(problems("approve", R"({"coment": "x"})") == is(422, {"coment: unknown_member"}));
  CHECK(problems("approve", R"({"form": {"nothing": 1}})").first == 422);
  CHECK(problems("approve", R"({"request_id": ""})") == is(422, {"request_id: request_id"}));
  CHECK(problems("transfer", "{}") == is(422, {": required"}));
  CHECK(problems("transfer", R"({"to": "?"})") == is(422, {"to: person"}));
  CHECK(problems("return", "{}") == is(422, {": required"}));
  CHECK(problems("add_sign", R"({"position": "above", "people": []})").second.front() ==
        "position: position");
  CHECK(problems("remove_sign", R"({"seat": "0HB-1"})") == is(422, {"seat: task"}));
  CHECK(problems("reject", "{}").first == 422);  // The node wants a comment.
  CHECK(problems("juggle", "{}").first == 404);
  auto& bob = office.person("bob");
  CHECK(bob.get("/tasks", {{"box", "all"}}).status == 400);
  CHECK(bob.get("/tasks", {{"after", "AAAA"}}).status == 400);
  CHECK(bob.get("/tasks", {{"limit", "0"}}).status == 400);
  CHECK(bob.get("/tasks", {{"flow", "none"}}).status == 404);
  CHECK(bob.get("/tasks", {{"boxes", "todo"}}).status == 400);
}

TEST_CASE("A decision that comes too late says who decided, and when", "[flow]") {
  auto& office = claims_office();
  const std::string task = office.task(office.begin("single"), "bob");
  REQUIRE(office.act("bob", task, "approve").status == 200);
  const auto late = office.act("bob", task, "reject", R"({"comment": "no"})");
  CHECK(late.status == 409);
  CHECK(late.text("decided_by/id") == office.who("bob"));
  CHECK(late.text("decided_by/name") == "The bob");
  CHECK(late.text("decided_at").ends_with("Z"));
}

TEST_CASE("The same request again is answered as before, and done once", "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("single");
  const std::string task = office.task(run, "bob");
  const std::string body = R"({"comment": "yes", "request_id": "r-1"})";
  const auto first = office.act("bob", task, "approve", body);
  const auto again = office.act("bob", task, "approve", body);
  REQUIRE(first.status == 200);
  CHECK(again.status == 200);
  CHECK(again.text("state") == "approved");
  CHECK(again.size("run/history") == first.size("run/history"));
}

TEST_CASE("Many tasks are decided one by one, each with its own outcome", "[flow]") {
  auto& office = claims_office();
  const std::string open = office.task(office.begin("single"), "bob");
  const std::string decided = office.task(office.begin("single"), "bob");
  const std::string others = office.task(office.begin("many"), "pat");
  REQUIRE(office.act("bob", decided, "approve").status == 200);
  const auto results = office.person("bob").post(
      "/tasks/batch", R"({"act": "approve", "tasks": [")" + open + R"(", ")" + decided + R"(", ")" +
                          others + R"("], "comment": "all"})");
  REQUIRE(results.status == 200);
  CHECK(results.each("results", "ok") == Texts{"true", "false", "false"});
  CHECK(results.text("results/1/problem/code") == "conflict");
  CHECK(results.text("results/1/problem/decided_by/name") == "The bob");
  CHECK(results.text("results/2/problem/code") == "denied");
  CHECK(office.act("pat", others, "approve").status == 200);
  auto& bob = office.person("bob");
  CHECK(bob.post("/tasks/batch", R"({"act": "return", "tasks": []})").problems() ==
        Texts{"act: act"});
  std::string many;
  for (int i = 0; i < 201; ++i) many += (i == 0 ? "\"" : ", \"") + open + "\"";
  CHECK(bob.post("/tasks/batch", R"({"act": "approve", "tasks": [)" + many + "]}").code() ==
        "limit");
}

TEST_CASE("Three hundred tasks come page by page, each once, and are counted", "[flow]") {
  auto& office = claims_office();
  for (int i = 0; i < 300; ++i) office.begin("many", "Many " + std::to_string(i));
  auto& pat = office.person("pat");
  std::set<std::string> seen;
  std::string after;
  int pages = 0;
  do {
    Parameters parameters{{"limit", "100"}, {"flow", "many"}};
    if (!after.empty()) parameters.emplace_back("after", after);
    const auto page = pat.get("/tasks", parameters);
    REQUIRE(page.status == 200);
    CHECK(page.text("counts/todo") == "300");
    for (const std::string& id : page.each("tasks", "id")) seen.insert(id);
    after = page.text("next") == "null" ? "" : page.text("next");
    ++pages;
  } while (!after.empty());
  CHECK(seen.size() == 300);
  CHECK(pages == 3);
  CHECK(pat.get("/tasks", {{"q", "many 299"}}).size("tasks") == 1);
  CHECK(pat.get("/tasks", {{"after", "AAAA"}, {"box", "done"}}).status == 400);
}

TEST_CASE("Tasks speak the language of who reads them", "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("both", "Zug");
  const auto chinese = office.person("cid").get("/tasks", {{"q", "zug"}});
  CHECK(chinese.text("tasks/0/flow/label") == "流程 both");
  CHECK(chinese.text("tasks/0/node/label") == "步骤 only");
  CHECK(chinese.text("tasks/0/facts/0/label") == "金额");
  const auto english = office.person("bob").get("/tasks", {{"q", "zug"}});
  CHECK(english.text("tasks/0/flow/label") == "Flow both");
  CHECK(english.text("tasks/0/facts/0/label") == "Amount");
  CHECK(office.act("bob", office.task(run, "bob"), "approve").status == 200);
}

TEST_CASE("A seat is handed on, lent, added to, and sent back", "[flow]") {
  auto& office = claims_office();
  const std::string run = office.begin("sign");
  const auto to = [&](const std::string& login) {
    return R"({"to": ")" + office.who(login) + R"(", "comment": "please"})";
  };
  const std::string first = office.task(run, "bob");
  REQUIRE(office.act("bob", first, "transfer", to("cid")).status == 200);
  CHECK(office.task(run, "cid") == first);
  REQUIRE(office.act("cid", first, "delegate", to("pat")).status == 200);
  CHECK(office.task(run, "pat") == first);
  REQUIRE(office.act("pat", first, "answer", R"({"comment": "yes"})").status == 200);
  CHECK(office.task(run, "cid") == first);
  const auto added = office.act("cid", first, "add_sign",
                                R"({"position": "parallel", "people": [")" + office.who("pat") +
                                    R"("], "comment": "you, too"})");
  REQUIRE(added.status == 200);
  const std::string extra = office.task(run, "pat");
  CHECK_FALSE(extra.empty());
  CHECK(office.person("cid").get("/tasks/" + first).each("removable", "seat").size() >= 1);
  REQUIRE(office.act("cid", first, "remove_sign", R"({"seat": ")" + extra + "\"}").status == 200);
  CHECK(office.task(run, "pat").empty());
  REQUIRE(office.act("cid", first, "approve", R"({"comment": "ok"})").status == 200);
  REQUIRE(office.act("cid", first, "take_back").status == 200);
  const std::string again = office.task(run, "cid");
  REQUIRE(office.act("cid", again, "approve", R"({"comment": "ok"})").status == 200);
  const auto targets = office.person("eve").get("/tasks/" + office.task(run, "eve"));
  CHECK(targets.each("return_targets", "node") == Texts{"$start", "first"});
  const auto back = office.act("eve", office.task(run, "eve"), "return",
                               R"({"node": "$start", "comment": "no"})");
  CHECK(back.status == 200);
  const std::string mend = office.task(run, "ann");
  REQUIRE_FALSE(mend.empty());
  const auto page = office.person("ann").get("/tasks/" + mend);
  CHECK(page.text("node/kind") == "start");
  CHECK(office.act("ann", mend, "complete").status == 200);
}

}  // namespace tenon::api::test
