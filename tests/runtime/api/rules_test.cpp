// What must hold for a record: on create, on update, when a draft is checked.
#include <algorithm>

#include "tests/runtime/api/both_bundles.h"

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

Texts sorted(Texts texts) {
  std::sort(texts.begin(), texts.end());
  return texts;
}

Texts named(const RunningApplication& crm, Texts problems) {
  for (std::string& problem : problems) problem = crm.names().expand(problem);
  return sorted(std::move(problems));
}

}  // namespace

TEST_CASE("A record without its required fields is refused with each of them") {
  auto& crm = either_application();
  const auto before = crm.position();
  const auto refused =
      crm.person("anna").post("/records/<activity>", R"({"<activity.kind>": null})");
  CHECK(refused.status == 422);
  CHECK(refused.code() == "invalid");
  CHECK(sorted(refused.problems()) ==
        named(crm, {"<activity.due_on>: required", "<activity.kind>: required",
                    "<activity.subject>: required"}));
  CHECK(crm.position() == before);
}

TEST_CASE("A rule that rejects says its message, at its field or about the record") {
  auto& crm = either_application();
  const auto unreachable =
      crm.person("anna").post("/records/<lead>", R"({"<lead.name>": "Nobody knows how"})");
  CHECK(unreachable.status == 422);
  REQUIRE(unreachable.size("problems") == 1);
  CHECK(unreachable.text("problems/0/at").empty());
  CHECK(unreachable.text("detail") == "Enter an email address or a phone number.");

  const auto backwards = crm.person("anna").post(
      "/records/<opportunity>",
      R"({"<opportunity.title>": "Backwards", "<opportunity.engage_date>": "2026-05-02",
          "<opportunity.close_date>": "2026-05-01"})");
  REQUIRE(backwards.size("problems") == 1);
  CHECK(backwards.text("problems/0/at") == crm.names().at("opportunity.close_date"));
  CHECK(backwards.text("detail") == "The deal cannot close before it was engaged.");
}

TEST_CASE("A rule speaks the language of who writes") {
  auto& crm = either_application();
  auto& melvin = crm.person("melvin");
  REQUIRE(melvin.patch("/me", R"({"locale": "zh-CN"})").status == 200);
  const auto refused = melvin.post("/records/<lead>", R"({"<lead.name>": "Nobody knows how"})");
  CHECK(refused.text("detail") == "邮箱和电话至少填写一项。");
}

TEST_CASE("A move to another option asks for everything that its rules require") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string id = anna.create("<opportunity>", R"({"<opportunity.title>": "To be won"})");
  const auto refused =
      anna.patch("/records/<opportunity>/" + id, R"({"<opportunity.stage>": "<=won>"})");
  CHECK(refused.status == 422);
  CHECK(sorted(refused.problems()) ==
        named(crm, {"<opportunity.account>: required", "<opportunity.amount>: required",
                    "<opportunity.close_date>: required", "<opportunity.engage_date>: required"}));
  const std::string account = crm.id_of("<account>", "<account.name>", "Cancity");
  const auto won = anna.patch("/records/<opportunity>/" + id,
                              R"({"<opportunity.stage>": "<=won>", "<opportunity.amount>": "80.50",
          "<opportunity.engage_date>": "2026-03-01", "<opportunity.close_date>": "2026-03-11",
          "<opportunity.account>": ")" +
                                  account + R"("})");
  CHECK(won.status == 200);
  CHECK(won.text("<opportunity.weighted_amount>") == "80.50");
  CHECK(won.text("<opportunity.sales_cycle>") == "10");
}

TEST_CASE("A value that does not apply any more is emptied, and the answer shows it") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string id =
      anna.create("<lead>", R"({"<lead.name>": "Hesitant", "<lead.phone>": "+1 303 555 0199",
                    "<lead.status>": "<=disqualified>",
                    "<lead.disqualified_reason>": "<=no_need>"})");
  const auto back = anna.patch("/records/<lead>/" + id, R"({"<lead.status>": "<=contacted>"})");
  CHECK(back.status == 200);
  CHECK(back.text("<lead.disqualified_reason>") == "null");
  CHECK(back.text("version") == "2");
}

TEST_CASE("Defaults are filled in on create: options, the person who creates") {
  auto& crm = either_application();
  const auto made = crm.person("anna").post(
      "/records/<lead>", R"({"<lead.name>": "Default", "<lead.email>": "d@example.com"})");
  CHECK(made.text("<lead.status>") == crm.names().at("=new"));
  CHECK(made.text("<lead.owner>") == crm.person("anna").get("/me").text("id"));
  CHECK(made.header("etag") == "\"1\"");
  CHECK(made.header("location") == crm.names().expand("/api/v1/records/<lead>/" + made.text("id")));
}

TEST_CASE("A check gives the verdict of the write, and writes nothing") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const char* drafts[] = {
      R"({})",
      R"({"<opportunity.title>": "Sound"})",
      R"({"<opportunity.title>": "Half won", "<opportunity.stage>": "<=won>"})",
      R"({"<opportunity.title>": "Lost", "<opportunity.stage>": "<=lost>",
          "<opportunity.lost_reason>": "<=price>"})",
      R"({"<opportunity.title>": "Dates", "<opportunity.engage_date>": "2026-02-02",
          "<opportunity.close_date>": "2026-02-01"})",
      R"({"<opportunity.title>": "Priced", "<opportunity.amount>": "10.00",
          "<opportunity.probability>": "0.5"})",
  };
  for (const char* draft : drafts) {
    INFO(draft);
    const auto before = crm.position();
    const auto checked =
        anna.post("/records/<opportunity>/check", std::string(R"({"fields": )") + draft + "}");
    CHECK(checked.status == 200);
    CHECK(crm.position() == before);
    const auto written = anna.post("/records/<opportunity>", draft);
    CHECK(written.problems() == checked.problems());
    CHECK((written.status == 201) == checked.problems().empty());
    if (written.status != 201) continue;
    CHECK(written.text("<opportunity.weighted_amount>") ==
          checked.text("fields/<opportunity.weighted_amount>"));
  }
}

TEST_CASE("A check says what is required, hidden and cleared") {
  auto& crm = either_application();
  const auto checked = crm.person("anna").post(
      "/records/<opportunity>/check",
      R"({"fields": {"<opportunity.title>": "Shown", "<opportunity.stage>": "<=won>",
                     "<opportunity.lost_reason>": "<=price>"}})");
  const std::string all = checked.text("required");
  CHECK(all.find(crm.names().at("opportunity.amount")) != std::string::npos);
  CHECK(checked.text("hidden").find(crm.names().at("opportunity.next_step")) != std::string::npos);
  CHECK(checked.text("cleared") == "[\"" + crm.names().at("opportunity.lost_reason") + "\"]");
}

TEST_CASE("Values of their bounds and options only are taken") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const auto refused = [&](const std::string& body) {
    return anna.post("/records/<opportunity>", body).problems();
  };
  CHECK(refused(R"({"<opportunity.title>": "T", "<opportunity.amount>": "-0.01"})").size() == 1);
  CHECK(refused(R"({"<opportunity.title>": "T", "<opportunity.probability>": "1.01"})").size() ==
        1);
  CHECK(refused(R"({"<opportunity.title>": "T", "<opportunity.stage>": "none"})").size() == 1);
  CHECK(refused(R"({"<opportunity.title>": ")" + std::string(201, 'x') + R"("})").size() == 1);
  CHECK(refused(R"({"<opportunity.title>": ")" + std::string(200, 'x') + R"("})").empty());
}

TEST_CASE("A unique value that is taken is a conflict at its field") {
  auto& crm = either_application();
  const auto before = crm.position();
  const auto twice =
      crm.person("helen").post("/records/<product>", R"({"<product.name>": "GTX Basic"})");
  CHECK(twice.status == 409);
  CHECK(twice.problems() == Texts{crm.names().expand("<product.name>: unique")});
  CHECK(crm.position() == before);
}

}  // namespace tenon::api::test
