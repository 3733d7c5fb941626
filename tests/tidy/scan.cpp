#include "tests/tidy/scan.h"

#include <cctype>

#include "tests/tidy/tree.h"

namespace tenon::tidy {
namespace {

bool starts_name(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}
bool goes_on(char c) { return starts_name(c) || std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

class Scanner {
 public:
  Scanner(std::string_view source, Language language) : source_(source), language_(language) {}

  std::vector<Token> run() {
    while (at_ < source_.size()) step();
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  void add(Token::Kind kind, std::size_t begin, std::size_t end) {
    tokens_.push_back({kind, source_.substr(begin, end - begin), line_});
  }

  void go_to(std::size_t end) {
    for (; at_ < end && at_ < source_.size(); ++at_) line_ += source_[at_] == '\n' ? 1 : 0;
  }

  void step() {
    const char c = peek();
    if (c == '\n' || std::isspace(static_cast<unsigned char>(c)) != 0) return go_to(at_ + 1);
    if (c == '/' && peek(1) == '/') return go_to(source_.find('\n', at_));
    if (c == '/' && peek(1) == '*') return comment();
    if (starts_name(c)) return name();
    if (is_digit(c)) return number();
    if (c == '"' || c == '\'') return text(c);
    if (c == '`' && language_ == Language::typescript) return open_template();
    if (c == '/' && language_ == Language::typescript && expects_value()) return expression();
    if (c == '{') ++depth_;
    if (c == '}' && close_brace()) return;
    add(Token::Kind::sign, at_, at_ + 1);
    go_to(at_ + 1);
  }

  void comment() {
    const auto end = source_.find("*/", at_ + 2);
    go_to(end == std::string_view::npos ? source_.size() : end + 2);
  }

  void name() {
    auto end = at_;
    while (end < source_.size() && goes_on(source_[end])) ++end;
    const auto word = source_.substr(at_, end - at_);
    const bool opens_raw = end < source_.size() && source_[end] == '"' && word.ends_with('R');
    if (language_ == Language::cpp && opens_raw && word.size() <= 3) {
      go_to(end);
      return raw_text();
    }
    add(Token::Kind::name, at_, end);
    go_to(end);
  }

  void number() {
    auto end = at_;
    while (end < source_.size() &&
           (goes_on(source_[end]) || source_[end] == '.' || source_[end] == '\'')) {
      ++end;
    }
    add(Token::Kind::number, at_, end);
    go_to(end);
  }

  void raw_text() {
    const auto open = source_.find('(', at_);
    if (open == std::string_view::npos) return go_to(at_ + 1);
    const auto close = ")" + std::string(source_.substr(at_ + 1, open - at_ - 1)) + "\"";
    auto end = source_.find(close, open);
    if (end == std::string_view::npos) end = source_.size();
    add(Token::Kind::text, open + 1, end);
    go_to(end + close.size());
  }

  void text(char quote) {
    auto end = at_ + 1;
    while (end < source_.size() && source_[end] != quote && source_[end] != '\n') {
      end += source_[end] == '\\' ? 2 : 1;
    }
    if (end >= source_.size() || source_[end] != quote) {
      add(Token::Kind::sign, at_, at_ + 1);
      return go_to(at_ + 1);
    }
    add(Token::Kind::text, at_ + 1, end);
    go_to(end + 1);
  }

  void open_template() {
    go_to(at_ + 1);
    template_part();
  }

  // From behind ` or } to the next ${ or `.
  void template_part() {
    auto end = at_;
    while (end < source_.size() && source_[end] != '`') {
      if (source_[end] == '$' && end + 1 < source_.size() && source_[end + 1] == '{') {
        add(Token::Kind::text, at_, end);
        templates_.push_back(depth_);
        return go_to(end + 2);
      }
      end += source_[end] == '\\' ? 2 : 1;
    }
    add(Token::Kind::text, at_, std::min(end, source_.size()));
    go_to(end + 1);
  }

  // True where the brace was that of a template string's ${ }.
  bool close_brace() {
    if (!templates_.empty() && templates_.back() == depth_) {
      templates_.pop_back();
      go_to(at_ + 1);
      template_part();
      return true;
    }
    --depth_;
    return false;
  }

  bool expects_value() const {
    if (tokens_.empty()) return true;
    const auto& last = tokens_.back();
    if (last.kind == Token::Kind::name) return last.text == "return";
    return last.kind == Token::Kind::sign &&
           std::string_view("(=,:[!&|?{;").find(last.text) != std::string_view::npos;
  }

  void expression() {
    bool in_class = false;
    auto end = at_ + 1;
    for (; end < source_.size() && source_[end] != '\n'; ++end) {
      if (source_[end] == '\\') {
        ++end;
      } else if (source_[end] == '[') {
        in_class = true;
      } else if (source_[end] == ']') {
        in_class = false;
      } else if (source_[end] == '/' && !in_class) {
        break;
      }
    }
    go_to(end + 1);
  }

  std::string_view source_;
  Language language_;
  std::size_t at_ = 0;
  int line_ = 1;
  int depth_ = 0;
  std::vector<int> templates_;  // The depth at which each open ${ began.
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> scan(std::string_view source, Language language) {
  return Scanner(source, language).run();
}

std::vector<Include> includes_of(std::string_view source) {
  std::vector<Include> includes;
  int line = 0;
  for (auto text : lines_of(source)) {
    ++line;
    constexpr std::string_view kStart = "#include ";
    if (!text.starts_with(kStart)) continue;
    text.remove_prefix(kStart.size());
    const auto end = text.find_first_of("\">", 1);
    if (end == std::string_view::npos) continue;
    includes.push_back({std::string(text.substr(1, end - 1)), text.front() == '"', line});
  }
  return includes;
}

std::string as_snake_case(std::string_view name) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (name.size() > 1 && name[0] == 'k' && is_upper(name[1])) name.remove_prefix(1);
  while (name.ends_with('_')) name.remove_suffix(1);
  std::string snake;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (is_upper(c) && i > 0 && !is_upper(name[i - 1]) && goes_on(name[i - 1]) &&
        name[i - 1] != '_') {
      snake += '_';
    }
    snake += c == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return snake;
}

}  // namespace tenon::tidy
