// Characters and their numbers, parts of texts, numbers written and read, formats of dates.
#include <algorithm>

#include "engine/formula/code_points.h"
#include "engine/formula/date_format.h"
#include "engine/formula/duration_format.h"
#include "engine/formula/functions.h"
#include "engine/formula/number_format.h"
#include "engine/value/duration.h"

namespace tenon::formula {
namespace {

Value text(std::string_view text) { return Value{std::string(text)}; }

std::string encoded(char32_t c) {
  const auto byte = [](std::uint32_t bits) { return static_cast<char>(bits); };
  const std::uint32_t code = c;
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F))};
  if (code < 0x10000) {
    return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
  }
  return {byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F)),
          byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
}

bool is_control(std::int64_t code) {
  return code < 0x20 && code != '\t' && code != '\n' && code != '\r';
}

Result<Value> character(Arguments arguments) {
  const std::int64_t code = whole_at(arguments, 0);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (is_control(code) || surrogate || code > 0x10FFFF) {
    return bad_argument("no character has this number");
  }
  return text(encoded(static_cast<char32_t>(code)));
}

Result<Value> code(Arguments arguments) {
  const std::string_view given = text_at(arguments, 0);
  if (given.empty()) return bad_argument("an empty text has no first character");
  return Value{Decimal::of(static_cast<std::int64_t>(code_point_at(given, 0)))};
}

Result<Value> clean(Arguments arguments) {
  std::string kept;
  for (const char c : text_at(arguments, 0)) {
    if (static_cast<unsigned char>(c) >= 0x20) kept += c;
  }
  return text(kept);
}

// Full width to half width: letters, digits, marks and the space.
Result<Value> half_width(Arguments arguments) {
  const std::string_view given = text_at(arguments, 0);
  std::string made;
  for (std::size_t at = 0; at < given.size(); at += width_at(given, at)) {
    const char32_t c = code_point_at(given, at);
    if (c >= 0xFF01 && c <= 0xFF5E) {
      made += static_cast<char>(c - 0xFEE0);
    } else if (c == 0x3000) {
      made += ' ';
    } else {
      made += given.substr(at, width_at(given, at));
    }
  }
  return text(made);
}

Result<Value> fixed(Arguments arguments) {
  const auto digits = static_cast<int>(
      std::clamp<std::int64_t>(whole_at(arguments, 1, 2), -68, Decimal::kScaleMax));
  TENON_TRY(const auto near, number_at(arguments, 0).rounded(digits));
  const bool plain = arguments.size() > 2 && is_true(*arguments[2]);
  std::string format = plain ? "0" : "#,##0";
  if (digits > 0) format += "." + std::string(static_cast<std::size_t>(digits), '0');
  TENON_TRY(const auto written, format_number(near, *parse_number_format(format)));
  return text(written);
}

// Where the nth delimiter begins (from the end where negative), not overlapping.
std::optional<std::size_t> place_of(std::string_view given, std::string_view part,
                                    std::int64_t nth) {
  std::size_t at = std::string_view::npos;
  if (nth > 0) {
    for (std::size_t from = 0; nth > 0; --nth, from = at + part.size()) {
      at = given.find(part, from);
      if (at == std::string_view::npos) return std::nullopt;
    }
    return at;
  }
  std::string_view rest = given;
  for (; nth < 0; ++nth, rest = given.substr(0, at)) {
    at = rest.size() < part.size() ? std::string_view::npos : rest.rfind(part);
    if (at == std::string_view::npos) return std::nullopt;
  }
  return at;
}

Result<Value> beside(Arguments arguments, bool before) {
  const std::string_view given = text_at(arguments, 0);
  const std::string_view part = text_at(arguments, 1);
  const std::int64_t nth = whole_at(arguments, 2, 1);
  if (nth == 0) return bad_argument("delimiters are counted from 1, or from -1 at the end");
  if (part.empty()) return text((nth > 0) == before ? std::string_view() : given);
  const auto at = place_of(given, part, nth);
  if (!at) return bad_argument("the delimiter is not in the text");
  return text(before ? given.substr(0, *at) : given.substr(*at + part.size()));
}

Result<Value> text_before(Arguments arguments) { return beside(arguments, true); }
Result<Value> text_after(Arguments arguments) { return beside(arguments, false); }

std::string_view first_of(std::string_view given) {
  return given.empty() ? given : given.substr(0, width_at(given, 0));
}

Result<Value> number_value(Arguments arguments) {
  const auto malformed = [] { return bad_argument("NUMBERVALUE needs a number such as 1.234,5"); };
  const std::string_view point = arguments.size() > 1 ? first_of(text_at(arguments, 1)) : ".";
  const std::string_view group = arguments.size() > 2 ? first_of(text_at(arguments, 2)) : ",";
  std::string_view given = text_at(arguments, 0);
  std::string plain;
  bool behind_point = false;
  int percents = 0;
  for (std::size_t at = 0; at < given.size();) {
    const std::string_view letter = given.substr(at, width_at(given, at));
    at += letter.size();
    if (letter == " ") continue;
    if (letter == "%") {
      ++percents;
      continue;
    }
    if (percents > 0) return malformed();
    if (letter == point) {
      if (behind_point) return malformed();
      behind_point = true;
      plain += plain.empty() || plain == "-" || plain == "+" ? "0." : ".";
    } else if (letter == group) {
      if (behind_point) return malformed();
    } else {
      const bool known = letter.size() == 1 &&
                         std::string_view("+-0123456789eE").find(letter) != std::string_view::npos;
      if (!known) return malformed();
      plain += letter;
    }
  }
  if (plain.ends_with('.')) plain.pop_back();
  if (percents > Decimal::kScaleMax / 2) return malformed();
  const auto number = Decimal::parse(plain);
  if (!number) return malformed();
  return value_of(multiply(*number, Decimal::parse("1e-" + std::to_string(2 * percents)).take()));
}

Result<Value> split(Arguments arguments) {
  std::string_view rest = text_at(arguments, 0);
  const std::string_view part = text_at(arguments, 1);
  if (part.empty()) return bad_argument("TEXTSPLIT needs a delimiter");
  if (rest.empty()) return Value{};
  TextList list;
  for (std::size_t at = rest.find(part); at != std::string_view::npos; at = rest.find(part)) {
    list.items.emplace_back(rest.substr(0, at));
    rest.remove_prefix(at + part.size());
  }
  list.items.emplace_back(rest);
  return Value{std::move(list)};
}

Result<Value> formatted(std::string_view format, Date day, Time clock, Kind kind) {
  if (!is_date_format(format, kind)) {
    return bad_argument("TEXT needs a format such as \"yyyy-mm-dd\" or \"hh:mm\"");
  }
  return text(format_date(*parse_date_format(format), day, clock));
}

Result<Value> text_of_day(Arguments arguments) {
  return formatted(text_at(arguments, 1), date_at(arguments, 0), Time{0}, Kind::date);
}

Result<Value> text_of_clock(Arguments arguments) {
  return formatted(text_at(arguments, 1), Date{0}, std::get<Time>(*arguments[0]), Kind::time);
}

Result<Value> text_of_moment(Arguments arguments) {
  return formatted(text_at(arguments, 2), date_at(arguments, 0), std::get<Time>(*arguments[1]),
                   Kind::datetime);
}

// Whole seconds, as a field keeps them.
Result<std::int64_t> seconds_of(Arguments arguments) {
  const auto rounded = number_at(arguments, 0).rounded(0);
  const auto whole = rounded ? rounded->whole() : std::nullopt;
  if (!whole || *whole > kDurationSecondsMax || *whole < -kDurationSecondsMax) {
    return out_of_range("the duration is longer than ten thousand years");
  }
  return *whole;
}

Result<Value> text_of_duration(Arguments arguments) {
  const auto format = parse_duration_format(text_at(arguments, 1));
  if (!format) return bad_argument("TEXT needs a format such as \"[h]:mm\" or \"hh:mm:ss\"");
  TENON_TRY(const std::int64_t seconds, seconds_of(arguments));
  return text(format_duration(*format, seconds));
}

Result<Value> iso_of_duration(Arguments arguments) {
  TENON_TRY(const std::int64_t seconds, seconds_of(arguments));
  return text(duration_text(seconds));
}

constexpr Parameter kNumber[] = {{"number", Takes::number}};
constexpr Parameter kText[] = {{"text", Takes::text}};
constexpr Parameter kFixed[] = {{"number", Takes::number},
                                {"digits", Takes::number, true},
                                {"no_commas", Takes::boolean, true}};
constexpr Parameter kBeside[] = {
    {"text", Takes::text}, {"delimiter", Takes::text}, {"instance", Takes::number, true}};
constexpr Parameter kNumberValue[] = {{"text", Takes::text},
                                      {"decimal_separator", Takes::text, true},
                                      {"group_separator", Takes::text, true}};
constexpr Parameter kSplit[] = {{"text", Takes::text}, {"delimiter", Takes::text}};
constexpr Parameter kAny[] = {{"value", Takes::any}};
constexpr Parameter kDay[] = {{"date", Takes::day}, {"format", Takes::text}};
constexpr Parameter kClock[] = {{"time", Takes::clock}, {"format", Takes::text}};
constexpr Parameter kDuration[] = {{"duration", Takes::number}, {"format", Takes::text}};
constexpr Parameter kMoment[] = {
    {"date", Takes::day}, {"time", Takes::clock}, {"format", Takes::text}};

constexpr Function from_text(std::string_view name, std::span<const Parameter> parameters,
                             Kind kind, Call call) {
  return {name, parameters, 0, kind, Nulls::text, Op::call, call};
}

constexpr Function kFunctions[] = {
    {"CHAR", kNumber, 0, Kind::text, Nulls::propagate, Op::call, character},
    {"UNICHAR", kNumber, 0, Kind::text, Nulls::propagate, Op::call, character},
    from_text("CODE", kText, Kind::number, code),
    from_text("UNICODE", kText, Kind::number, code),
    from_text("CLEAN", kText, Kind::text, clean),
    from_text("ASC", kText, Kind::text, half_width),
    {"FIXED", kFixed, 0, Kind::text, Nulls::propagate, Op::call, fixed},
    from_text("TEXTBEFORE", kBeside, Kind::text, text_before),
    from_text("TEXTAFTER", kBeside, Kind::text, text_after),
    {"NUMBERVALUE", kNumberValue, 0, Kind::number, Nulls::propagate, Op::call, number_value},
    {"T", kAny, 0, Kind::text, Nulls::own, Op::first_given},
    {"CONCATENATE", kAny, 1, Kind::text, Nulls::own, Op::join},
    from_text("TEXTSPLIT", kSplit, Kind::text_list, split),
};

constexpr Function kFormats[] = {
    from_text("TEXT of a date", kDay, Kind::text, text_of_day),
    from_text("TEXT of a time", kClock, Kind::text, text_of_clock),
    from_text("TEXT of a moment", kMoment, Kind::text, text_of_moment),
    from_text("TEXT of a duration", kDuration, Kind::text, text_of_duration),
    from_text("a duration as text", kNumber, Kind::text, iso_of_duration),
};

}  // namespace

bool is_date_format(std::string_view format, Kind kind) {
  const auto parsed = parse_date_format(format);
  return parsed && (kind != Kind::date || !parsed->has_clock) &&
         (kind != Kind::time || !parsed->has_day);
}

bool is_duration_format(std::string_view format) {
  return parse_duration_format(format).has_value();
}

std::span<const Function> text_part_functions() { return kFunctions; }
std::span<const Function> format_functions() { return kFormats; }
const Function& duration_as_text() { return kFormats[4]; }

}  // namespace tenon::formula
