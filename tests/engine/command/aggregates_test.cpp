// Aggregates over lines and over records that refer back, in every formula of a bundle.
#include <catch2/catch.hpp>

#include "engine/command/check_draft.h"
#include "engine/command/input.h"
#include "engine/json/document.h"
#include "tests/support/running_application.h"
#include "tests/support/shop.h"

namespace tenon::command {
namespace {

using support::RunningApplication;
using support::told;

std::string with(std::string object, const std::string& fields) {
  object.insert(object.rfind("]}"), "," + fields);
  return object;
}

// The shop with formulas over rows; none of them a rollup.
metadata::Files shop_of_rows() {
  auto files = support::shop();
  files["objects/order.json"] = with(support::kShopOrderObject, R"json(
    {"name": "total", "label": "Total", "type": "formula", "scale": 2,
     "formula": "SUM(lines.net) + 0"},
    {"name": "dear", "label": "Dear", "type": "formula", "scale": 0,
     "formula": "COUNT(lines, net > $record.rate * 10 AND product.price > 0)"},
    {"name": "notes", "label": "Notes", "type": "formula",
     "formula": "TEXTJOIN(\"-\", TRUE, lines.note)"},
    {"name": "charged", "label": "Charged", "type": "formula", "scale": 2,
     "formula": "SUM(lines.share)"},
    {"name": "first_count", "label": "First count", "type": "integer",
     "default_formula": "COUNT(lines)"})json");
  files["objects/order_line.json"] = with(support::kShopOrderLineObject, R"json(
    {"name": "share", "label": "Share", "type": "formula", "scale": 2,
     "formula": "net / order.total * COUNT(parts) + product.sales_count"})json");
  files["objects/product.json"] = with(support::kShopProductObject, R"json(
    {"name": "sales_count", "label": "Sales", "type": "formula", "scale": 0,
     "formula": "COUNT(sales)"})json");
  files["objects/customer.json"] = with(support::kShopCustomerObject, R"json(
    {"name": "open", "label": "Open", "type": "formula", "scale": 2,
     "formula": "SUM(orders.total, state = \"open\" AND customer.level = $record.level)"},
    {"name": "last_number", "label": "Last", "type": "formula",
     "formula": "LAST(orders.number)"})json");
  files["rules/no_more.json"] = R"json({"name": "no_more", "object": "order",
    "when": "COUNT(lines, net > 100) > 1", "effect": "reject", "field": "number",
    "message": "One dear line is enough."})json";
  files["rules/keep_name.json"] = R"json({"name": "keep_name", "object": "customer",
    "when": "CHANGED(name) AND COUNT(orders) > 0", "effect": "reject", "field": "name",
    "message": "There are orders."})json";
  return files;
}

struct Shop : RunningApplication {
  Shop() : RunningApplication(shop_of_rows()) {}
  RecordId order(RecordId customer, const std::string& lines) {
    return made("order", R"({"number": "1", "customer": ")" + text_of(customer) +
                             R"(", "lines": )" + lines + "}");
  }
};

}  // namespace

TEST_CASE("a formula over lines follows them, with what they compute themselves", "[command]") {
  Shop shop;
  const auto pen = shop.made("product", R"({"name": "Pen", "price": "2.00"})");
  const std::string product = R"("product": ")" + text_of(pen) + "\"";
  const auto customer = shop.made("customer", R"({"name": "Anna", "level": "a"})");
  const auto order = shop.order(customer, R"([{"note": "a", "price": "30.00", )" + product +
                                              R"(, "parts": [{"note": "p"}]},
                                   {"note": "b", "price": "10.00"}])");
  CHECK(shop.value("order", order, "total") == "\"40.00\"");
  CHECK(shop.value("order", order, "dear") == "\"1\"");
  CHECK(shop.value("order", order, "notes") == "\"a-b\"");
  CHECK(shop.value("order", order, "first_count") == "2");
  // 30 / 40 * 1 part + 1 sale; the other line's product is unknown.
  CHECK(shop.value("order", order, "charged") == "\"1.75\"");
  CHECK(shop.value("customer", customer, "open") == "\"40.00\"");
  CHECK(shop.value("customer", customer, "last_number") == "\"1\"");

  REQUIRE(shop.update("order", order, R"({"lines": {"put": [{"note": "c", "price": "5"}]}})"));
  CHECK(shop.value("order", order, "total") == "\"45.00\"");
  CHECK(shop.value("order", order, "first_count") == "2");
  CHECK(shop.value("customer", customer, "open") == "\"45.00\"");
  REQUIRE(shop.update("order", order, R"({"state": "void"})"));
  CHECK(shop.value("customer", customer, "open") == "\"0.00\"");
}

TEST_CASE("lists are filtered and sorted by aggregates, and by formulas made of them", "[query]") {
  Shop shop;
  const auto anna = shop.made("customer", R"({"name": "Anna"})");
  const auto bob = shop.made("customer", R"({"name": "Bob"})");
  shop.order(anna, R"([{"price": "5"}])");
  shop.order(bob, R"([{"price": "7"}, {"price": "8"}])");
  const auto names = [&](const std::string& filter, const std::string& sort) {
    const auto page =
        shop.list({.object = "customer", .fields = {"name"}, .filter = filter, .sort = {sort}});
    return page ? support::column(*page, "name") : told(page);
  };
  CHECK(names("COUNT(orders) > 0", "-open") == "\"Bob\" \"Anna\"");
  CHECK(names("SUM(orders.net, size = 0) > 10", "name") == "\"Bob\"");
  CHECK(names("ANY(orders.state = \"void\")", "name").starts_with("invalid"));
  CHECK(names("COUNT(orders, customer.name = $record.name) = 1", "name") == "\"Anna\" \"Bob\"");
}

TEST_CASE("a filter counts what its author may see, a field what there is", "[query]") {
  Shop shop;
  const auto carl = shop.made("user", R"({"login": "carl", "name": "Carl"})");
  const auto anna = shop.made("customer", R"({"name": "Anna"})");
  shop.order(anna, R"([{"price": "5"}])");
  shop.made("order", R"({"number": "2", "customer": ")" + text_of(anna) + R"(", "clerk": ")" +
                         text_of(carl) + R"(", "lines": [{"price": "7"}]})");
  const auto clerk = support::person(carl, {"clerk"});
  const auto found = [&](const std::string& filter, const Actor& actor) {
    const auto page =
        shop.list({.object = "customer", .fields = {"open"}, .filter = filter}, actor);
    return page ? support::column(*page, "open") : told(page);
  };
  CHECK(found("COUNT(orders) = 2", support::the_system()) == "\"12.00\"");
  CHECK(found("COUNT(orders) = 2", clerk) == "");
  CHECK(found("COUNT(orders) = 1 AND SUM(orders.net) = 7", clerk) == "\"12.00\"");
  CHECK(found("open = 12", clerk) == "\"12.00\"");

  const auto reader = support::person(carl, {"reader"});
  CHECK(told(shop.list({.object = "order", .filter = "COUNT(lines) = 1"}, reader)) == "");
  CHECK(told(shop.list({.object = "customer", .filter = "COUNT(orders) = 1"}, reader)) ==
        "not_found");
  CHECK(told(shop.list({.object = "product", .filter = "COUNT(sales) > 0"}, clerk)) == "");
}

TEST_CASE("a draft is judged with its lines as they will be", "[command]") {
  Shop shop;
  const auto customer = shop.made("customer", R"({"name": "Anna"})");
  const std::string two = R"([{"price": "101"}, {"price": "102"}])";
  CHECK(told(shop.create("order", R"({"number": "1", "lines": )" + two + "}")) ==
        "invalid number:no_more");
  const auto order = shop.order(customer, R"([{"price": "101"}])");
  CHECK(told(shop.update("order", order, R"({"lines": {"put": [{"price": "150"}]}})")) ==
        "invalid number:no_more");
  REQUIRE(shop.update("order", order, R"({"lines": {"put": [{"price": "50"}]}})"));
}

TEST_CASE("check tells what comes out of rows that are only typed", "[command]") {
  Shop shop;
  const auto document =
      json::Document::parse(R"({"number": "1", "lines": [{"price": "3"}, {"price": "4"}]})");
  REQUIRE(document);
  const auto& object = shop.object("order");
  const auto input =
      parse_input(document->root(), object, shop.app().rights(support::the_system()));
  REQUIRE(input);
  REQUIRE(shop.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    TENON_TRY(const auto checked, check_draft(context, {&object, std::nullopt, *input}));
    const auto total = static_cast<std::size_t>(*object.find_slot("total"));
    CHECK(text_of(object.types[total], checked.fields[total]) == "7.00");
    return done();
  }));
}

TEST_CASE("a rule sees what was before, and the records that refer back", "[command]") {
  Shop shop;
  const auto anna = shop.made("customer", R"({"name": "Anna"})");
  REQUIRE(shop.update("customer", anna, R"({"name": "Anne"})"));
  shop.order(anna, "[]");
  CHECK(told(shop.update("customer", anna, R"({"name": "Anke"})")) == "invalid name:keep_name");
  CHECK(shop.update("customer", anna, R"({"level": "a"})"));
}

}  // namespace tenon::command
