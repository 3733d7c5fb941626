// A table written to a file, row by row: CSV for programs and people, XLSX for people.
//
// Guarantees: what a cell says cannot be carried out as a formula by the program that opens it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tenon::sheet {

struct Cell {
  enum class Kind { empty, text, number, date, datetime, boolean };
  Kind kind = Kind::empty;
  // "1054.00", "2026-11-23", "2026-11-23 09:30:00" (on the clocks of whoever reads it), "yes".
  std::string text = {};
  int scale = 0;  // Of numbers: digits behind the point.
};

class TableWriter {
 public:
  virtual ~TableWriter() = default;

  // Once, first.
  virtual void heading(std::span<const std::string> titles) = 0;
  virtual void row(std::span<const Cell> cells) = 0;
  // Roughly how many bytes there are so far.
  virtual std::size_t size() const = 0;
  // Once, last: the whole file.
  virtual std::string finish() = 0;
};

std::unique_ptr<TableWriter> csv_table();

// `path` is a file to write to that is the caller's to remove; its folder also takes what the
// library keeps meanwhile. `sheet` names the table; what no sheet may be called goes. Numbers that
// a spreadsheet would round (more than 15 digits) and dates before 1900 are texts. finish() throws
// Fault where the disk took no more.
std::unique_ptr<TableWriter> xlsx_table(const std::string& path, const std::string& sheet);

}  // namespace tenon::sheet
