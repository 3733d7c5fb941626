// Versions, merges, batches: what happens when several people or commands write.
#include "tests/runtime/api/both_bundles.h"

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

std::string new_lead(Person& person, const std::string& name) {
  return person.create("<lead>",
                       R"({"<lead.name>": ")" + name + R"(", "<lead.email>": "a@example.com"})");
}

}  // namespace

TEST_CASE("Different fields merge, the same field is a conflict that shows the current record") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string at = "/records/<lead>/" + new_lead(anna, "Contested");
  CHECK(crm.person("dustin")
            .patch(at, R"({"<lead.company>": "His"})", {{"If-Match", "\"1\""}})
            .status == 200);
  const auto merged = anna.patch(at, R"({"<lead.job_title>": "Hers"})", {{"If-Match", "\"1\""}});
  CHECK(merged.status == 200);
  CHECK(merged.text("<lead.company>") == "His");
  CHECK(merged.header("etag") == "\"3\"");
  const auto conflict = anna.patch(at, R"({"<lead.company>": "Hers"})", {{"If-Match", "\"1\""}});
  CHECK(conflict.status == 409);
  CHECK(conflict.code() == "conflict");
  CHECK(conflict.text("current/<lead.company>") == "His");
  CHECK(conflict.text("current/version") == "3");
  CHECK(conflict.text("fields/0") == crm.names().at("lead.company"));
  CHECK(anna.get(at).text("version") == "3");
  // Without a version the fields are written as they are.
  CHECK(anna.patch(at, R"({"<lead.company>": "Hers"})").status == 200);
}

TEST_CASE("A version that is not there yet, or none at all, is refused") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string at = "/records/<lead>/" + new_lead(anna, "Versioned");
  const auto before = crm.position();
  const std::string body = R"({"<lead.company>": "X"})";
  CHECK(anna.patch(at, body, {{"If-Match", "\"9\""}}).status == 409);
  CHECK(anna.erase(at, {{"If-Match", "\"9\""}}).status == 409);
  for (const char* version : {"\"x\"", "\"0\"", "\"-1\"", "1.5", "\"\""}) {
    INFO(version);
    const auto refused = anna.patch(at, body, {{"If-Match", version}});
    CHECK(refused.status == 400);
    CHECK(refused.code() == "malformed");
  }
  CHECK(crm.position() == before);
}

TEST_CASE("The same values again are no change: no version, no event") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string at = "/records/<lead>/" + new_lead(anna, "Unchanged");
  const auto before = crm.position();
  const auto same = anna.patch(at, R"({"<lead.name>": "Unchanged"})");
  CHECK(same.status == 200);
  CHECK(same.text("version") == "1");
  CHECK(crm.position() == before);
}

TEST_CASE("A batch answers each command in the written order; what fails takes nothing along") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string id = new_lead(anna, "Batched");
  const auto answer = anna.post(
      "/records/<lead>/batch",
      R"({"commands": [{"create": {"<lead.name>": "First", "<lead.email>": "f@example.com"}},
                       {"create": {"<lead.name>": "Unreachable"}},
                       {"update": ")" +
          id + R"(", "version": 1, "set": {"<lead.company>": "Second"}},
                       {"update": ")" +
          id + R"(", "set": {"<lead.company>": "Third"}},
                       {"delete": ")" +
          id + R"("},
                       {"update": ")" +
          id + R"(", "set": {"<lead.company>": "Too late"}}]})");
  CHECK(answer.status == 200);
  CHECK(answer.each("results", "status") == Texts{"201", "422", "200", "200", "204", "404"});
  CHECK(answer.text("results/2/record/version") == "2");
  CHECK(answer.text("results/3/record/<lead.company>") == "Third");
  CHECK(answer.text("results/1/error/code") == "invalid");
}

TEST_CASE("An atomic batch is carried out whole or not at all, and says which command failed") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const auto before = crm.position();
  const auto refused = anna.post("/records/<lead>/batch",
                                 R"({"atomic": true,
          "commands": [{"create": {"<lead.name>": "First", "<lead.email>": "f@example.com"}},
                       {"create": {"<lead.name>": "Second", "<lead.email>": "f@example.com",
                                   "<lead.status>": "<=disqualified>"}}]})");
  CHECK(refused.status == 422);
  CHECK(refused.problems() ==
        Texts{crm.names().expand("commands/1/<lead.disqualified_reason>: required")});
  CHECK(crm.position() == before);
  const auto done = anna.post("/records/<lead>/batch",
                              R"({"atomic": true,
          "commands": [{"create": {"<lead.name>": "First", "<lead.email>": "f@example.com"}},
                       {"create": {"<lead.name>": "Second", "<lead.email>": "s@example.com"}}]})");
  CHECK(done.each("results", "record/<lead.name>") == Texts{"First", "Second"});
  CHECK(crm.position() == before + 2);
}

TEST_CASE("A batch holds 200 commands and no more") {
  auto& crm = either_application();
  const auto batch = [&](int count) {
    std::string body = R"({"atomic": true, "commands": [)";
    for (int i = 0; i < count; ++i) {
      body += std::string(i == 0 ? "" : ",") + R"({"delete": "0000000000001"})";
    }
    return crm.person("anna").post("/records/<lead>/batch", body + "]}");
  };
  CHECK(batch(200).status == 404);
  const auto refused = batch(201);
  CHECK(refused.status == 422);
  CHECK(refused.code() == "limit");
}

TEST_CASE("A deleted record is gone everywhere") {
  auto& crm = either_application();
  auto& anna = crm.person("anna");
  const std::string id = new_lead(anna, "Short lived");
  const std::string at = "/records/<lead>/" + id;
  CHECK(anna.erase(at).status == 204);
  CHECK(anna.get(at).status == 404);
  CHECK(anna.get(at + "/history").status == 404);
  CHECK(anna.erase(at).status == 404);
  CHECK(anna.get("/records/<lead>", {{"q", "Short lived"}}).size("records") == 0);
}

TEST_CASE("A record that others refer to is kept, and only who sees them is told how many") {
  auto& crm = either_application();
  const std::string account = crm.id_of("<account>", "<account.name>", "Cancity");
  const auto before = crm.position();
  const auto refused = crm.person("helen").erase("/records/<account>/" + account);
  CHECK(refused.status == 409);
  CHECK(refused.problems() == Texts{": referred_to"});
  CHECK(crm.position() == before);
}

}  // namespace tenon::api::test
