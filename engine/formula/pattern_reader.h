// What the readers of formats of dates and of durations share: quoted, escaped and plain text
// between the letters. Room-internal.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "engine/formula/code_points.h"

namespace tenon::formula {

inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
inline bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

// `Piece` has `what` (`What::text` among it), `text` and `width`.
template <class Piece>
class PatternReader {
 protected:
  using What = typename Piece::What;

  explicit PatternReader(std::string_view text) : rest_(text) {}

  bool quoted() {
    const std::size_t end = rest_.find('"', 1);
    if (end == std::string_view::npos) return false;
    add_text(rest_.substr(1, end - 1));
    rest_.remove_prefix(end + 1);
    return true;
  }

  // One character behind a backslash.
  bool escaped() {
    rest_.remove_prefix(1);
    if (rest_.empty()) return false;
    const std::size_t width = width_at(rest_, 0);
    add_text(rest_.substr(0, width));
    rest_.remove_prefix(width);
    return true;
  }

  // One character that stands for itself; not those that mean something to a spreadsheet.
  bool plain(std::string_view refused) {
    if (refused.find(rest_.front()) != std::string_view::npos) return false;
    add_text(rest_.substr(0, 1));
    rest_.remove_prefix(1);
    return true;
  }

  // The letter in front, in lower case, and how often it stands there.
  std::pair<char, int> same_letters() {
    const char letter = lower(rest_.front());
    int width = 0;
    for (; !rest_.empty() && lower(rest_.front()) == letter; ++width) rest_.remove_prefix(1);
    return {letter, width};
  }

  void add_text(std::string_view text) {
    if (pieces_.empty() || pieces_.back().what != What::text) {
      pieces_.push_back({What::text, "", 0});
    }
    pieces_.back().text += text;
  }

  std::string_view rest_;
  std::vector<Piece> pieces_;
};

}  // namespace tenon::formula
