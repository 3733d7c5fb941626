// Money in several currencies, from the input to the table and back.
#include <catch2/catch.hpp>

#include "engine/command/merge_records.h"
#include "engine/command/undo.h"
#include "engine/query/group.h"
#include "engine/query/history.h"
#include "tests/support/billing.h"
#include "tests/support/currencies.h"
#include "tests/support/running_application.h"

namespace tenon::command {
namespace {

using support::billing;
using support::currencies;
using support::replaced;
using support::RunningApplication;
using support::told;

const std::string kTotal = R"("name": "total", "label": "Total", "type": "money")";

// Billing, whose invoice's total is in several currencies.
metadata::Files with_currencies(const std::string& codes) {
  auto files = billing();
  std::string& invoice = files["objects/invoice.json"];
  invoice = replaced(invoice, kTotal, kTotal + R"(, "currencies": )" + codes);
  invoice = replaced(invoice, "total + tax", "total.amount + tax");
  invoice = replaced(invoice, "total * 0.2", "total.amount * 0.2");
  files["rules/no_debt.json"] =
      replaced(files["rules/no_debt.json"], "total < 0", "total.amount < 0");
  return files;
}

std::vector<std::string> listed(RunningApplication& running, const query::ListRecords& query) {
  std::vector<std::string> titles;
  const auto page = running.list(query);
  if (!page) return {told(page)};
  for (const Values& row : page->rows) {
    titles.push_back(text_of(*page->outputs()[2].type, row[2]));
  }
  return titles;
}

std::vector<std::string> found(RunningApplication& running, const std::string& filter) {
  return listed(running,
                {.object = "order", .fields = {"title"}, .filter = filter, .sort = {"title"}});
}

Result<query::Grouping> grouped(RunningApplication& running, metadata::QueryBody query) {
  Result<query::Grouping> answer = Error::not_found();
  query.object = "order";
  running.ask(support::the_system(),
              [&](const query::Context& context) { answer = query::group(context, query, ""); });
  return answer;
}

std::string cell(const query::Grouping& grouping, std::size_t column,
                 const query::GroupValue& value) {
  return is_empty(value.value) ? "-" : text_of(grouping.columns[column].type, value.value);
}

std::vector<std::string> rows_of(const query::Grouping& grouping) {
  std::vector<std::string> rows;
  for (const auto& row : grouping.rows) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += (i == 0 ? "" : " ") + cell(grouping, i, row[i]);
    }
    rows.push_back(std::move(text));
  }
  return rows;
}

metadata::Measure measure(const std::string& of, const std::string& field,
                          const std::string& in = "", const std::string& on = "") {
  return {.name = "made", .of = of, .field = field, .in = in, .on = on};
}

}  // namespace

TEST_CASE("an amount is told with its currency, and its parts by themselves", "[command]") {
  RunningApplication running(currencies());
  const auto id =
      running.made("order", R"({"title": "A", "budget": {"amount": "12.5", "currency": "USD"}})");
  CHECK(running.value("order", id, "budget") == R"({"amount":"12.50","currency":"USD"})");
  CHECK(running.value("order", id, "budget.amount") == "\"12.50\"");
  CHECK(running.value("order", id, "budget.currency") == "\"USD\"");
  CHECK(running.value("order", id, "deposit") == R"({"amount":"100.00","currency":"USD"})");
  REQUIRE(running.update("order", id, R"({"budget": 7})"));
  CHECK(running.value("order", id, "budget") == R"({"amount":"7.00","currency":"EUR"})");
  REQUIRE(running.update("order", id, R"({"budget": null})"));
  CHECK(running.value("order", id, "budget") == "null");
  CHECK(running.value("order", id, "budget.currency") == "null");
}

TEST_CASE("nobody writes the currency by a name of its own", "[command]") {
  RunningApplication running(currencies());
  CHECK(told(running.create("order", R"({"title": "A", "budget.currency": "USD"})")) ==
        "invalid budget.currency:unknown_field");
  CHECK(told(running.create("order", R"({"title": "A", "budget": {"currency": "USD"}})")) ==
        "invalid budget:amount");
}

TEST_CASE("a conflict is one of the field, whichever part changed", "[command]") {
  RunningApplication running(currencies());
  const auto id = running.made("order", R"({"title": "A", "budget": 5})");
  REQUIRE(running.update("order", id, R"({"budget": {"amount": 5, "currency": "USD"}})"));
  CHECK(told(running.update("order", id, R"({"budget": 6})", 1)) == "conflict budget:changed");
  CHECK(told(running.update("order", id, R"({"title": "B"})", 1)).empty());
}

TEST_CASE("undo gives the currency back, unless it changed since", "[command]") {
  RunningApplication running(currencies());
  const auto id = running.made("order", R"({"title": "A", "budget": 5})");
  REQUIRE(running.update("order", id, R"({"budget": {"amount": 5, "currency": "USD"}})"));
  const auto undo = [&](CommandId command) {
    return told(running.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
      TENON_CHECK(undo_command(context, {command}));
      return done();
    }));
  };
  const auto changed = running.events_of(id).back();
  CHECK(changed.body ==
        R"({"budget":[{"amount":"5.00","currency":"EUR"},{"amount":"5.00","currency":"USD"}]})");
  REQUIRE(undo(changed.command).empty());
  CHECK(running.value("order", id, "budget.currency") == "\"EUR\"");
  CHECK(undo(changed.command) == "conflict budget:changed");
}

TEST_CASE("a merge takes the amount and the currency of one record", "[command]") {
  RunningApplication running(currencies());
  const auto one = running.made("order", R"({"title": "A"})");
  const auto other = running.made("order",
                                  R"({"title": "B", "budget": {"amount": 9, "currency": "JPY"},
          "deposit": {"amount": 1, "currency": "CNY"}})");
  const auto& object = running.object("order");
  const int deposit = *object.find_slot("deposit");
  REQUIRE(running.carry_out(support::the_system(), [&](Context& context) -> Result<void> {
    TENON_CHECK(merge_records(context, {&object, one, {other}, {{deposit, other}}}));
    return done();
  }));
  CHECK(running.value("order", one, "budget") == R"({"amount":"9.00","currency":"JPY"})");
  CHECK(running.value("order", one, "deposit") == R"({"amount":"1.00","currency":"CNY"})");
}

TEST_CASE("filters and sorts take the amount, and the currency as a choice", "[query]") {
  RunningApplication running(currencies());
  running.made("order", R"({"title": "A", "budget": {"amount": 9, "currency": "JPY"}})");
  running.made("order", R"({"title": "B", "budget": {"amount": 7, "currency": "USD"}})");
  running.made("order", R"({"title": "C", "budget": {"amount": 8, "currency": "EUR"}})");
  running.made("order", R"({"title": "D"})");
  using Titles = std::vector<std::string>;
  CHECK(found(running, "budget > 7") == Titles{"A", "C"});
  CHECK(found(running, "budget.amount <= 8") == Titles{"B", "C"});
  CHECK(found(running, "budget.currency = \"USD\"") == Titles{"B"});
  CHECK(found(running, "IN(budget.currency, \"USD\", \"JPY\") AND budget < 9") == Titles{"B"});
  CHECK(found(running, "ISBLANK(budget)") == Titles{"D"});
  CHECK(found(running, "budget.currency = \"GBP\"") == Titles{"invalid filter:18-23:formula.type"});
  CHECK(listed(running, {.object = "order", .fields = {"title"}, .sort = {"-budget"}}) ==
        Titles{"A", "C", "B", "D"});
  CHECK(listed(running, {.object = "order",
                         .fields = {"title"},
                         .sort = {"-budget.currency", "title"},
                         .limit = 2}) == Titles{"B", "A"});
}

TEST_CASE("a sum of mixed currencies is refused, unless it is apart or converted", "[query]") {
  RunningApplication running(currencies());
  const auto rate = [&](const std::string& date, const std::string& value) {
    running.made("exchange_rate", R"({"from_currency": "USD", "to_currency": "CNY", "date": ")" +
                                      date + R"(", "rate": ")" + value + "\"}");
  };
  rate("2027-01-01", "7");
  rate("2027-01-10", "8");
  running.made("order", R"({"title": "A", "ordered_on": "2027-01-02",
                            "budget": {"amount": 10, "currency": "USD"}})");
  running.made("order", R"({"title": "B", "ordered_on": "2027-01-12",
                            "budget": {"amount": 1, "currency": "USD"}})");
  running.made("order", R"({"title": "C", "ordered_on": "2027-01-12",
                            "budget": {"amount": 5, "currency": "EUR"}})");
  for (const std::string of : {"sum", "avg", "min", "max", "median"}) {
    CHECK(told(grouped(running, {.measures = {measure(of, "budget")}})) ==
          "invalid measures/made/field:mixed_currencies");
  }
  CHECK(told(grouped(running, {.group = {{.path = "budget"}}})) ==
        "invalid group:several_currencies");

  const auto apart = grouped(running, {.group = {{.path = "budget.currency", .name = "code"}},
                                       .measures = {measure("sum", "budget")}});
  REQUIRE(apart);
  CHECK(rows_of(*apart) == std::vector<std::string>{"USD 11.00", "EUR 5.00"});
  CHECK(apart->columns[1].currency_group == "code");
  CHECK(is_empty(apart->totals[0].value));
  CHECK(apart->drill[0] == "budget.currency = \"USD\"");

  const auto today = grouped(running, {.measures = {measure("sum", "budget", "CNY")}});
  REQUIRE(today);
  CHECK(cell(*today, 0, today->totals[0]) == "88.00");
  CHECK(today->columns[0].currency == "CNY");
  const auto dated =
      grouped(running, {.measures = {measure("sum", "budget", "CNY", "ordered_on")}});
  REQUIRE(dated);
  CHECK(cell(*dated, 0, dated->totals[0]) == "78.00");
  const auto bare = grouped(running, {.measures = {measure("sum", "budget.amount")}});
  REQUIRE(bare);
  CHECK(cell(*bare, 0, bare->totals[0]) == "16.00");
  CHECK(told(grouped(running, {.measures = {measure("sum", "budget", "XYZ")}})) ==
        "invalid measures/made/in:currency");
}

TEST_CASE("amounts that are there get the currency their field had", "[command]") {
  RunningApplication running(billing());
  const auto id = running.made("invoice", R"({"number": "1", "total": "10"})");
  const auto none = running.made("invoice", R"({"number": "2"})");

  CHECK(told(running.publish(with_currencies(R"(["CNY", "USD"])"))) ==
        "invalid objects/invoice.json: fields/total:type_change");
  const auto plan = running.publish(with_currencies(R"(["USD", "EUR"])"));
  INFO(told(plan));
  REQUIRE(plan);
  CHECK_FALSE(plan->loses_data);
  CHECK(running.value("invoice", id, "total") == R"({"amount":"10.00","currency":"EUR"})");
  CHECK(running.value("invoice", none, "total") == "null");
  REQUIRE(running.update("invoice", id, R"({"total": {"amount": 3, "currency": "USD"}})"));

  CHECK(told(running.publish(billing())) == "conflict :confirm");
  REQUIRE(running.publish(billing(), true));
  CHECK(running.value("invoice", id, "total") == "\"3.00\"");
}

}  // namespace tenon::command
