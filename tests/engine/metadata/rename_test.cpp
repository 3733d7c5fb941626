#include "engine/metadata/rename.h"

#include "tests/engine/metadata/small_bundle.h"
#include "tests/support/shop.h"

namespace tenon::metadata {

using support::billing;
using support::finds;

namespace {

Files everything() {
  Files files = billing();
  files["rules/late.json"] = R"({"name": "late", "object": "invoice",
    "when": "due_on  <  $today AND state = \"open\"", "effect": "require", "field": "due_on"})";
  files["rules/whose.json"] = R"json({"name": "whose", "object": "invoice", "effect": "options",
    "when": "TRUE", "field": "customer", "filter": "NOT ISBLANK($record.due_on)",
    "message": "m"})json";
  files["views/all.json"] = R"({"name": "all", "label": "All", "object": "invoice",
    "columns": ["due_on"], "sort": ["-due_on"]})";
  files["pages/invoice.json"] = R"({"name": "invoice", "object": "invoice", "facts": ["due_on"]})";
  files["roles/clerk.json"] = R"({"name": "clerk", "label": "Clerk",
    "objects": {"invoice": {"read": "own", "fields": {"due_on": "read"}}}})";
  files["reports/months.json"] = R"({"name": "months", "label": "Months", "object": "invoice",
    "group": ["due_on"], "measures": [{"name": "last", "of": "max", "field": "due_on"}],
    "sort": ["due_on"]})";
  files["data/invoices.json"] = R"({"name": "invoices", "object": "invoice", "file": "i.csv",
    "columns": {"due_on": {"field": "due_on"}}})";
  return files;
}

Files renamed(const std::string& what, const std::string& name) {
  auto changed = rename(everything(), &system_bundle(), what, name);
  if (!changed) FAIL(describe(changed.error()));
  return changed.take();
}

bool has(const Files& files, const std::string& path, std::string_view text) {
  const auto found = files.find(path);
  if (found == files.end()) return false;
  UNSCOPED_INFO(found->second);
  return found->second.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("every reference to a renamed field follows", "[metadata]") {
  const Files files = renamed("invoice.due_on", "deadline");

  CHECK(has(files, "objects/invoice.json", R"({ "id": "due_on", "name": "deadline")"));
  CHECK(has(files, "rules/late.json", R"("when": "deadline  <  $today AND state = \"open\"")"));
  CHECK(has(files, "rules/late.json", R"("field": "deadline")"));
  CHECK(has(files, "rules/whose.json", R"json("filter": "NOT ISBLANK($record.deadline)")json"));
  CHECK(has(files, "views/all.json", R"("columns": ["deadline"])"));
  CHECK(has(files, "views/all.json", R"("sort": ["-deadline"])"));
  CHECK(has(files, "pages/invoice.json", R"("facts": ["deadline"])"));
  CHECK(has(files, "roles/clerk.json", R"("deadline": "read")"));
  CHECK(has(files, "reports/months.json", R"("field": "deadline")"));
  CHECK(has(files, "data/invoices.json", R"("due_on": { "field": "deadline" })"));
  CHECK_FALSE(files.contains("objects/customer.json"));
  CHECK_FALSE(files.contains("bundle.json"));
}

TEST_CASE("aggregates follow what is renamed: lines, their fields, what refers back",
          "[metadata]") {
  Files files = tenon::support::shop();
  files["rules/rows.json"] = R"json({"name": "rows", "object": "customer",
    "when": "SUM( orders.net, size > $record.turnover ) > 1", "effect": "reject",
    "message": "No."})json";
  files["rules/lines.json"] = R"json({"name": "lines", "object": "order",
    "when": "COUNT(lines, product.price > 1) > 1 AND CHANGED(net)", "effect": "reject",
    "message": "No."})json";
  const auto loaded = load(files, &system_bundle());
  REQUIRE(loaded);
  const auto written = write(*loaded);
  CHECK(has(written, "rules/rows.json", "SUM( orders.net, size > $record.turnover ) > 1"));
  const auto after = [&](const std::string& what, const std::string& name) {
    auto changed = rename(files, &system_bundle(), what, name);
    if (!changed) FAIL(describe(changed.error()));
    return changed.take();
  };
  CHECK(has(after("order.lines", "items"), "rules/lines.json", "COUNT(items, product.price > 1)"));
  CHECK(has(after("order.net", "sum"), "rules/lines.json", "CHANGED(sum)"));
  CHECK(has(after("order.net", "sum"), "rules/rows.json", "SUM( orders.sum, size"));
  CHECK(has(after("customer.turnover", "sales"), "rules/rows.json", "$record.sales"));
  CHECK(has(after("product.price", "cost"), "rules/lines.json", "product.cost > 1"));
}

TEST_CASE("a report's column keeps its name when its field is renamed", "[metadata]") {
  const Files files = renamed("invoice.due_on", "deadline");
  CHECK(
      has(files, "reports/months.json", R"("group": [{ "path": "deadline", "name": "due_on" }])"));
  CHECK(has(files, "reports/months.json", R"("sort": ["due_on"])"));
}

TEST_CASE("a renamed object's file moves, and what is named for it", "[metadata]") {
  const Files files = renamed("invoice", "bill");

  CHECK(files.at("objects/invoice.json").empty());
  CHECK(has(files, "objects/bill.json", R"("id": "invoice",)"));
  CHECK(files.at("pages/invoice.json").empty());
  CHECK(has(files, "pages/bill.json", R"("object": "bill")"));
  CHECK(has(files, "rules/late.json", R"("object": "bill")"));
  CHECK(has(files, "roles/clerk.json", R"("bill": {)"));
  CHECK(has(files, "data/invoices.json", R"("object": "bill")"));
}

TEST_CASE("renaming there and back leaves the bundle as it was", "[metadata]") {
  const auto apply = [](Files files, const Files& changed) {
    for (const auto& [path, text] : changed) {
      if (text.empty()) files.erase(path);
      if (!text.empty()) files[path] = text;
    }
    return files;
  };
  const Files canonical = write(support::loaded(everything()));
  auto there = rename(canonical, &system_bundle(), "invoice.total", "sum");
  REQUIRE(there);
  auto back = rename(apply(canonical, *there), &system_bundle(), "invoice.sum", "total");
  REQUIRE(back);
  CHECK(apply(apply(canonical, *there), *back) == canonical);
}

TEST_CASE("a rename that cannot be is refused", "[metadata]") {
  const auto [what, name, rule] = GENERATE(table<std::string, std::string, std::string>({
      {"invoice.nothing", "x", "unknown_field"},
      {"nothing", "x", "unknown_object"},
      {"invoice.total", "Total", "name"},
      {"invoice.total", "due_on", "duplicate"},
      {"invoice", "customer", "duplicate"},
      {"user.login", "x", "foreign"},
      {"user", "x", "foreign"},
      {"invoice.total", "version", "reserved"},
  }));
  CAPTURE(what, name);
  const auto changed = rename(everything(), &system_bundle(), what, name);
  REQUIRE_FALSE(changed);
  CHECK(changed.error().problems.front().rule == rule);
}

}  // namespace tenon::metadata
