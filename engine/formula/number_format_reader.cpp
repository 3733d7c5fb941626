#include <algorithm>
#include <array>

#include "engine/formula/code_points.h"
#include "engine/formula/number_format.h"

namespace tenon::formula {
namespace {

using What = NumberPiece::What;

// In front of a section; a text has none.
constexpr std::array<std::string_view, 8> kColors{"[black]",   "[blue]", "[cyan]",  "[green]",
                                                  "[magenta]", "[red]",  "[white]", "[yellow]"};
constexpr std::string_view kPlain = "$+-():!^&'~{}<>= ";

bool begins(std::string_view text, std::string_view wanted) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return text.size() >= wanted.size() && std::equal(wanted.begin(), wanted.end(), text.begin(),
                                                    [&](char a, char b) { return a == lower(b); });
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<NumberFormat> read() {
    NumberFormat format;
    for (bool more = true; more;) {
      const bool of_texts = format.sections.size() == 3;
      if (format.sections.size() > 3 || !section(of_texts)) return std::nullopt;
      format.sections.push_back(std::move(section_));
      more = !rest_.empty();
      if (more) rest_.remove_prefix(1);
    }
    const NumberSection& first = format.sections.front();
    const bool has_digits = first.whole_places + first.places > 0;
    if (!has_digits && format.sections.size() == 1) return std::nullopt;
    return format;
  }

 private:
  // Up to a semicolon or the end.
  bool section(bool of_texts) {
    section_ = NumberSection();
    commas_ = 0;
    behind_point_ = false;
    for (const std::string_view color : kColors) {
      if (!begins(rest_, color)) continue;
      rest_.remove_prefix(color.size());
      break;
    }
    while (!rest_.empty() && rest_.front() != ';') {
      if (!(of_texts ? step_of_text() : step())) return false;
    }
    section_.shift -= 3 * commas_;
    return is_sound();
  }

  bool is_sound() const {
    constexpr int kMost = Decimal::kScaleMax;
    const NumberSection& made = section_;
    if (behind_point_ && made.places == 0) return false;
    if (std::max({made.whole_places, made.places, made.exponent_digits}) > kMost) return false;
    if (made.shift > kMost || made.shift < -kMost) return false;
    return made.exponent_digits == 0 ||
           (made.whole_places == 1 && made.shift == 0 && !made.grouped);
  }

  bool step() {
    switch (rest_.front()) {
      case '0':
      case '#': return digit();
      case ',': return comma();
      case '.': return point();
      case 'E':
      case 'e': return exponent();
      case '%': section_.shift += 2; return add_text(1);
      default: return literal();
    }
  }

  bool step_of_text() {
    if (rest_.front() != '@') return literal();
    rest_.remove_prefix(1);
    return true;
  }

  // A comma between digits groups them.
  bool digit() {
    const bool always = rest_.front() == '0';
    if (section_.exponent_digits > 0 || (behind_point_ && commas_ > 0)) return false;
    if (behind_point_) {
      ++section_.places;
      if (always) section_.fixed_digits = section_.places;
    } else {
      section_.grouped = section_.grouped || commas_ > 0;
      commas_ = 0;
      ++section_.whole_places;
      if (always || section_.whole_digits > 0) ++section_.whole_digits;
    }
    return add(What::digit, 1);
  }

  bool comma() {
    if (section_.whole_places + section_.places == 0) return false;
    ++commas_;
    rest_.remove_prefix(1);
    return section_.exponent_digits == 0;
  }

  bool point() {
    if (behind_point_ || section_.exponent_digits > 0) return false;
    section_.shift -= 3 * commas_;
    commas_ = 0;
    behind_point_ = true;
    return add(What::point, 1);
  }

  bool exponent() {
    const bool signed_one = rest_.size() > 1 && (rest_[1] == '+' || rest_[1] == '-');
    if (!signed_one || section_.exponent_digits > 0 || section_.whole_places == 0) return false;
    section_.signs_plus = rest_[1] == '+';
    const std::size_t end = std::min(rest_.find_first_not_of('0', 2), rest_.size());
    section_.exponent_digits = static_cast<int>(std::min<std::size_t>(end - 2, 99));
    return section_.exponent_digits > 0 && add(What::exponent, end);
  }

  // "…", a character behind \, a space as wide as the one behind _, or one that stands for itself.
  bool literal() {
    const char front = rest_.front();
    if (front == '"') {
      const std::size_t end = rest_.find('"', 1);
      if (end == std::string_view::npos) return false;
      section_.pieces.push_back({What::text, std::string(rest_.substr(1, end - 1))});
      rest_.remove_prefix(end + 1);
      return true;
    }
    if (front == '\\' || front == '_') {
      rest_.remove_prefix(1);
      if (rest_.empty()) return false;
      const std::size_t width = width_at(rest_, 0);
      if (front == '\\') return add_text(width);
      section_.pieces.push_back({What::text, " "});
      rest_.remove_prefix(width);
      return true;
    }
    const bool plain = (front & 0x80) != 0 || kPlain.find(front) != std::string_view::npos;
    return plain && add_text(width_at(rest_, 0));
  }

  bool add_text(std::size_t width) {
    section_.pieces.push_back({What::text, std::string(rest_.substr(0, width))});
    rest_.remove_prefix(width);
    return true;
  }

  bool add(What what, std::size_t width) {
    section_.pieces.push_back({what, ""});
    rest_.remove_prefix(width);
    return true;
  }

  std::string_view rest_;
  NumberSection section_;
  int commas_ = 0;  // Behind the last digit, so far.
  bool behind_point_ = false;
};

}  // namespace

std::optional<NumberFormat> parse_number_format(std::string_view text) {
  return Reader(text).read();
}

}  // namespace tenon::formula
