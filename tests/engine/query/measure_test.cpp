#include "engine/query/measure.h"

#include <catch2/catch.hpp>

#include "engine/query/group.h"
#include "tests/support/billing.h"
#include "tests/support/running_application.h"

namespace tenon::query {
namespace {

using support::told;

struct Fixture : support::RunningApplication {
  Fixture() : RunningApplication(support::billing()) {
    for (const char* total : {"10.00", "0.01", "-3.50", "", "10.00"}) invoice(total);
  }
  void invoice(const std::string& total) {
    const auto files = total.empty() ? "null" : "\"" + total + "\"";
    const auto taken =
        carry_out(support::the_system(), [&](command::Context& context) -> Result<void> {
          // Also what a rule would refuse: measures do not ask.
          const auto& object = this->object("invoice");
          record::Record record;
          record.id = {context.ids.next()};
          record.version = 1;
          record.fields.resize(object.types.size());
          record.fields[static_cast<std::size_t>(*object.find_slot("number"))] = Value{"n" + files};
          if (!total.empty()) {
            record.fields[static_cast<std::size_t>(*object.find_slot("total"))] =
                *Decimal::parse(total);
          }
          record::insert(context.tx, object.table, record);
          return done();
        });
    REQUIRE(taken);
  }

  // The total of one measure, as JSON.
  std::string total(metadata::Measure measure) { return totals({std::move(measure)}); }
  std::string totals(std::vector<metadata::Measure> measures) {
    metadata::QueryBody query;
    query.object = "invoice";
    query.measures = std::move(measures);
    std::string text;
    ask(support::the_system(), [&](const Context& context) {
      const auto grouping = group(context, query, "");
      if (!grouping) return static_cast<void>(text = told(grouping));
      for (std::size_t i = 0; i < grouping->totals.size(); ++i) {
        json::Writer writer;
        write(writer, grouping->columns[i].type, grouping->totals[i].value);
        text += (text.empty() ? "" : " ") + writer.take();
      }
    });
    return text;
  }
};

metadata::Measure of(const std::string& what, const std::string& field = "total") {
  return {.name = "m", .of = what, .field = field};
}

}  // namespace

TEST_CASE("sums are exact, and empty values are left out", "[query]") {
  Fixture at;
  CHECK(at.total(of("sum")) == "\"16.51\"");
  CHECK(at.total(of("count", "")) == "5");
  CHECK(at.total(of("distinct")) == "3");
  CHECK(at.total(of("min")) == "\"-3.50\"");
  CHECK(at.total(of("max")) == "\"10.00\"");
  CHECK(at.total(of("max", "number")) == "\"nnull\"");
}

TEST_CASE("an average has two digits more than its field", "[query]") {
  Fixture at;
  CHECK(at.total(of("avg")) == "\"4.1275\"");
}

TEST_CASE("a sum does not overflow before it must", "[query]") {
  Fixture at;
  for (int i = 0; i < 3; ++i) at.invoice("90000000000000000.00");
  CHECK(at.total(of("sum")) == "\"270000000000000016.51\"");
}

TEST_CASE("of nothing a sum is zero; average, least and greatest are empty", "[query]") {
  support::RunningApplication running(support::billing());
  metadata::QueryBody query;
  query.object = "invoice";
  query.measures = {of("sum"), of("avg"), of("min"), of("count", "")};
  running.ask(support::the_system(), [&](const Context& context) {
    const auto grouping = group(context, query, "");
    REQUIRE(grouping);
    CHECK(grouping->totals[0].value == Value{Decimal{}});
    CHECK(is_empty(grouping->totals[1].value));
    CHECK(is_empty(grouping->totals[2].value));
    CHECK(grouping->totals[3].value == Value{Decimal{}});
  });
}

TEST_CASE("a measure may have a filter of its own", "[query]") {
  Fixture at;
  auto positive = of("sum");
  positive.filter = "total > 0";
  CHECK(at.total(positive) == "\"20.01\"");
  auto counted = of("count", "");
  counted.filter = "total > 100";
  CHECK(at.total(counted) == "0");
}

TEST_CASE("a formula is over the measures before it; a share of nothing is empty", "[query]") {
  Fixture at;
  auto big = of("count", "");
  big.name = "big";
  big.filter = "total > 5";
  auto all = of("count", "");
  all.name = "all";
  const metadata::Measure share{.name = "share", .formula = "big / all", .type = "percent"};
  CHECK(at.totals({big, all, share}) == "2 5 \"0.4000\"");
  auto none = of("count", "");
  none.name = "none";
  none.filter = "total > 100";
  CHECK(at.totals({big, none, {.name = "x", .formula = "big / none"}}) == "2 0 null");
  CHECK(at.totals({share, big, all})
            .starts_with("invalid measures/share/formula:0-3:formula.unknown"));
}

TEST_CASE("a median is the one in the middle, or exactly between the two there", "[query]") {
  Fixture at;  // -3.50 0.01 10.00 10.00
  CHECK(at.total(of("median")) == "\"5.005\"");
  at.invoice("9.99");
  CHECK(at.total(of("median")) == "\"9.990\"");
  at.invoice("92233720368547758.07");
  at.invoice("92233720368547758.07");
  CHECK(at.total(of("median")) == "\"10.000\"");
  auto largest = of("median");
  largest.filter = "total > 1000";
  CHECK(at.total(largest) == "\"92233720368547758.070\"");
  largest.filter = "total > 1000 AND total < 0";
  CHECK(at.total(largest) == "null");
}

TEST_CASE("a measure that does not fit its field is refused", "[query]") {
  Fixture at;
  CHECK(at.total(of("sum", "number")) == "invalid measures/m:kind");
  CHECK(at.total(of("median", "number")) == "invalid measures/m:kind");
  CHECK(at.total(of("mode")) == "invalid measures/m/of:measure");
  CHECK(at.total(of("sum", "totl")) == "invalid measures/m/field:unknown_field");
  CHECK(at.totals(std::vector<metadata::Measure>(21, of("count", ""))) ==
        "limit measures:measures");
}

}  // namespace tenon::query
