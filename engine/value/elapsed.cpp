#include "engine/value/elapsed.h"

#include <string>

namespace tenon {
namespace {

constexpr std::int64_t kSecondMs = 1'000;
constexpr std::int64_t kMinuteMs = 60 * kSecondMs;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::int64_t kElapsedMsMax = 3'660 * kDayMs;
constexpr int kDigitsMax = 9;

Error not_a_duration(std::string_view text) {
  return Error::invalid("", "duration",
                        "\"" + std::string(text) + "\" is no duration; write \"PT5M\" or \"P1D\"");
}

// Takes "49H" off the front; 0 where there is none. `units` are those that may still come.
struct Part {
  std::int64_t number = 0;
  char unit = 0;
};
Part take_part(std::string_view& rest, std::string_view& units) {
  Part part;
  int digits = 0;
  while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9' && digits < kDigitsMax) {
    part.number = part.number * 10 + (rest.front() - '0');
    rest.remove_prefix(1);
    ++digits;
  }
  if (digits == 0 || rest.empty()) return part;
  const std::size_t place = units.find(rest.front());
  if (place == std::string_view::npos) return part;
  part.unit = rest.front();
  units.remove_prefix(place + 1);
  rest.remove_prefix(1);
  return part;
}

std::int64_t unit_ms(char unit, bool is_time) {
  switch (unit) {
    case 'W': return 7 * kDayMs;
    case 'D': return kDayMs;
    case 'H': return kHourMs;
    case 'M': return is_time ? kMinuteMs : 0;
    default: return kSecondMs;
  }
}

}  // namespace

Result<std::int64_t> parse_elapsed_ms(std::string_view text) {
  std::string_view rest = text;
  if (!rest.starts_with('P') || rest.size() < 2 || rest.back() == 'T') return not_a_duration(text);
  rest.remove_prefix(1);
  std::string_view units = "WD";
  bool is_time = false;
  std::int64_t sum = 0;
  while (!rest.empty()) {
    if (!is_time && rest.front() == 'T') {
      is_time = true;
      units = "HMS";
      rest.remove_prefix(1);
    }
    const Part part = take_part(rest, units);
    if (part.unit == 0) return not_a_duration(text);
    if (part.number > kElapsedMsMax / unit_ms(part.unit, is_time)) return not_a_duration(text);
    sum += part.number * unit_ms(part.unit, is_time);
  }
  if (sum > kElapsedMsMax) return not_a_duration(text);
  return sum;
}

}  // namespace tenon
