#include "engine/sheet/csv_writer.h"

#include <catch2/catch.hpp>

#include "engine/sheet/csv_reader.h"

namespace tenon::sheet {
namespace {

std::string one(std::string_view text, char delimiter = ',') {
  return CsvWriter(delimiter).cell("x").cell(text).end_row().take();
}

}  // namespace

TEST_CASE("cells are quoted where they need it", "[sheet]") {
  CHECK(one("plain") == "x,plain\r\n");
  CHECK(one("") == "x,\r\n");
  CHECK(one("a,b") == "x,\"a,b\"\r\n");
  CHECK(one("say \"no\"") == "x,\"say \"\"no\"\"\"\r\n");
  CHECK(one("a\nb") == "x,\"a\nb\"\r\n");
  CHECK(one(" a") == "x,\" a\"\r\n");
  CHECK(one("a|b", '|') == "x|\"a|b\"\r\n");
  CHECK(one("合同") == "x,合同\r\n");
}

TEST_CASE("a row of one empty cell is a row", "[sheet]") {
  CHECK(CsvWriter().cell("").end_row().take() == "\"\"\r\n");
  CHECK(CsvWriter().cell("").cell("").end_row().take() == ",\r\n");
}

TEST_CASE("formulas are defused, in their full-width forms too", "[sheet]") {
  const auto text = GENERATE(as<std::string>{}, "=1+1", "+1+1", "-1+1", "@SUM(1)", "\tx", "\rx",
                             "\nx", "＝1", "＋1", "－1", "＠x", "=cmd|' /C calc'!A0", "-", "+",
                             "-a", "-1.5.2", "+1 2", "-1e", "-5%x", "--5");
  CAPTURE(text);
  CHECK(is_formula(text));
  for (const std::string& written : {text, "'" + text, "''" + text}) {
    CsvWriter writer;
    const std::string file = writer.cell("x").cell(written).end_row().take();
    CHECK(file.find("'" + written.substr(0, 1)) != std::string::npos);
    CsvReader reader(source_of(file), ',');
    CsvRow row;
    REQUIRE(*reader.next(row));
    CHECK(row.cells.back() == written);
  }
}

TEST_CASE("numbers and other texts stay as they are", "[sheet]") {
  const auto text = GENERATE(as<std::string>{}, "-12.5", "+12", "-0.001", "-1.5e-7", "+1E+3", "-5%",
                             "12", "a=b", "'x", "1-2", "anna@example.com", " =1", "+8613800138000");
  CAPTURE(text);
  CHECK_FALSE(is_formula(text));
  CHECK(one(text).find('\'') == (text == "'x" ? 2 : std::string::npos));
}

TEST_CASE("a long table is taken piece by piece", "[sheet]") {
  CsvWriter writer(';');
  writer.byte_order_mark().cell("a").cell("b").end_row();
  CHECK(writer.take() ==
        "\xEF\xBB\xBF"
        "a;b\r\n");
  CHECK(writer.size() == 0);
  CHECK(writer.cell("1").cell("2").end_row().take() == "1;2\r\n");
}

}  // namespace tenon::sheet
