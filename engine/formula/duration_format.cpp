#include "engine/formula/duration_format.h"

#include <algorithm>

#include "engine/formula/pattern_reader.h"
#include "engine/value/duration.h"

namespace tenon::formula {
namespace {

using What = DurationPiece::What;

class Reader : PatternReader<DurationPiece> {
 public:
  explicit Reader(std::string_view text) : PatternReader(text) {}

  std::optional<DurationFormat> read() {
    while (!rest_.empty()) {
      if (!step()) return std::nullopt;
    }
    const auto is_part = [](const DurationPiece& piece) { return piece.what != What::text; };
    const auto in_brackets = [](const DurationPiece& piece) { return piece.elapsed; };
    if (std::none_of(pieces_.begin(), pieces_.end(), is_part)) return std::nullopt;
    if (std::count_if(pieces_.begin(), pieces_.end(), in_brackets) > 1) return std::nullopt;
    return std::move(pieces_);
  }

 private:
  bool step() {
    const char first = rest_.front();
    if (first == '"') return quoted();
    if (first == '\\') return escaped();
    if (first == '[') return bracketed();
    if (is_letter(first)) return letters(false);
    return plain("0#?@*_;]");
  }

  bool bracketed() {
    rest_.remove_prefix(1);
    if (rest_.empty() || !letters(true) || !rest_.starts_with(']')) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool letters(bool elapsed) {
    const auto [letter, width] = same_letters();
    const std::size_t place = std::string_view("dhms").find(letter);
    if (place == std::string_view::npos || width > 2) return false;
    const auto what = static_cast<What>(place + 1);
    if (elapsed && what == What::days) return false;  // Days are whole as they are.
    pieces_.push_back({what, "", width, elapsed});
    return true;
  }
};

std::int64_t count_of(const DurationPiece& piece, std::int64_t size) {
  switch (piece.what) {
    case What::days: return size / kDaySeconds;
    case What::hours: return piece.elapsed ? size / 3600 : size / 3600 % 24;
    case What::minutes: return piece.elapsed ? size / 60 : size / 60 % 60;
    default: return piece.elapsed ? size : size % 60;
  }
}

}  // namespace

std::optional<DurationFormat> parse_duration_format(std::string_view text) {
  return Reader(text).read();
}

std::string format_duration(const DurationFormat& format, std::int64_t seconds) {
  const std::int64_t size = seconds < 0 ? -seconds : seconds;
  std::string made;
  bool is_zero = true;
  for (const DurationPiece& piece : format) {
    if (piece.what == What::text) {
      made += piece.text;
      continue;
    }
    const std::int64_t count = count_of(piece, size);
    is_zero = is_zero && count == 0;
    const std::string digits = std::to_string(count);
    const auto width = static_cast<std::size_t>(piece.width);
    if (digits.size() < width) made.append(width - digits.size(), '0');
    made += digits;
  }
  return seconds < 0 && !is_zero ? "-" + made : made;
}

}  // namespace tenon::formula
