#include "engine/metadata/unary_test.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace tenon::metadata {
namespace {

using Op = UnaryTest::Op;
using Part = UnaryTest::Part;

constexpr std::string_view kBlanks[] = {" ", "\t", "\n", "\r", "\u00A0", "\u3000"};

// How many bytes the blank takes with which the text begins, or ends; 0 where it is none.
std::size_t blank_at_begin(std::string_view text) {
  for (const std::string_view blank : kBlanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

std::size_t blank_at_end(std::string_view text) {
  for (const std::string_view blank : kBlanks) {
    if (text.ends_with(blank)) return blank.size();
  }
  return 0;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_word_part(char c) {
  const char small = lower(c);
  return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_word(std::string_view text, std::string_view word) {
  return text.size() == word.size() && std::equal(text.begin(), text.end(), word.begin(),
                                                  [](char a, char b) { return lower(a) == b; });
}

// Reads from left to right. A value ends at the comma, bracket or ".." behind it; what it is made
// of is the formula language's matter.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<UnaryTest> parse() {
    const CellSpan all = trimmed({0, text_.size()});
    if (all.begin == all.end || all.in(text_) == "-") return UnaryTest{};
    end_ = all.end;
    if (const auto inner = behind_word(all.begin, "not"); inner && char_at(*inner) == '(') {
      TENON_TRY(auto negated, turned_round(all.begin, *inner));
      if (negated) return std::move(*negated);
    }
    UnaryTest test;
    TENON_TRY(const std::size_t end, list(all.begin, test));
    if (end == end_) return test;
    return refuse({end, end_}, "a ) stands here that nothing opens");
  }

 private:
  Error refuse(CellSpan at, std::string message) const {
    return Error::invalid(std::to_string(at.begin) + "-" + std::to_string(at.end), "unary_test",
                          std::move(message));
  }

  // "" behind the end: no character.
  char char_at(std::size_t place) const { return place < end_ ? text_[place] : '\0'; }

  CellSpan trimmed(CellSpan span) const {
    while (const std::size_t blank = blank_at_begin(span.in(text_))) span.begin += blank;
    while (const std::size_t blank = blank_at_end(span.in(text_))) span.end -= blank;
    return span;
  }

  std::size_t behind_blanks(std::size_t place) const { return trimmed({place, end_}).begin; }

  // Where what follows the word begins; nothing where another word or nothing stands there.
  std::optional<std::size_t> behind_word(std::size_t place, std::string_view word) const {
    const std::size_t behind = place + word.size();
    if (behind >= end_ || !is_word(text_.substr(place, word.size()), word)) return std::nullopt;
    if (is_word_part(text_[behind]) && blank_at_begin(text_.substr(behind)) == 0) {
      return std::nullopt;
    }
    return behind_blanks(behind);
  }

  bool is_dots(std::size_t place) const {
    return place + 1 < end_ && text_.substr(place, 2) == "..";
  }

  // Behind the text or comment that begins here.
  std::size_t behind_quoted(std::size_t place) const {
    const bool is_text = text_[place] == '"';
    const std::size_t close = is_text ? text_.find('"', place + 1) : text_.find("*/", place + 2);
    const std::size_t behind = close + (is_text ? 1 : 2);
    return close == std::string_view::npos || behind > end_ ? end_ : behind;
  }

  // Where the value that begins here ends: at a comma, a bracket that it did not open, or "..".
  std::size_t end_of_value(std::size_t place) const {
    int depth = 0;
    while (place < end_) {
      const char c = text_[place];
      if (c == '"' || text_.substr(place, 2) == "/*") {
        place = behind_quoted(place);
        continue;
      }
      const bool closes = c == ',' || c == '[' || c == ']' || c == ')' || is_dots(place);
      if (depth == 0 && closes) return place;
      if (c == '(') ++depth;
      if (c == ')') --depth;
      ++place;
    }
    return end_;
  }

  // "[", "]" begin nothing else; "(" may also stand around a part of a formula.
  bool begins_interval(std::size_t place) const {
    const char first = char_at(place);
    if (first == '[' || first == ']') return true;
    return first == '(' && is_dots(end_of_value(place + 1));
  }

  // not( … ) around the whole; nothing where it is a formula that begins with NOT(.
  Result<std::optional<UnaryTest>> turned_round(std::size_t begin, std::size_t open) {
    UnaryTest test{.negated = true, .parts = {}};
    TENON_TRY(const std::size_t close, list(open + 1, test));
    if (close == end_) return refuse({begin, end_}, "not( … ) has no end: ) is missing");
    const std::size_t behind = behind_blanks(close + 1);
    if (behind == end_) return std::optional(std::move(test));
    if (char_at(behind) != ',') return std::optional<UnaryTest>();
    return refuse({begin, end_}, "not( … ) goes around the whole list: not(1, 2)");
  }

  // The items from here on; answers where they end: at a ")" or the end of the cell.
  Result<std::size_t> list(std::size_t place, UnaryTest& test) {
    while (true) {
      place = behind_blanks(place);
      TENON_TRY(const std::size_t behind, item(place, test));
      place = behind_blanks(behind);
      if (place == end_ || text_[place] == ')') return place;
      if (text_[place] != ',') return refuse({place, end_}, "a comma or nothing comes here");
      ++place;
    }
  }

  Result<std::size_t> item(std::size_t place, UnaryTest& test) {
    if (const auto behind = behind_word(place, "in")) return among(*behind, test);
    if (begins_interval(place)) return interval(place, test);
    const std::size_t end = end_of_value(place);
    const CellSpan own = trimmed({place, end});
    TENON_CHECK(is_item(own, end));
    Part part;
    const std::size_t sign = sign_at(own, part.op);
    part.low = trimmed({own.begin + sign, own.end});
    if (part.low.begin == part.low.end) return refuse(own, "after the sign comes a value");
    TENON_CHECK(is_value(part.low));
    if (sign == 0 && is_word(own.in(text_), "null")) part = {.op = Op::null};
    test.parts.push_back(part);
    return end;
  }

  // What is often written and means nothing here, each told how it is written.
  Result<void> is_item(CellSpan own, std::size_t end) const {
    if (own.begin == own.end) return refuse(own, "a value is missing here");
    if (own.in(text_) == "-") {
      return refuse(own, "\"-\" passes every value: it stands alone in its cell");
    }
    if (is_dots(end)) return refuse({own.begin, end_}, "an interval has brackets: [1..5], (1..5)");
    const auto behind = behind_word(own.begin, "not");
    if (behind && behind_word(*behind, "in")) {
      return refuse(own, "write not(\"a\", \"b\") for what is none of these");
    }
    if (behind && char_at(*behind) == '(' && own.begin != begin_of_cell()) {
      return refuse(own, "not( … ) stands once, around the whole list");
    }
    if (behind_word(own.begin, "between")) {
      return refuse(own, "what lies between two values is written [1..5]");
    }
    constexpr std::string_view kForeign[] = {"==", "=>", "=<", "≥", "≤", "≠"};
    for (const std::string_view sign : kForeign) {
      if (own.in(text_).starts_with(sign)) {
        return refuse({own.begin, own.begin + sign.size()},
                      "the signs are < <= > >= = !=; \"" + std::string(sign) + "\" is none");
      }
    }
    return done();
  }

  std::size_t begin_of_cell() const { return behind_blanks(0); }

  std::size_t sign_at(CellSpan span, Op& op) const {
    constexpr std::pair<std::string_view, Op> kSigns[] = {
        {"<=", Op::less_equal}, {">=", Op::greater_equal}, {"!=", Op::not_equal},
        {"<>", Op::not_equal},  {"<", Op::less},           {">", Op::greater},
        {"=", Op::equal},
    };
    for (const auto& [sign, meant] : kSigns) {
      if (!span.in(text_).starts_with(sign)) continue;
      op = meant;
      return sign.size();
    }
    return 0;
  }

  // `in ("a", "b")`, `in [1..5]`.
  Result<std::size_t> among(std::size_t place, UnaryTest& test) {
    if (begins_interval(place)) return interval(place, test);
    if (char_at(place) != '(') {
      return refuse({place, end_}, "after \"in\" comes a list: (\"a\", \"b\")");
    }
    TENON_TRY(const std::size_t close, list(place + 1, test));
    if (close == end_) return refuse({place, end_}, "the list has no end: ) is missing");
    return close + 1;
  }

  // `[1..5]`, its ends outside as `(1..5)` or, the other writing of FEEL, `]1..5[`.
  Result<std::size_t> interval(std::size_t place, UnaryTest& test) {
    Part part{.op = Op::between};
    part.open_low = text_[place] != '[';
    const std::size_t dots = end_of_value(place + 1);
    if (!is_dots(dots)) {
      return refuse({place, end_}, "an interval is written [1..5], (1..5), [1..5)");
    }
    const std::size_t close = end_of_value(dots + 2);
    if (close == end_ || text_[close] == ',' || is_dots(close)) {
      return refuse({place, end_}, "the interval has no end: ] or )");
    }
    part.open_high = text_[close] != ']';
    part.low = trimmed({place + 1, dots});
    part.high = trimmed({dots + 2, close});
    if (part.low.begin == part.low.end || part.high.begin == part.high.end) {
      return refuse({place, close + 1}, "an interval has two ends; write >= 1 where there is one");
    }
    TENON_CHECK(is_value(part.low));
    TENON_CHECK(is_value(part.high));
    test.parts.push_back(part);
    return close + 1;
  }

  // FEEL says of a text what it is read as; here the column does.
  Result<void> is_value(CellSpan own) const {
    constexpr std::string_view kReaders[] = {"date(\"", "time(\"", "duration(\"", "@\"",
                                             "date and time(\""};
    for (const std::string_view reader : kReaders) {
      if (!is_word(own.in(text_).substr(0, reader.size()), reader)) continue;
      return refuse(own, "write the text alone, it is read as the input is: \"2026-01-31\"");
    }
    return done();
  }

  std::string_view text_;
  std::size_t end_ = 0;
};

}  // namespace

std::vector<CellSpan> UnaryTest::formulas() const {
  std::vector<CellSpan> spans;
  for (const Part& part : parts) {
    if (part.op != Op::null) spans.push_back(part.low);
    if (part.op == Op::between) spans.push_back(part.high);
  }
  return spans;
}

Result<UnaryTest> parse_unary_test(std::string_view text) { return Parser(text).parse(); }

std::optional<std::string> text_literal(std::string_view cell) {
  while (const std::size_t blank = blank_at_begin(cell)) cell.remove_prefix(blank);
  while (const std::size_t blank = blank_at_end(cell)) cell.remove_suffix(blank);
  if (cell.size() < 2 || cell.front() != '"' || cell.back() != '"') return std::nullopt;
  std::string text;
  for (std::size_t i = 1; i + 1 < cell.size(); ++i) {
    if (cell[i] == '"' && (i + 2 >= cell.size() || cell[++i] != '"')) return std::nullopt;
    text += cell[i];
  }
  return text;
}

}  // namespace tenon::metadata
