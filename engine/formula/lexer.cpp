#include <array>

#include "engine/formula/code_points.h"
#include "engine/formula/token.h"
#include "engine/value/decimal.h"

namespace tenon::formula {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Code points beyond ASCII that are marks and so no letters of a word.
constexpr Range kMarks[] = {
    {0x80, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},     {0x2000, 0x206F},
    {0x3000, 0x303F}, {0xFE30, 0xFE4F}, {0xFF01, 0xFF0F}, {0xFF1A, 0xFF20},
    {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFE0, 0xFFEF},
};

struct Sign {
  std::string_view text;
  Token token;
};

// Longer ones first.
constexpr Sign kSigns[] = {
    {"<>", Token::not_equal},     {"!=", Token::not_equal}, {"<=", Token::less_equal},
    {">=", Token::greater_equal}, {"+", Token::plus},       {"-", Token::minus},
    {"*", Token::star},           {"/", Token::slash},      {"^", Token::caret},
    {"&", Token::ampersand},      {"%", Token::percent},    {"=", Token::equal},
    {"<", Token::less},           {">", Token::greater},    {"(", Token::left},
    {")", Token::right},          {",", Token::comma},      {".", Token::dot},
};

// What people write instead, and what they mean.
constexpr std::pair<std::string_view, std::string_view> kHints[] = {
    {"'", "texts stand between straight marks: \"…\""},
    {"“", "texts stand between straight marks: \"…\""},
    {"”", "texts stand between straight marks: \"…\""},
    {"（", "write ( instead of （"},
    {"）", "write ) instead of ）"},
    {"，", "write , instead of ，"},
    {"、", "write , instead of 、"},
    {"；", "arguments are separated by a comma: ,"},
    {";", "arguments are separated by a comma: ,"},
    {"＝", "write = instead of ＝"},
    {"＞", "write > instead of ＞"},
    {"＜", "write < instead of ＜"},
    {"≠", "write <> instead of ≠"},
    {"≤", "write <= instead of ≤"},
    {"≥", "write >= instead of ≥"},
    {"×", "write * instead of ×"},
    {"÷", "write / instead of ÷"},
    {"!", "write NOT instead of !"},
    {"|", "write OR instead of |, and & to join texts"},
    {"$", "after $ comes user, now or today"},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool equals_upper(std::string_view text, std::string_view upper) {
  if (text.size() != upper.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 32) : text[i];
    if (c != upper[i]) return false;
  }
  return true;
}

Token token_of_word(std::string_view word) {
  constexpr std::pair<std::string_view, Token> kWords[] = {
      {"AND", Token::and_},   {"OR", Token::or_},       {"NOT", Token::not_},
      {"TRUE", Token::true_}, {"FALSE", Token::false_}, {"NULL", Token::null_},
  };
  for (const auto& [text, token] : kWords) {
    if (equals_upper(word, text)) return token;
  }
  return Token::word;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Lexeme>> lex() {
    if (const auto bad = first_invalid(text_)) {
      at_ = *bad;
      refuse(*bad, *bad + 1, "the text is not valid UTF-8");
      return Error::invalid(std::move(problems_));
    }
    while (skip_blanks(), at_ < text_.size()) next();
    if (!problems_.empty()) return Error::invalid(std::move(problems_));
    add(Token::end, text_.size());
    return std::move(lexemes_);
  }

 private:
  void next() {
    const char c = text_[at_];
    if (c == '"') return text();
    if (is_digit(c)) return number();
    if (letter_width(at_) > 0) return add(token_of_word(word_at(at_)), word_end(at_));
    if (c == '$' && letter_width(at_ + 1) > 0) return add(Token::context, word_end(at_ + 1));
    for (const Sign& sign : kSigns) {
      if (text_.substr(at_).starts_with(sign.text)) return add(sign.token, at_ + sign.text.size());
    }
    unknown();
  }

  void unknown() {
    const std::size_t end = at_ + width_at(text_, at_);
    const std::string_view given = text_.substr(at_, end - at_);
    for (const auto& [sign, hint] : kHints) {
      if (sign == given) return refuse(at_, end, std::string(hint));
    }
    refuse(at_, end, "\"" + std::string(given) + "\" has no meaning here");
  }

  void text() {
    std::size_t end = at_ + 1;
    while (true) {
      end = text_.find('"', end);
      if (end == std::string_view::npos) {
        return refuse(at_, text_.size(), "the text has no closing \"");
      }
      if (end + 1 >= text_.size() || text_[end + 1] != '"') break;
      end += 2;
    }
    add(Token::text, end + 1);
  }

  void number() {
    std::size_t end = at_;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    if (end < text_.size() && text_[end] == '.') {
      ++end;
      while (end < text_.size() && is_digit(text_[end])) ++end;
    }
    if (end < text_.size() && (letter_width(end) > 0)) {
      return refuse(at_, word_end(end), "a number cannot be followed by letters");
    }
    if (text_[end - 1] == '.') return refuse(at_, end, "digits must follow the point");
    if (!Decimal::parse(text_.substr(at_, end - at_))) {
      return refuse(at_, end, "a number has at most 34 digits");
    }
    add(Token::number, end);
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (rest.starts_with("/*")) {
        const std::size_t close = text_.find("*/", at_ + 2);
        if (close == std::string_view::npos) {
          return refuse(at_, text_.size(), "the comment has no closing */");
        }
        at_ = close + 2;
      } else if (std::string_view(" \t\r\n").find(rest.front()) != std::string_view::npos) {
        ++at_;
      } else if (rest.starts_with("\u00a0")) {
        at_ += 2;
      } else if (rest.starts_with("\u3000")) {
        at_ += 3;
      } else {
        return;
      }
    }
  }

  // The bytes of the letter here, 0 where there is none.
  std::size_t letter_width(std::size_t at) const {
    if (at >= text_.size()) return 0;
    const auto c = static_cast<unsigned char>(text_[at]);
    if (c < 0x80) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ? 1 : 0;
    }
    const char32_t point = code_point_at(text_, at);
    for (const Range& range : kMarks) {
      if (point >= range.first && point <= range.last) return 0;
    }
    return width_at(text_, at);
  }

  std::size_t word_end(std::size_t at) const {
    while (at < text_.size()) {
      const std::size_t width = is_digit(text_[at]) ? 1 : letter_width(at);
      if (width == 0) break;
      at += width;
    }
    return at;
  }

  std::string_view word_at(std::size_t at) const { return text_.substr(at, word_end(at) - at); }

  Span to(std::size_t end) const {
    return {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)};
  }

  void add(Token token, std::size_t end) {
    lexemes_.push_back({token, to(end)});
    at_ = end;
  }

  void refuse(std::size_t begin, std::size_t end, std::string message) {
    at_ = begin;
    problems_.push_back(problem_at(to(end), "formula.syntax", std::move(message)));
    at_ = end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Lexeme> lexemes_;
  std::vector<Problem> problems_;
};

}  // namespace

std::string text_of(Span span) {
  return std::to_string(span.begin) + "-" + std::to_string(span.end);
}

Problem problem_at(Span span, std::string rule, std::string message) {
  return {text_of(span), std::move(rule), std::move(message)};
}

Result<std::vector<Lexeme>> lex(std::string_view text) { return Lexer(text).lex(); }

std::string unquoted(std::string_view literal) {
  std::string text;
  for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
    text += literal[i];
    if (literal[i] == '"') ++i;
  }
  return text;
}

}  // namespace tenon::formula
