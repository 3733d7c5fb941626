#include "engine/sheet/csv_reader.h"

#include <algorithm>
#include <array>
#include <memory>

#include "engine/base/limits.h"
#include "engine/sheet/csv_writer.h"
#include "engine/text/utf8.h"

namespace tenon::sheet {
namespace {

constexpr std::size_t kBufferBytes = 64u << 10;

// Of the first row in the text; what stands between quotes does not count.
char delimiter_in(std::string_view text) {
  constexpr std::array<char, 3> kDelimiters{',', ';', '\t'};
  std::array<int, 3> counts{};
  bool quoted = false;
  bool any = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') {
      if (any) break;
      continue;
    }
    any = true;
    const auto found = std::find(kDelimiters.begin(), kDelimiters.end(), c);
    if (found != kDelimiters.end()) ++counts[static_cast<std::size_t>(found - kDelimiters.begin())];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return kDelimiters[static_cast<std::size_t>(most - counts.begin())];
}

}  // namespace

Source source_of(std::string_view text) {
  return [text](char* buffer, std::size_t size) mutable {
    const std::size_t count = text.copy(buffer, size);
    text.remove_prefix(count);
    return count;
  };
}

CsvReader::CsvReader(Source source, char delimiter)
    : source_(std::move(source)), delimiter_(delimiter), buffer_(kBufferBytes) {}

bool CsvReader::fill() {
  at_ = 0;
  end_ = source_(buffer_.data(), buffer_.size());
  return end_ > 0;
}

// Fills the whole buffer first: a source may give single bytes, and the delimiter is to be seen.
void CsvReader::begin() {
  begun_ = true;
  while (end_ < buffer_.size()) {
    const std::size_t count = source_(buffer_.data() + end_, buffer_.size() - end_);
    if (count == 0) break;
    end_ += count;
  }
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const std::string_view text(buffer_.data(), end_);
  if (text.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  if (delimiter_ == 0) delimiter_ = delimiter_in(text.substr(at_));
}

Error CsvReader::error(ErrorCode code, std::int64_t line, std::string rule, std::string message) {
  broken_ = code != ErrorCode::invalid;
  return Error::of(code, "line " + std::to_string(line), std::move(rule), std::move(message));
}

bool CsvReader::at_any(std::string_view characters) {
  return !at_end() && characters.find(buffer_[at_]) != std::string_view::npos;
}

void CsvReader::take_line_end() {
  const bool carriage_return = at_any("\r");
  if (carriage_return) ++at_;
  const bool line_feed = at_any("\n");
  if (line_feed) ++at_;
  if (carriage_return || line_feed) ++line_;
}

// Appends what comes before any of the stops, out of the buffer as it is; answers how many bytes.
std::size_t CsvReader::take_run(std::string_view stops, std::string& cell) {
  const char* const begin = buffer_.data() + at_;
  const char* const found = std::find_first_of(
      begin, static_cast<const char*>(buffer_.data() + end_), stops.begin(), stops.end());
  const auto count = static_cast<std::size_t>(found - begin);
  cell.append(begin, count);
  at_ += count;
  return count;
}

Result<void> CsvReader::check_cell(std::string_view cell) {
  row_bytes_ += cell.size() + 1;
  if (cell.size() > limits::kTextBytesMax) {
    return error(ErrorCode::too_large, line_, "csv.size",
                 "a cell has more than " + std::to_string(limits::kTextBytesMax) + " bytes");
  }
  if (row_bytes_ > limits::kBodyBytesMax) {
    return error(ErrorCode::too_large, line_, "csv.size",
                 "a row has more than " + std::to_string(limits::kBodyBytesMax) + " bytes");
  }
  return done();
}

Result<void> CsvReader::read_cell(std::string& cell) {
  if (at_any("\"")) return read_quoted(cell);
  const std::array<char, 3> stops{delimiter_, '\r', '\n'};
  const std::string_view ends(stops.data(), stops.size());
  while (!at_end() && take_run(ends, cell) > 0 && at_ == end_) {
    if (cell.size() > limits::kTextBytesMax) break;
  }
  return check_cell(cell);
}

Result<void> CsvReader::read_quoted(std::string& cell) {
  const std::int64_t opened = line_;
  ++at_;
  while (true) {
    if (at_end()) {
      return error(ErrorCode::malformed, opened, "csv.quote",
                   "a cell begins with a quote that is never closed");
    }
    take_run("\"\n", cell);
    if (cell.size() > limits::kTextBytesMax) return check_cell(cell);
    if (at_ == end_) continue;
    const char stop = buffer_[at_++];
    if (stop == '"' && !at_any("\"")) break;
    if (stop == '"') ++at_;
    if (stop == '\n') ++line_;
    cell += stop;
  }
  const std::array<char, 3> ends{delimiter_, '\r', '\n'};
  if (!at_end() && !at_any({ends.data(), ends.size()})) {
    return error(ErrorCode::malformed, line_, "csv.quote",
                 "a cell goes on behind its closing quote; write a quote within it twice");
  }
  return check_cell(cell);
}

Result<void> CsvReader::read_row(CsvRow& row) {
  row_bytes_ = 0;
  while (true) {
    const std::int64_t begins = line_;
    std::string& cell = row.cells.emplace_back();
    TENON_CHECK(read_cell(cell));
    if (!text::is_utf8(cell)) {
      return error(ErrorCode::malformed, begins, "csv.utf8",
                   "the text is not UTF-8; save the file with that encoding");
    }
    // As CsvWriter, and people in a spreadsheet, say that it is a text.
    if (cell.starts_with('\'') && is_to_defuse(cell)) cell.erase(0, 1);
    if (!at_any({&delimiter_, 1})) break;
    ++at_;
  }
  take_line_end();
  return done();
}

Result<bool> CsvReader::next(CsvRow& row) {
  row.cells.clear();
  if (!begun_) begin();
  if (broken_) return false;
  while (at_any("\r\n")) take_line_end();
  row.line = line_;
  if (at_end()) return false;
  TENON_CHECK(read_row(row));
  if (width_ == 0) width_ = row.cells.size();
  if (row.cells.size() == width_) return true;
  return error(ErrorCode::invalid, row.line, "csv.cells",
               "the row has " + std::to_string(row.cells.size()) + " cells, the first row " +
                   std::to_string(width_));
}

}  // namespace tenon::sheet
