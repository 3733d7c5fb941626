#include "engine/value/decimal.h"

#include <climits>

#include "tests/engine/value/vectors.h"

namespace tenon {
namespace {

using support::text_in;

std::string outcome(const Result<Decimal>& result) {
  return result ? result->text() : "error " + support::rule_of(result);
}

std::string expected(json::Reader entry) {
  if (entry.member("error")) return "error " + text_in(entry, "error");
  return entry.member("expect")->is_null() ? "nothing" : text_in(entry, "expect");
}

std::string arithmetic(const std::string& call, const Decimal& a, const Decimal& b) {
  if (call == "add") return outcome(add(a, b));
  if (call == "subtract") return outcome(subtract(a, b));
  if (call == "multiply") return outcome(multiply(a, b));
  if (call == "divide") return outcome(divide(a, b));
  if (call == "modulo") return outcome(modulo(a, b));
  if (call == "power") return outcome(power(a, b));
  if (call == "compare") return std::to_string((a > b) - (a < b));
  FAIL("no such call: " << call);
  return "";
}

std::string computed(const std::string& call, const std::string& given, json::Reader entry) {
  const auto a = Decimal::parse(given);
  if (call == "parse" || !a) return outcome(a);
  if (call == "floor") return a->floor().text();
  if (call == "ceiling") return a->ceiling().text();
  if (call == "digits_behind_point") return std::to_string(a->digits_behind_point());
  const auto b = Decimal::parse(text_in(entry, "b"));
  REQUIRE(b);
  const auto digits = static_cast<int>(b->whole().value_or(0));
  if (call == "round") return outcome(a->rounded(digits));
  if (call == "truncate") return a->truncated(digits).text();
  if (call == "text") return a->text(digits);
  if (call == "scaled") {
    const auto scaled = a->scaled(digits);
    return scaled ? std::to_string(*scaled) : "nothing";
  }
  return arithmetic(call, *a, *b);
}

Decimal number(std::string_view text) { return *Decimal::parse(text); }

}  // namespace

TEST_CASE("decimals are computed as the table says", "[value]") {
  const auto document = support::read_vectors("decimal");
  int cases = 0;
  for (const json::Reader entry : support::cases_of(document)) {
    const std::string call = text_in(entry, "call");
    const std::string given = text_in(entry, "a");
    INFO(call << " " << given << " " << text_in(entry, "b"));
    CHECK(computed(call, given, entry) == expected(entry));
    ++cases;
  }
  CHECK(cases > 300);
}

TEST_CASE("equal numbers are equal at any scale, and ordered by value", "[value]") {
  CHECK(number("1.50") == number("1.5"));
  CHECK(number("1.50").text() == number("1.5").text());
  CHECK(number("-0") == number("0.00"));
  CHECK(number("-2") < number("-1.999"));
  CHECK(number("1e33") > number("1e-34"));
}

TEST_CASE("a number's text is read back as the same number", "[value]") {
  const auto text =
      GENERATE(as<std::string>{}, "0", "0.0000000000000000000000000000000001",
               "-9999999999999999999999999999999999", "0.9999999999999999999999999999999999",
               "-123456789.987654321", "1000000000000000000000000000000000");
  CHECK(number(text).text() == text);
  CHECK(number(text).negated().negated() == number(text));
}

TEST_CASE("a column's integer comes back at its scale, to the limits of 64 bits", "[value]") {
  const auto value = GENERATE(INT64_MIN, INT64_MIN + 1, std::int64_t{-1}, std::int64_t{0},
                              std::int64_t{1054}, INT64_MAX - 1, INT64_MAX);
  const auto scale = GENERATE(0, 2, 9);
  CHECK(Decimal::of_scaled(value, scale).scaled(scale) == value);
}

TEST_CASE("digits beyond all reason do no harm", "[value]") {
  CHECK(number("1.5").text(1000).size() == 36);
  CHECK(number("1.5").text(-3) == "2");
  CHECK(number("1.5").rounded(INT_MAX)->text() == "1.5");
  CHECK(number("1.5").rounded(INT_MIN)->text() == "0");
  CHECK(number("1.5").truncated(INT_MIN).text() == "0");
  CHECK(number("1.5").truncated(INT_MAX).text() == "1.5");
  CHECK_FALSE(Decimal::parse(std::string(100'000, '9')));
  CHECK(number(std::string(100'000, '0') + "7").text() == "7");
}

TEST_CASE("division gives back what was multiplied", "[value]") {
  const auto factor = GENERATE(as<std::string>{}, "3", "-7", "0.125", "1e9", "123456.789");
  const auto product = multiply(number(factor), number("81.25"));
  REQUIRE(product);
  CHECK(divide(*product, number(factor))->text() == "81.25");
}

}  // namespace tenon
