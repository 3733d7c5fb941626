// A text for people, in one or several languages.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tenon::metadata {

struct Label {
  // By locale in the order of the file; one text without a locale has the key "".
  std::vector<std::pair<std::string, std::string>> texts;

  bool empty() const { return texts.empty(); }
  friend bool operator==(const Label&, const Label&) = default;
};

// The text in this locale, else in the same language, else the one without a locale, else the
// English one, else the first; "" where the label is empty.
const std::string& text_in(const Label& label, std::string_view locale);

}  // namespace tenon::metadata
