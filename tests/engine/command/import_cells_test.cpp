// What the cells of an imported row mean in a workspace: its clocks, its labels, parts of
// addresses.
#include <catch2/catch.hpp>

#include "engine/command/import_rows.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::RunningApplication;
using support::told;

constexpr const char* kVisit = R"json({
  "name": "visit", "label": "Visit", "label_plural": "Visits", "title_field": "title",
  "fields": [
    {"name": "title", "label": "Title", "type": "text"},
    {"name": "begins", "label": "Begins", "type": "datetime"},
    {"name": "opens", "label": "Opens", "type": "time"},
    {"name": "fee", "label": "Fee", "type": "money"},
    {"name": "cost", "label": "Cost", "type": "money", "currencies": ["EUR", "JPY"]},
    {"name": "state", "label": "State", "type": "choice", "options": [
      {"name": "open", "label": {"en": "In work", "zh-CN": "进行中"}},
      {"name": "shut", "label": {"en": "Same", "zh-CN": "已关闭"}},
      {"name": "gone", "label": {"en": "same", "zh-CN": "取消"}}]},
    {"name": "tags", "label": "Tags", "type": "choices", "options": [
      {"name": "red", "label": {"en": "Bright red"}}, {"name": "blue", "label": {"en": "Blue"}}]},
    {"name": "place", "label": "Place", "type": "location"},
    {"name": "office", "label": "Office", "type": "address"}]})json";

struct Visits : RunningApplication {
  Visits()
      : RunningApplication({{"bundle.json",
                             R"({"format": 1, "name": "visits", "version": "1", "label": "Visits",
                  "time_zone": "Asia/Shanghai", "currency": "EUR"})"},
                            {"objects/visit.json", kVisit}}) {}

  // One row with these cells, the columns "a", "b" … as the members say; the value of the field, or
  // why the row was refused.
  std::string import(const std::string& members, const std::vector<std::string>& cells,
                     const std::string& field) {
    const auto document = json::Document::parse(R"({"object": "visit", )" + members + "}");
    REQUIRE(document);
    auto parsed = metadata::parse(document->root(), json::To<metadata::ImportMap>{});
    REQUIRE(parsed);
    const auto map = metadata::resolve(parsed.take(), app().bundle());
    if (!map) return told(map);
    std::vector<std::string> header;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      header.emplace_back(1, static_cast<char>('a' + i));
    }
    ImportedRow row;
    const auto carried = carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      TENON_TRY(auto imported, import_rows(context, {&*map, header, {cells}}));
      row = std::move(imported.rows.at(0));
      return done();
    });
    if (!carried) return told(carried);
    return row.problems.empty() ? value("visit", row.id, field) : told(row.problems);
  }

  std::string cell(const std::string& field, const std::string& text,
                   const std::string& more = "") {
    return import(R"("columns": {"a": {"field": ")" + field + "\"" + more + "}}", {text}, field);
  }
};

const std::string kParts = R"("columns": {"a": {"field": "office.province"},
  "b": {"field": "office.city"}, "c": {"field": "office.district"},
  "d": {"field": "office.street"}})";

}  // namespace

TEST_CASE_METHOD(Visits, "a moment without an offset is told by the workspace's clocks",
                 "[command]") {
  CHECK(cell("begins", "2026-11-23") == R"("2026-11-22T16:00:00Z")");
  CHECK(cell("begins", "2026-11-23 09:30:05") == R"("2026-11-23T01:30:05Z")");
  CHECK(cell("begins", "2026-11-23T9:30") == R"("2026-11-23T01:30:00Z")");
  CHECK(cell("begins", "2026-11-23T09:30:00+01:00") == R"("2026-11-23T08:30:00Z")");
  CHECK(cell("begins", "23.11.2026 9:30", R"(, "format": "D.M.YYYY")") ==
        R"("2026-11-23T01:30:00Z")");
  CHECK(cell("begins", "23.11.2026 9:30") == "a:datetime");
  CHECK(cell("opens", "9:30") == R"("09:30")");
}

TEST_CASE_METHOD(Visits, "a number is read as ever before it is multiplied, and rounded after",
                 "[command]") {
  CHECK(cell("fee", "1,234.5", R"(, "times": "1000")") == R"("1234500.00")");
  CHECK(cell("fee", "€ 1.2345678", R"(, "times": "1000")") == R"("1234.57")");
  CHECK(cell("fee", "some", R"(, "times": "1000")") == "a:number");
  CHECK(cell("cost", "1,234.5678 EUR", R"(, "times": "1000")") ==
        R"({"amount":"1234567.80","currency":"EUR"})");
  CHECK(cell("cost", "JPY 1.5", R"(, "times": "1000")") ==
        R"({"amount":"1500.00","currency":"JPY"})");
  CHECK(cell("cost", "", R"(, "times": "1000")") == "null");
}

TEST_CASE_METHOD(Visits, "a choice is known by its name, and by its label in whatever language",
                 "[command]") {
  CHECK(cell("state", "open") == R"("open")");
  CHECK(cell("state", "in WORK") == R"("open")");
  CHECK(cell("state", "进行中") == R"("open")");
  CHECK(cell("state", "Same") == "a:option");  // Of two.
  CHECK(cell("state", "closed") == "a:option");
  CHECK(cell("tags", "blue; Bright red") == R"(["red","blue"])");
  CHECK(cell("tags", "blue; green") == "a:option");
  CHECK(cell("tags", ";") == "null");
}

TEST_CASE_METHOD(Visits, "an address is made of columns, and its names find its region",
                 "[command]") {
  CHECK(import(kParts + R"(, "constants": {"office.country": "CN"})",
               {"浙江省", "杭州市", "西湖区", "文一路 1 号"}, "office") ==
        R"({"country":"CN","province":"浙江省","city":"杭州市","district":"西湖区",)"
        R"("region":"330106","street":"文一路 1 号"})");
  CHECK(import(kParts + R"(, "constants": {"office.country": "GB"})",
               {"", "Leeds", "", "1 High St"},
               "office") == R"({"country":"GB","city":"Leeds","street":"1 High St"})");
  CHECK(import(kParts + R"(, "constants": {"office.country": "CN"})", {"", " ", "", ""},
               "office") == "null");
  CHECK(import(R"("columns": {"a": {"field": "office.country", "as": "upper"},
                              "b": {"skip": true}, "c": {"skip": true}},
                  "joined": {"office.street": {"columns": ["b", "c"]}})",
               {"gb", "1", "High St"}, "office") == R"({"country":"GB","street":"1 High St"})");
}

TEST_CASE_METHOD(Visits, "parts that do not fit are refused at the first of their columns",
                 "[command]") {
  CHECK(import(R"("columns": {"a": {"field": "office.province"}, "b": {"field": "office.region"}})",
               {"北京市", "330106"}, "office") == "a:address");
  CHECK(import(R"("columns": {"a": {"field": "office.region"}})", {"999999"}, "office") ==
        "a:address");
  CHECK(
      import(R"("columns": {"a": {"field": "place.latitude"}, "b": {"field": "place.longitude"}})",
             {"91", "0"}, "place") == "a:location");
  CHECK(cell("office", "1 High St, Leeds") == "a:address");
}

TEST_CASE_METHOD(Visits, "a place is two columns, or one", "[command]") {
  const std::string expected = R"({"latitude":"30.25","longitude":"120.16"})";
  CHECK(cell("place", "30.25, 120.16") == expected);
  CHECK(
      import(R"("columns": {"a": {"field": "place.longitude"}, "b": {"field": "place.latitude"}})",
             {"120.16", "30.25"}, "place") == expected);
}

TEST_CASE_METHOD(Visits, "a mapping names parts that there are, and feeds a field one way",
                 "[command]") {
  const auto refused = [&](const std::string& columns) {
    return import(R"("columns": {)" + columns + "}", {"x"}, "office");
  };
  CHECK(refused(R"("a": {"field": "office.latitude"})") == "invalid columns/a/field:path");
  CHECK(refused(R"("a": {"field": "title.city"})") == "invalid columns/a/field:path");
  CHECK(refused(R"("a": {"field": "nothing.city"})") == "invalid columns/a/field:unknown_field");
  CHECK(refused(R"("a": [{"field": "office.city"}, {"field": "office"}])") ==
        "invalid columns/a/0/field:import");
  CHECK(refused(R"("a": {"field": "office.city", "times": "2"})") ==
        "invalid columns/a/times:import");
  CHECK(refused(R"("a": {"skip": true}}, "constants": {"office.country": 7)") ==
        "invalid constants/office.country:import");
}

}  // namespace tenon::command
