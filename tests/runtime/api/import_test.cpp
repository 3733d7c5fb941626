// The rows of files become records, through the same path and with the same rights as everything.
#include <filesystem>
#include <fstream>

#include "tests/runtime/api/both_bundles.h"

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

// POST /imports of leads: name, email and owner by login, keyed.
std::string leads(const std::string& rows, const std::string& more_columns = "",
                  const std::string& more_header = "") {
  return R"({"mapping": {"object": "<lead>", "source": "test", "columns": {
      "key": {"key": true}, "name": {"field": "<lead.name>"}, "email": {"field": "<lead.email>"},
      "owner": {"field": "<lead.owner>", "match": "login"})" +
         more_columns + R"(}}, "header": ["key", "name", "email", "owner")" + more_header +
         R"(], "rows": )" + rows + "}";
}

}  // namespace

TEST_CASE("The sample data is imported with its aliases, formats, factors and references") {
  auto& crm = either_application();
  const auto deals = crm.person("helen").get(
      "/records/<opportunity>",
      {{"filter", "<opportunity.title> = \"Betasoloin · GTX Pro\""},
       {"fields",
        "<opportunity.product>.<product.name>,<opportunity.account>.<account.name>,"
        "<opportunity.stage>,<opportunity.engage_date>,<opportunity.amount>,"
        "<opportunity.weighted_amount>,<opportunity.sales_cycle>"}});
  REQUIRE(deals.size("records") == 1);
  CHECK(deals.text("records/0/<opportunity.product>/<product.name>") == "GTX Pro");
  CHECK(deals.text("records/0/<opportunity.account>/<account.name>") == "Betasoloin");
  CHECK(deals.text("records/0/<opportunity.stage>") == crm.names().at("=won"));
  CHECK(deals.text("records/0/<opportunity.engage_date>") == "2016-10-25");
  CHECK(deals.text("records/0/<opportunity.amount>") == "4514.00");
  CHECK(deals.text("records/0/<opportunity.weighted_amount>") == "4514.00");
  CHECK(deals.text("records/0/<opportunity.sales_cycle>") == "137");

  const auto accounts = crm.person("helen").get(
      "/records/<account>", {{"sort", "<account.name>"},
                             {"fields",
                              "<account.name>,<account.sector>,<account.revenue>,<account.country>,"
                              "<account.parent>.<account.name>"}});
  CHECK(accounts.text("records/0/<account.sector>") == crm.names().at("=technology"));
  CHECK(accounts.text("records/0/<account.revenue>") == "1100040000.00");
  CHECK(accounts.text("records/1/<account.country>") == "Philippines");
  CHECK(accounts.text("records/2/<account.parent>/<account.name>") == "Acme Corporation");
}

TEST_CASE("Rows of people become users with roles, managers and departments") {
  auto& crm = either_application();
  const auto anna = crm.person("anna").get("/me");
  CHECK(anna.text("name") == "Anna Snelling");
  CHECK(anna.text("roles/0") == crm.names().at("@rep"));
  CHECK(anna.text("department/name") == "Central");
  const auto users = crm.person("anna").get(
      "/records/user", {{"filter", "login = \"anna.snelling\""}, {"fields", "manager.name"}});
  CHECK(users.text("records/0/manager/name") == "Dustin Brinkmann");
}

TEST_CASE("A row that cannot be taken is in the reject file with its reason, the others stand") {
  auto& crm = either_application();
  std::string rejects;
  for (const auto& file : std::filesystem::directory_iterator(crm.folder().file("data"))) {
    if (file.path().filename().string().starts_with("rejected-")) rejects = file.path();
  }
  REQUIRE_FALSE(rejects.empty());
  std::ifstream lines(rejects);
  std::string header;
  std::string row;
  std::getline(lines, header);
  std::getline(lines, row);
  CHECK(header.starts_with("line,reasons,opportunity_id"));
  CHECK(row.starts_with("9,"));
  CHECK(row.find("deal_stage") != std::string::npos);
  CHECK(row.find("OPP8") != std::string::npos);
}

TEST_CASE("Importing the same key again updates, and the same values change nothing") {
  auto& crm = either_application();
  auto& dustin = crm.person("dustin");
  const auto first =
      dustin.post("/imports", leads(R"([["K1", "Ida", "ida@example.com", "anna.snelling"]])"));
  CHECK(first.each("results", "status") == Texts{"created"});
  const auto again =
      dustin.post("/imports", leads(R"([["K1", "Ida", "ida@example.com", "anna.snelling"]])"));
  CHECK(again.each("results", "status") == Texts{"unchanged"});
  const auto changed =
      dustin.post("/imports", leads(R"([["K1", "Ida B.", "ida@example.com", "anna.snelling"]])"));
  CHECK(changed.each("results", "status") == Texts{"updated"});
  CHECK(changed.text("results/0/id") == first.text("results/0/id"));
  const auto read = crm.person("anna").get("/records/<lead>/" + first.text("results/0/id"));
  CHECK(read.text("<lead.name>") == "Ida B.");
  CHECK(read.text("version") == "2");
  const auto history =
      crm.person("anna").get("/records/<lead>/" + first.text("results/0/id") + "/history");
  CHECK(history.text("entries/0/surface") == "import");
}

TEST_CASE("Each row is judged like a form, and says every problem at its column or field") {
  auto& crm = either_application();
  const auto answer =
      crm.person("dustin").post("/imports", leads(R"([["K2", "", "no address", "anna.snelling"],
                            ["K3", "Reachable", "r@example.com", "nobody"],
                            ["K4", "Fine", "f@example.com", "anna.snelling"]])"));
  CHECK(answer.each("results", "status") == Texts{"rejected", "rejected", "created"});
  CHECK(answer.problems("results/0/problems").size() == 1);
  CHECK(answer.text("results/0/problems/0/at") == "email");
  CHECK(answer.problems("results/1/problems") == Texts{"owner: match"});
}

TEST_CASE("What a row was warned of is told with it: the same address twice in one file") {
  auto& crm = either_application();
  const auto answer = crm.person("dustin").post(
      "/imports", leads(R"([["K7", "Ina", "same.row@example.com", "anna.snelling"],
                            ["K8", "Ina B.", "Same.Row@Example.com", "anna.snelling"]])"));
  CHECK(answer.each("results", "status") == Texts{"created", "created"});
  CHECK_FALSE(answer.has("results/0/warnings"));
  REQUIRE(answer.size("results/1/warnings") == 1);
  CHECK(answer.text("results/1/warnings/0/record/id") == answer.text("results/0/id"));
}

TEST_CASE("An importer has the rights of a form: nothing is left with an owner out of reach") {
  auto& crm = either_application();
  const auto before = crm.position();
  const auto answer = crm.person("anna").post(
      "/imports", leads(R"([["K5", "Not mine", "n@example.com", "moses.frase"]])"));
  CHECK(answer.each("results", "status") == Texts{"rejected"});
  const auto users = crm.person("helen").post(
      "/imports", R"({"mapping": {"object": "user", "source": "test", "users": true,
                      "columns": {"login": [{"key": true, "field": "login"}, {"field": "name"}]},
                      "constants": {"roles": ["admin"]}},
                      "header": ["login"], "rows": [["intruder"]]})");
  CHECK(users.status == 403);
  CHECK(crm.position() == before);
}

TEST_CASE("A key of a record that may not be seen is taken, and tells nothing about it") {
  auto& crm = either_application();
  const std::string row = R"([["K6", "Mine", "m@example.com", "moses.frase"]])";
  REQUIRE(crm.person("moses").post("/imports", leads(row)).text("results/0/status") == "created");
  const auto answer = crm.person("anna").post(
      "/imports", leads(R"([["K6", "Mine", "m@example.com", "anna.snelling"]])"));
  CHECK(answer.text("results/0/status") == "rejected");
  CHECK(answer.problems("results/0/problems") == Texts{": key"});
  CHECK_FALSE(answer.has("results/0/id"));
}

TEST_CASE("A reference is not matched with a record that may not be seen") {
  auto& crm = either_application();
  const auto matched = [&](const std::string& title) {
    return crm.person("anna").post("/imports", R"({"mapping": {"object": "<activity>", "columns": {
                        "what": {"field": "<activity.subject>"},
                        "due": {"field": "<activity.due_on>"},
                        "deal": {"field": "<activity.opportunity>",
                                 "match": "<opportunity.title>"}}},
                        "header": ["what", "due", "deal"],
                        "rows": [["Guess", "2026-02-01", ")" +
                                                   title + R"("]]})");
  };
  const auto invisible = matched("Betasoloin · GTX Basic");
  const auto absent = matched("There is none such here");
  CHECK(invisible.problems("results/0/problems") == Texts{"deal: match"});
  CHECK(absent.problems("results/0/problems") == Texts{"deal: match"});
  CHECK(invisible.text("results/0/problems/0/message").starts_with("there is no "));
}

TEST_CASE("A mapping that cannot work is refused as a whole, with every problem at its place") {
  auto& crm = either_application();
  const auto before = crm.position();
  const auto refused = [&](const std::string& mapping, const std::string& header = R"(["a"])") {
    const auto answer =
        crm.person("dustin").post("/imports", R"({"mapping": )" + mapping + R"(, "header": )" +
                                                  header + R"(, "rows": [["x"]]})");
    CHECK(answer.status == 422);
    return answer.problems();
  };
  CHECK(refused(R"({"object": "<lead>", "columns": {"a": {"field": "id"}}})") ==
        Texts{"columns/a/field: import"});
  CHECK(refused(R"({"object": "<opportunity>",
                    "columns": {"a": {"field": "<opportunity.weighted_amount>"}}})") ==
        Texts{"columns/a/field: import"});
  CHECK(refused(R"({"object": "<lead>", "columns": {"a": {"field": "<lead.name>"}},
                    "constants": {"<lead.company>": {"match": "name", "value": "x"}}})")
            .size() == 1);
  CHECK(refused(R"({"object": "<lead>", "columns": {"a": {"field": "<lead.name>"}},
                    "joined": {"<lead.company>": {"columns": ["gone"]}}})")
            .size() == 1);
  CHECK(refused(R"({"object": "<lead>", "columns": {"b": {"field": "<lead.name>"}}})") ==
        Texts{"columns/b: unknown_column", "columns/a: unmapped_column"});
  CHECK(refused(R"({"object": "<lead>", "columns": {"a": {"field": "nothing"}}})") ==
        Texts{"columns/a/field: unknown_field"});
  CHECK(refused(R"({"object": "nothing", "columns": {"a": {"field": "nothing"}}})") ==
        Texts{"object: unknown_object"});
  CHECK(crm.position() == before);
}

}  // namespace tenon::api::test
