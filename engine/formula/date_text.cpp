#include "engine/formula/date_text.h"

namespace tenon::formula {
namespace {

void skip_spaces(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
}

bool take(std::string_view& text, std::string_view wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(wanted.size());
  return true;
}

// So many digits, no more.
std::optional<int> take_number(std::string_view& text, std::size_t least, std::size_t most) {
  int number = 0;
  std::size_t count = 0;
  for (; count < text.size() && text[count] >= '0' && text[count] <= '9'; ++count) {
    if (count == most) return std::nullopt;
    number = number * 10 + (text[count] - '0');
  }
  if (count < least) return std::nullopt;
  text.remove_prefix(count);
  return number;
}

struct DayMarks {
  std::string_view year;
  std::string_view month;
  std::string_view day;
};

constexpr DayMarks kDayMarks[] = {{"-", "-", ""}, {"/", "/", ""}, {"年", "月", "日"}};

// Up to its end or a space.
std::optional<Date> take_day(std::string_view& text) {
  for (const DayMarks& marks : kDayMarks) {
    std::string_view rest = text;
    const auto year = take_number(rest, 4, 4);
    if (!year || !take(rest, marks.year)) continue;
    const auto month = take_number(rest, 1, 2);
    if (!month || !take(rest, marks.month)) continue;
    const auto day = take_number(rest, 1, 2);
    if (!day || !take(rest, marks.day) || !(rest.empty() || rest.starts_with(' '))) continue;
    const auto date = date_of(*year, *month, *day);
    if (!date) return std::nullopt;
    text = rest;
    return *date;
  }
  return std::nullopt;
}

enum class Half { none, morning, afternoon };

Half take_half(std::string_view& text) {
  if (text.size() < 2 || (text[text.size() - 1] != 'M' && text[text.size() - 1] != 'm')) {
    return Half::none;
  }
  const char letter = text[text.size() - 2];
  const bool morning = letter == 'A' || letter == 'a';
  if (!morning && letter != 'P' && letter != 'p') return Half::none;
  text.remove_suffix(2);
  if (text.ends_with(' ')) text.remove_suffix(1);
  return morning ? Half::morning : Half::afternoon;
}

std::optional<Time> read_clock(std::string_view text) {
  const Half half = take_half(text);
  const auto given = take_number(text, 1, 2);
  if (!given || !take(text, ":")) return std::nullopt;
  const auto minute = take_number(text, 1, 2);
  std::optional<int> second = 0;
  if (take(text, ":")) second = take_number(text, 1, 2);
  if (!minute || !second || !text.empty()) return std::nullopt;
  int hour = *given;
  if (hour > (half == Half::none ? 23 : 12) || *minute > 59 || *second > 59) return std::nullopt;
  if (half != Half::none) hour = hour % 12 + (half == Half::afternoon ? 12 : 0);
  return Time{hour * 3600 + *minute * 60 + *second};
}

}  // namespace

std::optional<WrittenMoment> read_moment(std::string_view text) {
  skip_spaces(text);
  while (text.ends_with(' ')) text.remove_suffix(1);
  WrittenMoment moment;
  moment.day = take_day(text);
  if (moment.day && text.empty()) return moment;
  skip_spaces(text);
  moment.clock = read_clock(text);
  if (!moment.clock) return std::nullopt;
  return moment;
}

}  // namespace tenon::formula
