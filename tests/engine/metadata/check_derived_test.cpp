// Lines, rollups and lookups: what a bundle may not say of them.
#include "engine/metadata/compare.h"
#include "engine/metadata/many.h"
#include "tests/engine/metadata/small_bundle.h"
#include "tests/support/billing.h"
#include "tests/support/shop.h"

namespace tenon::metadata {
namespace {

using support::problems_of;
using tenon::support::replaced;
using tenon::support::shop;

Files with(const std::string& object, const std::string& part, const std::string& by) {
  Files files = shop();
  std::string& text = files["objects/" + object + ".json"];
  text = replaced(text, part, by);
  return files;
}

// A field put before the one that begins so.
Files with_field(const std::string& object, const std::string& before, const std::string& field) {
  return with(object, "{\"name\": \"" + before + "\"", field + ", {\"name\": \"" + before + "\"");
}

const std::string kRollup = R"({"name": "x", "label": "X", "type": "rollup", )";
const std::string kLookup = R"({"name": "x", "label": "X", "type": "lookup", "path": )";

}  // namespace

TEST_CASE("a line's object gets a reference to what holds it, in no file", "[metadata]") {
  const auto bundle = load(shop(), &system_bundle());
  REQUIRE(bundle);
  const Object* line = bundle->find("order_line");
  CHECK(is_line_object(*line));
  CHECK(line->find("order")->to == "order");
  CHECK(line->find("whole")->to == "order_line");
  CHECK(top_of_lines(*bundle, *line) == bundle->find("order"));
  CHECK(write(*bundle).at("objects/order_line.json").find("held_by") == std::string::npos);
  const auto again = load(write(*bundle), &system_bundle());
  REQUIRE(again);
  CHECK(*again == *bundle);
}

TEST_CASE("a circle over several objects is refused with the whole way in words", "[metadata]") {
  const auto problems = problems_of(
      with_field("order", "level", R"({"name": "x", "label": "X", "type": "lookup", "path":
      "customer.turnover"}, {"name": "y", "label": "Y", "type": "formula", "formula": "x + 1"})"));
  CHECK(problems.empty());
  const auto circle = problems_of([] {
    Files files = with_field("customer", "region", kRollup + R"("function": "sum",
                                                               "of": "orders.y"})");
    files["objects/order.json"] =
        replaced(files["objects/order.json"], R"({"name": "level")", kLookup + R"("customer.x"},
                 {"name": "y", "label": "Y", "type": "formula", "formula": "x + 1"},
                 {"name": "level")");
    return files;
  }());
  REQUIRE(circle.size() == 1);
  CHECK(circle[0].rule == "cycle");
  CHECK(circle[0].message.find("customer.x → order.y → order.x → customer.x") != std::string::npos);
}

TEST_CASE("a field may be made of itself below, but not by the way of what is above",
          "[metadata]") {
  const auto problems =
      problems_of(with_field("order_line", "net", kRollup + R"("function": "sum", "of": "parts.y"},
      {"name": "y", "label": "Y", "type": "formula", "formula": "1 + whole.x"})"));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].rule == "cycle");
}

TEST_CASE("rollups and lookups are made of what is kept and can be added up", "[metadata]") {
  const auto one = [](const Files& files) {
    const auto problems = problems_of(files);
    return problems.size() == 1 ? problems[0].rule : "problems: " + std::to_string(problems.size());
  };
  CHECK(one(with_field("customer", "region",
                       kRollup + R"("function": "sum", "of": "orders.number"})")) == "rollup");
  CHECK(one(with_field("customer", "region", kRollup + R"("function": "sum", "of": "orders"})")) ==
        "rollup");
  CHECK(one(with_field("customer", "region",
                       kRollup + R"("function": "sum", "of": "orderz.net"})")) == "unknown_field");
  CHECK(one(with_field("customer", "region", kRollup + R"("function": "count", "of": "orders",
                       "filter": "customer.name = \"a\""})")) == "rollup");
  CHECK(one(with_field("order", "level", kLookup + R"("number"})")) == "lookup");
  CHECK(one(with_field("order", "level",
                       R"({"name": "f", "label": "F", "type": "formula",
                       "formula": "customer.name"}, )" +
                           kLookup + R"("f.x"})")) == "path");
}

TEST_CASE("formulas over rows are computed on read, and nothing is kept of them", "[metadata]") {
  const std::string sum = R"json({"name": "y", "label": "Y", "type": "formula",
    "formula": "SUM(orders.net) + COUNT(orders, order_count_of > 1)"})json";
  CHECK(problems_of(with_field("customer", "region", sum)).size() == 1);  // No such field.
  const std::string count = R"json({"name": "y", "label": "Y", "type": "formula",
    "formula": "COUNT(orders, size > 1)"})json";
  CHECK(problems_of(with_field("customer", "region", count)).empty());

  Files files = with_field("customer", "region", count);
  files["objects/region.json"] = replaced(files["objects/region.json"], R"({"name": "turnover")",
                                          kRollup + R"("function": "sum", "of": "customers.y"},
                                          {"name": "turnover")");
  const auto kept = problems_of(files);
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].rule == "computed_on_read");
  CHECK(kept[0].message.find("can be a rollup") != std::string::npos);

  const auto filtered = problems_of(
      with_field("customer", "region", kRollup + R"json("function": "count", "of": "orders",
                                         "filter": "COUNT(lines) > 1"})json"));
  REQUIRE(filtered.size() == 1);
  CHECK(filtered[0].rule == "rollup");

  // A sum over parts of its own kind would need its own result.
  const auto endless = problems_of(with_field("order_line", "net", R"json({"name": "y",
    "label": "Y", "type": "formula", "formula": "1 + SUM(parts.y)"})json"));
  REQUIRE(endless.size() == 1);
  CHECK(endless[0].rule == "formula.cycle");
}

TEST_CASE("lines are of one kind of record, and nothing refers to them", "[metadata]") {
  const auto has = [](const Files& files, const std::string& rule) {
    for (const Problem& problem : problems_of(files)) {
      if (problem.rule == rule) return true;
    }
    return false;
  };
  CHECK(has(with_field("customer", "region", R"({"name": "x", "label": "X", "type": "children",
                       "to": "order_line", "parent": "client"})"),
            "lines"));
  CHECK(has(with_field("customer", "region", R"({"name": "x", "label": "X", "type": "reference",
                       "to": "order_line"})"),
            "lines"));
  CHECK(has(with("order_line", R"("parent": "whole")", R"("parent": "order")"), "duplicate"));
  CHECK(has(with("product", R"({"name": "price")", R"({"name": "sales")"), "duplicate"));
  Files files = shop();
  files["roles/x.json"] = R"({"name": "x", "label": "X",
                              "objects": {"order_line": {"read": "all"}}})";
  CHECK(has(files, "lines"));
}

TEST_CASE("records do not become lines of others in a later version", "[metadata]") {
  Files files = shop();
  const auto before = load(files, &system_bundle());
  files["objects/customer.json"] = replaced(
      files["objects/customer.json"], R"({"name": "region")",
      R"({"name": "spots", "label": "S", "type": "children", "to": "spot"}, {"name": "region")");
  const std::string spot = R"({"name": "spot", "label": "S", "label_plural": "S",
      "title_field": "name", "fields": [{"name": "name", "label": "N", "type": "text"}]})";
  files["objects/spot.json"] = spot;
  const auto after = load(files, &system_bundle());
  Files alone = shop();
  alone["objects/spot.json"] = spot;
  const auto apart = load(alone, &system_bundle());
  REQUIRE((before && after && apart));
  const auto refused = [](const std::vector<Change>& changes) {
    return std::any_of(changes.begin(), changes.end(),
                       [](const Change& change) { return change.refused; });
  };
  CHECK_FALSE(refused(compare(*before, *after)));
  CHECK(refused(compare(*apart, *after)));
}

}  // namespace tenon::metadata
