#include "engine/value/type.h"

#include <algorithm>

#include "engine/json/layout.h"
#include "tests/engine/value/vectors.h"

namespace tenon {
namespace {

using support::type_of;
using support::written;

std::string compact(json::Reader reader) {
  json::Writer writer;
  json::copy(reader, writer);
  return writer.take();
}

Result<Value> parsed(const std::string& text, const Type& type) {
  const auto document = json::Document::parse(text);
  REQUIRE(document);
  return parse(document->root(), type);
}

}  // namespace

TEST_CASE("values of every format are read and written as the table says", "[value]") {
  const auto document = support::read_vectors("type");
  for (const json::Reader entry : support::cases_of(document)) {
    const Type type = support::type_in(entry);
    INFO(compact(entry));
    const auto value = parse(*entry.member("given"), type);
    if (const auto rule = entry.member("rule")) {
      REQUIRE_FALSE(value);
      CHECK(value.error().code == ErrorCode::invalid);
      CHECK(support::rule_of(value) == *rule->text());
      // A list may name the item within.
      CHECK_THAT(value.error().problems.front().at,
                 Catch::StartsWith(entry.member("given")->path()));
      continue;
    }
    INFO((value ? "" : describe(value.error())));
    REQUIRE(value);
    CHECK(written(type, *value) == compact(*entry.member("expect")));
  }
}

TEST_CASE("a value that was written is read as the same value", "[value]") {
  const auto document = support::read_vectors("type");
  for (const json::Reader entry : support::cases_of(document)) {
    const Type type = support::type_in(entry);
    const auto value = parse(*entry.member("given"), type);
    if (!value) continue;
    INFO(compact(entry));
    const auto again = parsed(written(type, *value), type);
    REQUIRE(again);
    CHECK(same(*again, *value));
  }
}

TEST_CASE("formats are sorted by name and found by it", "[value]") {
  const auto all = formats();
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const Format& a, const Format& b) { return a.name < b.name; }));
  for (const Format& format : all) CHECK(find_format(format.name) == &format);
  CHECK(find_format("") == nullptr);
  CHECK(find_format("formula") == nullptr);
  CHECK(find_format("zzz") == nullptr);
  for (const Kind kind : {Kind::boolean, Kind::number, Kind::text, Kind::date, Kind::time,
                          Kind::datetime, Kind::reference, Kind::text_list, Kind::json}) {
    CHECK(format_of(kind).kind == kind);
  }
}

TEST_CASE("JSON that is too long for a column is refused at the limit", "[value]") {
  const auto fits = "\"" + std::string(limits::kTextBytesMax - 2, 'x') + "\"";
  CHECK(parsed(fits, type_of("json")));
  CHECK(parsed("\"" + fits.substr(1), type_of("json")));
  const auto long_one = parsed("\"x" + fits.substr(1), type_of("json"));
  CHECK(support::rule_of(long_one) == "length");
}

TEST_CASE("what a formula yields is brought to the type's form", "[value]") {
  Type money = type_of("money");
  money.maximum = *Decimal::parse("100");
  CHECK(same(*coerce(money, *Decimal::parse("10.545")), *Decimal::parse("10.55")));
  CHECK(same(*coerce(money, *Decimal::parse("-10.545")), *Decimal::parse("-10.55")));
  CHECK(support::rule_of(coerce(money, *Decimal::parse("100.01"))) == "maximum");
  CHECK(same(*coerce(money, *Decimal::parse("100.004")), Decimal::of(100)));
  CHECK(support::rule_of(coerce(money, *Decimal::parse("1e33"))) == "maximum");
  CHECK(support::rule_of(coerce(type_of("money"), *Decimal::parse("1e33"))) == "overflow");
  CHECK(is_empty(*coerce(money, Value{})));
  CHECK(is_empty(*coerce(type_of("text"), std::string{})));
  CHECK(support::rule_of(coerce(type_of("text"), std::string(256, 'a'))) == "length");
}

TEST_CASE("a value of another kind is not brought to a type's form", "[value]") {
  CHECK(support::rule_of(coerce(type_of("money"), std::string("12"))) == "type");
  CHECK(support::rule_of(coerce(type_of("text"), Decimal::of(12))) == "type");
  CHECK(support::rule_of(coerce(type_of("date"), true)) == "type");
  CHECK(support::rule_of(coerce(type_of("boolean"), Date{1})) == "type");
  CHECK(support::rule_of(coerce(type_of("reference"), TextList{{"a"}})) == "type");
}

TEST_CASE("values are written for messages and cells of files", "[value]") {
  CHECK(text_of(type_of("money"), *Decimal::parse("10.5")) == "10.50");
  CHECK(text_of(type_of("date"), *parse_date("2026-11-23")) == "2026-11-23");
  CHECK(text_of(type_of("boolean"), true) == "yes");
  CHECK(text_of(type_of("choices"), TextList{{"red", "blue"}}) == "red;blue");
  CHECK(text_of(type_of("json"), Json{"\"a\\n\""}) == "\"a\\n\"");
  CHECK(text_of(type_of("reference"), RecordId{1}) == "0000000000001");
  CHECK(text_of(type_of("text"), Value{}).empty());
}

}  // namespace tenon
