// Lists of references over HTTP: ids on the wire, names where they are asked for, files in lists.
#include "tests/runtime/api/running_application.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

RunningApplication& application() {
  static RunningApplication running([] {
    CrmBundle crm = shipped_crm();
    replace(crm, "objects/lead.json", R"("fields": [)",
            R"("fields": [ {"name": "papers", "label": "Papers", "type": "files"},
               {"name": "brief", "label": "Brief", "type": "file"},
               {"name": "helpers", "label": "Helpers", "type": "users", "on_delete": "clear"},
               {"name": "others", "label": "Others", "type": "references", "to": "lead",
                "on_delete": "clear"},)");
    return crm;
  }());
  return running;
}

std::string upload(Person& person, const std::string& bytes, const std::string& name) {
  HeaderList headers = person.cookie();
  headers.insert(
      headers.end(),
      {{"Origin", person.origin()}, {"Content-Type", "text/plain"}, {"Tenon-File-Name", name}});
  return person.raw(http::Method::post, "/files", headers, bytes).text("id");
}

std::string lead(Person& person, const std::string& name, const std::string& more = "") {
  return person.create(
      "lead", R"({"name": ")" + name + R"(", "email": ")" + name + R"(@example.com")" + more + "}");
}

}  // namespace

TEST_CASE("A list of references is ids, and names where a path asks for them") {
  auto& anna = application().person("anna");
  const std::string first = lead(anna, "First");
  const std::string second = lead(anna, "Second");
  const std::string both =
      lead(anna, "Both", R"(, "others": [")" + second + R"(", ")" + first + "\"]");
  const std::string at = "/records/lead/" + both;
  CHECK(anna.get(at).text("others") == "[\"" + second + "\",\"" + first + "\"]");
  const auto named = anna.get(at, {{"fields", "others.name,others.email"}});
  CHECK(named.text("others") == R"([{"id":")" + second +
                                    R"(","name":"Second","email":"Second@example.com"},{"id":")" +
                                    first + R"(","name":"First","email":"First@example.com"}])");
  const auto found = anna.get(
      "/records/lead", {{"filter", "HAS(others, \"" + first + "\")"}, {"fields", "others.name"}});
  CHECK(found.each("records", "id") == Texts{both});
  CHECK(found.text("records/0/others/1/name") == "First");
  // As it was answered it is understood.
  CHECK(anna.patch(at, R"({"others": [{"id": ")" + first + R"(", "name": "First"}]})").status ==
        200);
  CHECK(anna.get(at).text("others") == "[\"" + first + "\"]");
  CHECK(anna.patch(at, R"({"others": ")" + first + "\"}").problems() == Texts{"others: type"});
  CHECK(anna.patch(at, R"({"others": ["0000000000001"]})").problems() ==
        Texts{"others: reference"});
  const auto history = anna.get(at + "/history");
  CHECK(history.body.find(R"("name":"Second")") != std::string::npos);
}

TEST_CASE("Of a record in a list that may not be seen there is nothing but its id") {
  auto& anna = application().person("anna");
  auto& moses = application().person("moses");
  const std::string secret = lead(moses, "Secret");
  const std::string own = lead(anna, "Own");
  auto& admin = application().person("admin");
  REQUIRE(admin.patch("/records/lead/" + own, R"({"others": [")" + secret + "\"]}").status == 200);
  const auto seen = anna.get("/records/lead/" + own, {{"fields", "others.name"}});
  CHECK(seen.text("others") == R"([{"id":")" + secret + R"(","name":null}])");
  CHECK(seen.body.find("Secret") == std::string::npos);
  CHECK(anna.get("/records/lead/" + own + "/history").body.find("Secret") == std::string::npos);
  // Hers stays what it is when she writes it back, and goes when she takes it out.
  CHECK(anna.patch("/records/lead/" + own, R"({"others": [")" + secret + "\"]}").status == 200);
  CHECK(anna.patch("/records/lead/" + own, R"({"others": []})").status == 200);
  CHECK(anna.patch("/records/lead/" + own, R"({"others": [")" + secret + "\"]}").status == 422);
}

TEST_CASE("Files in a list go with the rights of their record") {
  auto& anna = application().person("anna");
  const std::string plan = upload(anna, "plan", "plan.txt");
  const std::string cost = upload(anna, "cost!", "cost.txt");
  const std::string id =
      lead(anna, "Papers",
           R"(, "papers": [")" + plan + R"(", ")" + cost + R"("], "brief": ")" + plan + "\"");
  CHECK(application().person("dustin").get("/files/" + cost).body == "cost!");
  CHECK(application().person("moses").get("/files/" + cost).status == 404);
  // Somebody who sees the record knows what its files are called, and no more of them.
  const auto named = application().person("dustin").get(
      "/records/lead/" + id, {{"fields", "papers.name,papers.size,brief.name"}});
  CHECK(named.text("papers") == R"([{"id":")" + plan + R"(","name":"plan.txt","size":4},{"id":")" +
                                    cost + R"(","name":"cost.txt","size":5}])");
  CHECK(named.text("brief/name") == "plan.txt");
  CHECK(application()
            .person("dustin")
            .get("/records/lead/" + id, {{"fields", "papers.sha256"}})
            .problems() == Texts{"fields: unknown_field"});
  CHECK(application()
            .person("dustin")
            .get("/records/lead/" + id, {{"fields", "brief.sha256"}})
            .problems() == Texts{"fields: unknown_field"});
  REQUIRE(anna.patch("/records/lead/" + id, R"({"papers": [")" + plan + "\"]}").status == 200);
  CHECK(application().person("dustin").get("/files/" + cost).status == 404);
  CHECK(application().person("dustin").get("/files/" + plan).status == 200);
}

TEST_CASE("Several people are filtered by who asks") {
  auto& anna = application().person("anna");
  const std::string me = application().id_of("user", "login", application().login("anna"));
  const std::string with_me = lead(anna, "Helped", R"(, "helpers": [")" + me + "\"]");
  const auto mine =
      anna.get("/records/lead", {{"filter", "HAS(helpers, $user)"}, {"fields", "helpers.name"}});
  CHECK(mine.each("records", "id") == Texts{with_me});
  CHECK(application()
            .person("moses")
            .get("/records/lead", {{"filter", "HAS(helpers, $user)"}})
            .size("records") == 0);
}

}  // namespace tenon::api::test
