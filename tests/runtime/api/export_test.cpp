// Lists as files, over HTTP.
#include "tests/runtime/api/running_application.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

Person& person(const std::string& name) { return shipped_application().person(name); }

std::string refusal(const Answer& answer) {
  return std::to_string(answer.status) + " " + answer.text("code") + " " +
         (answer.problems().empty() ? "" : answer.problems().front());
}

}  // namespace

TEST_CASE("A list is exported as CSV: a mark, headings in the reader's language, no formulas") {
  auto& moses = person("moses");
  moses.create("lead", R"json({"name": "=SUM(1)", "email": "export@example.com",
                               "company": "Müller, \"M\""})json");
  const auto file = moses.get("/records/lead/export", {{"filter", "email = \"export@example.com\""},
                                                       {"fields", "name,company,status"}});
  INFO(file.body);
  REQUIRE(file.status == 200);
  CHECK(file.header("content-type") == "text/csv; charset=utf-8");
  CHECK(file.header("content-disposition").starts_with("attachment; filename*=UTF-8''Leads%20"));
  CHECK(file.header("x-content-type-options") == "nosniff");
  CHECK(file.body == "\xEF\xBB\xBFName,Company,Status\r\n'=SUM(1),\"Müller, \"\"M\"\"\",New\r\n");
  const auto raw = moses.get("/records/lead/export", {{"filter", "email = \"export@example.com\""},
                                                      {"fields", "name,status"},
                                                      {"for", "programs"}});
  CHECK(raw.body == "\xEF\xBB\xBFname,status\r\n'=SUM(1),new\r\n");
}

TEST_CASE("A list is exported as a sheet") {
  const auto file = person("helen").get("/records/opportunity/export",
                                        {{"format", "xlsx"}, {"filter", "stage = \"won\""}});
  REQUIRE(file.status == 200);
  CHECK(file.header("content-type") ==
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  CHECK(file.body.starts_with("PK\x03\x04"));
}

TEST_CASE("An export has all rows that its reader sees, and no others") {
  const auto lines = [](Person& who) {
    const auto file = who.get("/records/opportunity/export", {{"fields", "title"}});
    REQUIRE(file.status == 200);
    return std::count(file.body.begin(), file.body.end(), '\n') - 1;
  };
  const auto counted = [](Person& who) {
    return who.get("/records/opportunity", {{"count", "exact"}, {"limit", "1"}}).text("count");
  };
  for (const char* name : {"helen", "anna"}) {
    CHECK(std::to_string(lines(person(name))) == counted(person(name)));
  }
}

TEST_CASE("An export that cannot be made says why") {
  auto& anna = person("anna");
  CHECK(refusal(anna.get("/records/lead/export", {{"format", "pdf"}})) ==
        "400 malformed format: format");
  CHECK(refusal(anna.get("/records/lead/export", {{"for", "me"}})) == "400 malformed for: for");
  CHECK(refusal(anna.get("/records/lead/export", {{"fields", "nothing"}})) ==
        "422 invalid fields: unknown_field");
  CHECK(anna.get("/records/nothing/export").status == 404);
  CHECK(refusal(anna.get("/records/lead/export", {{"limit", "3"}})).starts_with("400 malformed"));
}

}  // namespace tenon::api::test
