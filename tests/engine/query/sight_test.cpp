// What an actor may not read is not there: not in rows, nor behind paths, filters, sorts, counts,
// groups.
#include <catch2/catch.hpp>

#include "engine/query/group.h"
#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::query {
namespace {

using support::column;
using support::person;
using support::told;

struct Fixture : support::RunningApplication {
  Fixture() : RunningApplication(support::billing()) {
    invoice("1", anna, hers);
    invoice("2", anna, his);  // Hers, for a customer that she does not see.
    invoice("3", bob, hers);
  }
  RecordId anna = made("user", R"({"login": "anna", "name": "Anna"})");
  RecordId bob = made("user", R"({"login": "bob", "name": "Bob"})");
  RecordId hers = customer("Hers", anna);
  RecordId his = customer("His", bob);
  Actor clerk = person(anna, {"clerk"});

  RecordId customer(const std::string& name, RecordId owner) {
    return made("customer", R"({"name": ")" + name + R"(", "clerk": ")" + text_of(owner) + "\"}");
  }
  void invoice(const std::string& number, RecordId owner, RecordId customer) {
    made("invoice", R"({"number": ")" + number + R"(", "total": "10", "clerk": ")" +
                        text_of(owner) + R"(", "customer": ")" + text_of(customer) + "\"}");
  }
  std::string numbers(const std::string& filter, const Actor& actor) {
    const auto page = list({.object = "invoice", .filter = filter, .sort = {"number"}}, actor);
    return page ? column(*page, "number") : told(page);
  }
};

}  // namespace

TEST_CASE("a list has the records within reach", "[query]") {
  Fixture at;
  CHECK(at.numbers("", at.clerk) == R"("1" "2")");
  CHECK(at.numbers("", person(at.bob, {"clerk"})) == R"("3")");
  CHECK(at.numbers("", person(at.bob, {"head"}, {at.anna})) == R"("1" "2" "3")");
  CHECK(at.numbers("", person(at.anna, {})) == "not_found");
  CHECK(at.numbers("", support::the_system()) == R"("1" "2" "3")");
}

TEST_CASE("a count is of the records within reach", "[query]") {
  Fixture at;
  const auto page = at.list({.object = "invoice", .limit = 1, .count = Count::exact}, at.clerk);
  REQUIRE(page);
  CHECK(page->count == 2);
}

TEST_CASE("behind a record that may not be seen everything is empty", "[query]") {
  Fixture at;
  const auto page =
      at.list({.object = "invoice", .fields = {"customer.name", "customer.id"}, .sort = {"number"}},
              at.clerk);
  REQUIRE(page);
  CHECK(column(*page, "customer.name") == "\"Hers\" null");
  CHECK(column(*page, "customer.id") == "\"" + text_of(at.hers) + "\" null");
}

TEST_CASE("a filter or sort cannot ask what may not be seen", "[query]") {
  Fixture at;
  CHECK(at.numbers("customer.name = \"His\"", at.clerk).empty());
  CHECK(at.numbers("customer.name > \"A\"", at.clerk) == R"("1")");
  CHECK(at.numbers("ISBLANK(customer.name)", at.clerk) == R"("2")");
  const auto page =
      at.list({.object = "invoice", .fields = {"number"}, .sort = {"-customer.name"}}, at.clerk);
  CHECK(column(*page, "number") == R"("1" "2")");  // The unseen as the empty: last.
}

TEST_CASE("a derived field is the same for everybody who may read it", "[query]") {
  Fixture at;
  const auto page =
      at.list({.object = "invoice", .fields = {"payer"}, .sort = {"number"}}, at.clerk);
  CHECK(column(*page, "payer") == R"("Hers" "His")");
}

TEST_CASE("a field that may not be read is an unknown one, everywhere", "[query]") {
  Fixture at;
  CHECK(told(at.list({.object = "invoice", .fields = {"reason"}}, at.clerk)) ==
        "invalid fields:unknown_field");
  CHECK(told(at.list({.object = "invoice", .sort = {"reason"}}, at.clerk)) ==
        "invalid sort:unknown_field");
  CHECK(at.numbers("reason = \"x\"", at.clerk) == "invalid filter:0-6:formula.unknown");
  const auto note = at.list({.object = "note", .fields = {"invoice.reason"}}, at.clerk);
  CHECK(told(note) == "invalid fields:unknown_field");
  const auto all = at.list({.object = "invoice"}, at.clerk);
  for (const Output& output : all->outputs()) CHECK(output.path.text != "reason");
}

TEST_CASE("an object of which nothing may be read is no way to anything", "[query]") {
  Fixture at;
  CHECK(told(at.list({.object = "invoice", .fields = {"clerk.login"}}, at.clerk)) ==
        "invalid fields:unknown_field");
  CHECK(told(at.list({.object = "user"}, at.clerk)) == "not_found");
}

TEST_CASE("each record says what may be done with it", "[query]") {
  Fixture at;
  const auto page = at.list({.object = "invoice", .sort = {"number"}},
                            person(at.bob, {"head", "clerk"}, {at.anna}));
  REQUIRE(page->may.size() == 3);
  CHECK_FALSE(page->may[0].update);
  CHECK_FALSE(page->may[0].erase);
  CHECK(page->may[2].update);
  CHECK(page->may[2].erase);
}

TEST_CASE("groups are of what may be seen, and hide what stands behind", "[query]") {
  Fixture at;
  metadata::QueryBody query;
  query.object = "invoice";
  query.group = {{"customer", "", "customer"}};
  query.sort = {"-count"};
  at.ask(at.clerk, [&](const Context& context) {
    const auto grouping = group(context, query, "");
    REQUIRE(grouping);
    REQUIRE(grouping->rows.size() == 2);
    for (const auto& row : grouping->rows) {
      CHECK(row[1].value == Value{Decimal::of(1)});
      const bool is_hers = row[0].value == Value{at.hers};
      CHECK(row[0].title == (is_hers ? "Hers" : ""));
    }
    query.group = {{"reason", "", "reason"}};
    CHECK(told(group(context, query, "")) == "invalid group:unknown_field");
  });
}

}  // namespace tenon::query
