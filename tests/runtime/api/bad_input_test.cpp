// What cannot be read, is too much, or is not known: a typed refusal, and nothing has changed.
#include "tests/runtime/api/running_application.h"
#include "tests/runtime/http/wire.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;
using http::Method;

Person& anna() { return shipped_application().person("anna"); }

// RFC 9457, with the members that schemas/api/README.md promises.
void check_problem(const Answer& answer, int status, const std::string& code) {
  INFO(answer.body);
  CHECK(answer.status == status);
  CHECK(answer.header("content-type") == "application/problem+json");
  CHECK(answer.text("status") == std::to_string(status));
  CHECK(answer.code() == code);
  for (const char* member : {"type", "title", "detail", "request_id", "problems"}) {
    CHECK(answer.has(member));
  }
}

// A body as it is, sent by somebody who may create such records.
Answer send(const std::string& body, const std::string& type = "application/json",
            const std::string& target = "/records/lead") {
  HeaderList headers = anna().cookie();
  headers.emplace_back("Origin", anna().origin());
  if (!type.empty()) headers.emplace_back("Content-Type", type);
  return anna().raw(Method::post, target, headers, body);
}

class Unchanged {
 public:
  ~Unchanged() { CHECK(shipped_application().position() == before_); }

 private:
  std::int64_t before_ = shipped_application().position();
};

}  // namespace

TEST_CASE("What is no JSON is malformed") {
  anna();
  const Unchanged unchanged;
  const std::string bodies[] = {
      "",
      "{",
      "nonsense",
      R"({"name": "a",})",
      R"({"name": 'a'})",
      R"({"name": "a"} {})",
      R"({"name": NaN})",
      R"({"name": 01})",
      "{\"name\": \"\xc3\x28\"}",               // No UTF-8.
      "{\"name\": \"\xed\xa0\x80\"}",           // A half of a pair, as UTF-8.
      R"({"name": "\ud800"})",                  // The same, escaped.
      std::string("{\"name\": \"a\0b\"}", 15),  // A zero byte.
      R"({"name": "a", "name": "b"})",          // Twice.
      R"({"name": "a", "\u006eame": "b"})",     // Twice, once in disguise.
  };
  for (const std::string& body : bodies) {
    INFO(body);
    check_problem(send(body), 400, "malformed");
  }
}

TEST_CASE("JSON of any depth is refused beyond 64 levels, and the server lives") {
  anna();
  const Unchanged unchanged;
  for (const int depth : {65, 10'000, 500'000}) {
    const auto count = static_cast<std::size_t>(depth);
    INFO(depth);
    check_problem(send(std::string(count, '[') + std::string(count, ']')), 422, "limit");
    check_problem(send(std::string(count, '[')), 422, "limit");
    std::string objects;
    for (int i = 0; i < depth; ++i) objects += "{\"a\":";
    if (objects.size() < (1u << 21)) check_problem(send(objects), 422, "limit");
  }
  CHECK(anna().get("/me").status == 200);
}

TEST_CASE("JSON of another shape than an object of fields is invalid") {
  anna();
  const Unchanged unchanged;
  for (const char* body : {"[]", "null", "1", "\"text\"", "true"}) {
    INFO(body);
    check_problem(send(body), 422, "invalid");
  }
}

TEST_CASE("Unknown, computed and system members are refused, each at its name") {
  anna();
  const Unchanged unchanged;
  const Answer answer = send(R"({"name": "N", "email": "n@example.com", "nonsense": 1, "id": "1",
                                 "version": 3, "created_at": null, "updated_by": null})");
  check_problem(answer, 422, "invalid");
  CHECK(answer.problems() == Texts{"nonsense: unknown_field", "id: read_only", "version: read_only",
                                   "created_at: read_only", "updated_by: read_only"});
  const Answer computed =
      anna().post("/records/opportunity", R"({"title": "T", "weighted_amount": "5"})");
  CHECK(computed.problems() == Texts{"weighted_amount: read_only"});
  const Answer suggested = send(R"({"nmae": "N"})");
  CHECK(suggested.text("detail").find("name") != std::string::npos);
}

TEST_CASE("A value of another type is refused for every type of field") {
  anna();
  const Unchanged unchanged;
  struct Case {
    const char* object;
    const char* field;
    std::vector<const char*> values;
  };
  const Case cases[] = {
      {"account", "name", {"1", "true", "[]", "{}"}},
      {"account", "description", {"1", "[\"a\"]"}},
      {"account", "sector", {"\"none_such\"", "1", "[\"finance\"]"}},
      {"account", "website", {"\"javascript:alert(1)\"", "\"no address\"", "1"}},
      {"account", "phone", {"\"call me\"", "true"}},
      {"account", "year_established", {"\"many\"", "1.5", "999", "2101", "true", "1e99"}},
      {"account", "revenue", {"\"1.001\"", "\"-1\"", "\"1,5\"", "[]", "\"99999999999999999999\""}},
      {"account", "parent", {"\"not an id\"", "1", "{\"id\": \"0000000000001\"}"}},
      {"account", "owner", {"\"anna.snelling\"", "true"}},
      {"activity",
       "due_on",
       {"\"2026-02-30\"", "\"1/2/2026\"", "20260101", "\"2026-01-01T00:00:00Z\""}},
      {"activity", "done", {"\"yes\"", "1", "[]"}},
      {"lead", "email", {"\"nobody\"", "\"a@\"", "1"}},
      {"lead", "interest", {"6", "-1", "\"high\"", "2.5"}},
      {"opportunity", "probability", {"\"50%\"", "2", "\"0.12345\"", "false"}},
  };
  for (const Case& one : cases) {
    for (const char* value : one.values) {
      INFO(one.object << "." << one.field << " = " << value);
      const Answer answer = anna().post(std::string("/records/") + one.object,
                                        std::string("{\"") + one.field + "\": " + value + "}");
      check_problem(answer, 422, "invalid");
      REQUIRE_FALSE(answer.problems().empty());
      CHECK(answer.problems()[0].starts_with(std::string(one.field) + ":"));
    }
  }
}

TEST_CASE("The content type is JSON and nothing that only begins so") {
  anna();
  const Unchanged unchanged;
  const char* body = R"({"name": "N", "email": "n@example.com"})";
  for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded",
                           "application/jsonx", "application/json-patch+json", "text/json"}) {
    INFO(type);
    check_problem(send(body, type), 415, "unsupported");
  }
}

TEST_CASE("JSON may say its charset") {
  CHECK(send(R"({"name": "N", "email": "n@example.com"})", "Application/JSON; charset=utf-8")
            .status == 201);
}

TEST_CASE("A body of more than two mebibytes is told 413, announced or not") {
  anna();
  const Unchanged unchanged;
  const std::string body = R"({"name": ")" + std::string(2u << 20, 'x') + R"("})";
  check_problem(send(body), 413, "too_large");
  http::test::Wire wire(shipped_application().port());
  const auto announced = wire.ask(
      "POST /api/v1/records/lead HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 99999999999\r\n\r\n");
  CHECK(announced.status == 413);
  CHECK(anna().get("/me").status == 200);
}

TEST_CASE("A client that sends too slowly is told 408") {
  http::Limits limits;
  limits.first_header = limits.body = limits.linger = std::chrono::milliseconds(200);
  limits.tick = std::chrono::milliseconds(10);
  const Listener impatient(shipped_application().host(), limits);
  http::test::Wire head(impatient.port());
  CHECK(head.ask("GET /api/v1/me HTT").status == 408);
  http::test::Wire body(impatient.port());
  const auto reply = body.ask(
      "POST /api/v1/records/lead HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{");
  CHECK(reply.status == 408);
  CHECK(reply.header("content-type") == "application/problem+json");
}

TEST_CASE("Unknown addresses are 404, known ones of another method 405") {
  anna();
  const Unchanged unchanged;
  for (const char* target :
       {"/nothing", "/records", "/records/lead/0000000000001/more/and/more",
        "/records/lead/not%20an%20id", "/records/none_such", "/reports/none"}) {
    INFO(target);
    check_problem(anna().get(target), 404, "not_found");
  }
  check_problem(anna().erase("/records/lead"), 405, "method");
  check_problem(anna().patch("/query", "{}"), 405, "method");
  check_problem(anna().post("/me", "{}"), 405, "method");
  check_problem(anna().erase("/app"), 405, "method");
}

TEST_CASE("HEAD answers the head of GET, and opens no stream") {
  for (const char* target : {"/records/lead", "/me", "/app"}) {
    INFO(target);
    const Answer answer = anna().raw(Method::head, target, anna().cookie());
    CHECK(answer.status == 200);
    CHECK(answer.body.empty());
  }
  http::test::Wire wire(shipped_application().port());
  wire.send("HEAD /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: " +
            anna().cookie()[0].second + "\r\n\r\n");
  CHECK(wire.reply(true).status == 405);
  CHECK(wire.is_closed());
}

TEST_CASE("Before somebody has signed in every address answers the same") {
  Person nobody = shipped_application().anybody();
  for (const char* target : {"/me", "/app", "/records/lead", "/records/none_such", "/nothing"}) {
    INFO(target);
    check_problem(nobody.get(target), 401, "unauthenticated");
  }
  check_problem(nobody.post("/records/lead", R"({"name": "N"})"), 401, "unauthenticated");
  check_problem(nobody.raw(Method::get, "/me", {{"Cookie", "tenon_session=forged"}}), 401,
                "unauthenticated");
  check_problem(nobody.raw(Method::get, "/me", {{"Authorization", "Bearer forged"}}), 401,
                "unauthenticated");
}

TEST_CASE("Parameters are known, whole and within their bounds") {
  anna();
  const Unchanged unchanged;
  const Parameters malformed[] = {
      {{"limit", "0"}},     {{"limit", "201"}}, {{"limit", "-1"}},
      {{"limit", "many"}},  {{"limit", "1e1"}}, {{"limit", "9223372036854775808"}},
      {{"count", "some"}},  {{"after", "x"}},   {{"after", "bm8"}},
      {{"fliter", "true"}}, {{"offset", "5"}},
  };
  for (const Parameters& parameters : malformed) {
    INFO(parameters[0].first << "=" << parameters[0].second);
    check_problem(anna().get("/records/lead", parameters), 400, "malformed");
  }
  check_problem(anna().get("/records/lead?limit=1&limit=2"), 400, "malformed");
  check_problem(anna().get("/me?verbose=1"), 400, "malformed");
  const std::string lead = shipped_application().id_of("lead", "name", "Grace Okafor");
  check_problem(anna().get("/records/lead/" + lead + "/history?before=1"), 400, "malformed");
  check_problem(anna().get("/records/lead/" + lead + "/history?limit=0"), 400, "malformed");
  CHECK(anna().get("/records/lead", {{"limit", "200"}}).status == 200);
}

TEST_CASE("A cursor belongs to its sort") {
  const Answer page = anna().get("/records/opportunity", {{"sort", "amount"}, {"limit", "1"}});
  const std::string next = page.text("next");
  REQUIRE(next != "null");
  CHECK(anna().get("/records/opportunity", {{"sort", "amount"}, {"after", next}}).status == 200);
  for (const char* sort : {"-amount", "title", "amount,title"}) {
    INFO(sort);
    check_problem(anna().get("/records/opportunity", {{"sort", sort}, {"after", next}}), 400,
                  "malformed");
  }
}

TEST_CASE("Filters and sorts that cannot be understood say where and why") {
  anna();
  const Unchanged unchanged;
  const char* filters[] = {"amount >",
                           "amount > \"x\"",
                           "nothing = 1",
                           "title",
                           "1 = 1 = 1",
                           "NO_SUCH(title)",
                           "title = 'x'",
                           "owner.nothing = 1",
                           "title.more = 1",
                           "((((",
                           "amount > 1; DROP TABLE user"};
  for (const char* filter : filters) {
    INFO(filter);
    const Answer answer = anna().get("/records/opportunity", {{"filter", filter}});
    check_problem(answer, 422, "invalid");
    CHECK(answer.text("problems/0/at").starts_with("filter"));
  }
  const std::string deep = std::string(200, '(') + "true" + std::string(200, ')');
  CHECK(anna().get("/records/opportunity", {{"filter", deep}}).status == 422);
  const std::string longer(4097, ' ');
  CHECK(anna().get("/records/opportunity", {{"filter", "true" + longer}}).status == 422);
  check_problem(anna().get("/records/opportunity", {{"sort", "nothing"}}), 422, "invalid");
  check_problem(anna().get("/records/opportunity", {{"sort", "a,b,c,d,e"}}), 422, "limit");
  check_problem(anna().get("/records/opportunity", {{"fields", "title,"}, {"sort", "-"}}), 422,
                "invalid");
  check_problem(anna().get("/records/opportunity", {{"q", std::string(201, 'x')}}), 422, "limit");
}

TEST_CASE("A query with members, measures or groups that are not known is refused") {
  anna();
  const Unchanged unchanged;
  const char* queries[] = {
      "{}",
      R"({"object": "opportunity", "measures": [], "nonsense": 1})",
      R"({"object": "opportunity", "measures": [{"name": "n", "of": "everything"}]})",
      R"({"object": "opportunity", "measures": [{"name": "n", "of": "sum"}]})",
      R"({"object": "opportunity", "measures": [{"name": "n", "of": "sum", "field": "title"}]})",
      R"({"object": "opportunity", "group": ["nothing"], "measures": []})",
      R"({"object": "opportunity", "group": [{"path": "title", "by": "month"}], "measures": []})",
      R"({"object": "opportunity", "group": ["stage"], "measures": [], "sort": ["nothing"]})",
      R"({"object": "opportunity", "group": 5})",
  };
  for (const char* query : queries) {
    INFO(query);
    check_problem(anna().post("/query", query), 422, "invalid");
  }
}

TEST_CASE("Batches, checks and imports of another shape are refused") {
  anna();
  const Unchanged unchanged;
  const char* batches[] = {
      "{}",
      R"({"commands": {}})",
      R"({"commands": [{}]})",
      R"({"commands": [{"create": {}, "delete": "0000000000001"}]})",
      R"({"commands": [{"update": "0000000000001"}]})",
      R"({"commands": [{"delete": "0000000000001", "set": {}}]})",
      R"({"commands": [], "nonsense": 1})",
      R"({"commands": [], "atomic": "yes"})",
      R"({"commands": [1]})",
  };
  for (const char* batch : batches) {
    INFO(batch);
    check_problem(anna().post("/records/lead/batch", batch), 422, "invalid");
  }
  for (const char* check : {"{}", R"({"fields": []})", R"({"fields": {}, "nonsense": 1})"}) {
    INFO(check);
    check_problem(anna().post("/records/lead/check", check), 422, "invalid");
  }
  for (const char* import : {"{}", R"({"mapping": {}, "header": [], "rows": []})",
                             R"({"mapping": [], "header": [], "rows": []})"}) {
    INFO(import);
    check_problem(anna().post("/imports", import), 422, "invalid");
  }
}

}  // namespace tenon::api::test
