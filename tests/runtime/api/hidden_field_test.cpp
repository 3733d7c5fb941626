// A field that may not be read does not exist, wherever it can be named.
//
// The bundle here has two more fields on its deals, which reps may not read; what is asked of them
// is asked of a field that never was as well, with a name so near that a suggestion would give the
// hidden one away.
#include <regex>

#include "tests/runtime/api/running_application.h"
#include "tests/runtime/http/wire.h"

#include <catch2/catch.hpp>

namespace tenon::api::test {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* kObject = "objects/opportunity.json";

CrmBundle crm_with_hidden_fields() {
  CrmBundle crm = shipped_crm();
  replace(crm, kObject, R"("fields": [)", R"("unique": [["zz_code", "next_step"]],
    "fields": [
      {"name": "zz_margin", "label": "Zz margin", "type": "money"},
      {"name": "zz_code", "label": "Zz code", "type": "text", "default": "zz one"},
      {"name": "zz_half", "label": "Half of it", "type": "formula", "scale": 2,
       "formula": "zz_margin / 2"},)");
  replace(crm, kObject, R"("search": ["title",)", R"("search": ["zz_code", "title",)");
  replace(crm, "roles/rep.json", R"({ "read": "own", "create": true, "update": "own" },)",
          R"({ "read": "own", "create": true, "update": "own",
               "fields": {"zz_margin": "none", "zz_code": "none"} },)");
  replace(crm, "roles/rep.json", R"("reports": [)", R"("reports": ["zz_report", "zz_groups", )");
  crm.files["rules/zz_margin_needed.json"] =
      R"({"name": "zz_margin_needed", "object": "opportunity",
    "when": "stage = \"lost\"", "effect": "require", "field": "zz_margin",
    "message": "A zz margin is needed."})";
  crm.files["rules/zz_not_this.json"] = R"({"name": "zz_not_this", "object": "opportunity",
    "when": "next_step = \"never\"", "effect": "reject", "field": "zz_margin",
    "message": "Not with this zz margin."})";
  crm.files["views/zz_view.json"] = R"({"name": "zz_view", "label": "Zz", "object": "opportunity",
    "kind": "list", "columns": ["title", "zz_margin"], "filter": "zz_margin > 1",
    "sort": ["-zz_margin"]})";
  crm.files["views/zz_columns.json"] = R"({"name": "zz_columns", "label": "Plain",
    "object": "opportunity", "kind": "list", "columns": ["title", "zz_margin", "zz_code"],
    "sort": ["-zz_margin", "title"]})";
  crm.files["menus/zz_menu.json"] = R"({"name": "zz_menu", "label": "Zz menu",
    "items": [{"view": "zz_view"}, {"report": "zz_report"}]})";
  crm.files["reports/zz_report.json"] = R"({"name": "zz_report", "label": "Zz report",
    "object": "opportunity", "group": ["stage"],
    "measures": [{"name": "total", "of": "sum", "field": "zz_margin"}]})";
  crm.files["reports/zz_groups.json"] = R"({"name": "zz_groups", "label": "Zz groups",
    "object": "opportunity", "group": ["zz_code"], "measures": [{"name": "n", "of": "count"}]})";
  return crm;
}

RunningApplication& application() {
  static RunningApplication running(crm_with_hidden_fields());
  return running;
}

std::string with(std::string text, const std::string& field) {
  for (auto at = text.find("FIELD"); at != std::string::npos; at = text.find("FIELD")) {
    text.replace(at, 5, field);
  }
  return text;
}

std::string told(const Answer& answer, const std::string& field) {
  return std::regex_replace(answer.without_request_id(), std::regex(field), "FIELD");
}

// The same answer for the hidden field as for one that never was, and no word about the hidden one;
// for the director it is there.
template <class Ask>
void check_unknown(Ask ask) {
  auto& anna = application().person("anna");
  const Answer hidden = ask(anna, "zz_margin");
  const Answer absent = ask(anna, "zz_margim");
  CHECK(hidden.status == absent.status);
  CHECK(told(hidden, "zz_margin") == told(absent, "zz_margim"));
  CHECK(absent.body.find("zz_margin") == std::string::npos);
  CHECK(hidden.status == 422);
}

std::string new_deal(Person& person, const std::string& title) {
  return person.create("<opportunity>", R"({"<opportunity.title>": ")" + title + R"("})");
}

}  // namespace

TEST_CASE("A hidden field is unknown to fields, filter and sort, also behind a reference") {
  const char* parameters[][2] = {{"fields", "FIELD"},           {"fields", "title,FIELD"},
                                 {"filter", "FIELD > 1"},       {"filter", "FIELD = null"},
                                 {"filter", "zz_half > FIELD"}, {"sort", "FIELD"},
                                 {"sort", "-FIELD,title"}};
  for (const auto& parameter : parameters) {
    INFO(parameter[0] << "=" << parameter[1]);
    check_unknown([&](Person& person, const std::string& field) {
      return person.get("/records/opportunity", {{parameter[0], with(parameter[1], field)}});
    });
    CHECK(application()
              .person("helen")
              .get("/records/opportunity", {{parameter[0], with(parameter[1], "zz_margin")}})
              .status == 200);
  }
  const char* behind[][2] = {{"fields", "opportunity.FIELD"},
                             {"filter", "opportunity.FIELD > 1"},
                             {"sort", "opportunity.FIELD"}};
  for (const auto& parameter : behind) {
    INFO(parameter[0] << "=" << parameter[1]);
    check_unknown([&](Person& person, const std::string& field) {
      return person.get("/records/activity", {{parameter[0], with(parameter[1], field)}});
    });
  }
}

TEST_CASE("A hidden field is unknown to groups, measures and their filters") {
  const char* queries[] = {
      R"({"object": "opportunity", "group": ["FIELD"],
          "measures": [{"name": "n", "of": "count"}]})",
      R"({"object": "activity", "group": ["opportunity.FIELD"],
          "measures": [{"name": "n", "of": "count"}]})",
      R"({"object": "opportunity", "measures": [{"name": "n", "of": "sum", "field": "FIELD"}]})",
      R"({"object": "opportunity",
          "measures": [{"name": "n", "of": "count", "filter": "FIELD > 1"}]})",
      R"({"object": "opportunity", "filter": "FIELD > 1",
          "measures": [{"name": "n", "of": "count"}]})",
  };
  for (const char* query : queries) {
    INFO(query);
    check_unknown([&](Person& person, const std::string& field) {
      return person.post("/query", with(query, field));
    });
    CHECK(application().person("helen").post("/query", with(query, "zz_margin")).status == 200);
  }
}

TEST_CASE("A hidden field is unknown to creates, updates, checks, batches and imports") {
  const auto before = application().position();
  const std::string own = new_deal(application().person("anna"), "Own");
  check_unknown([&](Person& person, const std::string& field) {
    return person.post("/records/opportunity", with(R"({"title": "T", "FIELD": "1"})", field));
  });
  check_unknown([&](Person& person, const std::string& field) {
    return person.patch("/records/opportunity/" + own, with(R"({"FIELD": null})", field));
  });
  check_unknown([&](Person& person, const std::string& field) {
    return person.post("/records/opportunity/check",
                       with(R"({"fields": {"title": "T", "FIELD": "1"}})", field));
  });
  check_unknown([&](Person& person, const std::string& field) {
    return person.post("/records/opportunity/batch", with(R"({"atomic": true,
                                "commands": [{"create": {"title": "T", "FIELD": "1"}}]})",
                                                          field));
  });
  const char* mappings[] = {
      R"({"object": "opportunity", "columns": {"a": {"field": "FIELD"}}})",
      R"({"object": "opportunity", "columns": {"a": {"field": "title"}},
          "constants": {"FIELD": "1"}})",
      R"({"object": "activity", "columns": {"a": {"field": "opportunity", "match": "FIELD"}}})",
      R"({"object": "opportunity", "columns": {"a": {"field": "title"}},
          "joined": {"FIELD": {"columns": ["a"]}}})"};
  for (const char* mapping : mappings) {
    INFO(mapping);
    check_unknown([&](Person& person, const std::string& field) {
      return person.post("/imports", R"({"mapping": )" + with(mapping, field) +
                                         R"(, "header": ["a"], "rows": [["x"]]})");
    });
  }
  CHECK(application().position() == before + 1);
}

TEST_CASE("A hidden field is in no record, history, description or search") {
  auto& anna = application().person("anna");
  auto& helen = application().person("helen");
  const std::string id = new_deal(anna, "Described");
  const std::string at = "/records/opportunity/" + id;
  REQUIRE(helen.patch(at, R"({"zz_margin": "7.50", "zz_code": "zz two"})").status == 200);
  for (const std::string& target :
       {at, at + "/history", std::string("/records/opportunity"), std::string("/app"),
        std::string("/openapi.json"), std::string("/app?locale=zh-CN")}) {
    INFO(target);
    const Answer answer = anna.get(target);
    CHECK(answer.status == 200);
    for (const char* word : {"zz_margin", "zz_code", "Zz margin", "zz_view", "zz_report",
                             "zz_groups", "zz_menu", "zz two", "7.50"}) {
      INFO(word);
      CHECK(answer.body.find(word) == std::string::npos);
    }
  }
  CHECK(helen.get(at).text("zz_margin") == "7.50");
  CHECK(helen.get("/app").body.find("zz_report") != std::string::npos);
  // A derived field shows its value to whoever may read it.
  CHECK(anna.get(at).text("zz_half") == "3.75");
  CHECK(helen.get("/records/opportunity", {{"q", "zz two"}}).size("records") == 1);
  CHECK(anna.get("/records/opportunity", {{"q", "zz two"}}).size("records") == 0);
}

TEST_CASE("A change of hidden fields only is no entry of the history") {
  auto& anna = application().person("anna");
  auto& helen = application().person("helen");
  const std::string at = "/records/opportunity/" + new_deal(anna, "Remembered");
  for (const char* code : {"1", "2", "3", "4", "5"}) {
    REQUIRE(helen.patch(at, R"({"zz_code": ")" + std::string(code) + "\"}").status == 200);
  }
  REQUIRE(helen.patch(at, R"({"description": "Seen", "zz_code": "6"})").status == 200);
  CHECK(helen.get(at + "/history").size("entries") == 7);
  const Answer told = anna.get(at + "/history");
  REQUIRE(told.size("entries") == 2);
  CHECK(told.size("entries/0/changes") == 1);
  CHECK(told.text("next") == "null");
  const Answer first = anna.get(at + "/history?limit=1");
  CHECK(first.size("entries") == 1);
  const Answer second = anna.get(at + "/history?limit=1&after=" + first.text("next"));
  CHECK(second.text("entries/0/kind") == "create");
  CHECK(second.text("next") == "null");
}

TEST_CASE(
    "A view shows the columns that may be read; a report that reads a hidden field is not there") {
  auto& anna = application().person("anna");
  CHECK(anna.get("/app").body.find("zz_columns") != std::string::npos);
  for (const char* report : {"/reports/zz_report", "/reports/zz_groups"}) {
    const Answer refused = anna.get(report);
    CHECK(refused.status == 404);
    CHECK(refused.without_request_id() == anna.get("/reports/there_is_none").without_request_id());
    CHECK(application().person("helen").get(report).status == 200);
  }
}

TEST_CASE("A stream says nothing of a change of hidden fields") {
  auto& anna = application().person("anna");
  const std::string quiet = new_deal(anna, "Quiet");
  const std::string loud = new_deal(anna, "Loud");
  http::test::Wire wire(application().port());
  wire.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nCookie: " + anna.cookie()[0].second +
            "\r\n\r\n");
  wire.read_until("event: hello");
  auto& helen = application().person("helen");
  REQUIRE(helen.patch("/records/opportunity/" + quiet, R"({"zz_code": "zz three"})").status == 200);
  REQUIRE(
      helen
          .patch("/records/opportunity/" + loud, R"({"zz_code": "zz four", "description": "Seen"})")
          .status == 200);
  const std::string text = wire.read_until(loud);
  CHECK(text.find("description") != std::string::npos);
  CHECK(text.find("zz_") == std::string::npos);
  CHECK(text.find(quiet) == std::string::npos);
}

TEST_CASE("A rule at a hidden field refuses without a word about the field") {
  auto& anna = application().person("anna");
  const std::string at = "/records/opportunity/" + new_deal(anna, "Judged");
  const std::string lost =
      R"({"stage": "lost", "engage_date": "2026-01-01", "close_date": "2026-01-02"})";
  const auto before = application().position();
  for (const std::string& body : {lost, std::string(R"({"next_step": "never"})")}) {
    const Answer refused = anna.patch(at, body);
    CHECK(refused.status == 422);
    CHECK(refused.problems() == Texts{": refused"});
    CHECK(refused.body.find("zz") == std::string::npos);
    const Answer checked =
        anna.post("/records/opportunity/check",
                  R"({"id": ")" + at.substr(at.rfind('/') + 1) + R"(", "fields": )" + body + "}");
    CHECK(checked.problems() == Texts{": refused"});
    CHECK(checked.body.find("zz_margin") == std::string::npos);
    CHECK(checked.body.find("zz margin") == std::string::npos);
  }
  CHECK(application().position() == before);
  const Answer open = application().person("helen").patch(at, lost);
  CHECK(open.problems() == Texts{"zz_margin: required"});
}

TEST_CASE("A clash in a unique set with a hidden field names the others only") {
  auto& anna = application().person("anna");
  const std::string body = R"({"title": "Twin", "next_step": "The same"})";
  anna.create("<opportunity>", body);
  const Answer clash = anna.post("/records/opportunity", body);
  CHECK(clash.status == 409);
  CHECK(clash.problems() == Texts{"next_step: unique"});
}

}  // namespace tenon::api::test
