// Pages: whatever the sort, ties, empty values and page size, every record is there exactly once,
// in the order of the whole list.
#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::query {
namespace {

using support::column;
using support::told;

// 36 invoices with few different values, and empty ones, in every field.
struct Fixture : support::RunningApplication {
  Fixture() : RunningApplication(support::billing()) {
    std::vector<RecordId> customers;
    for (const char* name : {"beta", "Beta", "acme", "Ärger", "zoo"}) {
      customers.push_back(made("customer", R"({"name": ")" + std::string(name) + "\"}"));
    }
    const char* numbers[] = {"a", "A", "ä", "b", "B", "10", "9", "字"};
    const char* states[] = {"\"open\"", "\"paid\"", "null"};
    for (int i = 0; i < 36; ++i) {
      std::string body = R"({"number": ")" + std::string(numbers[i * 5 % 8]) + "\"";
      if (i % 3 != 0) body += R"(, "total": ")" + std::to_string(i * 7 % 4 - 1 + 1) + "\"";
      if (i % 4 != 1) body += R"(, "due_on": "2027-01-1)" + std::to_string(i % 3 + 4) + "\"";
      if (i % 5 != 2) {
        body += R"(, "customer": ")" + text_of(customers[static_cast<std::size_t>(i % 5)]) + "\"";
      }
      made("invoice", body + ", \"state\": " + states[i % 3] + "}");
    }
  }

  std::string whole(const std::vector<std::string>& sort, const std::string& filter = "") {
    return column(*list({.object = "invoice", .filter = filter, .sort = sort, .limit = 200}), "id");
  }

  std::string in_pages(const std::vector<std::string>& sort, int limit,
                       const std::string& filter = "") {
    std::string ids;
    ListRecords query{.object = "invoice", .fields = {"number"}, .filter = filter, .sort = sort};
    query.limit = limit;
    for (int pages = 0; pages < 50; ++pages) {
      const auto page = list(query);
      if (!page) return told(page);
      ids += (ids.empty() || page->rows.empty() ? "" : " ") + column(*page, "id");
      if (page->next.empty()) return ids;
      query.after = page->next;
    }
    return "it does not end";
  }
};

const std::vector<std::vector<std::string>> kSorts = {
    {},
    {"number"},
    {"-number"},
    {"total"},
    {"-total"},
    {"due_on", "total"},
    {"-due_on", "total"},
    {"due_on", "-total"},
    {"-state", "-number"},
    {"customer.name"},
    {"-customer.name", "total"},
    {"customer.clerk.name", "number"},
    {"payer", "-gross"},
    {"-payer"},
    {"is_due", "-late_tax", "number"},
    {"created_at"},
    {"-id"},
    {"version", "-total", "due_on", "number"},
};

std::string named(const std::vector<std::string>& sort) {
  std::string text;
  for (const std::string& key : sort) text += key + " ";
  return text;
}

}  // namespace

TEST_CASE("in pages every record is there once, in the order of the whole", "[query]") {
  Fixture at;
  for (const auto& sort : kSorts) {
    const std::string whole = at.whole(sort);
    REQUIRE(std::count(whole.begin(), whole.end(), ' ') == 35);
    for (const int limit : {1, 2, 5, 7, 12, 35, 36, 37}) {
      INFO(named(sort) << "in pages of " << limit);
      CHECK(at.in_pages(sort, limit) == whole);
    }
  }
}

TEST_CASE("a filter stays in force from page to page", "[query]") {
  Fixture at;
  const std::string filter = "total > 0 OR ISBLANK(customer.name)";
  for (const auto& sort : kSorts) {
    INFO(named(sort));
    CHECK(at.in_pages(sort, 3, filter) == at.whole(sort, filter));
  }
}

TEST_CASE("empty values come first, and last in a descending sort", "[query]") {
  Fixture at;
  const auto up = at.list({.object = "invoice", .fields = {"total"}, .sort = {"total"}});
  const auto down = at.list({.object = "invoice", .fields = {"total"}, .sort = {"-total"}});
  CHECK(column(*up, "total").starts_with("null null"));
  CHECK(column(*down, "total").ends_with("null null"));
}

TEST_CASE("texts are in the order of people, not of bytes", "[query]") {
  Fixture at;
  const auto page = at.list({.object = "customer", .fields = {"name"}, .sort = {"name"}});
  CHECK(column(*page, "name") == R"("acme" "Ärger" "beta" "Beta" "zoo")");
}

TEST_CASE("records that come or go between two pages neither repeat nor hide others", "[query]") {
  support::RunningApplication at(support::billing());
  std::vector<RecordId> ids;
  for (const char* number : {"b", "d", "f", "h"}) {
    ids.push_back(at.made("invoice", R"({"number": ")" + std::string(number) + "\"}"));
  }
  ListRecords query{.object = "invoice", .fields = {"number"}, .sort = {"number"}, .limit = 2};
  const auto first = at.list(query);
  CHECK(column(*first, "number") == R"("b" "d")");
  REQUIRE(at.erase("invoice", ids[1]));  // The last one seen.
  at.made("invoice", R"({"number": "a"})");
  at.made("invoice", R"({"number": "e"})");
  query.after = first->next;
  const auto second = at.list(query);
  CHECK(column(*second, "number") == R"("e" "f")");
  query.after = second->next;
  CHECK(column(*at.list(query), "number") == R"("h")");
}

TEST_CASE("a cursor of another sort is refused", "[query]") {
  Fixture at;
  const auto page = at.list({.object = "invoice", .sort = {"number"}, .limit = 2});
  CHECK(told(at.list({.object = "invoice", .sort = {"-number"}, .after = page->next})) ==
        "malformed after:cursor");
  CHECK(told(at.list({.object = "invoice", .after = page->next})) == "malformed after:cursor");
  CHECK(told(at.list({.object = "invoice", .after = "?"})) == "malformed after:cursor");
}

}  // namespace tenon::query
