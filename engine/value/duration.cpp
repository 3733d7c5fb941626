#include "engine/value/duration.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tenon {
namespace {

constexpr std::int64_t kMinuteSeconds = 60;
constexpr std::int64_t kHourSeconds = 60 * kMinuteSeconds;
constexpr std::int64_t kWeekSeconds = 7 * kDaySeconds;
constexpr int kDigitsMax = 12;
constexpr int kFractionDigitsMax = 6;

Error refused(std::string message) { return Error::invalid("", "duration", std::move(message)); }

Error not_a_duration() {
  return refused(
      "must be a duration such as \"PT1H30M\" or \"P2D\": whole weeks, days, hours, "
      "minutes and seconds");
}

Error too_long() { return refused("may be ten thousand years at most"); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes a whole number off the front; nothing where there is none or too many digits.
std::optional<std::int64_t> take_whole(std::string_view& rest) {
  std::int64_t number = 0;
  int digits = 0;
  for (; !rest.empty() && is_digit(rest.front()); rest.remove_prefix(1)) {
    if (++digits > kDigitsMax) return std::nullopt;
    number = number * 10 + (rest.front() - '0');
  }
  return digits == 0 ? std::nullopt : std::optional(number);
}

bool take_minus(std::string_view& text) {
  for (const std::string_view sign : {std::string_view("-"), std::string_view("\u2212")}) {
    if (!text.starts_with(sign)) continue;
    text.remove_prefix(sign.size());
    return true;
  }
  return false;
}

struct IsoUnit {
  char letter;
  bool of_time;
  std::int64_t seconds;
};
constexpr std::array<IsoUnit, 5> kIsoUnits{{{'W', false, kWeekSeconds},
                                            {'D', false, kDaySeconds},
                                            {'H', true, kHourSeconds},
                                            {'M', true, kMinuteSeconds},
                                            {'S', true, 1}}};

// What stands behind "P".
Result<std::int64_t> parse_parts(std::string_view rest) {
  if (rest.empty() || rest.back() == 'T') return not_a_duration();
  std::int64_t sum = 0;
  bool of_time = false;
  for (std::size_t next = 0; !rest.empty();) {
    if (!of_time && rest.front() == 'T') {
      of_time = true;
      rest.remove_prefix(1);
    }
    const auto number = take_whole(rest);
    if (!number || rest.empty()) return not_a_duration();
    if (rest.front() == 'Y' || (rest.front() == 'M' && !of_time)) {
      return refused("a month or a year has no length of its own: write days, such as \"P30D\"");
    }
    while (next < kIsoUnits.size() &&
           (kIsoUnits[next].letter != rest.front() || kIsoUnits[next].of_time != of_time)) {
      ++next;
    }
    if (next == kIsoUnits.size()) return not_a_duration();
    if (*number > kDurationSecondsMax / kIsoUnits[next].seconds) return too_long();
    sum += *number * kIsoUnits[next].seconds;
    ++next;
    rest.remove_prefix(1);
  }
  if (sum > kDurationSecondsMax) return too_long();
  return sum;
}

struct SpokenUnit {
  std::string_view name;
  std::int64_t seconds;
};
// Longer names before those they begin with.
constexpr SpokenUnit kSpokenUnits[] = {
    {"weeks", kWeekSeconds},
    {"week", kWeekSeconds},
    {"w", kWeekSeconds},
    {"days", kDaySeconds},
    {"day", kDaySeconds},
    {"d", kDaySeconds},
    {"hours", kHourSeconds},
    {"hour", kHourSeconds},
    {"hrs", kHourSeconds},
    {"hr", kHourSeconds},
    {"h", kHourSeconds},
    {"minutes", kMinuteSeconds},
    {"minute", kMinuteSeconds},
    {"mins", kMinuteSeconds},
    {"min", kMinuteSeconds},
    {"m", kMinuteSeconds},
    {"seconds", 1},
    {"second", 1},
    {"secs", 1},
    {"sec", 1},
    {"s", 1},
    {"星期", kWeekSeconds},
    {"周", kWeekSeconds},
    {"天", kDaySeconds},
    {"日", kDaySeconds},
    {"小时", kHourSeconds},
    {"时", kHourSeconds},
    {"分钟", kMinuteSeconds},
    {"分", kMinuteSeconds},
    {"秒", 1},
};

const SpokenUnit* take_unit(std::string_view& rest) {
  for (const SpokenUnit& unit : kSpokenUnits) {
    if (!rest.starts_with(unit.name)) continue;
    const auto behind = rest.substr(unit.name.size());
    const bool goes_on = !behind.empty() && behind.front() >= 'a' && behind.front() <= 'z';
    if (goes_on) continue;  // "mx" is no "m".
    rest = behind;
    return &unit;
  }
  return nullptr;
}

// "1.5h": so many seconds, half of one rounded up.
std::optional<std::int64_t> take_spoken_part(std::string_view& rest, char point, bool is_first) {
  auto number = take_whole(rest);
  if (!number) return std::nullopt;
  std::int64_t divisor = 1;
  if (!rest.empty() && rest.front() == point) {
    rest.remove_prefix(1);
    int digits = 0;
    for (; !rest.empty() && is_digit(rest.front()); rest.remove_prefix(1), ++digits) {
      if (digits == kFractionDigitsMax) return std::nullopt;
      *number = *number * 10 + (rest.front() - '0');
      divisor *= 10;
    }
    if (digits == 0) return std::nullopt;
  }
  const bool alone = is_first && rest.empty();
  const SpokenUnit* unit = alone ? nullptr : take_unit(rest);
  if (!alone && unit == nullptr) return std::nullopt;
  const std::int64_t size = alone ? kMinuteSeconds : unit->seconds;
  if (*number / divisor > kDurationSecondsMax / size) return std::nullopt;
  const std::int64_t whole = *number / divisor * size;
  return whole + (*number % divisor * size * 2 + divisor) / (divisor * 2);
}

// "1:30" are hours and minutes, "1:30:15" seconds too.
std::optional<std::int64_t> clock_seconds(std::string_view text) {
  const auto hours = take_whole(text);
  if (!hours || *hours > kDurationSecondsMax / kHourSeconds) return std::nullopt;
  std::int64_t sum = *hours * kHourSeconds;
  for (const std::int64_t size : {kMinuteSeconds, std::int64_t{1}}) {
    if (text.empty() && size == 1) break;
    const bool two =
        text.size() >= 3 && text[0] == ':' && text[1] >= '0' && text[1] <= '5' && is_digit(text[2]);
    if (!two) return std::nullopt;
    sum += ((text[1] - '0') * 10 + (text[2] - '0')) * size;
    text.remove_prefix(3);
  }
  return text.empty() ? std::optional(sum) : std::nullopt;
}

// Without blanks, small letters, ":" as the keyboard has it.
std::string plain(std::string_view text) {
  constexpr std::string_view kBlanks[] = {" ", "\t", "\u00A0", "\u202F", "\u3000"};
  constexpr std::string_view kWideColon = "：";
  std::string result;
  while (!text.empty()) {
    const auto blank = std::find_if(std::begin(kBlanks), std::end(kBlanks),
                                    [&](std::string_view each) { return text.starts_with(each); });
    if (blank != std::end(kBlanks)) {
      text.remove_prefix(blank->size());
    } else if (text.starts_with(kWideColon)) {
      result += ':';
      text.remove_prefix(kWideColon.size());
    } else {
      const char c = text.front();
      result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      text.remove_prefix(1);
    }
  }
  return result;
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return result;
}

}  // namespace

Result<std::int64_t> parse_duration(std::string_view text) {
  const bool negative = take_minus(text);
  if (!text.starts_with('P')) return not_a_duration();
  TENON_TRY(const std::int64_t seconds, parse_parts(text.substr(1)));
  return negative ? -seconds : seconds;
}

Result<std::int64_t> parse_spoken_duration(std::string_view text, char point) {
  const std::string written = plain(text);
  std::string_view rest = written;
  const bool negative = take_minus(rest);
  if (rest.starts_with('p')) return parse_duration((negative ? "-" : "") + upper(rest));
  const auto signed_of = [&](std::int64_t seconds) { return negative ? -seconds : seconds; };
  if (const auto clock = clock_seconds(rest)) return signed_of(*clock);
  const auto refusal = [] {
    return refused("must be a duration such as \"1:30\", \"1h 30m\" or \"PT1H30M\"");
  };
  std::int64_t sum = 0;
  if (rest.empty()) return refusal();
  for (bool is_first = true; !rest.empty(); is_first = false) {
    const auto seconds = take_spoken_part(rest, point, is_first);
    if (!seconds) return refusal();
    sum += *seconds;
    if (sum > kDurationSecondsMax) return too_long();
  }
  return signed_of(sum);
}

std::string duration_text(std::int64_t seconds) {
  if (seconds == 0) return "PT0S";
  const std::int64_t size = seconds < 0 ? -seconds : seconds;
  std::string text = seconds < 0 ? "-P" : "P";
  const auto part = [&](std::int64_t count, char letter) {
    if (count > 0) text += std::to_string(count) + letter;
  };
  part(size / kDaySeconds, 'D');
  if (size % kDaySeconds > 0) text += 'T';
  part(size % kDaySeconds / kHourSeconds, 'H');
  part(size % kHourSeconds / kMinuteSeconds, 'M');
  part(size % kMinuteSeconds, 'S');
  return text;
}

}  // namespace tenon
