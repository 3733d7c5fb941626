#include "engine/formula/date_format.h"

#include <algorithm>

#include "engine/formula/pattern_reader.h"

namespace tenon::formula {
namespace {

using What = DatePiece::What;

class Reader : PatternReader<DatePiece> {
 public:
  explicit Reader(std::string_view text) : PatternReader(text) {}

  std::optional<DateFormat> read() {
    while (!rest_.empty()) {
      if (!step()) return std::nullopt;
    }
    name_minutes();
    DateFormat format;
    for (const DatePiece& piece : pieces_) {
      const bool day = piece.what >= What::year && piece.what <= What::day;
      format.has_day = format.has_day || day;
      format.has_clock = format.has_clock || piece.what >= What::hour;
      format.halves = format.halves || piece.what == What::half;
    }
    if (!format.has_day && !format.has_clock) return std::nullopt;
    format.pieces = std::move(pieces_);
    return format;
  }

 private:
  bool step() {
    if (rest_.front() == '"') return quoted();
    if (rest_.front() == '\\') return escaped();
    if (is_half()) {
      pieces_.push_back({What::half, "", 1});
      rest_.remove_prefix(5);
      return true;
    }
    if (is_letter(rest_.front())) return letters();
    return plain("0#?@*_;[]");
  }

  bool is_half() const {
    constexpr std::string_view kHalf = "am/pm";
    return rest_.size() >= kHalf.size() && std::equal(kHalf.begin(), kHalf.end(), rest_.begin(),
                                                      [](char a, char b) { return a == lower(b); });
  }

  bool letters() {
    const auto [letter, width] = same_letters();
    if (letter == 'y') return add(What::year, width, width == 2 || width == 4);
    if (letter == 'm') return add(What::month, width, width <= 2);
    if (letter == 'd') return add(What::day, width, width <= 2);
    if (letter == 'h') return add(What::hour, width, width <= 2);
    return add(What::second, width, letter == 's' && width <= 2);
  }

  bool add(What what, int width, bool known) {
    if (known) pieces_.push_back({what, "", width});
    return known;
  }

  // An m behind an hour or before a second means minutes; text between them does not count.
  void name_minutes() {
    DatePiece* before = nullptr;
    for (DatePiece& piece : pieces_) {
      if (piece.what == What::text) continue;
      if (before != nullptr) {
        if (piece.what == What::month && before->what == What::hour) piece.what = What::minute;
        if (piece.what == What::second && before->what == What::month) before->what = What::minute;
      }
      before = &piece;
    }
  }
};

// A spreadsheet puts a language in front, "[$-804]", and what becomes of texts behind, ";@".
std::string_view without_frame(std::string_view text) {
  if (text.starts_with("[$-")) {
    const std::size_t end = text.find_first_not_of("0123456789ABCDEFabcdef", 3);
    if (end != std::string_view::npos && text[end] == ']') text.remove_prefix(end + 1);
  }
  if (text.ends_with(";@")) text.remove_suffix(2);
  return text;
}

std::string padded(int value, int width) {
  std::string text = std::to_string(value);
  if (text.size() < static_cast<std::size_t>(width)) {
    text.insert(0, static_cast<std::size_t>(width) - text.size(), '0');
  }
  return text;
}

}  // namespace

std::optional<DateFormat> parse_date_format(std::string_view text) {
  return Reader(without_frame(text)).read();
}

std::string format_date(const DateFormat& format, Date day, Time clock) {
  const CivilDate date = civil(day);
  const int hour = clock.seconds / 3600;
  const auto written = [&](const DatePiece& piece) -> std::string {
    switch (piece.what) {
      case What::text: return piece.text;
      case What::year: return padded(piece.width == 2 ? date.year % 100 : date.year, piece.width);
      case What::month: return padded(date.month, piece.width);
      case What::day: return padded(date.day, piece.width);
      case What::hour: return padded(format.halves ? (hour + 11) % 12 + 1 : hour, piece.width);
      case What::minute: return padded(clock.seconds / 60 % 60, piece.width);
      case What::second: return padded(clock.seconds % 60, piece.width);
      case What::half: return hour < 12 ? "AM" : "PM";
    }
    return "";
  };
  std::string text;
  for (const DatePiece& piece : format.pieces) text += written(piece);
  return text;
}

}  // namespace tenon::formula
