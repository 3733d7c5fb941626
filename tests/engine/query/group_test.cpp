#include "engine/query/group.h"

#include <catch2/catch.hpp>

#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::query {
namespace {

using support::column;
using support::told;

std::string text_of_value(const GroupColumn& column, const GroupValue& value) {
  if (!value.title.empty()) return value.title;
  json::Writer writer;
  write(writer, column.type, value.value);
  return writer.take();
}

struct Fixture : support::RunningApplication {
  Fixture() : RunningApplication(support::billing()) {
    invoice("1", "open", "10", "2027-01-31", beta);
    invoice("2", "paid", "20", "2027-02-01", acme);
    invoice("3", "paid", "30", "2027-02-28", acme);
    invoice("4", "void", "", "", RecordId{});
    made("invoice", R"({"number": "5", "state": null, "sent_at": "2027-01-31T17:00:00Z"})");
  }
  RecordId acme = made("customer", R"({"name": "Acme"})");
  RecordId beta = made("customer", R"({"name": "beta"})");

  void invoice(const std::string& number, const std::string& state, const std::string& total,
               const std::string& due_on, RecordId customer) {
    const auto or_null = [](const std::string& text) {
      return text.empty() ? std::string("null") : "\"" + text + "\"";
    };
    made("invoice",
         R"({"number": ")" + number +
             R"(", "reason": "x", "tags": ["red", "green"], "extra": {"a": "\"b"}, "state": ")" +
             state + R"(", "total": )" + or_null(total) + R"(, "due_on": )" + or_null(due_on) +
             R"(, "customer": )" + or_null(customer.value == 0 ? "" : text_of(customer)) + "}");
  }

  // "group|measure; group|measure", and that the drill of each row lists what it counts.
  std::string rows(const metadata::QueryBody& query, const std::string& filter = "") {
    std::optional<Result<Grouping>> grouping;
    ask(support::the_system(),
        [&](const Context& context) { grouping = group(context, query, filter); });
    if (!*grouping) return told(*grouping);
    std::string text;
    for (std::size_t i = 0; i < (*grouping)->rows.size(); ++i) {
      std::string row;
      for (std::size_t place = 0; place < (*grouping)->columns.size(); ++place) {
        row += (row.empty() ? "" : "|") +
               text_of_value((*grouping)->columns[place], (*grouping)->rows[i][place]);
      }
      text += (text.empty() ? "" : "; ") + row;
      drills.push_back((*grouping)->drill[i]);
    }
    return text;
  }
  std::string listed(const std::string& filter) {
    const auto page = list({.object = "invoice", .filter = filter, .sort = {"number"}});
    return page ? column(*page, "number") : told(page);
  }

  std::vector<std::string> drills;
};

metadata::QueryBody by(const std::string& path, const std::string& period = "") {
  metadata::QueryBody query;
  query.object = "invoice";
  query.group = {{path, period, "group"}};
  return query;
}

}  // namespace

TEST_CASE("choices come in the order of their options, the empty first", "[query]") {
  Fixture at;
  CHECK(at.rows(by("state")) == R"(null|1; "open"|1; "paid"|2; "void"|1)");
}

TEST_CASE("references come by title, and bring it", "[query]") {
  Fixture at;
  CHECK(at.rows(by("customer")) == "null|2; Acme|2; beta|1");
  CHECK(at.rows(by("customer.name")) == R"(null|2; "Acme"|2; "beta"|1)");
}

TEST_CASE("dates are grouped by their periods", "[query]") {
  Fixture at;
  CHECK(at.rows(by("due_on", "month")) == R"(null|2; "2027-01-01"|1; "2027-02-01"|2)");
  CHECK(at.rows(by("due_on", "week")) ==
        R"(null|2; "2027-01-25"|1; "2027-02-01"|1; "2027-02-22"|1)");
  CHECK(at.rows(by("due_on", "quarter")) == R"(null|2; "2027-01-01"|3)");
}

TEST_CASE("moments are grouped by the days of the workspace's zone", "[query]") {
  Fixture at;
  CHECK(at.rows(by("sent_at", "month"), "NOT ISBLANK(sent_at)") == R"("2027-02-01"|1)");
  CHECK(at.rows(by("sent_at"), "NOT ISBLANK(sent_at)") == R"("2027-02-01"|1)");
}

TEST_CASE("a row's filter lists exactly the records behind it", "[query]") {
  Fixture at;
  for (const auto& query :
       {by("state"), by("customer"), by("customer.name"), by("total"), by("due_on", "month"),
        by("due_on", "week"), by("due_on"), by("sent_at", "day"), by("payer"), by("is_late"),
        by("gross"), by("tags"), by("extra"), by("created_by"), by("created_at", "day"),
        by("version")}) {
    at.drills.clear();
    const std::string rows = at.rows(query, "number <> \"1\"");
    INFO(query.group[0].path << " " << rows);
    std::string all;
    for (const std::string& drill : at.drills) {
      INFO(drill);
      const std::string listed = at.listed(drill);
      CHECK_FALSE(listed.empty());
      all += listed + " ";
    }
    CHECK(std::count(all.begin(), all.end(), ' ') == 4);
    for (const char* number : {"\"2\"", "\"3\"", "\"4\"", "\"5\""}) {
      CHECK(all.find(number) != std::string::npos);
    }
  }
}

TEST_CASE("rows are sorted by groups or measures, and cut behind that", "[query]") {
  Fixture at;
  auto query = by("state");
  query.measures = {{.name = "sum", .of = "sum", .field = "total"}};
  query.sort = {"-sum"};
  CHECK(at.rows(query) == R"("paid"|"50.00"; "open"|"10.00"; null|"0.00"; "void"|"0.00")");
  query.limit = 1;
  CHECK(at.rows(query) == R"("paid"|"50.00")");
  query.sort = {"-group"};
  CHECK(at.rows(query) == R"("void"|"0.00")");
  query.sort = {"total"};
  CHECK(at.rows(query) == "invalid sort:unknown_column");
}

TEST_CASE("a group has its median, also of what is computed", "[query]") {
  Fixture at;
  const metadata::Measure middle{.name = "m", .of = "median", .field = "total"};
  CHECK(at.rows({.object = "invoice", .group = {{"state"}}, .measures = {middle}}) ==
        "null|null; \"open\"|\"10.000\"; \"paid\"|\"25.000\"; \"void\"|null");
}

TEST_CASE("several groups make one row for each combination there is", "[query]") {
  Fixture at;
  auto query = by("state");
  query.group.push_back({"customer", "", "customer"});
  CHECK(at.rows(query) == R"(null|null|1; "open"|beta|1; "paid"|Acme|2; "void"|null|1)");
  query.group.assign(5, {"state", "", "x"});
  CHECK(at.rows(query) == "limit group:group_keys");
}

TEST_CASE("only dates have periods", "[query]") {
  Fixture at;
  CHECK(at.rows(by("state", "month")) == "invalid group:period");
  CHECK(at.rows(by("due_on", "fortnight")) == "invalid group:period");
}

}  // namespace tenon::query
