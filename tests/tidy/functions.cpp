// The length of C++ functions, found by their braces: enough for code that clang-format has laid.
#include <algorithm>
#include <array>

#include "tests/tidy/finding.h"
#include "tests/tidy/scan.h"

namespace tenon::tidy {
namespace {

constexpr int kLinesMax = 60;

using Tokens = std::vector<Token>;

class Reader {
 public:
  Reader(const File& file, Findings& findings)
      : file_(file), findings_(findings), tokens_(scan(file.text, Language::cpp)) {}

  void check() {
    int parentheses = 0;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (is(i, "#")) {
        i = end_of_directive(i);
      } else if (is(i, "(")) {
        ++parentheses;
      } else if (is(i, ")")) {
        --parentheses;
      } else if (is(i, "}") || (is(i, ";") && parentheses == 0)) {
        start_ = i + 1;
      } else if (is(i, "{")) {
        i = open(i, parentheses > 0);
      }
    }
  }

 private:
  bool is(std::size_t i, std::string_view text) const {
    return tokens_[i].kind != Token::Kind::text && tokens_[i].text == text;
  }

  bool statement_has(std::size_t end, std::string_view text) const {
    for (auto i = start_; i < end; ++i) {
      if (is(i, text)) return true;
    }
    return false;
  }

  std::size_t end_of_directive(std::size_t i) {
    auto line = tokens_[i].line;
    while (i + 1 < tokens_.size() && tokens_[i + 1].line == line) {
      ++i;
      if (is(i, "\\")) ++line;
    }
    start_ = i + 1;
    return i;
  }

  std::size_t closing(std::size_t open) const {
    int depth = 0;
    for (auto i = open; i < tokens_.size(); ++i) {
      if (is(i, "{")) ++depth;
      if (is(i, "}") && --depth == 0) return i;
    }
    return tokens_.size() - 1;
  }

  // Enters a namespace or a type; passes over anything else, and measures it if it is a function.
  std::size_t open(std::size_t brace, bool in_parentheses) {
    if (!in_parentheses && is_scope(brace)) {
      start_ = brace + 1;
      return brace;
    }
    const auto end = closing(brace);
    if (in_parentheses || !is_function(brace)) return end;
    const auto lines = tokens_[end].line - tokens_[brace].line + 1;
    if (lines > kLinesMax && !statement_has(brace, "TEST_CASE")) {
      findings_.push_back(
          {"function", file_.path, tokens_[brace].line,
           std::to_string(lines) + " lines; a function has at most " + std::to_string(kLinesMax)});
    }
    start_ = end + 1;
    return end;
  }

  bool is_scope(std::size_t brace) const {
    if (statement_has(brace, "namespace")) return true;
    if (statement_has(brace, "enum") || statement_has(brace, "(")) return false;
    return statement_has(brace, "class") || statement_has(brace, "struct") ||
           statement_has(brace, "union") || is_extern(brace);
  }

  bool is_extern(std::size_t brace) const { return brace - start_ == 2 && is(start_, "extern"); }

  bool is_function(std::size_t brace) const {
    if (brace == start_ || !statement_has(brace, "(")) return false;
    static constexpr std::array<std::string_view, 6> kBefore{")",        "const", "noexcept",
                                                             "override", "final", "mutable"};
    const auto before = tokens_[brace - 1].text;
    if (std::find(kBefore.begin(), kBefore.end(), before) != kBefore.end()) return true;
    // A member's initial value in braces is passed over; the body comes behind it.
    return before == "}" || has_return_type(brace);
  }

  bool has_return_type(std::size_t brace) const {
    for (auto i = start_; i + 1 < brace; ++i) {
      if (is(i, "-") && is(i + 1, ">")) return true;
    }
    return false;
  }

  const File& file_;
  Findings& findings_;
  Tokens tokens_;
  std::size_t start_ = 0;  // Of the statement under way.
};

}  // namespace

void check_functions(const Tree& tree, Findings& findings) {
  for (const auto& file : tree.files) {
    if (is_cpp(file.path)) Reader(file, findings).check();
  }
}

}  // namespace tenon::tidy
