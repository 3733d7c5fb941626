// Writes CSV as RFC 4180 has it: rows end with CRLF, cells are quoted where they need it.
//
// Guarantees: what is written, CsvReader reads back byte for byte. A cell that a spreadsheet would
// carry out (leading = + - @, tab, CR, LF and the full-width forms) gets an apostrophe before it,
// which the reader takes off. Plain numbers such as -12.5 stay. Texts must be valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace tenon::sheet {

enum class Formulas {
  defused,  // For whatever a person may open in a spreadsheet.
  kept,     // For files that only programs read.
};

// Whether a spreadsheet might take the text for a formula.
bool is_formula(std::string_view text);
// The same of a text with any number of apostrophes before it: one more is written, and read as
// none.
bool is_to_defuse(std::string_view text);

class CsvWriter {
 public:
  explicit CsvWriter(char delimiter = ',', Formulas formulas = Formulas::defused);

  // Excel takes a file for UTF-8 only where it begins so.
  CsvWriter& byte_order_mark();
  CsvWriter& cell(std::string_view text);
  CsvWriter& end_row();

  // What was written since the last take(): a long table is passed on piece by piece.
  std::string take();
  std::size_t size() const { return text_.size(); }

 private:
  char delimiter_;
  Formulas formulas_;
  std::string text_;
  int cells_ = 0;          // Of the row so far.
  bool row_empty_ = true;  // Nothing but one cell without a text.
};

}  // namespace tenon::sheet
