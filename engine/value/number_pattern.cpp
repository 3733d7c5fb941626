#include "engine/value/number_pattern.h"

#include <algorithm>

namespace tenon {
namespace {

constexpr std::size_t kCounterDigitsMax = 12;

Error malformed(std::string message) { return Error::invalid("", "pattern", std::move(message)); }

std::string padded(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<NumberPattern::Part> NumberPattern::part_of(std::string_view name) {
  if (name == "yyyy") return Part{Part::Kind::year, "", 4};
  if (name == "yy") return Part{Part::Kind::short_year, "", 2};
  if (name == "mm") return Part{Part::Kind::month, "", 2};
  if (name == "dd") return Part{Part::Kind::day, "", 2};
  const bool is_counter = !name.empty() && name.find_first_not_of('0') == std::string_view::npos;
  if (is_counter && name.size() <= kCounterDigitsMax) {
    return Part{Part::Kind::counter, "", name.size()};
  }
  return malformed("there is no part \"{" + std::string(name) +
                   "}\"; there are {yyyy} {yy} {mm} {dd} and a counter of up to 12 zeros: {0000}");
}

Result<NumberPattern> NumberPattern::parse(std::string_view text) {
  NumberPattern pattern;
  std::size_t length = 0;
  int counters = 0;
  while (!text.empty()) {
    const std::size_t brace = std::min(text.find_first_of("{}"), text.size());
    if (brace > 0) {
      pattern.parts_.push_back({Part::Kind::literal, std::string(text.substr(0, brace)), brace});
      length += brace;
      text.remove_prefix(brace);
      continue;
    }
    const std::size_t end = text.find('}');
    if (text.front() == '}' || end == std::string_view::npos) {
      return malformed("a part is written between { and }, as {0000}");
    }
    TENON_TRY(auto part, part_of(text.substr(1, end - 1)));
    const bool is_counter = part.kind == Part::Kind::counter;
    counters += is_counter ? 1 : 0;
    length += is_counter ? kCounterDigitsMax : part.width;
    pattern.parts_.push_back(std::move(part));
    text.remove_prefix(end + 1);
  }
  if (counters != 1) return malformed("must have one counter, as {0000}");
  if (length > kLengthMax) return malformed("would write more than 64 characters");
  return pattern;
}

std::string NumberPattern::digits(const Part& part, Date day) {
  const CivilDate date = civil(day);
  switch (part.kind) {
    case Part::Kind::year: return padded(date.year, part.width);
    case Part::Kind::short_year: return padded(date.year % 100, part.width);
    case Part::Kind::month: return padded(date.month, part.width);
    case Part::Kind::day: return padded(date.day, part.width);
    case Part::Kind::literal:
    case Part::Kind::counter: break;
  }
  return "";
}

std::string NumberPattern::scope(Date day) const {
  std::string scope;
  for (const Part& part : parts_) {
    const std::string written = digits(part, day);
    if (!written.empty()) scope += (scope.empty() ? "" : "-") + written;
  }
  return scope;
}

std::string NumberPattern::text(Date day, std::int64_t counter) const {
  std::string text;
  for (const Part& part : parts_) {
    if (part.kind == Part::Kind::literal) {
      text += part.literal;
    } else if (part.kind == Part::Kind::counter) {
      text += padded(counter, part.width);
    } else {
      text += digits(part, day);
    }
  }
  return text;
}

// Only the counter may be wider than it says: its width is what the others leave.
std::optional<NumberPattern::Read> NumberPattern::read(std::string_view number) const {
  std::size_t least = 0;
  for (const Part& part : parts_) least += part.width;
  if (number.size() < least) return std::nullopt;
  const std::size_t wider = number.size() - least;
  Read found{"", 0};
  for (const Part& part : parts_) {
    const bool is_counter = part.kind == Part::Kind::counter;
    const std::size_t width = part.width + (is_counter ? wider : 0);
    const std::string_view written = number.substr(0, width);
    number.remove_prefix(width);
    if (part.kind == Part::Kind::literal) {
      if (written != part.literal) return std::nullopt;
      continue;
    }
    if (!is_digits(written)) return std::nullopt;
    if (!is_counter) {
      found.scope += (found.scope.empty() ? "" : "-") + std::string(written);
      continue;
    }
    const bool is_padded_further = wider > 0 && written.front() == '0';
    if (is_padded_further || written.size() > kCounterDigitsMax) return std::nullopt;
    found.counter = std::stoll(std::string(written));
  }
  return found;
}

}  // namespace tenon
