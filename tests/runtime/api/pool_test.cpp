// Records in nobody's hands: who takes them, who sees what of them, and what everybody is told.
#include <catch2/catch.hpp>
#include <thread>

#include "tests/runtime/api/running_application.h"
#include "tests/runtime/http/wire.h"

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

// Of its own, for what lies in the pool is in everybody's lists; shipped and renamed.
RunningApplication& pooled_application() {
  static RunningApplication shipped(shipped_crm());
  static RunningApplication renamed(renamed_crm(20270301));
  const bool is_renamed = GENERATE(false, true);
  return is_renamed ? renamed : shipped;
}

std::string in_pool(RunningApplication& crm, const std::string& name) {
  return crm.person("admin").create("<lead>", R"({"<lead.name>": ")" + name +
                                                  R"(", "<lead.email>": ")" + name +
                                                  R"(@example.com", "<lead.owner>": null})");
}

std::string action(const std::string& id, const std::string& name) {
  return "/records/<lead>/" + id + "/actions/" + name;
}

std::string ids(const Texts& all) {
  std::string json = "[";
  for (const std::string& id : all) json += (json.size() > 1 ? ", \"" : "\"") + id + "\"";
  return json + "]";
}

}  // namespace

TEST_CASE("A member claims a record out of the pool, gives it back, and the ledger has it all") {
  auto& crm = pooled_application();
  auto& anna = crm.person("anna");
  const std::string id = in_pool(crm, "claimed");
  const auto before = anna.get("/records/<lead>/" + id, {{"may", "true"}});
  REQUIRE(before.status == 200);
  CHECK(before.text("may/update") == "false");
  CHECK(before.text("may/actions/claim") == "[]");
  CHECK(before.text("<lead.email>") == "null");
  CHECK(before.body.find(crm.names().expand(R"("hidden":["<lead.email>","<lead.phone>"])")) !=
        std::string::npos);

  const auto claimed = anna.post(action(id, "claim"), "");
  REQUIRE(claimed.status == 200);
  CHECK(claimed.text("record/<lead.email>") == "claimed@example.com");
  const auto now = anna.get("/explain/assignment/<lead>/" + id, {{"locale", "zh-CN"}});
  CHECK(now.text("now/in_pool") == "false");
  CHECK(now.text("now/pool/label") == "线索公海");
  CHECK(now.text("now/due") == "7 天未跟进");
  CHECK(now.text("now/owner/name") == "Anna Snelling");
  CHECK(now.has("now/protected_until"));
  CHECK(now.text("now/due_at") != "null");
  CHECK(now.text("now/actions/release") == "[]");
  CHECK(now.text("now/actions/extend/0/rule") == "condition");
  CHECK(now.text("entries/0/kind") == "claim");
  CHECK(now.text("entries/0/chosen/name") == "Anna Snelling");

  const auto released = anna.post(action(id, "release"), R"({"reason": "Not for me"})");
  REQUIRE(released.status == 200);
  CHECK(released.text("record/<lead.email>") == "null");
  const auto after = anna.get("/explain/assignment/<lead>/" + id);
  CHECK(after.text("entries/0/kind") == "release");
  CHECK(after.text("entries/0/reason") == "Not for me");
  CHECK(after.text("now/actions/claim/0/rule") == "cool_down");
  const auto again = anna.post(action(id, "claim"), "{}");
  CHECK(again.status == 422);
  CHECK(again.problems() == Texts{": cool_down"});
  CHECK(again.text("ownership/actions/claim/0/until") == after.text("now/actions/claim/0/until"));
}

TEST_CASE("Of two people who claim at once exactly one gets it, and the other is told who") {
  auto& crm = pooled_application();
  auto& anna = crm.person("anna");
  auto& moses = crm.person("moses");
  for (int round = 0; round < 4; ++round) {
    const std::string id = in_pool(crm, "wanted" + std::to_string(round));
    std::optional<Answer> other;
    std::thread second([&] { other = moses.post(action(id, "claim"), ""); });
    const Answer one = anna.post(action(id, "claim"), "");
    second.join();
    const bool won = one.status == 200;
    CHECK((won ? other->status : one.status) == 409);
    CHECK((won ? one.status : other->status) == 200);
    const Answer& lost = won ? *other : one;
    CHECK(lost.problems() == Texts{": taken"});
    CHECK(lost.text("ownership/owner/name") == (won ? "Anna Snelling" : "Moses Frase"));
    // Only one of them has ever had it.
    const auto ledger = crm.person("admin").get("/explain/assignment/<lead>/" + id);
    const Texts kinds = ledger.each("entries", "kind");
    CHECK(std::count(kinds.begin(), kinds.end(), "claim") == 1);
    crm.person("admin").erase("/records/<lead>/" + id);
  }
}

TEST_CASE("What the pool hides is in no answer: value, filter, search, order, group, history") {
  auto& crm = pooled_application();
  auto& cecily = crm.person("cecily");
  const std::string id = in_pool(crm, "secretive");
  crm.person("admin").patch("/records/<lead>/" + id,
                            R"({"<lead.email>": "hidden-word@example.com"})");
  const auto found = [&](Person& who, const Parameters& parameters) {
    return who.get("/records/<lead>", parameters).each("records", "id");
  };
  auto& dustin = crm.person("dustin");
  const Parameters filter{{"filter", R"(<lead.email> = "hidden-word@example.com")"}};
  const Parameters search{{"q", "hidden-word"}};
  CHECK(found(dustin, filter) == Texts{id});
  CHECK(found(dustin, search) == Texts{id});
  CHECK(found(cecily, filter).empty());
  CHECK(found(cecily, search).empty());
  const auto grouped = cecily.post(
      "/query", R"({"object": "<lead>", "group": ["<lead.email>"], "measures": [{"name": "n",
                   "of": "count"}]})");
  CHECK(grouped.status == 200);
  CHECK(grouped.body.find("hidden-word") == std::string::npos);
  const auto sorted = cecily.get("/records/<lead>", {{"sort", "-<lead.email>"}, {"limit", "200"}});
  CHECK(sorted.body.find("hidden-word") == std::string::npos);
  const auto history = cecily.get("/records/<lead>/" + id + "/history");
  REQUIRE(history.status == 200);
  CHECK(history.body.find("hidden-word") == std::string::npos);
  CHECK(history.body.find("secretive@") == std::string::npos);
  CHECK(dustin.get("/records/<lead>/" + id + "/history").body.find("hidden-word") !=
        std::string::npos);
  // Whoever has it, has all of it.
  REQUIRE(cecily.post(action(id, "claim"), "").status == 200);
  CHECK(found(cecily, filter) == Texts{id});
  crm.person("admin").erase("/records/<lead>/" + id);
}

TEST_CASE("Push tells of a pool's record without the fields it hides") {
  auto& crm = pooled_application();
  const std::string id = in_pool(crm, "pushed");
  http::test::Wire wire(crm.port());
  wire.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nCookie: " +
            crm.person("cecily").cookie()[0].second + "\r\n\r\n");
  wire.read_until("event: hello");
  auto& admin = crm.person("admin");
  const std::string at = "/records/<lead>/" + id;
  REQUIRE(admin.patch(at, R"({"<lead.email>": "p2@example.com"})").status == 200);
  REQUIRE(admin.patch(at, R"({"<lead.email>": "p3@example.com", "<lead.note>": "n"})").status ==
          200);
  const std::string told = wire.read_until(crm.names().at("lead.note"));
  CHECK(told.find("\"version\":2") == std::string::npos);  // Nothing of it may be read.
  CHECK(told.find("\"" + crm.names().at("lead.email") + "\"") == std::string::npos);
  admin.erase(at);
}

TEST_CASE("Many records are claimed at once, each by the rules, the first first") {
  auto& crm = pooled_application();
  auto& helen = crm.person("helen");
  auto& cecily = crm.person("cecily");
  Texts all;
  for (int i = 0; i < 7; ++i) all.push_back(in_pool(crm, "many" + std::to_string(i)));
  const auto answer =
      cecily.post("/records/<lead>/actions/claim", R"({"records": )" + ids(all) + "}");
  REQUIRE(answer.status == 200);
  const Texts status = answer.each("results", "status");
  const auto claimed = static_cast<std::size_t>(std::count(status.begin(), status.end(), "200"));
  CHECK(claimed <= 5);  // Others of this day count.
  REQUIRE(claimed < all.size());
  const std::string refused = "results/" + std::to_string(claimed) + "/";
  CHECK(answer.text(refused + "status") == "422");
  CHECK(answer.text(refused + "error/problems/0/rule") == "daily_limit");
  const auto list = cecily.get("/records/<lead>", {{"may", "true"}, {"limit", "200"}});
  CHECK(list.body.find("daily_limit") != std::string::npos);

  const std::string moses = crm.id_of("user", "login", crm.login("moses"));
  const auto assigned =
      helen.post("/records/<lead>/actions/assign", R"({"records": )" + ids({all[5], all[6]}) +
                                                       R"(, "with": {"user": ")" + moses + "\"}}");
  CHECK(assigned.each("results", "status") == Texts{"200", "200"});
  CHECK(crm.person("moses").get("/records/<lead>/" + all[6]).status == 200);
  for (const std::string& id : all) crm.person("admin").erase("/records/<lead>/" + id);
}

TEST_CASE("An action that cannot be is refused in words, and nothing is written") {
  auto& crm = pooled_application();
  auto& anna = crm.person("anna");
  const std::string id = in_pool(crm, "refused");
  const std::string own =
      anna.create("<lead>", R"({"<lead.name>": "Mine", "<lead.email>": "mine@example.com"})");
  const auto before = crm.position();
  CHECK(anna.post(action(id, "release"), "").status == 422);
  CHECK(anna.post(action(own, "claim"), "").problems() == Texts{": yours"});
  CHECK(anna.post(action(id, "assign"), R"({"user": "0000000000001"})").status == 403);
  CHECK(anna.post(action(own, "return"), "").status == 403);
  CHECK(anna.post(action(own, "take"), "").status == 404);
  CHECK(anna.post(action("0000000000001", "claim"), "").status == 404);
  CHECK(anna.post(action(id, "claim"), R"({"who": "me"})").status == 422);
  CHECK(anna.post("/records/<lead>/actions/claim", "{}").status == 422);
  CHECK(anna.post("/records/<lead>/actions/nothing", R"({"records": []})").status == 404);
  CHECK(anna.post("/records/<account>/" + crm.id_of("<account>", "<account.name>", "Cancity") +
                      "/actions/claim",
                  "")
            .problems() == Texts{": no_pool"});
  CHECK(anna.patch("/records/<lead>/" + own, R"({"<lead.owner>": null})").status == 403);
  CHECK(crm.person("moses").post(action(own, "extend"), "").status == 403);
  CHECK(crm.position() == before);
  crm.person("admin").erase("/records/<lead>/" + id);
}

TEST_CASE("A claim sent twice under one key is one claim") {
  auto& crm = pooled_application();
  auto& moses = crm.person("moses");
  const std::string id = in_pool(crm, "once");
  const HeaderList key{{"Idempotency-Key", "claim-" + id}};
  const auto first = moses.post(action(id, "claim"), "", key);
  const auto second = moses.post(action(id, "claim"), "", key);
  CHECK(first.status == 200);
  CHECK(second.body == first.body);
  crm.person("admin").erase("/records/<lead>/" + id);
}

}  // namespace tenon::api::test
