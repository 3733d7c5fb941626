#include "engine/command/assign.h"

#include <catch2/catch.hpp>

#include "engine/command/check_draft.h"
#include "engine/query/assignments.h"
#include "tests/support/routing.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::person;
using support::routing;
using support::RunningApplication;
using support::told;

// People, and two teams of them, by short names.
struct Office {
  RunningApplication running{routing()};
  std::map<std::string, RecordId> ids;

  Office() {
    for (const char* name : {"boss", "anna", "bob", "cleo"}) {
      ids[name] = running.made(
          "user", R"({"login": ")" + std::string(name) + R"(", "name": ")" + name + R"("})");
    }
    team("east", {"anna", "bob", "cleo"});
    team("west", {"anna", "bob"});
  }

  void team(const std::string& name, const std::vector<std::string>& members) {
    ids["team " + name] = running.made("team", R"({"name": ")" + name + R"("})");
    for (const std::string& member : members) {
      ids[name + " " + member] =
          running.made("team_member", R"({"team": ")" + text_of(ids["team " + name]) +
                                          R"(", "user": ")" + text_of(ids[member]) + R"("})");
    }
  }

  // Who gets an order of this region; "" nobody.
  std::string given(const std::string& region, const std::string& more = "") {
    const auto id =
        running.made("order", R"({"title": "t", "region": ")" + region + "\"" + more + "}");
    return owner_of(id);
  }

  std::string owner_of(RecordId id) {
    const std::string owner = running.value("order", id, "owned_by");
    return owner == "null" ? "" : owner.substr(1, owner.size() - 2);
  }

  std::vector<query::AssignmentEntry> ledger(RecordId id,
                                             const Actor& actor = support::the_system()) {
    std::vector<query::AssignmentEntry> entries;
    running.ask(actor, [&](const query::Context& context) {
      auto found = query::assignments(context, "order", id, 10);
      if (found) entries = found.take();
    });
    return entries;
  }

  void absent(const std::string& name, std::int64_t hours) {
    const auto at = [](std::int64_t ms) { return tenon::text_of(DateTime{ms}); };
    running.made("absence", R"({"user": ")" + text_of(ids[name]) + R"(", "from": ")" +
                                at(running.clock.now) + R"(", "until": ")" +
                                at(running.clock.now + hours * 3'600'000) + R"("})");
  }
};

}  // namespace

TEST_CASE("a new record goes to whom the first row that applies says", "[command]") {
  Office office;
  CHECK(office.given("east", R"(, "amount": "100000")") == "boss");
  CHECK(office.given("east") == "anna");
  CHECK(office.given("elsewhere") == "");  // No row: the default stays, and the system is nobody.
  CHECK(office.given("none") == "");       // The condition does not hold.
}

TEST_CASE("what does not read the owner is right beside one that was given", "[command]") {
  auto files = routing();
  std::string& order = files["objects/order.json"];
  const auto put = [&](const std::string& old, const std::string& fresh) {
    order.replace(order.find(old), old.size(), fresh);
  };
  put("owner.name", "UPPER(region)");
  put("NOT ISBLANK(owner)", "amount > 5");
  RunningApplication running{files};
  const auto boss = running.made("user", R"({"login": "boss", "name": "boss"})");
  const auto id = running.made("order", R"({"title": "t", "region": "east", "amount": "100000"})");
  CHECK(running.value("order", id, "owner") == "\"" + text_of(boss) + "\"");
  CHECK(running.value("order", id, "owned_by") == "\"EAST\"");
  CHECK(running.value("order", id, "is_owned") == "true");
}

TEST_CASE("by turns each of the team gets one, and the ledger knows who is next", "[command]") {
  Office office;
  std::string turns;
  for (int i = 0; i < 7; ++i) turns += office.given("east").substr(0, 1);
  CHECK(turns == "abcabca");
}

TEST_CASE("who has the fewest open records is next, done ones do not count", "[command]") {
  Office office;
  CHECK(office.given("east") == "anna");
  CHECK(office.given("west") == "bob");
  CHECK(office.given("west") == "anna");  // One each: who waited longest.
  CHECK(office.given("west") == "bob");
  // Two each. What anna has done does not make her the fuller one.
  office.running.made("order", R"({"title": "t", "state": "done", "owner": ")" +
                                   text_of(office.ids["anna"]) + R"("})");
  CHECK(office.given("west") == "anna");
}

TEST_CASE("turns come as often as the weight says", "[command]") {
  Office office;
  REQUIRE(office.running.update("team_member", office.ids["east bob"], R"({"weight": 2})"));
  std::string turns;
  for (int i = 0; i < 8; ++i) turns += office.given("north").substr(0, 1);
  CHECK(std::count(turns.begin(), turns.end(), 'b') == 4);
  CHECK(std::count(turns.begin(), turns.end(), 'a') == 2);
}

TEST_CASE("absent, inactive and full people are passed over, and the ledger says why",
          "[command]") {
  Office office;
  office.absent("anna", 8);
  REQUIRE(office.running.update("team_member", office.ids["east bob"], R"({"capacity": 0})"));
  const auto id = office.running.made("order", R"({"title": "t", "region": "east"})");
  CHECK(office.owner_of(id) == "cleo");
  const auto entries = office.ledger(id);
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].kind == "assign");
  CHECK(entries[0].rule_name == "routing");
  CHECK(entries[0].row == 1);
  CHECK(entries[0].row_label == "East");
  CHECK(entries[0].team_name == "east");
  CHECK(entries[0].strategy == "round_robin");
  CHECK(entries[0].chosen.name == "cleo");
  REQUIRE(entries[0].skipped.size() == 2);
  CHECK(entries[0].skipped[0].user.name == "anna");
  CHECK(entries[0].skipped[0].reason == "absent");
  CHECK(entries[0].skipped[1].reason == "full");

  REQUIRE(office.running.update("user", office.ids["cleo"], R"({"active": false})"));
  const auto left = office.running.made("order", R"({"title": "t", "region": "east"})");
  CHECK(office.owner_of(left) == "");
  CHECK(office.ledger(left)[0].chosen.id.value == 0);
  CHECK(office.ledger(left)[0].skipped[2].reason == "inactive");

  office.running.clock.now += 9 * 3'600'000;  // Anna is back.
  CHECK(office.given("east") == "anna");
}

TEST_CASE("whom the table names and nobody is called so is noted, as one who is not active",
          "[command]") {
  Office office;
  const auto large = R"({"title": "t", "region": "east", "amount": "100000"})";
  REQUIRE(office.running.update("user", office.ids["boss"], R"({"active": false})"));
  const auto passed = office.running.made("order", large);
  CHECK(office.owner_of(passed) == "");
  REQUIRE(office.ledger(passed).at(0).skipped.size() == 1);
  CHECK(office.ledger(passed)[0].strategy == "user");
  CHECK(office.ledger(passed)[0].skipped[0].user.name == "boss");
  CHECK(office.ledger(passed)[0].skipped[0].reason == "inactive");

  REQUIRE(office.running.update("user", office.ids["boss"], R"({"login": "chief"})"));
  const auto unknown = office.ledger(office.running.made("order", large));
  REQUIRE(unknown.at(0).skipped.size() == 1);
  CHECK(unknown[0].skipped[0].unknown == "boss");
  CHECK(unknown[0].skipped[0].reason == "unknown_user");

  const auto nowhere =
      office.ledger(office.running.made("order", R"({"title": "t", "region": "nowhere"})"));
  REQUIRE(nowhere.at(0).skipped.size() == 1);
  CHECK(nowhere[0].skipped[0].user.id.value == 0);
  CHECK(nowhere[0].skipped[0].unknown == "missing");
  CHECK(nowhere[0].skipped[0].reason == "unknown_team");
}

TEST_CASE("nobody off duty is given anything", "[command]") {
  // 2027-01-15 is a Friday; 08:00 UTC is 16:00 in Shanghai.
  Office office;
  const auto calendar =
      office.running.made("calendar", R"({"name": "c", "friday": "09:00-18:00"})");
  REQUIRE(office.running.update("team", office.ids["team east"],
                                R"({"calendar": ")" + text_of(calendar) + R"("})"));
  CHECK(office.given("east") == "anna");
  office.running.clock.now += 2 * 3'600'000;
  CHECK(office.given("east") == "");
  office.running.clock.now += 15 * 3'600'000;  // Saturday, 09:00.
  CHECK(office.given("east") == "");
  office.running.clock.now += 6 * 24 * 3'600'000;
  CHECK(office.given("east") == "bob");
}

TEST_CASE("an owner who is given stays, and nothing is decided", "[command]") {
  Office office;
  const auto id = office.running.made("order", R"({"title": "t", "region": "east", "owner": ")" +
                                                   text_of(office.ids["cleo"]) + R"("})");
  CHECK(office.owner_of(id) == "cleo");
  CHECK(office.ledger(id).empty());
}

TEST_CASE("whoever may make a record for themselves may make one that goes to others",
          "[command]") {
  Office office;
  const Actor bob = person(office.ids["bob"], {"clerk"});
  const auto reply = office.running.create("order", R"({"title": "t", "region": "east"})", bob);
  REQUIRE(reply);
  CHECK(office.owner_of(reply->id) == "anna");
  CHECK(office.running.value("order", reply->id, "is_owned") == "true");
  CHECK(office.running.value("order", reply->id, "title", bob) == "gone");
  CHECK(office.ledger(reply->id, bob).empty());
  CHECK(office.ledger(reply->id).at(0).actor.name == "bob");
  CHECK(office.running.events_of(reply->id).size() == 1);
  // A table that does not apply leaves it with who made it.
  const auto own = office.running.create("order", R"({"title": "t"})", bob);
  REQUIRE(own);
  CHECK(office.owner_of(own->id) == "bob");
}

TEST_CASE("a record that is refused leaves no trace in the ledger", "[command]") {
  Office office;
  CHECK(told(office.running.create("order", R"({"region": "east"})")) == "invalid title:required");
  CHECK(office.given("east") == "anna");  // Nobody has lost a turn.
}

TEST_CASE("a draft that is checked shows who would get it, and moves nothing", "[command]") {
  Office office;
  for (int i = 0; i < 2; ++i) {
    REQUIRE(office.running.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      const auto& object = office.running.object("order");
      Input input;
      input.entries.push_back({*object.find_slot("region"), Value{std::string("east")}});
      TENON_TRY(const auto checked, check_draft(context, {&object, std::nullopt, input}));
      const auto slot = static_cast<std::size_t>(*object.find_slot("owner"));
      CHECK(checked.fields[slot] == Value{office.ids["anna"]});
      return done();
    }));
  }
  CHECK(office.given("east") == "anna");
}

TEST_CASE("a table whose rows contradict each other refuses the record, naming them", "[command]") {
  auto files = routing();
  files["tables/routing.json"] = R"json({"name": "routing", "object": "order", "hit": "unique",
      "inputs": [{"name": "amount", "formula": "amount"}],
      "outputs": [{"name": "user", "label": "User", "type": "text"}],
      "rows": [{"when": {"amount": ">= LEN(region)"}, "then": {"user": "\"a\""}},
               {"when": {"amount": ">= 10"}, "then": {"user": "\"b\""}}]})json";
  RunningApplication running(files);
  const auto refused = running.create("order", R"({"title": "t", "region": "x", "amount": "20"})");
  CHECK(told(refused) == "invalid owner:decision.unique");
  CHECK(refused.error().problems[0].message.find("1, 2") != std::string::npos);
}

TEST_CASE("rows may be records that the business keeps", "[command]") {
  auto files = routing();
  files["objects/rota.json"] = R"json({"name": "rota", "label": "Rota", "label_plural": "Rotas",
      "title_field": "region", "fields": [
        {"name": "region", "label": "Region", "type": "text"},
        {"name": "least", "label": "Least", "type": "money"},
        {"name": "most", "label": "Most", "type": "money"},
        {"name": "paused", "label": "Paused", "type": "boolean"},
        {"name": "rank", "label": "Rank", "type": "integer"},
        {"name": "seller", "label": "Seller", "type": "user"}]})json";
  files["tables/routing.json"] = R"json({"name": "routing", "object": "order", "hit": "first",
      "inputs": [{"name": "region", "formula": "region"}, {"name": "amount", "formula": "amount"}],
      "outputs": [{"name": "user", "label": "User", "type": "user"}],
      "rows_from": {"object": "rota", "filter": "NOT (paused = true)", "sort": ["-rank"],
                    "when": {"region": {"equals": "region"},
                             "amount": {"from": "least", "below": "most"}},
                    "then": {"user": "seller"}}})json";
  RunningApplication running(files);
  const auto seller = [&](const std::string& name) {
    return running.made("user", R"({"login": ")" + name + R"(", "name": ")" + name + R"("})");
  };
  const auto anna = seller("anna");
  const auto bob = seller("bob");
  const auto rota = [&](RecordId who, const std::string& more) {
    return running.made("rota", R"({"seller": ")" + text_of(who) + "\", " + more + "}");
  };
  rota(anna, R"("region": "east", "least": "10", "most": "20", "rank": 1)");
  const auto paused = rota(bob, R"("region": "east", "rank": 2, "paused": true)");
  rota(bob, R"("least": "20", "rank": 0)");
  const auto given = [&](const std::string& region, const std::string& amount) {
    const auto id = running.made(
        "order", R"({"title": "t", "region": ")" + region + R"(", "amount": ")" + amount + R"("})");
    return running.value("order", id, "owned_by");
  };
  CHECK(given("east", "15") == "\"anna\"");
  CHECK(given("east", "20") == "\"bob\"");
  CHECK(given("west", "20") == "\"bob\"");
  CHECK(given("west", "15") == "null");
  REQUIRE(running.update("rota", paused, R"({"paused": false})"));
  CHECK(given("east", "15") == "\"bob\"");
}

}  // namespace tenon::command
