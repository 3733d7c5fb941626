// Why a field has its value, a rule its answer, a table its outcome; and to whom it is not told.
#include <catch2/catch.hpp>

#include "tests/runtime/api/both_bundles.h"

namespace tenon::api::test {
namespace {

constexpr const char* kOpportunity = "objects/opportunity.json";

// Deals with a margin that reps may not read, and accounts that count all their deals.
CrmBundle crm_with_margins() {
  CrmBundle crm = shipped_crm();
  replace(crm, kOpportunity, R"("to": "account"
    })",
          R"("to": "account", "back": "deals"
    })");
  replace(crm, kOpportunity, R"("fields": [)", R"json("fields": [
      {"name": "zz_margin", "label": "Margin", "type": "money"},
      {"name": "zz_bonus", "label": "Bonus", "type": "formula", "scale": 2,
       "formula": "IF(zz_margin > 10, amount * 2, probability)"},
      {"name": "zz_level", "label": "Level", "type": "lookup", "path": "account.name"},
      {"name": "zz_pounds", "label": "Pounds", "type": "formula", "scale": 2,
       "formula": "amount * EXCHANGE_RATE(\"CHF\", \"GBP\")"},
      {"name": "zz_ready_on", "label": "Ready on", "type": "formula",
       "formula": "WORKDAY(DATE(2026, 11, 26), 1, title)"},)json");
  replace(crm, "objects/account.json", R"("fields": [)", R"json("fields": [
      {"name": "zz_deals", "label": "Deals", "type": "formula", "scale": 2,
       "formula": "SUM(deals.amount, stage <> \"lost\") + 1"},)json");
  replace(
      crm, "roles/rep.json", R"({ "read": "own", "create": true, "update": "own" },)",
      R"({ "read": "own", "create": true, "update": "own", "fields": {"zz_margin": "none"} },)");
  crm.files["tables/zz_odds.json"] = R"json({"name": "zz_odds", "object": "opportunity",
    "inputs": [{"name": "amount", "formula": "amount"},
               {"name": "odds", "formula": "probability"}],
    "outputs": [{"name": "word", "label": "Word", "type": "text"}], "hit": "first",
    "rows": [{"when": {"amount": "> 500", "odds": "< 1 / probability"}, "then": {"word": "\"a\""}},
             {"then": {"word": "\"b\""}}]})json";
  crm.files["rules/zz_thin.json"] = R"({"name": "zz_thin", "object": "opportunity",
    "when": "zz_margin < 1", "effect": "reject", "message": "Thin."})";
  return crm;
}

RunningApplication& application() {
  static RunningApplication running(crm_with_margins());
  return running;
}

std::string made(Person& person, const std::string& more) {
  return person.create("opportunity", R"({"title": "Why", "amount": "200.00",
    "probability": "0.25")" + more + "}");
}

}  // namespace

TEST_CASE("A computed field is explained part by part") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string id = anna.create(
      "<opportunity>", R"({"<opportunity.title>": "Explained", "<opportunity.amount>": "80.00",
                           "<opportunity.probability>": "0.5"})");
  const auto why =
      anna.get("/explain/formula/<opportunity>/" + id + "/<opportunity.weighted_amount>");
  REQUIRE(why.status == 200);
  CHECK(why.text("field") == crm.names().at("opportunity.weighted_amount"));
  CHECK(why.text("part/value") == "40");
  CHECK(why.text("part/text") ==
        crm.names().expand("SWITCH(<opportunity.stage>, \"<=won>\", <opportunity.amount>, "
                           "\"<=lost>\", 0, <opportunity.amount> * <opportunity.probability>)"));
  const auto parts = why.each("part/parts", "text");
  REQUIRE(parts.size() == 3);
  CHECK(why.text("part/parts/0/value") == crm.names().at("=prospecting"));
  CHECK(why.text("part/parts/1/state") == "unused");
  CHECK(why.text("part/parts/2/value") == "40");
  CHECK(why.text("part/parts/2/parts/1/value") == "0.5");

  const auto given = anna.get("/explain/formula/<opportunity>/" + id + "/<opportunity.amount>");
  CHECK(given.status == 422);
  CHECK(given.problems() == std::vector<std::string>{": not_computed"});
  CHECK(anna.get("/explain/formula/<opportunity>/" + id + "/nothing").status == 404);
  CHECK(crm.person("moses")
            .get("/explain/formula/<opportunity>/" + id + "/<opportunity.weighted_amount>")
            .status == 404);
}

TEST_CASE("A hidden input is told neither by name nor by what hangs on it") {
  auto& crm = application();
  auto& anna = crm.person("anna");
  const std::string id = made(anna, "");
  REQUIRE(
      crm.person("helen").patch("/records/opportunity/" + id, R"({"zz_margin": "50"})").status ==
      200);
  const auto all = crm.person("helen").get("/explain/formula/opportunity/" + id + "/zz_bonus");
  CHECK(all.text("part/parts/0/parts/0/value") == "50");
  CHECK(all.text("part/parts/2/state") == "unused");

  const auto some = anna.get("/explain/formula/opportunity/" + id + "/zz_bonus");
  REQUIRE(some.status == 200);
  CHECK(some.body.find("zz_margin") == std::string::npos);
  CHECK(some.body.find("50") == std::string::npos);
  CHECK(some.text("part/text") == "null");
  CHECK(some.text("part/value") == "400");
  CHECK(some.text("part/parts/0/state") == "hidden");
  CHECK(some.text("part/parts/1/state") == "hidden");  // Which branch was taken is not told.
  CHECK(some.text("part/parts/1/parts/0/value") == "200");
  CHECK(some.text("part/parts/2/value") == "0.25");

  CHECK(anna.get("/explain/rule/opportunity/" + id + "/zz_thin").status == 404);
  const auto thin = crm.person("helen").get("/explain/rule/opportunity/" + id + "/zz_thin");
  CHECK(thin.text("when/value") == "false");
  CHECK(thin.text("effect") == "reject");
}

TEST_CASE("A sum over records that may not all be seen is told, its parts are not") {
  auto& crm = application();
  auto& admin = crm.person("admin");
  const std::string account = admin.create("account", R"({"name": "Watched"})");
  const std::string of = R"(, "account": ")" + account + "\"";
  made(crm.person("anna"), of);
  const auto why = [&](const std::string& who) {
    return crm.person(who).get("/explain/formula/account/" + account + "/zz_deals");
  };
  CHECK(why("anna").text("part/parts/0/value") == "200");
  const std::string other = made(crm.person("moses"), of);
  CHECK(why("anna").text("part/value") == "401");
  CHECK(why("anna").text("part/parts/0/state") == "hidden");
  CHECK(why("anna").text("part/text") == "SUM(deals.amount, stage <> \"lost\") + 1");
  CHECK(why("helen").text("part/parts/0/value") == "400");
  const auto level = crm.person("moses").get("/explain/formula/opportunity/" + other + "/zz_level");
  CHECK(level.text("part/text") == "account.name");
  CHECK(level.text("part/value") == "Watched");
}

TEST_CASE("What was looked up is told: which rate of which day, which calendar, or none") {
  auto& crm = application();
  auto& admin = crm.person("admin");
  auto& anna = crm.person("anna");
  const std::string id = made(anna, "");
  const auto why = [&](const std::string& field) {
    return anna.get("/explain/formula/opportunity/" + id + "/" + field);
  };
  CHECK(why("zz_pounds").text("part/parts/1/looked_up/rates") == "[]");
  CHECK(why("zz_ready_on").text("part/looked_up/found") == "false");
  admin.create("exchange_rate", R"({"from_currency": "GBP", "to_currency": "CHF",
                                    "date": "2020-02-01", "rate": "1.25"})");
  admin.create("calendar", R"({"name": "Why", "thursday": "09:00-17:00"})");
  const auto rated = why("zz_pounds");
  CHECK(rated.text("part/value") == "160");
  CHECK(rated.text("part/parts/1/looked_up/from") == "CHF");
  CHECK(rated.text("part/parts/1/looked_up/rates/0/from") == "GBP");
  CHECK(rated.text("part/parts/1/looked_up/rates/0/date") == "2020-02-01");
  CHECK(rated.text("part/parts/1/looked_up/rates/0/rate") == "1.25");
  CHECK(why("zz_ready_on").text("part/value") == "2026-12-03");
  CHECK(why("zz_ready_on").text("part/looked_up/calendar") == "Why");
  CHECK(anna.get("/records/exchange_rate").status == 404);
}

TEST_CASE("A decision table says which rows apply to a record, and by which cells") {
  auto& crm = shipped_application();
  auto& anna = crm.person("anna");
  const std::string lead = anna.create("lead", R"({"name": "Tabled", "email": "t@example.com",
                                                   "source": "website", "interest": 2})");
  const auto why = anna.get("/explain/table/lead/" + lead + "/lead_routing");
  REQUIRE(why.status == 200);
  CHECK(why.text("hit") == "first");
  CHECK(why.text("inputs/1/value") == "2");
  CHECK(why.each("rows", "applies") == std::vector<std::string>{"false", "true", "false", "true"});
  CHECK(why.text("rows/0/cells") == "[true,false]");
  CHECK(why.text("decision/rows") == "[1]");
  CHECK(why.text("decision/results/0/strategy") == "round_robin");
  CHECK(crm.person("moses").get("/explain/table/lead/" + lead + "/lead_routing").status == 404);
  CHECK(anna.get("/explain/table/lead/" + lead + "/nothing").status == 404);
}

TEST_CASE("A cell that cannot be computed is told, and refuses only who has to look at it") {
  auto& anna = application().person("anna");
  const std::string id = made(anna, "");
  REQUIRE(anna.patch("/records/opportunity/" + id, R"({"probability": "0"})").status == 200);
  const auto why = [&] { return anna.get("/explain/table/opportunity/" + id + "/zz_odds"); };
  const auto behind = why();
  REQUIRE(behind.status == 200);
  CHECK(behind.text("rows/0/cells") == "[false,null]");
  CHECK(behind.text("rows/0/errors/0/input") == "odds");
  CHECK(behind.text("rows/0/errors/0/rule") == "division_by_zero");
  CHECK(behind.text("rows/1/errors") == "[]");
  CHECK(behind.text("decision/results/0/word") == "b");

  REQUIRE(anna.patch("/records/opportunity/" + id, R"({"amount": "900"})").status == 200);
  const auto before = why();
  REQUIRE(before.status == 200);
  CHECK(before.text("rows/0/cells") == "[true,null]");
  CHECK(before.text("problems/0/at") == "rows/0/when/odds");
  CHECK(before.text("problems/0/rule") == "division_by_zero");
}

}  // namespace tenon::api::test
