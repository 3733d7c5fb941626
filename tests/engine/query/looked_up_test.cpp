// What formulas look up in records: in lists, sorts, filters, measures, rules, tables and defaults.
#include "engine/query/looked_up.h"

#include <catch2/catch.hpp>

#include "engine/command/create_record.h"
#include "engine/json/document.h"
#include "engine/query/explain.h"
#include "engine/query/explain_table.h"
#include "engine/query/group.h"
#include "tests/support/claims.h"
#include "tests/support/running_application.h"

namespace tenon::query {
namespace {

using support::column;
using support::RunningApplication;
using support::told;

// The clock stands at 2027-01-15.
constexpr const char* kInvoice = R"json({
  "name": "invoice", "label": "Invoice", "label_plural": "Invoices", "title_field": "name",
  "fields": [
    {"name": "name", "label": "Name", "type": "text", "required": true},
    {"name": "amount", "label": "Amount", "type": "decimal", "scale": 2},
    {"name": "currency", "label": "Currency", "type": "text"},
    {"name": "sent_on", "label": "Sent on", "type": "date"},
    {"name": "region", "label": "Region", "type": "text"},
    {"name": "first_rate", "label": "First rate", "type": "decimal", "scale": 4,
     "default_formula": "EXCHANGE_RATE(currency, \"CNY\", sent_on)"},
    {"name": "in_cny", "label": "In CNY", "type": "formula", "scale": 2,
     "formula": "amount * EXCHANGE_RATE(currency, \"CNY\", sent_on)"},
    {"name": "now_in_cny", "label": "Now", "type": "formula", "scale": 2,
     "formula": "amount * EXCHANGE_RATE(currency, \"CNY\")"},
    {"name": "due_on", "label": "Due on", "type": "formula",
     "formula": "WORKDAY(sent_on, 3, region)"},
    {"name": "days", "label": "Days", "type": "formula", "scale": 0,
     "formula": "NETWORKDAYS(sent_on, due_on, region)"}]})json";

metadata::Files billing(const std::string& more = "") {
  std::string invoice = kInvoice;
  if (!more.empty()) invoice.insert(invoice.rfind("]}"), ", " + more);
  return {{"bundle.json", R"({"format": 1, "name": "billing", "version": "1", "label": "Billing",
             "currency": "CNY", "time_zone": "Asia/Shanghai"})"},
          {"objects/invoice.json", invoice},
          {"rules/rate_needed.json",
           R"json({"name": "rate_needed", "object": "invoice", "effect": "reject",
                 "when": "currency <> NULL AND ISBLANK(EXCHANGE_RATE(currency, \"CNY\", sent_on))",
                 "message": "There is no rate."})json"},
          {"tables/terms.json",
           R"json({"name": "terms", "label": "Terms", "object": "invoice", "hit": "first",
                   "inputs": [{"name": "worth", "label": "Worth",
                               "formula": "amount * EXCHANGE_RATE(currency, \"CNY\", sent_on)"}],
                   "outputs": [{"name": "days", "label": "Days", "type": "integer"}],
                   "rows": [{"when": {"worth": "> 100"}, "then": {"days": "30"}},
                            {"then": {"days": "0"}}]})json"}};
}

std::string rate(const std::string& from, const std::string& to, const std::string& date,
                 const std::string& number) {
  return R"({"from_currency": ")" + from + R"(", "to_currency": ")" + to + R"(", "date": ")" +
         date + R"(", "rate": ")" + number + R"("})";
}

std::string invoice(const std::string& name, const std::string& amount, const std::string& currency,
                    const std::string& sent_on, const std::string& region = "Gulf") {
  return R"({"name": ")" + name + R"(", "amount": ")" + amount + R"(", "currency": ")" + currency +
         R"(", "sent_on": ")" + sent_on + R"(", "region": ")" + region + R"("})";
}

struct Billing : RunningApplication {
  Billing() : RunningApplication(billing()) {
    usd = made("exchange_rate", rate("USD", "CNY", "2026-11-01", "7.2"));
    made("exchange_rate", rate("USD", "CNY", "2026-01-01", "7.1"));
    made("exchange_rate", rate("CNY", "JPY", "2026-01-01", "20"));
    calendar = made("calendar", R"({"name": "Gulf", "sunday": "08:00-15:00",
      "monday": "08:00-15:00", "tuesday": "08:00-15:00", "wednesday": "08:00-15:00",
      "thursday": "08:00-15:00"})");
    made("holiday", R"({"calendar": ")" + text_of(calendar) +
                        R"(", "name": "Off", "first_day": "2026-12-01"})");
    first = made("invoice", invoice("a", "10", "USD", "2026-06-01"));
    made("invoice", invoice("b", "20", "USD", "2026-12-24"));
    made("invoice", invoice("c", "1000", "JPY", "2026-11-26"));
    made("invoice", invoice("d", "60", "CNY", "2026-11-26", "Mars"));
  }

  std::string listed(const std::string& filter, std::vector<std::string> sort,
                     const std::string& path = "name") {
    ListRecords question;
    question.object = "invoice";
    question.fields = {path};
    question.filter = filter;
    question.sort = std::move(sort);
    const auto page = list(question);
    return page ? column(*page, path) : told(page);
  }

  RecordId usd;
  RecordId calendar;
  RecordId first;
};

std::string refused(const std::string& field) {
  Billing at;
  return told(at.publish(billing(field)));
}

}  // namespace

TEST_CASE("a list computes, filters and sorts by what it looks up", "[query]") {
  Billing at;
  CHECK(at.listed("", {"name"}, "in_cny") == R"("71.00" "144.00" "50.00" "60.00")");
  CHECK(at.listed("", {"name"}, "now_in_cny") == R"("72.00" "144.00" "50.00" "60.00")");
  CHECK(at.listed("", {"-in_cny"}) == R"("b" "a" "d" "c")");
  CHECK(at.listed("in_cny > 60", {"in_cny"}) == R"("a" "b")");
  CHECK(at.listed("amount * EXCHANGE_RATE(currency, \"JPY\") >= 1440", {"name"}) == R"("a" "b")");
  CHECK(at.listed("", {"name"}, "due_on") == R"("2026-06-04" "2026-12-29" "2026-12-02" null)");
  CHECK(at.listed("", {"name"}, "days") == R"("4" "4" "4" null)");
  CHECK(at.listed("NETWORKDAYS(sent_on, DATE(2026, 12, 2), \"Gulf\") = 4", {"name"}) ==
        R"("c" "d")");
}

TEST_CASE("a page tells the same as a list, and a rule the same as both", "[query]") {
  Billing at;
  CHECK(at.value("invoice", at.first, "in_cny") == R"("71.00")");
  CHECK(at.value("invoice", at.first, "due_on") == R"("2026-06-04")");
  CHECK(at.value("invoice", at.first, "first_rate") == R"("7.1000")");
  CHECK(told(at.create("invoice", invoice("x", "1", "GBP", "2026-06-01"))) ==
        "invalid :rate_needed");
  CHECK(told(at.create("invoice", invoice("x", "1", "USD", "2025-06-01"))) ==
        "invalid :rate_needed");
}

TEST_CASE("what is changed counts at once, in the same command and in the next", "[query]") {
  Billing at;
  REQUIRE(at.update("exchange_rate", at.usd, R"({"rate": "8"})"));
  CHECK(at.listed("", {"name"}, "in_cny") == R"("71.00" "160.00" "50.00" "60.00")");
  REQUIRE(at.erase("exchange_rate", at.usd));
  CHECK(at.listed("", {"name"}, "in_cny") == R"("71.00" "142.00" "50.00" "60.00")");
  REQUIRE(at.update("calendar", at.calendar, R"({"friday": "08:00-12:00"})"));
  CHECK(at.listed("", {"name"}, "due_on") == R"("2026-06-04" "2026-12-28" "2026-11-30" null)");
  const auto both = at.carry_out(support::the_system(), [&](command::Context& context) {
    const auto put = [&](std::string_view object, const std::string& json) -> Result<void> {
      const auto* known = context.app.find(object);
      const auto document = json::Document::parse(json);
      TENON_TRY(const auto input,
                command::parse_input(document->root(), *known, context.app.rights(context.actor)));
      TENON_CHECK(command::create_record(context, {known, input}));
      return done();
    };
    const Result<void> early = put("invoice", invoice("e", "3", "EUR", "2026-06-01"));
    CHECK(told(early) == "invalid :rate_needed");
    const Result<void> rated = put("exchange_rate", rate("EUR", "CNY", "2026-01-01", "8"));
    CHECK(rated);
    return put("invoice", invoice("e", "3", "EUR", "2026-06-01"));
  });
  CHECK(both);
  CHECK(at.listed("name = \"e\"", {"name"}, "in_cny") == R"("24.00")");
}

TEST_CASE("measures add up what is looked up, and their formulas look things up", "[query]") {
  Billing at;
  metadata::QueryBody query;
  query.object = "invoice";
  query.measures = {{.name = "sum", .of = "sum", .field = "in_cny"},
                    {.name = "usd", .formula = "sum * EXCHANGE_RATE(\"CNY\", \"USD\")"}};
  at.ask(support::the_system(), [&](const Context& context) {
    const auto grouping = group(context, query, "");
    INFO(told(grouping));
    REQUIRE(grouping);
    CHECK(grouping->totals[0].value == Value{*Decimal::parse("325")});
    CHECK(same(grouping->totals[1].value, Value{*Decimal::parse("45.14")}));
  });
}

TEST_CASE("it is told which rate of which day was used, and which calendar", "[query]") {
  Billing at;
  at.ask(support::the_system(), [&](const Context& context) {
    const auto rated = explain_field(context, "invoice", at.first, "in_cny");
    REQUIRE(rated);
    const auto& finding = std::get<formula::FoundRate>(rated->part.parts.at(1).finding);
    REQUIRE(finding.used.size() == 1);
    CHECK(text_of(finding.used[0].rate.date) == "2026-01-01");
    CHECK(finding.used[0].rate.rate.text() == "7.1");
    const auto due = explain_field(context, "invoice", at.first, "due_on");
    REQUIRE(due);
    CHECK(std::get<formula::FoundCalendar>(due->part.finding).is_there);
    const auto terms = explain_table(context, "invoice", at.first, "terms");
    REQUIRE(terms);
    CHECK(same(terms->explanation.inputs.at(0), Value{*Decimal::parse("71")}));
  });
}

TEST_CASE("a flow asks where a claim is worth it by the rate there is", "[query][flow]") {
  using support::asks;
  support::Claims app(support::claims(support::nodes(
      "first", asks("first", R"({"users": ["bob"]})",
                    R"json("when": "amount * EXCHANGE_RATE(\"USD\", \"CNY\") > 500")json"))));
  const auto after_start = [&] {
    REQUIRE(app.start("ann", app.claim()) == "");
    return app.state();
  };
  CHECK(after_start() == "approved");
  const RecordId usd = app.made("exchange_rate", rate("USD", "CNY", "2026-11-01", "7.2"));
  CHECK(after_start() == "first: bob");
  REQUIRE(app.update("exchange_rate", usd, R"({"rate": "4"})"));
  CHECK(after_start() == "approved");
}

TEST_CASE("nothing that must stay as it is may look anything up", "[query]") {
  Billing at;
  const auto& object = at.object("invoice");
  CHECK(object.find_computed(*object.find_slot("in_cny")) != nullptr);
  CHECK(object.find_computed(*object.find_slot("days")) != nullptr);
  CHECK(refused(R"json({"name": "again", "label": "Again", "type": "lookup",
    "path": "parent.in_cny"}, {"name": "parent", "label": "Parent", "type": "reference",
    "to": "invoice"})json") == "invalid objects/invoice.json: fields/10/path:computed_on_read");
  CHECK(refused(R"json({"name": "parent", "label": "Parent", "type": "reference", "to": "invoice",
    "back": "parts"}, {"name": "sum", "label": "Sum", "type": "rollup", "function": "sum",
    "of": "parts.in_cny"})json") == "invalid objects/invoice.json: fields/11/of:computed_on_read");
  CHECK(refused(R"json({"name": "parent", "label": "Parent", "type": "reference", "to": "invoice",
    "back": "parts"}, {"name": "sum", "label": "Sum", "type": "rollup", "function": "sum",
    "of": "parts.amount", "filter": "EXCHANGE_RATE(currency, \"CNY\", sent_on) > 1"})json") ==
        "invalid objects/invoice.json: fields/11/filter:rollup");
}

TEST_CASE("a rate is of two currencies, above zero, and one for a day", "[query]") {
  Billing at;
  CHECK(told(at.create("exchange_rate", rate("usd", "CNY", "2026-01-02", "7"))) ==
        "invalid from_currency:currency");
  CHECK(told(at.create("exchange_rate", rate("CNY", "CNY", "2026-01-02", "1"))) ==
        "invalid to_currency:currency");
  CHECK(told(at.create("exchange_rate", rate("USD", "CNY", "2026-01-02", "0"))) ==
        "invalid rate:range");
  CHECK(told(at.create("exchange_rate", rate("USD", "CNY", "2026-01-01", "7"))) ==
        "conflict from_currency:unique to_currency:unique date:unique");
  CHECK(at.value("exchange_rate", at.usd, "title") == R"("USD → CNY · 2026-11-01")");
}

TEST_CASE("one of these reads a rate once, until it is told to forget", "[query]") {
  Billing at;
  const auto asked = at.carry_out(support::the_system(), [&](command::Context& context) {
    LookedUp looked_up(context.app, context.tx);
    const Date day = *parse_date("2026-12-01");
    CHECK(looked_up.rate("USD", "CNY", day)->rate.text() == "7.2");
    const auto before = record::read(context.tx, at.object("exchange_rate").table, at.usd);
    auto after = *before;
    after.fields[static_cast<std::size_t>(*at.object("exchange_rate").find_slot("rate"))] =
        *Decimal::parse("9");
    record::update(context.tx, at.object("exchange_rate").table, *before, after);
    CHECK(looked_up.rate("USD", "CNY", day)->rate.text() == "7.2");
    looked_up.forget();
    CHECK(looked_up.rate("USD", "CNY", day)->rate.text() == "9");
    CHECK(looked_up.calendar("Mars") == nullptr);
    CHECK(looked_up.calendar("Gulf") == looked_up.calendar("Gulf"));
    return done();
  });
  CHECK(asked);
}

}  // namespace tenon::query
