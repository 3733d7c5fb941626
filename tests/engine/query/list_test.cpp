#include "engine/query/list.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::query {
namespace {

using support::column;
using support::told;

struct Fixture : support::RunningApplication {
  Fixture() : RunningApplication(support::billing()) {
    invoice("1", R"("total": "10", "due_on": "2027-01-10", "customer": ")" + text_of(acme) + "\"");
    invoice("2", R"("total": "20", "due_on": "2027-01-15", "state": "paid")");
    invoice("3", R"("customer": ")" + text_of(beta) + "\"");
  }
  RecordId acme = made("customer", R"({"name": "Acme", "code": "A"})");
  RecordId beta = made("customer", R"({"name": "Beta", "parent": ")" + text_of(acme) + "\"}");

  void invoice(const std::string& number, const std::string& more) {
    made("invoice", R"({"number": ")" + number + "\", " + more + "}");
  }
  // The numbers of what the filter lets through.
  std::string numbers(const std::string& filter) {
    const auto page = list({.object = "invoice", .filter = filter, .sort = {"number"}});
    return page ? column(*page, "number") : told(page);
  }
};

}  // namespace

TEST_CASE("without a sort the newest comes first", "[query]") {
  Fixture at;
  const auto page = at.list({.object = "invoice"});
  REQUIRE(page);
  CHECK(column(*page, "number") == R"("3" "2" "1")");
  CHECK(page->next.empty());
  CHECK_FALSE(page->count);
}

TEST_CASE("all readable fields are told, or those asked for with id and version", "[query]") {
  Fixture at;
  const auto all = at.list({.object = "customer"});
  REQUIRE(all);
  CHECK(all->outputs().size() == 11);
  const auto some = at.list({.object = "customer", .fields = {"code", "parent.code", "id"}});
  REQUIRE(some);
  std::string names;
  for (const Output& output : some->outputs()) names += output.path.text + " ";
  CHECK(names == "id version code parent parent.code ");
}

TEST_CASE("a filter is a formula over fields, paths and who asks", "[query]") {
  Fixture at;
  CHECK(at.numbers("total > 10") == R"("2")");
  CHECK(at.numbers("total <= 10") == R"("1")");  // Nothing is not below ten.
  CHECK(at.numbers("ISBLANK(total)") == R"("3")");
  CHECK(at.numbers("state <> \"paid\"") == R"("1" "3")");
  CHECK(at.numbers("customer.name = \"Acme\"") == R"("1")");
  CHECK(at.numbers("customer.parent.name = \"Acme\"") == R"("3")");
  CHECK(at.numbers("ISBLANK(customer.name)") == R"("2")");
  CHECK(at.numbers("due_on = $today") == R"("2")");
  CHECK(at.numbers("$user = clerk").find("invalid") == std::string::npos);
}

TEST_CASE("a filter may name formula fields, kept or computed, through others", "[query]") {
  Fixture at;
  CHECK(at.numbers("gross = 12") == R"("1")");
  CHECK(at.numbers("payer = \"Beta\"") == R"("3")");
  CHECK(at.numbers("is_late") == R"("1")");
  CHECK(at.numbers("late_tax > 0") == R"("1" "2")");
  CHECK(at.numbers("customer.is_branch") == R"("3")");
  CHECK(at.numbers("made_on = $today") == R"("1" "2" "3")");
}

TEST_CASE("what is wrong with a filter is told with its place", "[query]") {
  Fixture at;
  CHECK(at.numbers("totl > 1") == "invalid filter:0-4:formula.unknown");
  CHECK(at.numbers("total") == "invalid filter:0-5:formula.type");
  CHECK(at.numbers("total >") == "invalid filter:7-7:formula.syntax");
}

TEST_CASE("an unknown object, field or sort is refused", "[query]") {
  Fixture at;
  CHECK(told(at.list({.object = "nothing"})) == "not_found");
  CHECK(told(at.list({.object = "invoice", .fields = {"numbr"}})) ==
        "invalid fields:unknown_field");
  CHECK(told(at.list({.object = "invoice", .fields = {"number.x"}})) ==
        "invalid fields:not_a_reference");
  CHECK(told(at.list({.object = "invoice", .sort = {"-numbr"}})) == "invalid sort:unknown_field");
  CHECK(told(at.list({.object = "invoice", .sort = {"a", "b", "c", "d", "e"}})) ==
        "limit sort:sort_keys");
}

TEST_CASE("pages, paths and searches have bounds", "[query]") {
  Fixture at;
  CHECK(told(at.list({.object = "invoice", .limit = 0})) == "limit limit:page_records");
  CHECK(told(at.list({.object = "invoice", .limit = 201})) == "limit limit:page_records");
  CHECK(at.list({.object = "invoice", .limit = 200}));
  std::string path = "parent.parent.parent.parent.name";
  CHECK(at.list({.object = "customer", .fields = {path}}));
  CHECK(told(at.list({.object = "customer", .fields = {"parent." + path}})) ==
        "limit fields:path_hops");
  CHECK(at.list({.object = "invoice", .search = std::string(200, 'x')}));
  CHECK(told(at.list({.object = "invoice", .search = std::string(201, 'x')})) ==
        "limit q:search_bytes");
}

TEST_CASE("a search looks through the title, whatever case and accents", "[query]") {
  Fixture at;
  at.made("customer", R"({"name": "Café Zürich 上海"})");
  const auto found = [&](const std::string& words) {
    const auto page = at.list({.object = "customer", .fields = {"name"}, .search = words});
    return page ? column(*page, "name") : told(page);
  };
  CHECK(found("ACM") == "\"Acme\"");
  CHECK(found("cafe") == "\"Café Zürich 上海\"");
  CHECK(found("上海") == "\"Café Zürich 上海\"");
  CHECK(found("%").empty());
  CHECK(found("nobody").empty());
}

TEST_CASE("a count is of everything behind the filter, whatever the page", "[query]") {
  Fixture at;
  const auto page =
      at.list({.object = "invoice", .filter = "number > \"1\"", .limit = 1, .count = Count::exact});
  REQUIRE(page);
  CHECK(page->rows.size() == 1);
  CHECK(page->count == 2);
  CHECK_FALSE(page->count_more);
  const auto next = at.list({.object = "invoice",
                             .filter = "number > \"1\"",
                             .limit = 1,
                             .after = page->next,
                             .count = Count::estimate});
  REQUIRE(next);
  CHECK(next->count == 2);
  CHECK(next->next.empty());
}

TEST_CASE("a single record is a page of one; one that is gone is not found", "[query]") {
  Fixture at;
  CHECK(at.value("customer", at.beta, "parent.code") == "\"A\"");
  at.ask(support::the_system(), [&](const Context& context) {
    CHECK(told(read(context, "customer", RecordId{7}, {})) == "not_found");
    CHECK(told(read(context, "invoice", at.beta, {})) == "not_found");
  });
  REQUIRE(at.erase("customer", at.beta).error().code == ErrorCode::conflict);
}

TEST_CASE("what the system made was made by nobody", "[query]") {
  Fixture at;
  const auto anna = at.made("user", R"({"login": "anna", "name": "Anna"})");
  REQUIRE(at.create("note", R"({"words": "hers"})", support::person(anna, {"clerk"})));
  at.made("note", R"({"words": "ours"})");
  const auto page =
      at.list({.object = "note", .fields = {"created_by", "created_by.name"}, .sort = {"words"}});
  REQUIRE(page);
  CHECK(column(*page, "created_by") == "\"" + text_of(anna) + "\" null");
  CHECK(column(*page, "created_by.name") == "\"Anna\" null");
  const auto nobodys = at.list({.object = "note", .filter = "ISBLANK(created_by)"});
  CHECK(column(*nobodys, "words") == "\"ours\"");
}

TEST_CASE("what was deleted is empty behind a path", "[query]") {
  Fixture at;
  const auto lone = at.made("customer", R"({"name": "Lone"})");
  const auto user = at.made("user", R"({"login": "anna", "name": "Anna"})");
  REQUIRE(at.update("customer", lone, R"({"clerk": ")" + text_of(user) + "\"}"));
  CHECK(at.value("customer", lone, "clerk.name") == "\"Anna\"");
  REQUIRE(at.erase("user", user));
  CHECK(at.value("customer", lone, "clerk.name") == "null");
}

TEST_CASE("what belongs to somebody's team is found, by whoever asks", "[query]") {
  Fixture at;
  const auto user = [&](const std::string& name) {
    return at.made("user", R"({"name": ")" + name + R"(", "login": ")" + name + "\"}");
  };
  const auto head = user("head");
  const auto clerk = user("clerk");
  const auto other = user("other");
  for (const auto& [name, owner] : {std::pair{"H", head}, {"C", clerk}, {"O", other}}) {
    at.made("customer",
            R"({"name": ")" + std::string(name) + R"(", "clerk": ")" + text_of(owner) + "\"}");
  }
  const auto names = [&](const std::string& filter, const Actor& actor) {
    const auto page = at.list(
        {.object = "customer", .fields = {"name"}, .filter = filter, .sort = {"name"}}, actor);
    return page ? column(*page, "name") : told(page);
  };
  const Actor of_head = support::person(head, {"head"}, {clerk});
  const Actor of_clerk = support::person(clerk, {"head"});
  CHECK(names("HAS($team, clerk)", of_head) == R"("C" "H")");
  CHECK(names("HAS($team, clerk)", of_clerk) == R"("C")");
  CHECK(names("NOT(HAS($team, clerk))", of_head) == R"("Acme" "Beta" "O")");
  CHECK(names("AND(HAS($team, clerk), name <> \"H\")", of_head) == R"("C")");
  CHECK(names("HAS($team, clerk)", support::the_system()).empty());
  CHECK(names("HAS($team, name)", of_head) == "invalid filter:11-15:formula.type");
  // Who sees their own records only finds no others by it.
  CHECK(names("HAS($team, clerk)", support::person(head, {"clerk"}, {clerk})) == R"("H")");
}

}  // namespace tenon::query
