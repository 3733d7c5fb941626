#include "engine/command/ripple.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"
#include "tests/support/shop.h"

namespace tenon::command {
namespace {

using support::replaced;
using support::RunningApplication;
using support::shop;
using support::told;

struct Shop : RunningApplication {
  Shop() : RunningApplication(shop()) {}

  RecordId customer(const std::string& name, RecordId region = {}) {
    const std::string where = region.value == 0 ? "" : R"(, "region": ")" + text_of(region) + "\"";
    return made("customer", R"({"name": ")" + name + "\"" + where + "}");
  }

  RecordId order(RecordId customer, const std::string& price) {
    return made("order", R"({"number": "1", "customer": ")" + text_of(customer) +
                             R"(", "lines": [{"price": ")" + price + R"("}]})");
  }
};

}  // namespace

TEST_CASE("a change of a line goes through order and customer to the region", "[command]") {
  Shop shop;
  const auto north = shop.made("region", R"({"name": "North"})");
  const auto anna = shop.customer("Anna", north);
  const auto order = shop.order(anna, "60");
  shop.order(anna, "50");

  CHECK(shop.value("customer", anna, "orders_count") == "2");
  CHECK(shop.value("customer", anna, "turnover") == "\"110.00\"");
  CHECK(shop.value("customer", anna, "is_large") == "true");
  CHECK(shop.value("customer", anna, "largest") == "\"60.00\"");
  CHECK(shop.value("region", north, "turnover") == "\"110.00\"");

  REQUIRE(shop.update("order", order, R"({"lines": {"put": [{"price": "5"}]}})"));
  CHECK(shop.value("region", north, "turnover") == "\"115.00\"");
  REQUIRE(shop.update("order", order, R"({"state": "void"})"));
  CHECK(shop.value("customer", anna, "turnover") == "\"50.00\"");
  CHECK(shop.value("customer", anna, "is_large") == "false");
  CHECK(shop.value("customer", anna, "largest") == "\"65.00\"");
  CHECK(shop.value("region", north, "turnover") == "\"50.00\"");
}

TEST_CASE("what moves to another parent leaves the one and is counted by the other", "[command]") {
  Shop shop;
  const auto anna = shop.customer("Anna");
  const auto bob = shop.customer("Bob");
  const auto order = shop.order(anna, "10");
  REQUIRE(shop.update("order", order, R"({"customer": ")" + text_of(bob) + "\"}"));
  CHECK(shop.value("customer", anna, "orders_count") == "0");
  CHECK(shop.value("customer", anna, "turnover") == "\"0.00\"");
  CHECK(shop.value("customer", anna, "largest") == "null");
  CHECK(shop.value("customer", bob, "turnover") == "\"10.00\"");
  REQUIRE(shop.erase("order", order));
  CHECK(shop.value("customer", bob, "orders_count") == "0");
}

TEST_CASE("a lookup follows its source, in records and in lines", "[command]") {
  Shop shop;
  const auto anna = shop.customer("Anna");
  const auto pump = shop.made("product", R"({"name": "Pump", "price": "9"})");
  const auto order = shop.made("order", R"json({"number": "1", "customer": ")json" + text_of(anna) +
                                            R"json(", "lines": [{"product": ")json" +
                                            text_of(pump) + R"json("}]})json");
  const auto list_price = [&] {
    return support::column(*shop.list({.object = "order_line", .fields = {"list_price"}}),
                           "list_price");
  };
  CHECK(shop.value("order", order, "level") == "null");
  CHECK(list_price() == "\"9.00\"");
  REQUIRE(shop.update("customer", anna, R"({"level": "b"})"));
  CHECK(shop.value("order", order, "level") == "\"b\"");
  REQUIRE(shop.update("product", pump, R"({"price": "12.50"})"));
  CHECK(list_price() == "\"12.50\"");
  CHECK(shop.value("order", order, "version") == "3");
  CHECK(shop.list({.object = "order", .filter = "level = \"b\""})->rows.size() == 1);
}

TEST_CASE("a record that changes along has one event and one version more", "[command]") {
  Shop shop;
  const auto north = shop.made("region", R"({"name": "North"})");
  const auto anna = shop.customer("Anna", north);
  const auto order = shop.order(anna, "10");
  const auto before = shop.events().size();
  // Count, sum, largest and formula of the customer move at once.
  REQUIRE(shop.erase("order", order));
  CHECK(shop.events().size() - before == 3);
  CHECK(shop.value("customer", anna, "version") == "3");
  CHECK(shop.value("region", north, "version") == "3");
}

TEST_CASE("a rollup that is new or made of something else is filled by the publish", "[command]") {
  Shop shop;
  const auto north = shop.made("region", R"({"name": "North"})");
  const auto anna = shop.customer("Anna", north);
  shop.order(anna, "10");
  const auto off = shop.order(anna, "20");
  REQUIRE(shop.update("order", off, R"({"state": "void"})"));
  CHECK(shop.value("region", north, "turnover") == "\"10.00\"");

  auto files = support::shop();
  files["objects/customer.json"] =
      replaced(files["objects/customer.json"], R"(, "filter": "state <> \"void\"")",
               R"(, "filter": "state = \"void\"")");
  REQUIRE(shop.publish(files));
  CHECK(shop.value("customer", anna, "turnover") == "\"20.00\"");
  CHECK(shop.value("region", north, "turnover") == "\"20.00\"");

  files["objects/order_line.json"] = replaced(files["objects/order_line.json"],
                                              "quantity * (COALESCE", "quantity * 2 * (COALESCE");
  REQUIRE(shop.publish(files));
  CHECK(shop.value("region", north, "turnover") == "\"40.00\"");
  CHECK(shop.value("customer", anna, "largest") == "\"40.00\"");
}

}  // namespace tenon::command
