#include "engine/calendar/zone.h"
#include "engine/json/layout.h"
#include "engine/value/type.h"
#include "tests/engine/value/vectors.h"

namespace tenon {

TEST_CASE("cells of files are read as the table says", "[value]") {
  const auto document = support::read_vectors("cell");
  for (const json::Reader entry : support::cases_of(document)) {
    const Type type = support::type_in(entry);
    CellFormat format;
    if (entry.member("date")) format.date = support::text_in(entry, "date");
    if (entry.member("decimal_point")) {
      format.decimal_point = support::text_in(entry, "decimal_point").front();
    }
    format.times = support::number_in(entry, "times");
    const auto zone = calendar::Zone::find(support::text_in(entry, "zone"));
    REQUIRE(zone);
    if (entry.member("zone")) format.zone = &*zone;
    json::Writer line;
    json::copy(entry, line);
    INFO(line.view());
    const auto value = parse_cell(support::text_in(entry, "cell"), type, format);
    if (const auto rule = entry.member("rule")) {
      CHECK(support::rule_of(value) == *rule->text());
      continue;
    }
    INFO((value ? "" : describe(value.error())));
    REQUIRE(value);
    json::Writer expected;
    json::copy(*entry.member("expect"), expected);
    CHECK(support::written(type, *value) == expected.view());
  }
}

// The browser leaves these to the server: no vectors, which both read.
TEST_CASE("numbers to dial and texts with marks are read from cells as from anywhere", "[value]") {
  Type phone = support::type_of("phone");
  CHECK(support::rule_of(parse_cell("138 0013 8000", phone, {})) == "phone");
  phone.country = "CN";
  CHECK(std::get<std::string>(*parse_cell(" 138 0013 8000 ", phone, {})) == "+8613800138000");
  const Type text = support::type_of("rich_text");
  CHECK(std::get<std::string>(*parse_cell("one & two\nthree", text, {})) ==
        "<p>one &amp; two</p><p>three</p>");
  CHECK(std::get<std::string>(*parse_cell("<b>x</b><script>y</script>", text, {})) ==
        "<p><strong>x</strong></p>");
  CHECK(is_empty(*parse_cell("<p> </p>", text, {})));
}

TEST_CASE("a text with marks is no longer than its field, escaped as it is kept", "[value]") {
  Type text = support::type_of("rich_text");
  text.length_max = 30;
  CHECK(support::rule_of(parse_cell("&&&&&&&&", text, {})) == "length");
  CHECK(parse_cell("&&&&", text, {}));
}

TEST_CASE("a reference is matched, never read from a cell", "[value]") {
  CHECK_THROWS_AS(parse_cell("0000000000001", support::type_of("reference"), {}), Fault);
}

}  // namespace tenon
