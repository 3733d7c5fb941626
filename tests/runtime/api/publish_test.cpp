// Publishing onto a running server: new objects, renames, refusals.
#include <algorithm>
#include <atomic>
#include <thread>

#include "engine/metadata/rename.h"
#include "engine/record/catalogue.h"
#include "runtime/cli/bundle_folder.h"
#include "tests/runtime/api/running_application.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

// An application whose bundle each test changes and publishes.
class Designed {
 public:
  Designed() : running(shipped_crm()), files(running.crm().files) {
    std::erase_if(files, [](const auto& file) { return !file.first.ends_with(".json"); });
  }

  Answer plan() { return running.person("admin").post("/design/plan", body(false)); }
  Answer publish(bool confirm = false) {
    return running.person("admin").post("/design/publish", body(confirm));
  }
  // As `tenon rename BUNDLE OBJECT.FIELD NEW` on the folder.
  void rename(const std::string& what, const std::string& name) {
    auto changed = metadata::rename(files, &metadata::system_bundle(), what, name);
    REQUIRE(changed);
    for (const auto& [path, text] : *changed) {
      if (text.empty())
        files.erase(path);
      else
        files[path] = text;
    }
  }
  void replace_in(const std::string& file, const std::string& old, const std::string& text) {
    std::string& content = files.at(file);
    REQUIRE(content.find(old) != std::string::npos);
    content.replace(content.find(old), old.size(), text);
  }
  std::string column(const std::string& object, const std::string& field) {
    std::string name;
    running.host().read([&](storage::Transaction& tx) {
      const auto* found = record::read_catalogue(tx).column(object, field);
      name = found == nullptr ? "" : found->name;
    });
    return name;
  }
  std::string version() { return running.person("anna").get("/me").header("tenon-application"); }

  RunningApplication running;
  metadata::Files files;

 private:
  std::string body(bool confirm) const { return cli::design_body(files, confirm); }
};

Designed& designed() {
  static Designed application;
  return application;
}

bool holds(const std::vector<std::string>& texts, const std::string& part) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

constexpr const char* kVisit = R"({
  "name": "site_visit", "label": {"en": "Site visit", "zh-CN": "现场拜访"},
  "label_plural": "Site visits", "title_field": "purpose", "ownership": {"field": "visitor"},
  "fields": [
    {"name": "purpose", "label": "Purpose", "type": "text", "required": true},
    {"name": "visitor", "label": "Visitor", "type": "user", "default_formula": "$user"},
    {"name": "customer", "label": "Customer", "type": "reference", "to": "account"},
    {"name": "began_at", "label": "Began", "type": "datetime"},
    {"name": "lunch", "label": "Lunch", "type": "time"},
    {"name": "distance", "label": "Distance", "type": "decimal", "scale": 3},
    {"name": "topics", "label": "Topics", "type": "choices",
     "options": [{"name": "price", "label": "Price"}, {"name": "service", "label": "Service"}]},
    {"name": "badge", "label": "Badge", "type": "color"},
    {"name": "details", "label": "Details", "type": "json"},
    {"name": "satisfied", "label": "Satisfied", "type": "boolean"},
    {"name": "double", "label": "There and back", "type": "formula", "scale": 3,
     "formula": "distance * 2"}
  ]
})";

}  // namespace

TEST_CASE("A new object is one file: planned in words, published without a restart, used at once") {
  auto& app = designed();
  app.files["objects/site_visit.json"] = kVisit;
  app.replace_in("roles/rep.json", R"("objects": {)",
                 R"("objects": {"site_visit": {"read": "own", "create": true, "update": "own"},)");
  const std::string before = app.version();

  const auto plan = app.plan();
  CHECK(plan.status == 200);
  CHECK(plan.text("loses_data") == "false");
  CHECK(holds(plan.each("changes", "description"), "site_visit"));
  CHECK(plan.size("steps") > 0);
  CHECK(app.version() == before);  // A plan changes nothing.

  const auto published = app.publish();
  REQUIRE(published.status == 200);
  CHECK(std::stoi(app.version()) == std::stoi(before) + 1);
  CHECK(published.text("steps") == plan.text("steps"));

  auto& anna = app.running.person("anna");
  CHECK(anna.get("/app").body.find("site_visit") != std::string::npos);
  CHECK(app.running.person("moses").get("/records/site_visit").status == 200);
  const auto made =
      anna.post("/records/site_visit",
                R"({"purpose": "Audit", "began_at": "2026-03-01T09:30:00+08:00", "lunch": "12:15",
          "distance": "12.125", "topics": ["price", "service"], "badge": "#00FF7f",
          "details": {"floors": [1, 2]}, "satisfied": true})");
  REQUIRE(made.status == 201);
  CHECK(made.text("began_at") == "2026-03-01T01:30:00Z");
  CHECK(made.text("lunch") == "12:15");
  CHECK(made.text("distance") == "12.125");
  CHECK(made.text("topics") == R"(["price","service"])");
  CHECK(made.text("badge") == "#00ff7f");
  CHECK(made.text("details/floors/1") == "2");
  CHECK(made.text("satisfied") == "true");
  CHECK(made.text("double") == "24.250");
  const auto list =
      anna.get("/records/site_visit",
               {{"filter", "began_at < NOW() OR distance > 12 AND lunch > TIME(12,0,0)"}});
  CHECK(list.status == 200);
  CHECK(app.running.person("moses").get("/records/site_visit").size("records") == 0);
  CHECK(app.running.person("dustin").get("/records/site_visit").status == 404);
}

TEST_CASE("Values of another type are refused for the types that only the new object has") {
  auto& anna = designed().running.person("anna");
  const std::pair<const char*, const char*> wrong[] = {{"began_at", "\"2026-03-01\""},
                                                       {"began_at", "1"},
                                                       {"lunch", "\"25:00\""},
                                                       {"lunch", "900"},
                                                       {"distance", "\"1.0001\""},
                                                       {"distance", "true"},
                                                       {"topics", "\"price\""},
                                                       {"topics", "[\"weather\"]"},
                                                       {"topics", "[1]"},
                                                       {"badge", "\"green\""},
                                                       {"badge", "7"},
                                                       {"satisfied", "\"true\""},
                                                       {"double", "\"1\""}};
  for (const auto& [field, value] : wrong) {
    INFO(field << " = " << value);
    const auto refused = anna.post(
        "/records/site_visit", std::string(R"({"purpose": "P", ")") + field + "\": " + value + "}");
    CHECK(refused.status == 422);
    REQUIRE(refused.problems().size() == 1);
    CHECK(refused.problems()[0].starts_with(field));
  }
}

TEST_CASE("A rename is told as one, moves no data, and everything that used the field follows") {
  auto& app = designed();
  auto& anna = app.running.person("anna");
  const std::string id = anna.create(
      "<opportunity>", R"({"<opportunity.title>": "Kept", "<opportunity.amount>": "12.00",
                           "<opportunity.probability>": "0.25"})");
  const std::string column = app.column("opportunity", "amount");
  app.rename("opportunity.amount", "deal_value");
  for (const char* file :
       {"objects/opportunity.json", "views/pipeline.json", "rules/opportunity_amount_needed.json",
        "reports/sales_funnel.json", "pages/opportunity_page.json", "data/opportunities.json"}) {
    INFO(file);
    CHECK(app.files.at(file).find("deal_value") != std::string::npos);
  }

  const auto plan = app.plan();
  REQUIRE(plan.status == 200);
  CHECK(plan.each("changes", "verb") == Texts{"rename"});
  CHECK(plan.text("changes/0/description").find("renamed to deal_value") != std::string::npos);
  CHECK(plan.text("loses_data") == "false");
  CHECK(plan.size("steps") == 0);
  REQUIRE(app.publish().status == 200);

  CHECK(app.column("opportunity", "amount") == column);
  const auto record = anna.get("/records/opportunity/" + id);
  CHECK(record.text("deal_value") == "12.00");
  CHECK_FALSE(record.has("amount"));
  CHECK(record.text("version") == "1");
  CHECK(record.text("weighted_amount") == "3.00");
  CHECK(anna.patch("/records/opportunity/" + id, R"({"deal_value": "40.00"})")
            .text("weighted_amount") == "10.00");
  const auto needed = anna.patch("/records/opportunity/" + id, R"({"stage": "won"})");
  CHECK(anna.get("/app").body.find("\"sum\":\"deal_value\"") != std::string::npos);
  CHECK(needed.status == 422);
  CHECK(app.running.person("helen").get("/reports/sales_funnel").status == 200);
  const auto history = anna.get("/records/opportunity/" + id + "/history");
  CHECK(history.text("entries/1/changes").find("deal_value") != std::string::npos);
}

TEST_CASE("The former name of a field is still accepted where it is named") {
  auto& app = designed();
  auto& anna = app.running.person("anna");
  const auto made = anna.post("/records/opportunity", R"({"title": "Former", "amount": "5.00"})");
  REQUIRE(made.status == 201);
  CHECK(made.text("deal_value") == "5.00");
  const auto found =
      anna.get("/records/opportunity",
               {{"filter", "amount = 5 AND title = \"Former\""}, {"sort", "-amount"}});
  CHECK(found.each("records", "deal_value") == Texts{"5.00"});
  const auto both =
      anna.post("/records/opportunity", R"({"title": "Both", "amount": "5", "deal_value": "6"})");
  CHECK(both.status == 422);
  CHECK(holds(both.problems(), "twice"));
}

TEST_CASE("The former name is described as deprecated") {
  const auto described = designed().running.person("anna").get("/openapi.json");
  CHECK(described.status == 200);
  const auto at = described.body.find("\"amount\":{\"deprecated\":true}");
  CHECK(at != std::string::npos);
}

TEST_CASE("Publishing while people write loses no write") {
  auto& app = designed();
  auto& running = app.running;
  running.person("admin");
  const HeaderList cookie = running.person("anna").cookie();
  std::atomic<bool> published{false};
  std::atomic<int> refused{0};
  std::atomic<int> taken{0};
  const auto write = [&] {
    Person person = running.anybody();
    HeaderList headers = cookie;
    headers.insert(headers.end(),
                   {{"Origin", person.origin()}, {"Content-Type", "application/json"}});
    while (!published) {
      const auto answer = person.raw(http::Method::post, "/records/lead", headers,
                                     R"({"name": "Busy", "email": "b@example.com",
                                         "company": "Moved"})");
      ++(answer.status == 201 ? taken : refused);
    }
  };
  const auto before = running.position();
  std::thread one(write);
  std::thread two(write);
  std::vector<int> statuses;
  std::string name = "company";
  for (const char* next : {"firm", "house", "company_name"}) {
    app.rename("lead." + name, next);
    name = next;
    statuses.push_back(app.publish().status);
  }
  published = true;
  one.join();
  two.join();
  CHECK(statuses == std::vector<int>{200, 200, 200});
  CHECK(refused == 0);
  CHECK(running.position() == before + taken + 3);
  const auto kept = running.person("anna").get(
      "/records/lead", {{"filter", "company_name = \"Moved\""}, {"count", "exact"}});
  CHECK(kept.text("count") == std::to_string(taken));
}

TEST_CASE("A broken bundle is refused with every problem at its file, and the old one goes on") {
  auto& app = designed();
  const metadata::Files sound = app.files;
  const std::string version = app.version();
  const auto position = app.running.position();
  app.replace_in("rules/lead_reachable.json", "email = null", "emial = null");
  app.replace_in("views/pipeline.json", "\"stage\"", "\"stagge\"");
  app.files["objects/site_visit.json"].insert(1, R"("nonsense": 1,)");
  app.files["menus/broken.json"] = "{";
  for (const auto& answer : {app.plan(), app.publish(true)}) {
    CHECK(answer.status == 422);
    const auto places = answer.each("problems", "at");
    CHECK(holds(places, "rules/lead_reachable.json: when"));
    CHECK(holds(places, "views/pipeline.json: group"));
    CHECK(holds(places, "objects/site_visit.json: nonsense"));
    CHECK(holds(places, "menus/broken.json"));
  }
  const auto check =
      app.running.person("admin").post("/design/check", cli::design_body(app.files, false));
  CHECK(check.status == 200);
  CHECK(check.size("problems") >= 4);
  app.files = sound;
  CHECK(app.version() == version);
  CHECK(app.running.position() == position);
  CHECK(app.running.person("anna").get("/records/opportunity").status == 200);
}

TEST_CASE("A story that does not go as expected refuses the publish, and says how it went") {
  auto& app = designed();
  const metadata::Files sound = app.files;
  const std::string version = app.version();
  app.files["stories/visits_count.json"] = R"json({
    "name": "visits_count", "label": "Visits are counted",
    "given": {"users": [{"login": "dan", "roles": ["manager"]}]},
    "steps": [{"as": "dan", "create": "account", "ref": "acme", "set": {"name": "Acme"},
               "expect": {"records": {"@acme": {"name": "Other"}}}}]})json";
  const auto refused = app.publish();
  CHECK(refused.status == 422);
  CHECK(refused.problems() == Texts{"stories/visits_count.json: story"});
  CHECK(refused.text("problems/0/message").find("Other") != std::string::npos);
  CHECK(refused.text("problems/0/message").find("Acme") != std::string::npos);
  CHECK(app.version() == version);

  std::string& story = app.files["stories/visits_count.json"];
  story.replace(story.find("Other"), 5, "Acme");
  CHECK(app.publish().status == 200);
  app.files = sound;
  CHECK(app.publish().status == 200);
}

TEST_CASE("A change of kind on existing data is refused") {
  auto& app = designed();
  const metadata::Files sound = app.files;
  app.replace_in("objects/site_visit.json", R"("type": "boolean")", R"("type": "date")");
  const auto refused = app.publish(true);
  CHECK(refused.status == 422);
  CHECK(holds(refused.problems(), "type_change"));
  app.files = sound;
}

TEST_CASE("What loses data must be confirmed after the plan has said so") {
  auto& app = designed();
  const metadata::Files sound = app.files;
  const std::string version = app.version();
  app.replace_in("objects/site_visit.json",
                 R"(    {"name": "lunch", "label": "Lunch", "type": "time"},)", "");
  const auto plan = app.plan();
  CHECK(plan.text("loses_data") == "true");
  CHECK(holds(plan.each("changes", "description"), "lunch"));
  const auto unconfirmed = app.publish(false);
  CHECK(unconfirmed.status == 409);
  CHECK(holds(unconfirmed.problems(), "confirm"));
  CHECK(app.version() == version);
  REQUIRE(app.publish(true).status == 200);
  auto& anna = app.running.person("anna");
  CHECK_FALSE(anna.get("/records/site_visit").has("records/0/lunch"));
  CHECK(anna.get("/records/site_visit", {{"filter", "lunch = null"}}).status == 422);
  // Published again it finds its values: a removed column is retired, not dropped.
  app.files = sound;
  REQUIRE(app.publish().status == 200);
  CHECK(anna.get("/records/site_visit").text("records/0/lunch") == "12:15");
}

TEST_CASE("A new formula over stored fields is filled in for the records that are there") {
  auto& app = designed();
  app.replace_in("objects/site_visit.json", R"("formula": "distance * 2")",
                 R"("formula": "distance * 3")");
  REQUIRE(app.publish().status == 200);
  const auto list =
      app.running.person("anna").get("/records/site_visit", {{"filter", "double = 36.375"}});
  CHECK(list.size("records") == 1);
}

TEST_CASE("Only an administrator designs") {
  auto& app = designed();
  const std::string body = cli::design_body(app.files, true);
  for (const char* who : {"anna", "dustin", "helen"}) {
    for (const char* target : {"/design/check", "/design/plan", "/design/publish"}) {
      INFO(who << " " << target);
      CHECK(app.running.person(who).post(target, body).status == 403);
    }
  }
}

TEST_CASE("Publishing the same again is an empty plan") {
  const auto plan = designed().plan();
  CHECK(plan.size("changes") == 0);
  CHECK(plan.size("steps") == 0);
}

}  // namespace tenon::api::test
