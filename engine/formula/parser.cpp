#include <algorithm>

#include "engine/base/limits.h"
#include "engine/formula/syntax.h"

namespace tenon::formula {
namespace {

// How tightly an operator binds; 0 is none. As in Excel, with AND, OR and NOT below.
enum Power { kNone, kOr, kAnd, kNot, kComparison, kJoin, kSum, kProduct, kRaise };

Power power_of(Token token) {
  switch (token) {
    case Token::or_: return kOr;
    case Token::and_: return kAnd;
    case Token::equal:
    case Token::not_equal:
    case Token::less:
    case Token::less_equal:
    case Token::greater:
    case Token::greater_equal: return kComparison;
    case Token::ampersand: return kJoin;
    case Token::plus:
    case Token::minus: return kSum;
    case Token::star:
    case Token::slash: return kProduct;
    case Token::caret: return kRaise;
    default: return kNone;
  }
}

bool is_chained(Token token) {
  return token == Token::and_ || token == Token::or_ || token == Token::ampersand;
}

bool is_name(Token token) { return token >= Token::word && token <= Token::null_; }

class Parser {
 public:
  Parser(std::string_view text, std::vector<Lexeme> lexemes)
      : text_(text), lexemes_(std::move(lexemes)) {}

  Result<SyntaxTree> parse() {
    if (peek() == Token::end) return refuse("the formula is empty");
    TENON_TRY(tree_.root, expression(kOr, 1));
    if (peek() != Token::end) return refuse(unexpected());
    return std::move(tree_);
  }

 private:
  // An operand and all operators behind it that bind at least so tightly.
  Result<int> expression(int least, int depth) {
    TENON_TRY(int left, operand(least, depth));
    while (true) {
      const Token token = peek();
      const int power = power_of(token);
      if (power == kNone || power < least) return left;
      ++at_;
      TENON_TRY(const int right, expression(power + 1, depth + 1));
      TENON_TRY(left, infix(token, left, right));
    }
  }

  Result<int> operand(int least, int depth) {
    if (depth > limits::kFormulaDepthMax) return too_deep();
    const Token token = peek();
    const bool calls = peek(1) == Token::left;
    if (token == Token::plus || token == Token::minus) return prefix(kRaise + 1, depth);
    if (token == Token::not_ && !calls && least <= kNot) return prefix(kNot, depth);
    return percent(depth);
  }

  Result<int> prefix(int least, int depth) {
    const Lexeme sign = lexemes_[at_++];
    TENON_TRY(const int inner, expression(least, depth + 1));
    Syntax node{.kind = Syntax::Kind::prefix, .token = sign.token};
    node.span = {sign.span.begin, tree_.nodes[place(inner)].span.end};
    node.operands = {inner};
    return add(std::move(node));
  }

  Result<int> percent(int depth) {
    TENON_TRY(int inner, primary(depth));
    while (peek() == Token::percent) {
      Syntax node{.kind = Syntax::Kind::percent};
      node.span = {tree_.nodes[place(inner)].span.begin, lexemes_[at_++].span.end};
      node.operands = {inner};
      TENON_TRY(inner, add(std::move(node)));
    }
    return inner;
  }

  Result<int> primary(int depth) {
    switch (peek()) {
      case Token::left: return parenthesis(depth);
      case Token::number:
      case Token::text:
      case Token::null_: return literal(1);
      case Token::true_:
      case Token::false_: return literal(peek(1) == Token::left && peek(2) == Token::right ? 3 : 1);
      case Token::context: return path();
      case Token::word:
        if (peek(1) == Token::left) return call(depth, 1);
        return names_with_point() ? call(depth, 3) : path();
      case Token::and_:
      case Token::or_:
      case Token::not_:
        if (peek(1) == Token::left) return call(depth, 1);
        return refuse(unexpected());
      default: return refuse(unexpected());
    }
  }

  Result<int> parenthesis(int depth) {
    const Span open = lexemes_[at_++].span;
    TENON_TRY(const int inner, expression(kOr, depth + 1));
    TENON_TRY(const Span close, expect(Token::right));
    Syntax& node = tree_.nodes[place(inner)];
    node.span = {open.begin, close.end};
    node.enclosed = true;
    if (++node.depth > limits::kFormulaDepthMax) return too_deep();
    return inner;
  }

  // Of so many tokens: TRUE() has three.
  Result<int> literal(std::size_t tokens) {
    const Lexeme lexeme = lexemes_[at_];
    Syntax node{.kind = Syntax::Kind::literal, .token = lexeme.token};
    at_ += tokens;
    node.span = {lexeme.span.begin, lexemes_[at_ - 1].span.end};
    return add(std::move(node));
  }

  // WORKDAY.INTL(: without blanks around the point.
  bool names_with_point() const {
    if (peek(1) != Token::dot || !is_name(peek(2)) || peek(3) != Token::left) return false;
    const Span point = lexemes_[at_ + 1].span;
    return lexemes_[at_].span.end == point.begin && point.end == lexemes_[at_ + 2].span.begin;
  }

  Result<int> path() {
    Syntax node{.kind = Syntax::Kind::path};
    node.steps = {lexemes_[at_++].span};
    while (peek() == Token::dot) {
      ++at_;
      if (!is_name(peek()) || peek() == Token::context) {
        return refuse("the name of a field must follow the point");
      }
      node.steps.push_back(lexemes_[at_++].span);
    }
    node.span = {node.steps.front().begin, node.steps.back().end};
    return add(std::move(node));
  }

  // The name is of so many tokens.
  Result<int> call(int depth, std::size_t tokens) {
    Syntax node{.kind = Syntax::Kind::call};
    node.name = {lexemes_[at_].span.begin, lexemes_[at_ + tokens - 1].span.end};
    at_ += tokens + 1;
    while (peek() != Token::right || !node.operands.empty()) {
      TENON_TRY(const int argument, expression(kOr, depth + 1));
      node.operands.push_back(argument);
      if (peek() != Token::comma) break;
      ++at_;
    }
    TENON_TRY(const Span close, expect(Token::right));
    node.span = {node.name.begin, close.end};
    return add(std::move(node));
  }

  Result<int> infix(Token token, int left, int right) {
    const std::uint32_t end = tree_.nodes[place(right)].span.end;
    Syntax& before = tree_.nodes[place(left)];
    const bool goes_on = before.kind == Syntax::Kind::infix && before.token == token;
    if (is_chained(token) && goes_on && !before.enclosed) {
      before.span.end = before.inner.end = end;
      before.operands.push_back(right);
      before.depth = std::max(before.depth, tree_.nodes[place(right)].depth + 1);
      if (before.depth > limits::kFormulaDepthMax) return too_deep();
      TENON_CHECK(count());
      return left;
    }
    Syntax node{.kind = Syntax::Kind::infix, .token = token};
    node.span = {before.span.begin, end};
    node.operands = {left, right};
    return add(std::move(node));
  }

  Result<int> add(Syntax node) {
    for (const int operand : node.operands) {
      node.depth = std::max(node.depth, tree_.nodes[place(operand)].depth + 1);
    }
    if (node.depth > limits::kFormulaDepthMax) return too_deep();
    TENON_CHECK(count());
    node.inner = node.span;
    tree_.nodes.push_back(std::move(node));
    return static_cast<int>(tree_.nodes.size()) - 1;
  }

  Result<void> count() {
    if (++count_ <= limits::kFormulaNodesMax) return done();
    return limit("a formula has at most " + std::to_string(limits::kFormulaNodesMax) + " parts");
  }

  Result<Span> expect(Token token) {
    if (peek() != token) return refuse(unexpected());
    return lexemes_[at_++].span;
  }

  std::string unexpected() const {
    if (peek() == Token::end) return "the formula ends too early";
    const std::string given(piece(text_, lexemes_[at_].span));
    if (at_ > 0) {
      const Token before = lexemes_[at_ - 1].token;
      if (peek() == Token::equal && before == Token::equal) return "write = instead of ==";
      if (peek() == Token::ampersand && before == Token::ampersand) {
        return "write AND instead of &&, and & to join texts";
      }
    }
    return "\"" + given + "\" cannot stand here";
  }

  Error refuse(std::string message) const {
    return Error::invalid({problem_at(lexemes_[at_].span, "formula.syntax", std::move(message))});
  }

  Error limit(std::string message) const {
    const Span whole{0, static_cast<std::uint32_t>(text_.size())};
    return Error::invalid({problem_at(whole, "formula.limit", std::move(message))});
  }

  Error too_deep() const {
    return limit("a formula is at most " + std::to_string(limits::kFormulaDepthMax) +
                 " levels deep");
  }

  Token peek(std::size_t ahead = 0) const {
    return lexemes_[std::min(at_ + ahead, lexemes_.size() - 1)].token;
  }
  static std::size_t place(int node) { return static_cast<std::size_t>(node); }

  std::string_view text_;
  std::vector<Lexeme> lexemes_;
  std::size_t at_ = 0;
  int count_ = 0;
  SyntaxTree tree_;
};

}  // namespace

Result<SyntaxTree> parse(std::string_view text) {
  if (text.size() > limits::kFormulaBytesMax) {
    const Span whole{0, static_cast<std::uint32_t>(text.size())};
    return Error::invalid({problem_at(
        whole, "formula.limit",
        "a formula has at most " + std::to_string(limits::kFormulaBytesMax) + " bytes")});
  }
  TENON_TRY(auto lexemes, lex(text));
  return Parser(text, std::move(lexemes)).parse();
}

}  // namespace tenon::formula
