// Every route for everybody who may not use it: refused, and nothing has changed.
#include "tests/runtime/api/running_application.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {
namespace {

using http::Method;

struct Request {
  Method method;
  std::string target;
  std::string body = "";
};

// With a role that may read everything of the bundle and write nothing.
RunningApplication& application() {
  static RunningApplication running([] {
    CrmBundle crm = shipped_crm();
    crm.files["roles/reader.json"] = R"({"name": "reader", "label": "Reader", "reports": ["*"],
      "objects": {"account": {"read": "all"}, "activity": {"read": "all"},
                  "contact": {"read": "all"}, "lead": {"read": "all"},
                  "opportunity": {"read": "all"}, "product": {"read": "all"}}})";
    return crm;
  }());
  return running;
}

const std::string& lead() {
  static const std::string id = application().id_of("lead", "name", "Grace Okafor");
  return id;
}

std::vector<Request> writes() {
  const std::string at = "/records/lead/" + lead();
  return {
      {Method::post, "/records/lead", R"({"name": "N", "email": "n@example.com"})"},
      {Method::patch, at, R"({"company": "Mine"})"},
      {Method::erase, at},
      {Method::post, "/records/lead/check", R"({"fields": {"name": "N"}})"},
      {Method::post, "/records/lead/batch",
       R"({"atomic": true, "commands": [{"create": {"name": "N", "email": "n@example.com"}}]})"},
      {Method::post, "/records/lead/batch",
       R"({"atomic": true, "commands": [{"delete": ")" + lead() + R"("}]})"},
      {Method::post, "/records/user", R"({"name": "N", "login": "intruder"})"},
      {Method::post, "/records/role_assignment", R"({"user": "0000000000001", "role": "admin"})"},
      {Method::post, "/design/clock", R"({"by": "PT1S"})"},
      {Method::post, "/jobs/0000000000001/cancel", "{}"},
      {Method::post, "/jobs/0000000000001/retry", "{}"},
      {Method::post, "/design/check", R"({"files": {}})"},
      {Method::post, "/design/plan", R"({"files": {}})"},
      {Method::post, "/design/publish", R"({"files": {}, "confirm": true})"},
      {Method::post, "/users/" + application().id_of("user", "login", "admin") + "/password",
       R"({"password": "taken over by me"})"},
      {Method::post, "/imports", R"({"mapping": {"object": "user", "users": true, "source": "s",
         "columns": {"l": [{"key": true, "field": "login"}, {"field": "name"}]},
         "constants": {"roles": ["admin"]}}, "header": ["l"], "rows": [["intruder"]]})"},
  };
}

std::vector<Request> reads() {
  const std::string at = "/records/lead/" + lead();
  return {{Method::get, "/records/lead"},
          {Method::get, at},
          {Method::get, at + "/history"},
          {Method::post, "/query", R"({"object": "lead", "measures": []})"},
          {Method::get, "/reports/leads_by_source"},
          {Method::get, "/files/0000000000001"}};
}

std::vector<Request> own_matters() {
  return {{Method::get, "/me"},
          {Method::patch, "/me", R"({"theme": "dark"})"},
          {Method::get, "/app"},
          {Method::get, "/openapi.json"},
          {Method::get, "/tokens"},
          {Method::post, "/tokens", R"({"name": "t"})"},
          {Method::get, "/stream"},
          {Method::erase, "/session"},
          {Method::post, "/me/password", R"({"current": "x", "new": "a new password"})"},
          {Method::post, "/files", "x"},
          {Method::erase, "/tokens/0000000000001"}};
}

Answer ask(Person& person, const Request& request, HeaderList headers) {
  headers.insert(headers.end(), {{"Origin", person.origin()},
                                 {"Content-Type", "application/json"},
                                 {"Tenon-File-Name", "f"}});
  return person.raw(request.method, request.target, headers, request.body);
}

HeaderList session_of(const std::string& login, const std::string& role, std::string& id) {
  auto& admin = application().person("admin");
  id = admin.create("user", R"({"name": ")" + login + R"(", "login": ")" + login + "\"}");
  if (!role.empty()) {
    admin.create("role_assignment", R"({"user": ")" + id + R"(", "role": ")" + role + "\"}");
  }
  admin.post("/users/" + id + "/password", R"({"password": "a long password"})");
  Person person = application().anybody();
  REQUIRE(person.sign_in(login, "a long password").status == 200);
  return person.cookie();
}

}  // namespace

TEST_CASE("Without a session, with a forged one, one that ended, or a suspended person: 401") {
  std::string suspended;
  const HeaderList of_suspended = session_of("suspended", "reader", suspended);
  application().person("admin").patch("/records/user/" + suspended, R"({"active": false})");
  std::string left;
  const HeaderList of_left = session_of("left", "reader", left);
  Person person = application().anybody();
  REQUIRE(ask(person, {Method::erase, "/session"}, of_left).status == 204);
  const HeaderList credentials[] = {{},
                                    {{"Cookie", "tenon_session=forged"}},
                                    {{"Authorization", "Bearer forged"}},
                                    {{"Authorization", "Basic YWRtaW46YWRtaW4="}},
                                    of_suspended,
                                    of_left};
  const auto before = application().position();
  for (const HeaderList& headers : credentials) {
    for (const auto& requests : {writes(), reads(), own_matters()}) {
      for (const Request& request : requests) {
        INFO(http::name_of(request.method) << " " << request.target);
        CHECK(ask(person, request, headers).status == 401);
      }
    }
  }
  CHECK(application().position() == before);
}

TEST_CASE("Somebody without a role finds nothing and can write nothing") {
  std::string id;
  const HeaderList session = session_of("roleless", "", id);
  Person person = application().anybody();
  const auto before = application().position();
  for (const auto& requests : {writes(), reads()}) {
    for (const Request& request : requests) {
      INFO(http::name_of(request.method) << " " << request.target);
      const Answer answer = ask(person, request, session);
      CHECK((answer.status == 403 || answer.status == 404));
    }
  }
  CHECK(ask(person, {Method::get, "/app"}, session).text("objects") == "[]");
  CHECK(application().position() == before);
}

TEST_CASE("Somebody who may read everything can still write nothing") {
  std::string id;
  const HeaderList session = session_of("reader", "reader", id);
  Person person = application().anybody();
  const auto before = application().position();
  for (const Request& request : writes()) {
    INFO(http::name_of(request.method) << " " << request.target);
    const Answer answer = ask(person, request, session);
    CHECK((answer.status == 403 || answer.status == 404));
  }
  for (const Request& request : reads()) {
    INFO(http::name_of(request.method) << " " << request.target);
    const int expected = request.target.starts_with("/files/") ? 404 : 200;
    CHECK(ask(person, request, session).status == expected);
  }
  CHECK(application().position() == before);
}

TEST_CASE("A member of another team writes nothing of this one") {
  Person& moses = application().person("moses");
  const auto before = application().position();
  for (const Request& request : writes()) {
    const bool creates = request.method == Method::post && request.target == "/records/lead";
    const bool own =
        request.body.find("create") != std::string::npos || request.target == "/records/lead/check";
    if (creates || own) continue;
    INFO(http::name_of(request.method) << " " << request.target);
    const Answer answer = ask(moses, request, moses.cookie());
    CHECK((answer.status == 403 || answer.status == 404));
  }
  CHECK(application().position() == before);
}

}  // namespace tenon::api::test
