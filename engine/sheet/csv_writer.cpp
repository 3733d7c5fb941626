#include "engine/sheet/csv_writer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tenon::sheet {
namespace {

std::size_t digits_at(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at - begin;
}

// "-12", "+0.5", "-1.5e-7", "-5%": nothing but a number, so nothing that could be carried out.
bool is_number(std::string_view text) {
  std::size_t at = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  const std::size_t whole = digits_at(text, at);
  at += whole;
  if (whole == 0) return false;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = digits_at(text, at + 1);
    if (fraction == 0) return false;
    at += 1 + fraction;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    const std::size_t exponent = digits_at(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  if (at < text.size() && text[at] == '%') ++at;
  return at == text.size();
}

bool needs_quotes(std::string_view text, char delimiter) {
  if (text.empty()) return false;
  if (text.front() == ' ' || text.back() == ' ') return true;  // Some programs drop them.
  return std::any_of(text.begin(), text.end(), [delimiter](char c) {
    return c == delimiter || c == '"' || c == '\r' || c == '\n' || c == '\t' || c == ';' ||
           c == ',';
  });
}

}  // namespace

bool is_formula(std::string_view text) {
  constexpr std::array<std::string_view, 11> kBeginnings{
      "=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  const bool begins = std::any_of(kBeginnings.begin(), kBeginnings.end(),
                                  [text](std::string_view one) { return text.starts_with(one); });
  return begins && !is_number(text);
}

bool is_to_defuse(std::string_view text) {
  const auto first = text.find_first_not_of('\'');
  return first != std::string_view::npos && is_formula(text.substr(first));
}

CsvWriter::CsvWriter(char delimiter, Formulas formulas)
    : delimiter_(delimiter), formulas_(formulas) {}

CsvWriter& CsvWriter::byte_order_mark() {
  text_ += "\xEF\xBB\xBF";
  return *this;
}

CsvWriter& CsvWriter::cell(std::string_view text) {
  if (cells_++ > 0) text_ += delimiter_;
  row_empty_ = cells_ == 1 && text.empty();
  // An apostrophe of its own there would be taken off, too.
  const bool defuse =
      is_to_defuse(text) && (formulas_ == Formulas::defused || text.starts_with('\''));
  // A byte order mark of its own in the first cell would be passed over by a reader.
  const bool quotes = needs_quotes(text, delimiter_) || text.starts_with("\xEF\xBB\xBF");
  if (quotes) text_ += '"';
  if (defuse) text_ += '\'';
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t quote = std::min(text.find('"', from), text.size());
    text_.append(text, from, quote - from);
    if (quote < text.size()) text_ += "\"\"";
    from = quote + 1;
  }
  if (quotes) text_ += '"';
  return *this;
}

CsvWriter& CsvWriter::end_row() {
  if (row_empty_) text_ += "\"\"";  // An empty line would be no row at all.
  text_ += "\r\n";
  cells_ = 0;
  row_empty_ = true;
  return *this;
}

std::string CsvWriter::take() { return std::exchange(text_, {}); }

}  // namespace tenon::sheet
