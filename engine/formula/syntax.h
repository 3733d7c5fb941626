// A formula's text as a tree: what was written, without knowing what the names mean.
//
// Internal to this room: the compiler types it, rewrite() finds the names in it.
#pragma once

#include <string_view>
#include <vector>

#include "engine/formula/token.h"

namespace tenon::formula {

struct Syntax {
  enum class Kind : std::uint8_t { literal, path, call, prefix, percent, infix };

  Kind kind;
  Token token = Token::end;   // Of a literal, prefix or infix.
  Span span;                  // With the parentheses around it.
  Span inner;                 // Without them.
  Span name;                  // Of a call.
  std::vector<Span> steps;    // Of a path: the first is a word or $name.
  std::vector<int> operands;  // A chain of AND, OR or & has all of them.
  int depth = 1;              // Parentheses count.
  bool enclosed = false;      // Stands in parentheses.
};

struct SyntaxTree {
  std::vector<Syntax> nodes;
  int root = 0;
};

// Refused: every lexical problem, or the first of grammar, or a bound (formula.limit) of the whole.
Result<SyntaxTree> parse(std::string_view text);

}  // namespace tenon::formula
