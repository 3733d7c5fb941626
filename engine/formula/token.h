// The words of a formula's text. Internal to this room.
// Grammar and the spans of problems: schemas/formula/README.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tenon::formula {

// Byte places in the text, `end` excluded.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

std::string text_of(Span span);  // "5-9"
Problem problem_at(Span span, std::string rule, std::string message);
inline std::string_view piece(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

enum class Token : std::uint8_t {
  number,
  text,
  word,
  context,
  and_,
  or_,
  not_,
  true_,
  false_,
  null_,
  plus,
  minus,
  star,
  slash,
  caret,
  ampersand,
  percent,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  left,
  right,
  comma,
  dot,
  end,
};

struct Lexeme {
  Token token;
  Span span;
};

// Every lexical problem; the last lexeme is `end`.
Result<std::vector<Lexeme>> lex(std::string_view text);

// What stands between the marks of a text, with "" as one.
std::string unquoted(std::string_view literal);

}  // namespace tenon::formula
