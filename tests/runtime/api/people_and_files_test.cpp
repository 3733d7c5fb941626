// Users, roles and files are records of the system's own objects, with rules of their own.
#include "tests/runtime/api/running_application.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {
namespace {

using http::Method;
using Texts = std::vector<std::string>;

// With somebody who keeps the list of people, and a file on each lead.
RunningApplication& application() {
  static RunningApplication running([] {
    CrmBundle crm = shipped_crm();
    crm.files["roles/people_keeper.json"] = R"({"name": "people_keeper", "label": "Keeper",
      "objects": {"user": {"read": "all", "create": true, "update": "all", "delete": "all"},
                  "lead": {"read": "all"},
                  "role_assignment": {"read": "all", "create": true, "update": "all",
                                      "delete": "all"}}})";
    replace(crm, "objects/lead.json", R"("fields": [)",
            R"("fields": [ {"name": "brief", "label": "Brief", "type": "file"},)");
    return crm;
  }());
  return running;
}

std::string add_role(const std::string& user, const std::string& role) {
  return application().person("admin").create(
      "role_assignment", R"({"user": ")" + user + R"(", "role": ")" + role + "\"}");
}

// Signed in, with these roles.
Person person_with(const std::string& login, const Texts& roles, std::string& id) {
  auto& admin = application().person("admin");
  id = admin.create("user", R"({"name": ")" + login + R"(", "login": ")" + login + "\"}");
  for (const std::string& role : roles) add_role(id, role);
  admin.post("/users/" + id + "/password", R"({"password": "a long password"})");
  Person person = application().anybody();
  REQUIRE(person.sign_in(login, "a long password").status == 200);
  return person;
}

std::string id_of_user(const std::string& login) {
  return application().id_of("user", "login", login);
}

Answer assign(Person& person, const std::string& user, const std::string& role) {
  return person.post("/records/role_assignment",
                     R"({"user": ")" + user + R"(", "role": ")" + role + "\"}");
}

}  // namespace

TEST_CASE("Nobody grants a role they do not hold, nor takes it") {
  std::string own;
  Person keeper = person_with("keeper", {"people_keeper"}, own);
  const std::string anna = id_of_user("anna.snelling");
  const auto before = application().position();
  for (const char* role : {"admin", "director", "rep", "there_is_no_such_role"}) {
    INFO(role);
    const auto refused = assign(keeper, anna, role);
    CHECK(refused.status == 403);
    CHECK(refused.problems() == Texts{"role: denied"});
  }
  const auto admins = keeper.get("/records/role_assignment", {{"filter", "role = \"admin\""}});
  REQUIRE(admins.size("records") == 1);
  const std::string at = "/records/role_assignment/" + admins.text("records/0/id");
  CHECK(keeper.erase(at).status == 403);
  CHECK(keeper.patch(at, R"({"role": "people_keeper"})").status == 403);
  CHECK(application().position() == before);
  const auto granted = assign(keeper, anna, "people_keeper");
  CHECK(granted.status == 201);
  CHECK(keeper.patch("/records/role_assignment/" + granted.text("id"), R"({"role": "admin"})")
            .status == 403);
  CHECK(keeper.erase("/records/role_assignment/" + granted.text("id")).status == 204);
}

TEST_CASE("Nobody changes their own roles, an administrator neither") {
  std::string own;
  Person keeper = person_with("keeper_too", {"people_keeper"}, own);
  CHECK(assign(keeper, own, "people_keeper").problems() == Texts{"user: denied"});
  auto& admin = application().person("admin");
  CHECK(assign(admin, id_of_user("admin"), "director").problems() == Texts{"user: denied"});
}

TEST_CASE("The last administrator stays") {
  auto& admin = application().person("admin");
  const std::string first = id_of_user("admin");
  CHECK(admin.patch("/records/user/" + first, R"({"active": false})").problems() ==
        Texts{": last_administrator"});
  CHECK(admin.erase("/records/user/" + first).status != 204);
  std::string own;
  Person keeper = person_with("keeper_three", {"people_keeper"}, own);
  const auto before = application().position();
  CHECK(keeper.patch("/records/user/" + first, R"({"active": false})").status == 409);
  CHECK(keeper.erase("/records/user/" + first).status == 409);
  CHECK(application().position() == before);
  // With a second one the first may be suspended.
  std::string second;
  Person other = person_with("second_admin", {"admin"}, second);
  CHECK(other.patch("/records/user/" + first, R"({"active": false})").status == 200);
  CHECK(other.patch("/records/user/" + first, R"({"active": true})").status == 200);
}

TEST_CASE("An uploaded file is the uploader's until it hangs on a record") {
  auto& anna = application().person("anna");
  const auto uploaded = anna.upload("<script>alert(1)</script>", "客户 brief.html");
  REQUIRE(uploaded.status == 201);
  CHECK(uploaded.text("size") == "25");
  const std::string file = uploaded.text("id");
  const auto bytes = anna.get("/files/" + file);
  CHECK(bytes.body == "<script>alert(1)</script>");
  CHECK(bytes.header("content-disposition").starts_with("attachment;"));
  CHECK(bytes.header("x-content-type-options") == "nosniff");
  CHECK(bytes.header("content-security-policy").find("sandbox") != std::string::npos);
  CHECK(application().person("dustin").get("/files/" + file).status == 404);
  CHECK(application().person("moses").get("/files/" + file).status == 404);

  const auto lead = anna.post("/records/lead", R"({"name": "With a brief",
                              "email": "b@example.com", "brief": ")" +
                                                   file + "\"}");
  REQUIRE(lead.status == 201);
  CHECK(lead.text("brief") == file);
  CHECK(application().person("dustin").get("/files/" + file).status == 200);
  CHECK(application().person("moses").get("/files/" + file).status == 404);
}

TEST_CASE("Somebody else's file cannot be hung on a record of one's own") {
  const std::string file = application().person("moses").upload("secret plan").text("id");
  const auto attach = [&](const std::string& id) {
    return application().person("anna").post("/records/lead", R"({"name": "Thief",
                                             "email": "t@example.com", "brief": ")" +
                                                                  id + "\"}");
  };
  const auto foreign = attach(file);
  CHECK(foreign.status == 422);
  CHECK(foreign.without_request_id() == attach("0000000000001").without_request_id());
}

TEST_CASE("A file needs a name without folders, and bytes") {
  auto& anna = application().person("anna");
  const auto before = application().position();
  CHECK(anna.upload("x", "").status == 422);
  CHECK(anna.upload("x", "../../etc/passwd").status == 422);
  CHECK(anna.upload("x", std::string("a\nb")).status == 422);
  CHECK(anna.upload("x", std::string(256, 'n')).status == 422);
  CHECK(anna.upload("").status == 422);
  CHECK(application().position() == before);
}

}  // namespace tenon::api::test
