// The suite csv-spectrum: each file of csvs/ is the table in json/, an object for each row.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/json/document.h"
#include "engine/sheet/csv_reader.h"

namespace tenon::sheet {
namespace {

std::filesystem::path suite() {
  const char* given = std::getenv("TENON_SHARED_DATA");
  const std::string folder = given != nullptr ? given : TENON_SOURCE_DIR "/../shared/data";
  return std::filesystem::path(folder) / "suites" / "csv-spectrum";
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void check_file(const std::filesystem::path& csv, const std::filesystem::path& json) {
  const auto document = json::Document::parse(contents(json));
  REQUIRE(document);
  const std::string text = contents(csv);
  CsvReader reader(source_of(text));
  CsvRow header;
  REQUIRE(*reader.next(header));
  CsvRow row;
  for (const json::Reader expected : document->root()) {
    const auto more = reader.next(row);
    REQUIRE(more);
    REQUIRE(*more);
    REQUIRE(row.cells.size() == expected.size());
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto cell = expected.member(header.cells[i]);
      REQUIRE(cell);
      CHECK(row.cells[i] == *cell->text());
    }
  }
  CHECK_FALSE(*reader.next(row));
}

}  // namespace

TEST_CASE("the files of csv-spectrum are read as their tables", "[sheet]") {
  if (!std::filesystem::exists(suite())) {
    WARN("skipped, for want of " << suite());
    return;
  }
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(suite() / "csvs")) {
    INFO(entry.path());
    check_file(entry.path(), suite() / "json" / entry.path().stem().concat(".json"));
    ++files;
  }
  CHECK(files >= 11);
}

}  // namespace tenon::sheet
