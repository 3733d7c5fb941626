// Records that become one and two again, and new ones that go to whom a table says.
#include "tests/runtime/api/both_bundles.h"

namespace tenon::api::test {
namespace {

std::string new_lead(Person& person, const std::string& name, const std::string& more) {
  return person.create("<lead>", R"({"<lead.name>": ")" + name + "\", " + more + "}");
}

}  // namespace

TEST_CASE("Two records are merged over the API, and the merge is undone") {
  auto& crm = either_application();
  auto& admin = crm.person("admin");
  const std::string kept = new_lead(admin, "Merged", R"("<lead.email>": "merged@example.com")");
  const std::string gone = new_lead(
      admin, "Merged too", R"("<lead.email>": "m2@example.com", "<lead.company>": "Acme")");
  const std::string at = "/records/<lead>/" + kept;
  const std::string body =
      R"({"records": [")" + gone + R"("], "take": {"<lead.name>": ")" + gone + R"("}})";
  const auto merged = admin.post(at + "/actions/merge", body);
  REQUIRE(merged.status == 200);
  CHECK(merged.text("record/<lead.name>") == "Merged too");
  CHECK(merged.text("record/<lead.company>") == "Acme");
  CHECK(merged.text("record/<lead.email>") == "merged@example.com");
  CHECK(admin.get("/records/<lead>/" + gone).status == 404);
  const std::string undo = "/commands/" + merged.text("command") + "/undo";
  CHECK(admin.get(at + "/history").text("entries/0/command") == merged.text("command"));
  CHECK(crm.person("anna").post(undo, "{}").status == 404);
  const auto undone = admin.post(undo, "{}");
  CHECK(undone.status == 200);
  CHECK(undone.text("records") == "2");
  CHECK(admin.get(at).text("<lead.name>") == "Merged");
  CHECK(admin.get("/records/<lead>/" + gone).text("<lead.company>") == "Acme");
  CHECK(admin.post(undo, "{}").status == 409);
}

TEST_CASE("A merge that cannot be is refused, and nothing is written") {
  auto& crm = either_application();
  auto& admin = crm.person("admin");
  const std::string kept = new_lead(admin, "Alone", R"("<lead.email>": "alone@example.com")");
  const std::string at = "/records/<lead>/" + kept + "/actions/";
  const auto before = crm.position();
  CHECK(admin.post(at + "merge", R"({"records": []})").status == 422);
  CHECK(admin.post(at + "merge", R"({"records": [")" + kept + R"("]})").status == 422);
  CHECK(admin.post(at + "merge", R"({"records": ["0000000000001"]})").status == 404);
  CHECK(admin.post(at + "merge", R"({"record": []})").status == 422);
  CHECK(admin.post(at + "nothing", "{}").status == 404);
  CHECK(admin.post("/commands/0000000000001/undo", "{}").status == 404);
  CHECK(crm.position() == before);
}

TEST_CASE("A likely duplicate is a warning of the check, and the record can be saved") {
  auto& crm = either_application();
  auto& admin = crm.person("admin");
  new_lead(admin, "First", R"("<lead.email>": "twice@example.com")");
  const std::string again = R"("<lead.name>": "Second", "<lead.email>": "TWICE@example.com")";
  const auto checked = admin.post("/records/<lead>/check", R"({"fields": {)" + again + "}}");
  CHECK(checked.status == 200);
  REQUIRE(checked.size("warnings") == 1);
  CHECK(checked.text("warnings/0/message").find("First") != std::string::npos);
  CHECK(admin.post("/records/<lead>", "{" + again + "}").status == 201);
}

TEST_CASE("A record without an owner goes to a team, and the ledger says why") {
  auto& crm = either_application();
  auto& admin = crm.person("admin");
  const std::string anna = crm.person("anna").get("/me").text("id");
  const std::string team = admin.create("team", R"({"name": "Inside sales"})");
  const std::string member =
      admin.create("team_member", R"({"team": ")" + team + R"(", "user": ")" + anna + R"("})");
  const std::string lead =
      new_lead(admin, "Routed", R"("<lead.email>": "routed@example.com", "<lead.owner>": null)");
  CHECK(admin.get("/records/<lead>/" + lead).text("<lead.owner>") == anna);
  const auto why = crm.person("anna").get("/explain/assignment/<lead>/" + lead);
  REQUIRE(why.size("entries") == 1);
  CHECK(why.text("entries/0/kind") == "assign");
  CHECK(why.text("entries/0/row") == "3");
  CHECK(why.text("entries/0/chosen/id") == anna);
  CHECK(why.text("entries/0/strategy") == "least_loaded");
  CHECK(crm.person("moses").get("/explain/assignment/<lead>/" + lead).status == 404);

  REQUIRE(admin.patch("/records/team_member/" + member, R"({"capacity": 0})").status == 200);
  const std::string left =
      new_lead(admin, "Left", R"("<lead.email>": "left@example.com", "<lead.owner>": null)");
  const auto nobody = admin.get("/explain/assignment/<lead>/" + left);
  CHECK(nobody.text("entries/0/chosen") == "null");
  CHECK(nobody.text("entries/0/skipped/0/reason") == "full");
  CHECK(admin.erase("/records/team/" + team).status == 204);
}

}  // namespace tenon::api::test
