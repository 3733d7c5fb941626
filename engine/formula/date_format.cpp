#include "engine/formula/date_format.h"

#include <algorithm>

namespace tenon::formula {
namespace {

using What = DatePiece::What;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<DateFormat> read() {
    while (!rest_.empty()) {
      if (!step()) return std::nullopt;
    }
    name_minutes();
    for (const DatePiece& piece : format_.pieces) {
      const bool day = piece.what >= What::year && piece.what <= What::day;
      format_.has_day = format_.has_day || day;
      format_.has_clock = format_.has_clock || piece.what >= What::hour;
      format_.halves = format_.halves || piece.what == What::half;
    }
    if (!format_.has_day && !format_.has_clock) return std::nullopt;
    return std::move(format_);
  }

 private:
  bool step() {
    if (rest_.front() == '"') return quoted();
    if (is_half()) {
      format_.pieces.push_back({What::half, "", 1});
      rest_.remove_prefix(5);
      return true;
    }
    if (is_letter(rest_.front())) return letters();
    if (std::string_view("0#?@*_;[]\\").find(rest_.front()) != std::string_view::npos) return false;
    add_text(rest_.substr(0, 1));
    rest_.remove_prefix(1);
    return true;
  }

  bool quoted() {
    const std::size_t end = rest_.find('"', 1);
    if (end == std::string_view::npos) return false;
    add_text(rest_.substr(1, end - 1));
    rest_.remove_prefix(end + 1);
    return true;
  }

  bool is_half() const {
    constexpr std::string_view kHalf = "am/pm";
    return rest_.size() >= kHalf.size() && std::equal(kHalf.begin(), kHalf.end(), rest_.begin(),
                                                      [](char a, char b) { return a == lower(b); });
  }

  bool letters() {
    const char letter = lower(rest_.front());
    int width = 0;
    while (!rest_.empty() && lower(rest_.front()) == letter) {
      rest_.remove_prefix(1);
      ++width;
    }
    if (letter == 'y') return add(What::year, width, width == 2 || width == 4);
    if (letter == 'm') return add(What::month, width, width <= 2);
    if (letter == 'd') return add(What::day, width, width <= 2);
    if (letter == 'h') return add(What::hour, width, width <= 2);
    return add(What::second, width, letter == 's' && width <= 2);
  }

  bool add(What what, int width, bool known) {
    if (known) format_.pieces.push_back({what, "", width});
    return known;
  }

  void add_text(std::string_view text) {
    auto& pieces = format_.pieces;
    if (pieces.empty() || pieces.back().what != What::text) pieces.push_back({What::text, "", 0});
    pieces.back().text += text;
  }

  // An m behind an hour or before a second means minutes; text between them does not count.
  void name_minutes() {
    DatePiece* before = nullptr;
    for (DatePiece& piece : format_.pieces) {
      if (piece.what == What::text) continue;
      if (before != nullptr) {
        if (piece.what == What::month && before->what == What::hour) piece.what = What::minute;
        if (piece.what == What::second && before->what == What::month) before->what = What::minute;
      }
      before = &piece;
    }
  }

  std::string_view rest_;
  DateFormat format_;
};

std::string padded(int value, int width) {
  std::string text = std::to_string(value);
  if (text.size() < static_cast<std::size_t>(width)) {
    text.insert(0, static_cast<std::size_t>(width) - text.size(), '0');
  }
  return text;
}

}  // namespace

std::optional<DateFormat> parse_date_format(std::string_view text) { return Reader(text).read(); }

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
