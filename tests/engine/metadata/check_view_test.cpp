#include "tests/engine/metadata/small_bundle.h"

namespace tenon::metadata {

using support::billing_with;
using support::finds;
using support::problems_of;

namespace {

Files with_view(const std::string& members) {
  return billing_with("views/v.json",
                      R"({"name": "v", "label": "V", "object": "invoice", )" + members + "}");
}

Files with_page(const std::string& members) {
  return billing_with("pages/p.json", R"({"name": "p", "object": "customer", )" + members + "}");
}

}  // namespace

TEST_CASE("a list shows fields, also over references", "[metadata]") {
  CHECK(problems_of(with_view(R"("columns": ["number", "customer.clerk.name", "created_at"],
                                 "filter": "state = \"open\"", "sort": ["-customer.name"])"))
            .empty());
  CHECK(finds(problems_of(with_view(R"("columns": ["customer.nmae"])")), "views/v.json: columns/0",
              "unknown_field", "in customer; did you mean \"name\"?"));
  CHECK(finds(problems_of(with_view(R"("columns": ["number.name"])")), "views/v.json: columns/0",
              "path", "no reference"));
  CHECK(finds(problems_of(with_view(
                  R"("columns": ["clerk.manager.manager.manager.manager.manager.name"])")),
              "views/v.json: columns/0", "limit", "at most 4"));
  CHECK(problems_of(with_view(R"("columns": ["clerk.manager.manager.manager.name"])")).empty());
}

TEST_CASE("a list has columns, a board has a choice to group by", "[metadata]") {
  CHECK(finds(problems_of(with_view(R"("kind": "list")")), "views/v.json", "required", "columns"));
  CHECK(finds(problems_of(with_view(R"("columns": ["number"], "group": "state")")),
              "views/v.json: group", "list", "only a board"));
  CHECK(problems_of(with_view(R"("kind": "board", "group": "state", "sum": "total",
                                 "card": ["customer"])"))
            .empty());
  CHECK(finds(problems_of(with_view(R"("kind": "board", "group": "number")")),
              "views/v.json: group", "board", "choice"));
  CHECK(finds(problems_of(with_view(R"("kind": "board")")), "views/v.json", "required", "group"));
  CHECK(finds(problems_of(with_view(R"("kind": "board", "group": "state", "sum": "number")")),
              "views/v.json: sum", "board", "numbers"));
}

TEST_CASE("a view filters by a condition and sorts by what has an order", "[metadata]") {
  CHECK(finds(problems_of(with_view(R"("columns": ["number"], "filter": "total")")),
              "views/v.json: filter", "formula.type", "at "));
  CHECK(finds(problems_of(with_view(R"("columns": ["number"], "sort": ["tags"])")),
              "views/v.json: sort/0", "sort", "no order"));
  CHECK(
      finds(problems_of(with_view(
                R"("columns": ["number"], "sort": ["number", "total", "due_on", "state", "tax"])")),
            "views/v.json: sort", "limit", "at most 4"));
}

TEST_CASE("a literal compared with a choice is one of its options", "[metadata]") {
  CHECK(finds(problems_of(with_view(R"("columns": ["number"], "filter": "state = \"opne\"")")),
              "views/v.json: filter", "formula.type", "open"));
}

TEST_CASE("a page shows each field once, and lists what refers to it", "[metadata]") {
  const std::string related = R"("related": [{"label": "L", "object": "invoice",
                                              "columns": ["number"], "field": )";
  CHECK(problems_of(with_page(related + R"("customer"}])")).empty());
  CHECK(finds(problems_of(with_page(related + R"("clerk"}])")), "pages/p.json: related/0/field",
              "related", "this page"));
  CHECK(finds(problems_of(with_page(
                  R"("sections": [{"fields": ["name"]}, {"fields": ["clerk", "name"]}])")),
              "pages/p.json: sections/1/fields/1", "duplicate", "before"));
  CHECK(finds(problems_of(with_page(R"("sections": [{"columns": 3, "fields": ["name"]}])")),
              "pages/p.json: sections/0/columns", "range", "between 1 and 2"));
}

TEST_CASE("an object has one form", "[metadata]") {
  const std::string rest = R"(", "object": "customer", "sections": [{"fields": ["name"]}]})";
  Files files = billing_with("forms/f.json", R"({"name": "f)" + rest);
  CHECK(problems_of(files).empty());
  files["forms/g.json"] = R"({"name": "g)" + rest;
  CHECK(finds(problems_of(files), "forms/g.json: object", "duplicate", "\"f\""));
}

TEST_CASE("a menu item opens one thing that there is", "[metadata]") {
  const auto with_item = [](const std::string& item) {
    return billing_with("menus/m.json", R"({"name": "m", "label": "M", "items": [)" + item + "]}");
  };
  CHECK(problems_of(with_item(R"({"object": "invoice"})")).empty());
  CHECK(finds(problems_of(with_item(R"({"view": "x"})")), "menus/m.json: items/0/view",
              "unknown_view", "\"x\""));
  CHECK(finds(problems_of(with_item(R"({"report": "x"})")), "menus/m.json: items/0/report",
              "unknown_report", "\"x\""));
  CHECK(finds(problems_of(with_item(R"({"label": "L"})")), "menus/m.json: items/0", "menu_item",
              "exactly one"));
}

}  // namespace tenon::metadata
