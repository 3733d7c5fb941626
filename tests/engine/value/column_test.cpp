#include "engine/value/column.h"

#include "tests/engine/value/vectors.h"

namespace tenon {
namespace {

using support::type_of;

Value there_and_back(const Type& type, const Value& value) {
  Column column = to_column(type, value);
  if (const auto* integer = std::get_if<std::int64_t>(&column)) {
    CHECK(is_integer_column(type.kind()));
    return from_column(type, *integer);
  }
  if (auto* text = std::get_if<std::string>(&column)) {
    CHECK_FALSE(is_integer_column(type.kind()));
    return from_column(type, std::move(*text));
  }
  return Value{};
}

}  // namespace

TEST_CASE("a column gives back every value of the table of types", "[value]") {
  const auto document = support::read_vectors("type");
  for (const json::Reader entry : support::cases_of(document)) {
    const Type type = support::type_in(entry);
    const auto value = parse(*entry.member("given"), type);
    if (!value) continue;
    INFO(support::text_in(entry, "type") << " " << support::written(type, *value));
    CHECK(same(there_and_back(type, *value), *value));
  }
}

TEST_CASE("a column keeps numbers as integers at the type's scale", "[value]") {
  CHECK(to_column(type_of("money"), *Decimal::parse("10.5")) == Column{std::int64_t{1050}});
  CHECK(to_column(type_of("percent"), *Decimal::parse("0.05")) == Column{std::int64_t{500}});
  CHECK(to_column(type_of("boolean"), true) == Column{std::int64_t{1}});
  CHECK(to_column(type_of("time"), *parse_time("09:30")) == Column{std::int64_t{34'200}});
  CHECK(to_column(type_of("text"), Value{}) == Column{});
}

TEST_CASE("what does not fit its column is a programmer's fault", "[value]") {
  CHECK_THROWS_AS(to_column(type_of("money"), *Decimal::parse("0.005")), Fault);
  CHECK_THROWS_AS(to_column(type_of("money"), *Decimal::parse("1e33")), Fault);
  CHECK_THROWS_AS(to_column(type_of("money"), std::string("12")), Fault);
  CHECK_THROWS_AS(to_column(type_of("text"), true), Fault);
  CHECK_THROWS_AS(from_column(type_of("text"), std::int64_t{1}), Fault);
  CHECK_THROWS_AS(from_column(type_of("money"), std::string("1")), Fault);
}

}  // namespace tenon
