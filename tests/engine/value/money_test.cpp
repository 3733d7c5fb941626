#include "engine/value/money.h"

#include "engine/json/layout.h"
#include "tests/engine/value/vectors.h"

namespace tenon {
namespace {

Type money_type(json::Reader entry) {
  Type type = support::type_in(entry);
  const json::Reader codes = *entry.member("currencies");
  for (const json::Reader code : codes) {
    type.currencies.emplace_back(*code.text());
  }
  type.currency = support::text_in(entry, "currency");
  if (type.currency.empty()) type.currency = type.currencies.front();
  return type;
}

std::string compact(json::Reader reader) {
  json::Writer writer;
  json::copy(reader, writer);
  return writer.take();
}

std::string written(const Type& type, const Money& money) {
  return support::written(type, whole_of(type, money.amount, money.currency));
}

Type usual() {
  Type type = support::type_of("money");
  type.currencies = {"CNY", "USD"};
  type.currency = "CNY";
  return type;
}

}  // namespace

TEST_CASE("money in several currencies is read and written as the table says", "[value]") {
  const auto document = support::read_vectors("money");
  for (const json::Reader entry : support::cases_of(document)) {
    INFO(compact(entry));
    const Type type = money_type(entry);
    const json::Reader given = *entry.member("given");
    const auto money = parse_money(given, type);
    if (const auto rule = entry.member("rule")) {
      CHECK(support::rule_of(money) == *rule->text());
      REQUIRE_FALSE(money);
      CHECK_THAT(money.error().problems.front().at, Catch::StartsWith(given.path()));
      continue;
    }
    INFO((money ? "" : describe(money.error())));
    REQUIRE(money);
    CHECK(written(type, *money) == compact(*entry.member("expect")));
    CHECK(is_empty(money->amount) == is_empty(money->currency));
    CHECK(*parse(given, type) == money->amount);
    CHECK(support::written(type, *parse_whole(given, type)) == compact(*entry.member("expect")));
  }
}

TEST_CASE("a cell holds an amount, and its currency before or behind it", "[value]") {
  const auto document = support::read_vectors("money");
  const json::Reader cells = *document.root().member("cells");
  for (const json::Reader entry : cells) {
    INFO(compact(entry));
    const Type type = money_type(entry);
    CellFormat format;
    if (const auto point = support::text_in(entry, "decimal_point"); !point.empty()) {
      format.decimal_point = point.front();
    }
    const auto money = parse_money_cell(support::text_in(entry, "cell"), type, format);
    if (const auto rule = entry.member("rule")) {
      CHECK(support::rule_of(money) == *rule->text());
      continue;
    }
    INFO((money ? "" : describe(money.error())));
    REQUIRE(money);
    CHECK(written(type, *money) == compact(*entry.member("expect")));
  }
}

TEST_CASE("a whole is told to people with its currency before it", "[value]") {
  const Type type = usual();
  const Value whole = whole_of(type, Value{Decimal::of(12)}, Value{std::string("USD")});
  CHECK(text_of(type, whole) == "USD 12.00");
  CHECK(text_of(type, Value{}).empty());
}

TEST_CASE("what is computed is rounded to the digits of the currency meant", "[value]") {
  Type type = usual();
  type.currencies = {"JPY", "USD"};
  type.currency = "JPY";
  const auto value = coerce(type, Value{*Decimal::parse("12.5")});
  REQUIRE(value);
  CHECK(std::get<Decimal>(*value) == Decimal::of(13));
}

}  // namespace tenon
