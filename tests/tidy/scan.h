// C++ and TypeScript cut into tokens, as far as tidy needs: names, texts and signs, no comments.
//
// It knows raw strings, template strings with code inside, and guesses regular expressions; it is
// no parser. A text that does not end on its line (an apostrophe in JSX) is taken as a sign.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tenon::tidy {

struct Token {
  enum class Kind { name, text, number, sign };
  Kind kind;
  std::string_view text;  // Of a text: what is between the quotes, as written.
  int line;
};

enum class Language { cpp, typescript };

// The tokens borrow from the source.
std::vector<Token> scan(std::string_view source, Language language);

struct Include {
  std::string path;
  bool quoted;
  int line;
};
std::vector<Include> includes_of(std::string_view source);

// "CloseValue", "closeValue", "kCloseValue", "close_value_" and "Close value" are all
// "close_value".
std::string as_snake_case(std::string_view name);

}  // namespace tenon::tidy
