// What stands in an exported sheet, read back out of its archive.
#include <zlib.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <filesystem>

#include "engine/sheet/table_writer.h"
#include "tests/support/temporary_folder.h"

namespace tenon::sheet {
namespace {

std::uint32_t number(const std::string& bytes, std::size_t at, int length) {
  std::uint32_t value = 0;
  for (int i = length - 1; i >= 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  }
  return value;
}

std::string inflated(const std::string& packed, std::size_t size) {
  std::string text(size, '\0');
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, -MAX_WBITS) == Z_OK);
  std::string input = packed;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  inflateEnd(&stream);
  return text;
}

// A file in a zip archive, found by its central directory (APPNOTE 4.3.12).
std::string entry(const std::string& zip, const std::string& name) {
  constexpr std::size_t kCentral = 46;
  constexpr std::size_t kLocal = 30;
  for (auto at = zip.find("PK\x01\x02"); at != std::string::npos;
       at = zip.find("PK\x01\x02", at + 4)) {
    if (zip.compare(at + kCentral, number(zip, at + 28, 2), name) != 0) continue;
    const std::size_t local = number(zip, at + 42, 4);
    const std::size_t begin =
        local + kLocal + number(zip, local + 26, 2) + number(zip, local + 28, 2);
    const std::string packed = zip.substr(begin, number(zip, at + 20, 4));
    return number(zip, at + 10, 2) == 0 ? packed : inflated(packed, number(zip, at + 24, 4));
  }
  return "(no " + name + ")";
}

std::string sheet_of(const std::string& zip) { return entry(zip, "xl/worksheets/sheet1.xml"); }

}  // namespace

TEST_CASE("a sheet has numbers, dates and texts as such, and no formulas", "[sheet]") {
  const support::TemporaryFolder folder;
  const auto table = xlsx_table(folder.file("table.xlsx"), "Offers [2027]/合同");
  table->heading(std::vector<std::string>{"Name", "Total", "Due", "Sent", "Open", "Long"});
  using Kind = Cell::Kind;
  table->row(std::vector<Cell>{{Kind::text, "=1+1"},
                               {Kind::number, "1054.50", 2},
                               {Kind::date, "2027-01-14"},
                               {Kind::datetime, "2027-01-14 12:00:00"},
                               {Kind::boolean, "yes"},
                               {Kind::number, "12345678901234567.89", 2}});
  table->row(std::vector<Cell>{{Kind::text, "合同 <b> & \""}, {}, {Kind::date, "1899-12-31"}});
  const std::string zip = table->finish();
  CHECK(zip.starts_with("PK\x03\x04"));
  CHECK(entry(zip, "xl/workbook.xml").find("name=\"Offers 2027合同\"") != std::string::npos);
  const std::string sheet = sheet_of(zip);
  INFO(sheet);
  CHECK(sheet.find("<t>=1+1</t>") != std::string::npos);
  CHECK(sheet.find("<f>") == std::string::npos);
  CHECK(sheet.find("<v>1054.5</v>") != std::string::npos);
  CHECK(sheet.find("<v>46401</v>") != std::string::npos);
  CHECK(sheet.find("<v>46401.5</v>") != std::string::npos);
  CHECK(sheet.find("<t>12345678901234567.89</t>") != std::string::npos);
  CHECK(sheet.find("t=\"b\"><v>1</v>") != std::string::npos);
  CHECK(sheet.find("<t>合同 &lt;b&gt; &amp; \"</t>") != std::string::npos);
  CHECK(sheet.find("<t>1899-12-31</t>") != std::string::npos);
  CHECK(entry(zip, "xl/styles.xml").find("yyyy-mm-dd hh:mm:ss") != std::string::npos);
}

TEST_CASE("a sheet that is given up leaves nothing but its file", "[sheet]") {
  const support::TemporaryFolder folder;
  {
    const auto table = xlsx_table(folder.file("table.xlsx"), "");
    table->row(std::vector<Cell>{{Cell::Kind::text, "x"}});
    CHECK(table->size() == 1);
  }
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
    CHECK(file.path().filename() == "table.xlsx");
  }
}

TEST_CASE("a table for programs begins with a mark and defuses what is no number", "[sheet]") {
  const auto table = csv_table();
  table->heading(std::vector<std::string>{"Name", "Total"});
  table->row(std::vector<Cell>{{Cell::Kind::text, "=1+1"}, {Cell::Kind::number, "-12.50", 2}});
  CHECK(table->finish() == "\xEF\xBB\xBFName,Total\r\n'=1+1,-12.50\r\n");
}

}  // namespace tenon::sheet
