// Signing in and out, passwords, tokens, and where requests may come from.
#include "tests/runtime/api/running_application.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {
namespace {

using http::Method;

std::string credentials(const std::string& login, const std::string& password) {
  return R"({"login": ")" + login + R"(", "password": ")" + password + "\"}";
}

// Somebody of their own, so that a changed password is nobody else's.
struct NewPerson {
  std::string login;
  std::string id;
  std::string password = "a long enough password";
};

NewPerson new_person(const std::string& login, const std::string& role = "rep") {
  auto& admin = shipped_application().person("admin");
  NewPerson person{login, ""};
  person.id = admin.create("user", R"({"name": ")" + login + R"(", "login": ")" + login + "\"}");
  admin.create("role_assignment", R"({"user": ")" + person.id + R"(", "role": ")" + role + "\"}");
  const auto set = admin.post("/users/" + person.id + "/password",
                              R"({"password": ")" + person.password + "\"}");
  REQUIRE(set.status == 204);
  return person;
}

Person signed_in(const NewPerson& somebody) {
  Person person = shipped_application().anybody();
  REQUIRE(person.sign_in(somebody.login, somebody.password).status == 200);
  return person;
}

Answer with_token(Person& person, const std::string& token, Method method,
                  const std::string& target, const std::string& body = "") {
  return person.raw(method, target,
                    {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}},
                    body);
}

}  // namespace

TEST_CASE("Signing in answers who it is, with a cookie that no script can read") {
  Person person = shipped_application().anybody();
  const auto answer =
      person.sign_in(shipped_application().login("anna"), shipped_application().password("anna"));
  CHECK(answer.status == 200);
  CHECK(answer.text("login") == "anna.snelling");
  CHECK(answer.text("roles") == R"(["rep"])");
  CHECK(answer.text("admin") == "false");
  CHECK(answer.body.find(shipped_application().password("anna")) == std::string::npos);
  const std::string cookie = answer.header("set-cookie");
  for (const char* part :
       {"tenon_session=", "; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age="}) {
    CHECK(cookie.find(part) != std::string::npos);
  }
  CHECK(cookie.find("Secure") == std::string::npos);  // There is no https here.
  CHECK(person.get("/me").text("login") == "anna.snelling");
}

TEST_CASE("Who is not signed in learns the name of the application and its languages, no more") {
  Person nobody = shipped_application().anybody();
  const auto english = nobody.get("/session/options?locale=en");
  CHECK(english.status == 200);
  CHECK(english.text("application") == "Sales CRM");
  CHECK(nobody.get("/session/options?locale=zh-CN").text("application") == "销售 CRM");
  CHECK(nobody.get("/session/options").text("application") == "Sales CRM");
  CHECK(nobody.get("/session/options?language=en").status == 400);
  CHECK(nobody.get("/me").status == 401);
}

TEST_CASE("Behind https the cookie is Secure, and only the public address may write") {
  RunningApplication app(shipped_crm(), "https://crm.example.com");
  Person person = app.anybody();
  const std::string body = credentials(app.login("anna"), app.password("anna"));
  const HeaderList json{{"Content-Type", "application/json"}};
  const auto from = [&](const std::string& origin) {
    HeaderList headers = json;
    headers.emplace_back("Origin", origin);
    return person.raw(Method::post, "/session", headers, body);
  };
  CHECK(from("https://crm.example.com").header("set-cookie").find("; Secure") != std::string::npos);
  CHECK(from("http://crm.example.com").status == 403);
  CHECK(from("https://crm.example.com.evil.example").status == 403);
  CHECK(from("http://127.0.0.1:" + std::to_string(app.port())).status == 403);
}

TEST_CASE("A wrong password, an unknown and a suspended login are answered the same") {
  const NewPerson suspended = new_person("suspended");
  auto& admin = shipped_application().person("admin");
  REQUIRE(admin.patch("/records/user/" + suspended.id, R"({"active": false})").status == 200);
  Person person = shipped_application().anybody();
  const auto wrong = person.sign_in("anna.snelling", "not the password");
  const auto unknown = person.sign_in("nobody.at.all", "not the password");
  const auto inactive = person.sign_in(suspended.login, suspended.password);
  CHECK(wrong.status == 401);
  CHECK(wrong.code() == "unauthenticated");
  CHECK(wrong.without_request_id() == unknown.without_request_id());
  CHECK(wrong.without_request_id() == inactive.without_request_id());
  CHECK(wrong.header("set-cookie").empty());
}

TEST_CASE("Signing out ends the session for good") {
  Person person = signed_in(new_person("leaving"));
  const HeaderList cookie = person.cookie();
  const auto out = person.erase("/session");
  CHECK(out.status == 204);
  CHECK(out.header("set-cookie").find("Max-Age=0") != std::string::npos);
  CHECK(person.raw(Method::get, "/me", cookie).status == 401);
}

TEST_CASE("A new password ends the person's other sessions and keeps this one") {
  const NewPerson somebody = new_person("changing");
  Person here = signed_in(somebody);
  Person elsewhere = signed_in(somebody);
  const auto wrong =
      here.post("/me/password", R"({"current": "a guess", "new": "another password"})");
  CHECK(wrong.status == 422);
  CHECK(wrong.text("problems/0/at") == "current");
  const auto shorter =
      here.post("/me/password", R"({"current": ")" + somebody.password + R"(", "new": "short"})");
  CHECK(shorter.status == 422);
  CHECK(elsewhere.get("/me").status == 200);
  const auto changed = here.post(
      "/me/password", R"({"current": ")" + somebody.password + R"(", "new": "another password"})");
  CHECK(changed.status == 204);
  CHECK(here.get("/me").status == 200);
  CHECK(elsewhere.get("/me").status == 401);
  CHECK(shipped_application().anybody().sign_in(somebody.login, somebody.password).status == 401);
  CHECK(shipped_application().anybody().sign_in(somebody.login, "another password").status == 200);
}

TEST_CASE("A suspended person is out everywhere at once") {
  const NewPerson somebody = new_person("expelled");
  Person person = signed_in(somebody);
  const std::string token = person.post("/tokens", R"({"name": "t"})").text("token");
  CHECK(with_token(person, token, Method::get, "/me").status == 200);
  auto& admin = shipped_application().person("admin");
  REQUIRE(admin.patch("/records/user/" + somebody.id, R"({"active": false})").status == 200);
  CHECK(person.get("/me").status == 401);
  CHECK(with_token(person, token, Method::get, "/me").status == 401);
}

TEST_CASE("A role that is taken away is gone with the next request") {
  const NewPerson somebody = new_person("demoted");
  Person person = signed_in(somebody);
  CHECK(person.get("/records/lead").status == 200);
  auto& admin = shipped_application().person("admin");
  const auto assignment = admin.get(
      "/records/role_assignment", {{"filter", "user = \"" + somebody.id + "\""}, {"fields", "id"}});
  REQUIRE(admin.erase("/records/role_assignment/" + assignment.text("records/0/id")).status == 204);
  CHECK(person.get("/records/lead").status == 404);
}

TEST_CASE("A token is shown once, does what its holder may, and can be taken back") {
  Person person = signed_in(new_person("programmer"));
  const auto made = person.post("/tokens", R"({"name": "nightly"})");
  CHECK(made.status == 201);
  const std::string token = made.text("token");
  CHECK(token.size() >= 43);
  const auto list = person.get("/tokens");
  CHECK(list.text("tokens/0/name") == "nightly");
  CHECK(list.body.find(token) == std::string::npos);
  const auto created = with_token(person, token, Method::post, "/records/lead",
                                  R"({"name": "By token", "email": "t@example.com"})");
  CHECK(created.status == 201);
  CHECK(with_token(person, token, Method::post, "/design/plan", R"({"files": {}})").status == 403);
  CHECK(person.get("/records/lead/" + created.text("id") + "/history").text("entries/0/surface") ==
        "api");
  CHECK(shipped_application().person("dustin").erase("/tokens/" + made.text("id")).status == 404);
  CHECK(person.erase("/tokens/" + made.text("id")).status == 204);
  CHECK(with_token(person, token, Method::get, "/me").status == 401);
}

TEST_CASE("A token ends when it says, which must be in the future") {
  Person person = signed_in(new_person("forgetful"));
  const auto past =
      person.post("/tokens", R"({"name": "t", "expires_at": "2020-01-01T00:00:00Z"})");
  CHECK(past.status == 422);
  CHECK(past.text("problems/0/at") == "expires_at");
  const auto unnamed = person.post("/tokens", "{}");
  CHECK(unnamed.status == 422);
  const auto foreign = person.post("/tokens", R"({"name": "t", "user": "0000000000001"})");
  CHECK(foreign.status == 422);
}

TEST_CASE("A page of another site can neither write nor listen with somebody's cookie") {
  Person person = signed_in(new_person("browsing"));
  const auto ask = [&](Method method, const std::string& target, HeaderList more) {
    HeaderList headers = person.cookie();
    headers.emplace_back("Content-Type", "application/json");
    headers.insert(headers.end(), more.begin(), more.end());
    return person.raw(method, target, headers,
                      method == Method::post ? R"({"name": "N", "email": "n@example.com"})" : "");
  };
  const auto before = shipped_application().position();
  CHECK(ask(Method::post, "/records/lead", {{"Origin", "https://evil.example"}}).status == 403);
  CHECK(ask(Method::post, "/records/lead", {{"Origin", "null"}}).status == 403);
  CHECK(ask(Method::post, "/records/lead", {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
  CHECK(ask(Method::post, "/records/lead", {{"Sec-Fetch-Site", "same-site"}}).status == 403);
  CHECK(ask(Method::post, "/records/lead", {}).status == 403);
  CHECK(ask(Method::get, "/stream", {{"Origin", "https://evil.example"}}).status == 403);
  CHECK(ask(Method::erase, "/session", {{"Origin", "https://evil.example"}}).status == 403);
  CHECK(shipped_application().position() == before);
  CHECK(ask(Method::post, "/records/lead", {{"Sec-Fetch-Site", "same-origin"}}).status == 201);
  CHECK(ask(Method::post, "/records/lead", {{"Origin", person.origin()}}).status == 201);
  CHECK(ask(Method::get, "/me", {{"Origin", "https://evil.example"}}).status == 200);
}

TEST_CASE(
    "Every reply to somebody names the application's version, and what did not change is 304") {
  Person person = signed_in(new_person("caching"));
  const auto app = person.get("/app");
  CHECK(app.header("tenon-application") == app.text("version"));
  HeaderList headers = person.cookie();
  headers.emplace_back("If-None-Match", app.header("etag"));
  const auto same = person.raw(Method::get, "/app", headers);
  CHECK(same.status == 304);
  CHECK(same.body.empty());
  CHECK(person.get("/nothing").header("tenon-application") == app.text("version"));
  CHECK(shipped_application().anybody().get("/me").header("tenon-application").empty());
}

TEST_CASE("What every record has is called by a name in either language") {
  Person person = signed_in(new_person("named"));
  for (const auto& [locale, name] : {std::pair{"en", "Created by"}, {"zh-CN", "创建人"}}) {
    const auto app = person.get("/app", {{"locale", locale}});
    CHECK(app.body.find(R"("label":")" + std::string(name) + "\"") != std::string::npos);
    CHECK(app.body.find(R"("label":"created_by")") == std::string::npos);
    const auto grouped = person.post("/query?locale=" + std::string(locale),
                                     R"json({"object": "lead", "group": ["created_by"],
                "measures": [{"name": "n", "of": "count"}]})json");
    CHECK(grouped.text("columns/0/label") != "created_by");
  }
}

TEST_CASE("One's own language and theme can be set, and nothing else") {
  Person person = signed_in(new_person("reader"));
  const auto set = person.patch("/me", R"({"locale": "zh-CN", "theme": "dark"})");
  CHECK(set.status == 200);
  CHECK(set.text("locale") == "zh-CN");
  CHECK(person.patch("/me", R"({"login": "admin"})").status == 422);
  CHECK(person.patch("/me", R"({"theme": "loud"})").status == 422);
  CHECK(person.patch("/me", R"({"roles": ["admin"]})").status == 422);
}

TEST_CASE("Only an administrator sets other people's passwords") {
  const std::string helen = shipped_application().id_of("user", "login", "helen.marsh");
  const std::string body = R"({"password": "taken over by me"})";
  CHECK(shipped_application().person("anna").post("/users/" + helen + "/password", body).status ==
        403);
  auto& admin = shipped_application().person("admin");
  CHECK(admin.post("/users/0000000000001/password", body).status == 404);
  CHECK(admin.post("/users/" + helen + "/password", R"({"password": "short"})").status == 422);
}

}  // namespace tenon::api::test
