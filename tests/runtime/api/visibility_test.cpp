// Who sees which records, in everything that reads.
#include "tests/runtime/api/both_bundles.h"
#include "tests/runtime/http/wire.h"

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

// What the data brought; tests that write use later dates.
constexpr std::string_view kImported = "<opportunity.engage_date> < DATE(2018, 1, 1)";

Parameters imported(Parameters more = {}) {
  more.emplace_back("filter", kImported);
  return more;
}

// An open stream of what this person may know.
class OpenStream {
 public:
  OpenStream(RunningApplication& crm, const std::string& first_name,
             const std::string& last_event = "")
      : wire_(crm.port()) {
    const std::string cookie = crm.person(first_name).cookie()[0].second;
    wire_.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n" +
               (last_event.empty() ? "" : "Last-Event-ID: " + last_event + "\r\n") + "\r\n");
    wire_.read_until("event: hello");
  }
  std::string until(const std::string& text) { return wire_.read_until(text); }

 private:
  http::test::Wire wire_;
};

std::string lead_of(const std::string& name) {
  return R"({"<lead.name>": ")" + name + R"(", "<lead.email>": "someone@example.com"})";
}

}  // namespace

TEST_CASE("A rep's list and count hold the rep's own records only") {
  auto& crm = either_application();
  const auto list = crm.person("anna").get(
      "/records/<opportunity>",
      imported({{"count", "exact"}, {"fields", "<opportunity.owner>.name"}}));
  CHECK(list.each("records", "<opportunity.owner>/name") == Texts(4, "Anna Snelling"));
  CHECK(list.text("count") == "4");
  const auto estimate = crm.person("moses").get("/records/<opportunity>",
                                                imported({{"count", "estimate"}, {"limit", "1"}}));
  CHECK(estimate.text("count") == "2");
}

TEST_CASE("A manager sees the records of the team, the director everybody's") {
  auto& crm = either_application();
  const auto count = [&](const std::string& who) {
    return crm.person(who)
        .get("/records/<opportunity>", imported({{"count", "exact"}, {"limit", "1"}}))
        .text("count");
  };
  CHECK(count("dustin") == "5");
  CHECK(count("melvin") == "2");
  CHECK(count("helen") == "7");
}

TEST_CASE("Paging with a cursor passes every own record once and no other") {
  auto& crm = either_application();
  Texts seen;
  std::string after;
  do {
    Parameters asked = imported({{"limit", "1"}, {"sort", "-<opportunity.amount>"}});
    if (!after.empty()) asked.emplace_back("after", after);
    const auto page = crm.person("anna").get("/records/<opportunity>", asked);
    for (const auto& amount : page.each("records", "<opportunity.amount>")) seen.push_back(amount);
    after = page.text("next") == "null" ? "" : page.text("next");
  } while (!after.empty());
  CHECK(seen == Texts{"4514.00", "1054.00", "0.00", "null"});
}

TEST_CASE("Search finds what the words say among the records that may be seen") {
  auto& crm = either_application();
  const auto titles = [&](const std::string& who, const std::string& words) {
    return crm.person(who)
        .get("/records/<opportunity>", imported({{"q", words}, {"sort", "<opportunity.title>"}}))
        .each("records", "<opportunity.title>");
  };
  CHECK(titles("anna", "gtx pro") == Texts{"Betasoloin · GTX Pro", "GTX Pro"});
  CHECK(titles("moses", "gtx") == Texts{"Betasoloin · GTX Basic"});
  CHECK(titles("cecily", "gtx").empty());
}

TEST_CASE("A related list shows the records behind a reference as far as they may be seen") {
  auto& crm = either_application();
  const auto of_account = [&](const std::string& who) {
    return crm.person(who)
        .get("/records/<opportunity>",
             {{"filter",
               std::string(kImported) + " AND <opportunity.account>.<account.name> = \"Cancity\""}})
        .size("records");
  };
  CHECK(of_account("anna") == 2);
  CHECK(of_account("moses") == 1);
  CHECK(of_account("helen") == 3);

  const std::string visited = crm.id_of("<activity>", "<activity.subject>", "Show the product");
  const auto subject = [&](const std::string& who) {
    return crm.person(who).get("/records/<activity>", {{"filter", "id = \"" + visited + "\""}});
  };
  CHECK(subject("moses").size("records") == 1);
  CHECK(subject("anna").size("records") == 0);
}

TEST_CASE("What lies behind a record that may not be seen is empty, also in filters and sorts") {
  auto& crm = either_application();
  const std::string secret =
      crm.person("anna").create("<opportunity>", R"({"<opportunity.title>": "Whispered deal"})");
  const std::string moses = crm.id_of("user", "login", "moses.frase");
  const std::string activity = crm.person("admin").create(
      "<activity>", R"({"<activity.subject>": "Overheard", "<activity.due_on>": "2026-01-05",
                        "<activity.opportunity>": ")" +
                        secret + R"(", "<activity.owner>": ")" + moses + R"("})");
  auto& person = crm.person("moses");
  const std::string path = "<activity.opportunity>.<opportunity.title>";
  const auto read = person.get("/records/<activity>/" + activity, {{"fields", path}});
  CHECK(read.text("<activity.opportunity>/id") == secret);
  CHECK(read.text("<activity.opportunity>/<opportunity.title>") == "null");
  const auto filtered =
      person.get("/records/<activity>", {{"filter", path + " = \"Whispered deal\""}});
  CHECK(filtered.size("records") == 0);
  const auto grouped =
      person.post("/query", R"({"object": "<activity>", "group": [")" + path +
                                R"("], "measures": [{"name": "n", "of": "count"}]})");
  CHECK(grouped.status == 200);
  CHECK(grouped.body.find("Whispered") == std::string::npos);
}

TEST_CASE("Groups, measures and totals are made of the records that may be seen") {
  auto& crm = either_application();
  const auto totals = [&](const std::string& who) {
    const auto answer = crm.person(who).post(
        "/query", R"({"object": "<opportunity>", "group": ["<opportunity.stage>"],
                      "filter": "<opportunity.engage_date> < DATE(2018, 1, 1) ",
                      "measures": [{"name": "n", "of": "count"},
                                   {"name": "sum", "of": "sum",
                                    "field": "<opportunity.amount>"}]})");
    return answer.text("totals/1") + " " + answer.text("totals/2");
  };
  CHECK(totals("anna") == "4 5568.00");
  CHECK(totals("moses") == "2 57.00");
  CHECK(totals("dustin") == "5 5617.00");
  CHECK(totals("helen") == "7 5674.00");
}

TEST_CASE("A row of a grouping drills down to exactly its records") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const auto grouped =
      anna.post("/query", R"({"object": "<opportunity>", "group": ["<opportunity.stage>"],
                    "filter": "<opportunity.engage_date> < DATE(2018, 1, 1) ",
                    "measures": [{"name": "n", "of": "count"}]
})");
  REQUIRE(grouped.size("rows") == 3);
  for (std::size_t row = 0; row < 3; ++row) {
    const std::string place = std::to_string(row);
    const auto behind =
        anna.get("/records/<opportunity>", {{"filter", grouped.text("drill/" + place)}});
    CHECK(std::to_string(behind.size("records")) == grouped.text("rows/" + place + "/1"));
  }
}

TEST_CASE("Each record says what may be done with it") {
  auto& crm = either_application();
  const auto may = [&](const std::string& who, const std::string& target) {
    const auto list =
        crm.person(who).get(target, {{"may", "true"}, {"limit", "1"}, {"sort", "created_at"}});
    return list.text("records/0/may/update") + " " + list.text("records/0/may/delete");
  };
  CHECK(may("anna", "/records/<lead>") == "true true");
  CHECK(may("anna", "/records/<opportunity>") == "true false");
  CHECK(may("anna", "/records/<product>") == "false false");
  CHECK(may("helen", "/records/<product>") == "true true");
}

TEST_CASE("A drill finds texts of any letters, and empty ones") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  for (const char* company : {R"(\"Quoted\")", R"(back\\slash)", "北京<贸易>", "", "O'Neil"}) {
    anna.create("<lead>", std::string(R"({"<lead.name>": "Drilled", "<lead.email>":
                          "d@example.com", "<lead.company>": ")") +
                              company + "\"}");
  }
  const auto grouped = anna.post("/query", R"({"object": "<lead>", "group": ["<lead.company>"],
                    "filter": "<lead.name> = \"Drilled\"",
                    "measures": [{"name": "n", "of": "count"}]})");
  REQUIRE(grouped.size("rows") == 5);
  for (std::size_t row = 0; row < 5; ++row) {
    const auto behind =
        anna.raw(http::Method::get,
                 "/records/<lead>?filter=" +
                     http::percent_encoded(grouped.text("drill/" + std::to_string(row))),
                 anna.cookie());
    CHECK(behind.size("records") == 1);
  }
}

TEST_CASE("A report counts what may be seen, and one that is not granted does not exist") {
  auto& crm = either_application();
  CHECK(crm.person("moses").get("/reports/<%sales_funnel>").status == 200);
  const auto refused = crm.person("moses").get("/reports/<%sales_by_person>");
  const auto absent = crm.person("moses").get("/reports/there_is_none");
  CHECK(refused.status == 404);
  CHECK(refused.without_request_id() == absent.without_request_id());
  CHECK(crm.person("dustin").get("/reports/<%sales_by_person>").status == 200);
}

TEST_CASE("History is told to whoever sees the record, newest first") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string id = anna.create("<lead>", lead_of("Historic"));
  anna.patch("/records/<lead>/" + id, R"({"<lead.company>": "Old House"})");
  const auto told = anna.get("/records/<lead>/" + id + "/history");
  REQUIRE(told.size("entries") == 2);
  CHECK(told.text("entries/0/kind") == "update");
  CHECK(told.text("entries/0/changes/0/field") == crm.names().at("lead.company"));
  CHECK(told.text("entries/0/changes/0/new") == "Old House");
  CHECK(told.text("entries/1/kind") == "create");
  CHECK(told.text("entries/1/actor/name") == "Anna Snelling");
  CHECK(crm.person("dustin").get("/records/<lead>/" + id + "/history").size("entries") == 2);
  CHECK(crm.person("moses").get("/records/<lead>/" + id + "/history").status == 404);
}

TEST_CASE("A stream tells of own records and never of other people's") {
  auto& crm = either_application();
  OpenStream stream(crm, "anna");
  OpenStream of_manager(crm, "dustin");
  const std::string foreign = crm.person("moses").create("<lead>", lead_of("Foreign"));
  const std::string of_team = crm.person("cecily").create("<lead>", lead_of("Of the team"));
  const std::string own = crm.person("anna").create("<lead>", lead_of("Own"));
  const std::string text = stream.until(own);
  CHECK(text.find(own) != std::string::npos);
  CHECK(text.find(foreign) == std::string::npos);
  CHECK(text.find(of_team) == std::string::npos);
  CHECK(text.find("Own") == std::string::npos);  // Names of fields, no values.
  const std::string managers = of_manager.until(own);
  CHECK(managers.find(of_team) != std::string::npos);
  CHECK(managers.find(foreign) == std::string::npos);
}

TEST_CASE("A record that is handed to somebody else is gone from the stream of who had it") {
  auto& crm = either_application();
  const std::string id = crm.person("anna").create("<lead>", lead_of("Handed over"));
  const std::string cecily = crm.id_of("user", "login", "cecily.lampkin");
  OpenStream stream(crm, "anna");
  const auto handed = crm.person("dustin").patch("/records/<lead>/" + id,
                                                 R"({"<lead.owner>": ")" + cecily + R"("})");
  CHECK(handed.status == 200);
  const std::string text = stream.until(id);
  CHECK(text.find("event: gone") != std::string::npos);
  CHECK(text.find("event: change") == std::string::npos);
}

TEST_CASE("A stream that comes back with its last cursor has missed nothing") {
  auto& crm = either_application();
  const std::string cursor = std::to_string(crm.position());
  const std::string missed = crm.person("anna").create("<lead>", lead_of("Missed"));
  OpenStream stream(crm, "anna", cursor);
  CHECK(stream.until(missed).find(missed) != std::string::npos);
}

TEST_CASE("A rep cannot leave a record with an owner out of reach") {
  auto& crm = either_application();
  const std::string moses = crm.id_of("user", "login", "moses.frase");
  const auto refused = crm.person("anna").post(
      "/records/<lead>", R"({"<lead.name>": "Gift", "<lead.email>": "a@example.com",
                             "<lead.owner>": ")" +
                             moses + R"("})");
  CHECK(refused.status == 403);
  CHECK(refused.problems() == Texts{crm.names().expand("<lead.owner>: denied")});
}

}  // namespace tenon::api::test
