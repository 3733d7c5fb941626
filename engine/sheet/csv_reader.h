// Reads CSV row by row, as RFC 4180 has it and as people's programs write it.
//
// Guarantees: texts are valid UTF-8; memory is bounded by one row (limits.h), whatever the size of
// the file; a byte order mark is passed over, the delimiter found out; rows end with CR, LF or
// both; lines with nothing on them are passed over; a quote within a cell that does not begin with
// one stands for itself; an apostrophe before what would be a formula is taken off. Reads no files:
// bytes come from a Source. Not thread-safe. Not here: what a cell means (engine/value,
// parse_cell).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tenon::sheet {

// Puts at most `size` bytes into the buffer and answers how many; 0 only at the end.
using Source = std::function<std::size_t(char* buffer, std::size_t size)>;
// The text must outlive the source.
Source source_of(std::string_view text);

struct CsvRow {
  std::vector<std::string> cells;
  std::int64_t line = 0;  // From 1, where the row begins.
};

class CsvReader {
 public:
  // Delimiter 0: the one of "," ";" and tab that the first row has most of.
  explicit CsvReader(Source source, char delimiter = 0);

  // False at the end. Problems are at "line 12". With rule `csv.cells` (`invalid`: not as many
  // cells as the first row) the row is filled in, and reading may go on. Nothing can be read behind
  // `csv.quote` and `csv.utf8` (`malformed`) and `csv.size` (`too_large`).
  Result<bool> next(CsvRow& row);

  char delimiter() const { return delimiter_; }

 private:
  bool fill();
  bool at_end() { return at_ == end_ && !fill(); }
  bool at_any(std::string_view characters);
  void take_line_end();
  std::size_t take_run(std::string_view stops, std::string& cell);
  Result<void> read_cell(std::string& cell);
  Result<void> read_quoted(std::string& cell);
  Result<void> check_cell(std::string_view cell);
  Result<void> read_row(CsvRow& row);
  void begin();
  Error error(ErrorCode code, std::int64_t line, std::string rule, std::string message);

  Source source_;
  char delimiter_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::int64_t line_ = 1;
  std::size_t width_ = 0;  // Cells of the first row; 0 before it.
  std::size_t row_bytes_ = 0;
  bool begun_ = false;
  bool broken_ = false;
};

}  // namespace tenon::sheet
