#include "tests/support/example.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/limits.h"
#include "engine/command/import_rows.h"
#include "engine/sheet/csv_reader.h"

namespace tenon::support {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const std::string& name) {
  return fs::path(TENON_SOURCE_DIR) / "examples" / name;
}

std::string text_of_file(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

struct Importer {
  RunningApplication& running;
  std::string& reasons;
  int refused = 0;

  void write(const metadata::ImportMap& map, const std::vector<std::string>& header,
             std::vector<std::vector<std::string>>& rows) {
    if (rows.empty()) return;
    const auto carried =
        running.carry_out(the_system(), [&](command::Context& context) -> Result<void> {
          TENON_TRY(const auto imported, command::import_rows(context, {&map, header, rows}));
          for (const command::ImportedRow& row : imported.rows) {
            if (row.fate != command::ImportedRow::Fate::rejected) continue;
            ++refused;
            reasons += map.name + ": " + told(row.problems) + "\n";
          }
          return done();
        });
    if (!carried) throw Fault(map.name + ": " + describe(carried.error()));
    rows.clear();
  }

  void import(const metadata::ImportMap& map, const std::string& text) {
    sheet::CsvReader reader(sheet::source_of(text));
    sheet::CsvRow header;
    sheet::CsvRow row;
    if (!reader.next(header)) throw Fault("no header: " + map.file);
    std::vector<std::vector<std::string>> rows;
    while (true) {
      const auto more = reader.next(row);
      if (!more) throw Fault(map.file + ": " + describe(more.error()));
      if (!*more) break;
      rows.push_back(row.cells);
      if (rows.size() == static_cast<std::size_t>(limits::kBatchRecordsMax)) {
        write(map, header.cells, rows);
      }
    }
    write(map, header.cells, rows);
  }
};

}  // namespace

metadata::Files example(const std::string& name) {
  metadata::Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder_of(name))) {
    if (entry.path().extension() != ".json") continue;
    files[fs::relative(entry.path(), folder_of(name)).generic_string()] =
        text_of_file(entry.path());
  }
  return files;
}

int import_example(RunningApplication& running, const std::string& name, std::string& reasons) {
  auto maps = metadata::load_imports(example(name), running.app().bundle());
  if (!maps) throw Fault(describe(maps.error()));
  Importer importer{running, reasons};
  for (const metadata::ImportMap& map : *maps) {
    importer.import(map, text_of_file(folder_of(name) / "data" / map.file));
  }
  return importer.refused;
}

}  // namespace tenon::support
