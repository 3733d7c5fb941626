#include "engine/command/lines.h"

#include <catch2/catch.hpp>

#include "engine/base/limits.h"
#include "engine/command/restore_record.h"
#include "engine/query/lines.h"
#include "tests/support/running_application.h"
#include "tests/support/shop.h"

namespace tenon::command {
namespace {

using support::person;
using support::RunningApplication;
using support::shop;
using support::told;

std::string lines_text(const query::LineSet& set);

// "note:quantity:net(parts)", in order.
std::string line_text(const query::LineSet& set, const query::LineRow& row) {
  const application::Object& object = set.object();
  const auto text = [&](const char* name) {
    const int slot = *object.find_slot(name);
    return text_of(object.type(slot), row.fields[static_cast<std::size_t>(slot)]);
  };
  std::string all = text("note") + ":" + text("quantity") + ":" + text("net");
  const std::string parts = lines_text(row.lines.at(0));
  return parts.empty() ? all : all + "(" + parts + ")";
}

std::string lines_text(const query::LineSet& set) {
  std::string all;
  for (const query::LineRow& row : set.rows) {
    all += (all.empty() ? "" : " ") + line_text(set, row);
  }
  return all;
}

struct Shop : RunningApplication {
  Shop() : RunningApplication(shop()) {}

  query::LineSet lines(RecordId order) {
    query::LineSet set;
    ask(support::the_system(), [&](const query::Context& context) {
      set = query::lines_of(context, object("order"), order).at(0);
    });
    return set;
  }

  std::string text(RecordId order) { return lines_text(lines(order)); }

  std::string id_of_line(RecordId order, std::size_t place) {
    return text_of(lines(order).rows.at(place).id);
  }
};

}  // namespace

TEST_CASE("a record is made with its lines, and lines with theirs", "[command]") {
  Shop shop;
  const auto order = shop.made("order", R"json({"number": "1", "lines": [
      {"note": "a", "quantity": 2, "price": "5.00"},
      {"note": "b", "parts": [{"note": "c", "quantity": 3, "price": "1.50"},
                              {"note": "d"}]}]})json");

  CHECK(shop.text(order) == "a:2:10.00 b:1:4.50(c:3:4.50 d:1:0.00)");
  CHECK(shop.value("order", order, "net") == "\"14.50\"");
  CHECK(shop.value("order", order, "gross") == "\"17.40\"");
  CHECK(shop.value("order", order, "size") == "1");
  CHECK(shop.events_of(order).size() == 1);
}

TEST_CASE("lines are put, changed, moved and removed as one change of their record", "[command]") {
  Shop shop;
  const auto order = shop.made("order", R"json({"number": "1", "lines": [
      {"note": "a", "price": "1"}, {"note": "b", "price": "2"},
      {"note": "c", "price": "3"}]})json");
  const std::string a = shop.id_of_line(order, 0);
  const std::string c = shop.id_of_line(order, 2);

  const auto reply =
      shop.update("order", order,
                  R"json({"lines": {"put": [{"id": ")json" + c +
                      R"json(", "quantity": 4, "after": null}, {"note": "d", "price": "1"}],
                              "remove": [")json" +
                      a + R"json("]}})json");

  REQUIRE(reply);
  CHECK(reply->record->version == 2);
  CHECK(shop.text(order) == "c:4:12.00 b:1:2.00 d:1:1.00");
  CHECK(shop.value("order", order, "net") == "\"15.00\"");
  CHECK(shop.events_of(order).size() == 2);
  CHECK(shop.events_of(order)[1].body.find(R"("kind":"delete")") != std::string::npos);
}

TEST_CASE("between two lines there is always a place", "[command]") {
  Shop shop;
  const auto order =
      shop.made("order", R"json({"number": "1", "lines": [{"note": "a"}, {"note": "z"}]})json");
  const std::string a = shop.id_of_line(order, 0);
  for (int i = 0; i < 40; ++i) {
    REQUIRE(shop.update("order", order,
                        R"json({"lines": {"put": [{"note": "n)json" + std::to_string(i) +
                            R"json(", "after": ")json" + a + R"json("}]}})json"));
  }
  const auto rows = shop.lines(order).rows;
  REQUIRE(rows.size() == 42);
  const auto note = [&](std::size_t place) { return std::get<std::string>(rows[place].fields[0]); };
  CHECK(note(0) == "a");
  CHECK(note(1) == "n39");
  CHECK(note(40) == "n0");
  CHECK(note(41) == "z");
}

TEST_CASE("a formula of a line sees what holds it, and follows its changes", "[command]") {
  Shop shop;
  const auto order = shop.made(
      "order", R"json({"number": "1", "rate": "2", "lines": [{"note": "a", "price": "5"}]})json");
  const auto charged = [&] {
    const int slot = *shop.object("order_line").find_slot("charged");
    return text_of(shop.object("order_line").type(slot),
                   shop.lines(order).rows[0].fields[static_cast<std::size_t>(slot)]);
  };
  CHECK(charged() == "10.00");
  REQUIRE(shop.update("order", order, R"({"rate": "3"})"));
  CHECK(charged() == "15.00");
}

TEST_CASE("every problem of a line is at its place in the input", "[command]") {
  Shop shop;
  CHECK(told(shop.create("order", R"json({"number": "1", "lines": [
            {"note": "a"}, {"price": "-1", "quantity": null},
            {"parts": [{"price": "-2"}]}]})json")) ==
        "invalid lines/1/price:no_gift lines/1/quantity:required lines/2/parts/0/price:no_gift");
  CHECK(told(shop.create("order", R"json({"number": "1", "lines": [{"nope": "a"}]})json")) ==
        "invalid lines/0/nope:unknown_field");
  CHECK(told(shop.create("order", R"json({"number": "1", "lines": [{"net": "1"}]})json")) ==
        "invalid lines/0/net:read_only");
  CHECK(told(shop.create("order",
                         R"json({"number": "1", "lines": [{"product": "0000000000001"}]})json")) ==
        "invalid lines/0/product:reference");
  const auto order = shop.made("order", R"json({"number": "1", "lines": [{"note": "a"}]})json");
  CHECK(told(shop.update("order", order, R"json({"lines": [{"note": "b"}]})json")) ==
        "invalid lines:lines");
  CHECK(
      told(shop.update("order", order,
                       R"json({"lines": {"put": [{"id": "0000000000001", "note": "b"}]}})json")) ==
      "invalid lines/put/0/id:line");
}

TEST_CASE("lines are under the rights of their record", "[command]") {
  Shop shop;
  const auto anna = shop.made("user", R"({"login": "anna", "name": "Anna"})");
  const auto bob = shop.made("user", R"({"login": "bob", "name": "Bob"})");
  const auto order = shop.create("order", R"json({"number": "1", "lines": [{"note": "a"}]})json",
                                 person(anna, {"clerk"}));
  REQUIRE(order);
  const std::string put = R"json({"lines": {"put": [{"note": "b"}]}})json";

  CHECK(told(shop.update("order", order->id, put, {}, person(bob, {"clerk"}))) == "not_found");
  CHECK(told(shop.update("order", order->id, put, {}, person(bob, {"reader"}))) ==
        "denied lines:denied");
  CHECK(shop.update("order", order->id, put, {}, person(anna, {"clerk"})));
  CHECK(told(shop.create("order_line", R"({"note": "x"})")) == "denied :denied");

  const auto seen = [&](const Actor& actor) {
    const auto page = shop.list({.object = "order_line", .fields = {"note"}}, actor);
    return page ? page->rows.size() : 99;
  };
  CHECK(seen(person(anna, {"clerk"})) == 2);
  CHECK(seen(person(bob, {"clerk"})) == 0);
  CHECK(seen(person(bob, {"reader"})) == 2);
  CHECK(seen(person(bob, {})) == 99);
}

TEST_CASE("who changes another field of a line is no conflict; the same field is", "[command]") {
  Shop shop;
  const auto order =
      shop.made("order", R"json({"number": "1", "lines": [{"note": "a", "price": "1"}]})json");
  const std::string a = shop.id_of_line(order, 0);
  const auto put = [&](const std::string& field) {
    return R"json({"lines": {"put": [{"id": ")json" + a + "\", " + field + "}]}}";
  };
  REQUIRE(shop.update("order", order, put(R"("price": "2")"), 1));
  CHECK(shop.update("order", order, put(R"("quantity": 7)"), 1));
  CHECK(told(shop.update("order", order, put(R"("price": "3")"), 1)) ==
        "conflict lines/put/0/price:changed");
}

TEST_CASE("the same lines are no change", "[command]") {
  Shop shop;
  const auto order =
      shop.made("order", R"json({"number": "1", "lines": [{"note": "a", "price": "1"}]})json");
  const auto reply =
      shop.update("order", order,
                  R"json({"lines": {"put": [{"id": ")json" + shop.id_of_line(order, 0) +
                      R"json(", "price": "1.0"}]}})json");
  REQUIRE(reply);
  CHECK(reply->record->version == 1);
  CHECK(shop.events_of(order).size() == 1);
}

TEST_CASE("lines go with their record and come back with it", "[command]") {
  Shop shop;
  const auto pump = shop.made("product", R"({"name": "Pump"})");
  const auto order = shop.made("order", R"json({"number": "1", "lines": [
      {"note": "a", "quantity": 5, "product": ")json" +
                                            text_of(pump) + R"json("}, {"note": "b"}]})json");
  REQUIRE(shop.update(
      "order", order,
      R"json({"lines": {"remove": [")json" + shop.id_of_line(order, 1) + R"json("]}})json"));
  CHECK(shop.value("product", pump, "sold") == "5");
  REQUIRE(shop.erase("order", order));
  CHECK(shop.value("product", pump, "sold") == "0");
  CHECK(shop.list({.object = "order_line"})->rows.empty());

  REQUIRE(shop.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    TENON_CHECK(restore_record(context, {&shop.object("order"), order}));
    return done();
  }));
  CHECK(shop.text(order) == "a:5:0.00");
  CHECK(shop.value("product", pump, "sold") == "5");
}

TEST_CASE("a reference of a line is cleared with what it led to, as a change of the record",
          "[command]") {
  Shop shop;
  const auto pump = shop.made("product", R"({"name": "Pump", "price": "9"})");
  const auto order = shop.made("order", R"json({"number": "1", "lines": [
      {"note": "a", "product": ")json" + text_of(pump) +
                                            R"json("}]})json");
  REQUIRE(shop.erase("product", pump));
  const int slot = *shop.object("order_line").find_slot("product");
  CHECK(is_empty(shop.lines(order).rows[0].fields[static_cast<std::size_t>(slot)]));
  CHECK(shop.value("order", order, "version") == "2");
}

TEST_CASE("a record holds at most 5,000 lines", "[command]") {
  Shop shop;
  const auto many = [](int count) {
    std::string lines = "[";
    for (int i = 0; i < count; ++i) lines += i == 0 ? "{}" : ",{}";
    return lines + "]";
  };
  const auto order = shop.made(
      "order", R"({"number": "1", "lines": )" + many(limits::kLinesPerRecordMax - 1) + "}");
  CHECK(shop.update("order", order, R"json({"lines": {"put": [{}]}})json"));
  CHECK(told(shop.update("order", order, R"json({"lines": {"put": [{}]}})json")) ==
        "limit lines:lines");
  CHECK(shop.value("order", order, "version") == "2");
}

}  // namespace tenon::command
