// A JSON file as tidy needs it: names and texts, no numbers. Independent of engine/json, so that
// tidy runs while the engine does not compile.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenon::tidy {

struct Json {
  enum class Kind { other, text, array, object };
  Kind kind = Kind::other;
  std::string text;
  std::vector<std::pair<std::string, Json>> members;  // Of an array: with empty names.

  const Json* member(std::string_view name) const;
  std::string_view text_of(std::string_view name) const;  // "" where it is no text
};

// What is malformed ends the reading; whether a file is valid is another test's concern.
Json parse_json(std::string_view text);

}  // namespace tenon::tidy
