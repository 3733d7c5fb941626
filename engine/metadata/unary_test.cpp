#include "engine/metadata/unary_test.h"

#include <optional>
#include <utility>

namespace tenon::metadata {
namespace {

using Op = UnaryTest::Op;
using Part = UnaryTest::Part;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_word_part(char c) {
  const char small = lower(c);
  return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<UnaryTest> parse() {
    UnaryTest test;
    const CellSpan all = trimmed({0, text_.size()});
    if (all.begin == all.end || all.in(text_) == "-") return test;
    std::optional<CellSpan> inner = behind_word(all, "not");
    if (inner && is_wrapped(*inner)) {
      test.negated = true;
      inner = trimmed({inner->begin + 1, inner->end - 1});
    } else {
      inner = all;
    }
    TENON_CHECK(list(*inner, test));
    return test;
  }

 private:
  Error refuse(CellSpan at, std::string message) const {
    return Error::invalid(std::to_string(at.begin) + "-" + std::to_string(at.end), "unary_test",
                          std::move(message));
  }

  CellSpan trimmed(CellSpan span) const {
    while (span.begin < span.end && is_blank(text_[span.begin])) ++span.begin;
    while (span.end > span.begin && is_blank(text_[span.end - 1])) --span.end;
    return span;
  }

  // What follows the word; nothing where another word or nothing stands there.
  std::optional<CellSpan> behind_word(CellSpan span, std::string_view word) const {
    if (span.end - span.begin <= word.size()) return std::nullopt;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (lower(text_[span.begin + i]) != word[i]) return std::nullopt;
    }
    if (is_word_part(text_[span.begin + word.size()])) return std::nullopt;
    return trimmed({span.begin + word.size(), span.end});
  }

  // The first place in the span, outside texts and brackets, where `found` says so; its end if
  // none.
  template <class Found>
  std::size_t scan(CellSpan span, Found found) const {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = span.begin; i < span.end; ++i) {
      const char c = text_[i];
      if (c == '"') quoted = !quoted;
      if (quoted) continue;
      if (depth == 0 && found(i)) return i;
      if (c == '(' || c == '[') ++depth;
      if (c == ')' || c == ']') --depth;
    }
    return span.end;
  }

  // "( … )" around the whole span.
  bool is_wrapped(CellSpan span) const {
    if (span.end - span.begin < 2 || text_[span.begin] != '(') return false;
    return scan({span.begin + 1, span.end}, [&](std::size_t i) { return text_[i] == ')'; }) ==
           span.end - 1;
  }

  bool begins_interval(CellSpan span) const {
    const char first = text_[span.begin];
    if (first == '[') return true;
    if (first != '(') return false;
    const CellSpan rest{span.begin + 1, span.end};
    const auto at = scan(rest, [&](std::size_t i) { return text_[i] == ')' || is_dots(i); });
    return at != rest.end && is_dots(at);
  }

  bool is_dots(std::size_t i) const { return text_.substr(i, 2) == ".."; }

  Result<void> list(CellSpan span, UnaryTest& test) {
    while (true) {
      span = trimmed(span);
      if (span.begin == span.end) return refuse(span, "a value is missing here");
      TENON_TRY(const std::size_t end, item(span, test));
      if (end == span.end) return done();
      span.begin = end + 1;
    }
  }

  std::size_t comma_after(CellSpan span) const {
    return scan(span, [&](std::size_t i) { return text_[i] == ','; });
  }

  // Reads one item and answers where its comma is, or the end.
  Result<std::size_t> item(CellSpan span, UnaryTest& test) {
    if (const auto behind = behind_word(span, "in")) return among(*behind, test);
    if (begins_interval(span)) return interval(span, test);
    const std::size_t end = comma_after(span);
    const CellSpan own = trimmed({span.begin, end});
    if (own.begin == own.end) return refuse(own, "a value is missing here");
    Part part;
    part.low = own;
    const std::size_t sign = sign_at(own, part.op);
    part.low = trimmed({own.begin + sign, own.end});
    if (part.low.begin == part.low.end) return refuse(own, "after the sign comes a value");
    if (sign == 0 && is_null(own)) part = {.op = Op::null};
    test.parts.push_back(part);
    return end;
  }

  bool is_null(CellSpan span) const {
    const std::string_view word = span.in(text_);
    if (word.size() != 4) return false;
    for (std::size_t i = 0; i < 4; ++i) {
      if (lower(word[i]) != std::string_view("null")[i]) return false;
    }
    return true;
  }

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
  Result<std::size_t> among(CellSpan span, UnaryTest& test) {
    if (span.begin < span.end && begins_interval(span)) return interval(span, test);
    const std::size_t end = comma_after(span);
    const CellSpan own = trimmed({span.begin, end});
    if (!is_wrapped(own)) return refuse(own, "after \"in\" comes a list: (\"a\", \"b\")");
    TENON_CHECK(list({own.begin + 1, own.end - 1}, test));
    return end;
  }

  Result<std::size_t> interval(CellSpan span, UnaryTest& test) {
    Part part{.op = Op::between};
    part.open_low = text_[span.begin] != '[';
    const CellSpan rest{span.begin + 1, span.end};
    const std::size_t dots = scan(rest, [&](std::size_t i) { return is_dots(i); });
    if (dots == rest.end) return refuse(span, "an interval is written [1..5], (1..5), [1..5)");
    const CellSpan upper{dots + 2, span.end};
    const std::size_t close =
        scan(upper, [&](std::size_t i) { return text_[i] == ')' || text_[i] == ']'; });
    if (close == upper.end) return refuse(span, "the interval has no end: ] or )");
    part.open_high = text_[close] != ']';
    part.low = trimmed({rest.begin, dots});
    part.high = trimmed({upper.begin, close});
    if (part.low.begin == part.low.end || part.high.begin == part.high.end) {
      return refuse(span, "an interval has two ends; write >= 1 where there is one");
    }
    test.parts.push_back(part);
    const CellSpan behind = trimmed({close + 1, span.end});
    if (behind.begin == behind.end) return span.end;
    if (text_[behind.begin] == ',') return behind.begin;
    return refuse(behind, "after the interval comes a comma or nothing");
  }

  std::string_view text_;
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
  while (!cell.empty() && is_blank(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && is_blank(cell.back())) cell.remove_suffix(1);
  if (cell.size() < 2 || cell.front() != '"' || cell.back() != '"') return std::nullopt;
  std::string text;
  for (std::size_t i = 1; i + 1 < cell.size(); ++i) {
    if (cell[i] == '"' && (i + 2 >= cell.size() || cell[++i] != '"')) return std::nullopt;
    text += cell[i];
  }
  return text;
}

}  // namespace tenon::metadata
