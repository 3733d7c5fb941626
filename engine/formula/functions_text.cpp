#include <algorithm>

#include "engine/base/limits.h"
#include "engine/formula/code_points.h"
#include "engine/formula/functions.h"
#include "engine/formula/number_format.h"
#include "engine/text/letters.h"

namespace tenon::formula {
namespace {

Value text(std::string_view text) { return Value{std::string(text)}; }
Value text(std::string text) { return Value{std::move(text)}; }

Error too_long() {
  return too_much("a text has at most " + std::to_string(limits::kTextBytesMax) + " bytes");
}

Result<Value> length(Arguments arguments) {
  return Value{Decimal::of(count_code_points(text_at(arguments, 0)))};
}

Result<Value> left(Arguments arguments) {
  const std::int64_t count = whole_at(arguments, 1, 1);
  if (count < 0) return bad_argument("LEFT needs a count of at least 0");
  const std::string_view given = text_at(arguments, 0);
  return text(given.substr(0, offset_of(given, count)));
}

Result<Value> right(Arguments arguments) {
  const std::int64_t count = whole_at(arguments, 1, 1);
  if (count < 0) return bad_argument("RIGHT needs a count of at least 0");
  const std::string_view given = text_at(arguments, 0);
  return text(given.substr(offset_of(given, count_code_points(given) - count)));
}

Result<Value> middle(Arguments arguments) {
  const std::int64_t start = whole_at(arguments, 1);
  const std::int64_t count = whole_at(arguments, 2);
  if (start < 1) return bad_argument("MID needs a start of at least 1");
  if (count < 0) return bad_argument("MID needs a count of at least 0");
  std::string_view rest = text_at(arguments, 0);
  rest.remove_prefix(offset_of(rest, start - 1));
  return text(rest.substr(0, offset_of(rest, count)));
}

Result<Value> place_of(std::string_view part, std::string_view given, std::int64_t start) {
  if (start < 1 || start > count_code_points(given) + 1) {
    return bad_argument("the search must start within the text");
  }
  const std::size_t at = given.find(part, offset_of(given, start - 1));
  if (at == std::string_view::npos) return bad_argument("the part is not in the text");
  return Value{Decimal::of(count_code_points(given.substr(0, at)) + 1)};
}

Result<Value> find(Arguments arguments) {
  return place_of(text_at(arguments, 0), text_at(arguments, 1), whole_at(arguments, 2, 1));
}

Result<Value> search(Arguments arguments) {
  return place_of(text::lower(text_at(arguments, 0)), text::lower(text_at(arguments, 1)),
                  whole_at(arguments, 2, 1));
}

Result<Value> upper(Arguments arguments) { return text(text::upper(text_at(arguments, 0))); }
Result<Value> lower(Arguments arguments) { return text(text::lower(text_at(arguments, 0))); }
Result<Value> proper(Arguments arguments) { return text(text::proper(text_at(arguments, 0))); }

Result<Value> trim(Arguments arguments) {
  std::string kept;
  for (const char c : text_at(arguments, 0)) {
    if (c == ' ' && (kept.empty() || kept.back() == ' ')) continue;
    kept += c;
  }
  if (kept.ends_with(' ')) kept.pop_back();
  return text(std::move(kept));
}

Result<Value> substitute(Arguments arguments) {
  const std::string_view given = text_at(arguments, 0);
  const std::string_view old = text_at(arguments, 1);
  const std::string_view fresh = text_at(arguments, 2);
  const bool only_one = arguments.size() > 3;
  const std::int64_t nth = whole_at(arguments, 3, 1);
  if (nth < 1) return bad_argument("SUBSTITUTE counts occurrences from 1");
  if (old.empty()) return text(given);
  std::string made;
  std::size_t from = 0;
  for (std::int64_t seen = 1;; ++seen) {
    const std::size_t at = given.find(old, from);
    if (at == std::string_view::npos || (only_one && seen > nth)) break;
    made += given.substr(from, at - from);
    made += only_one && seen != nth ? old : fresh;
    from = at + old.size();
    if (made.size() > limits::kTextBytesMax) return too_long();
  }
  return text(made += given.substr(from));
}

Result<Value> replace(Arguments arguments) {
  const std::int64_t start = whole_at(arguments, 1);
  const std::int64_t count = whole_at(arguments, 2);
  if (start < 1) return bad_argument("REPLACE needs a start of at least 1");
  if (count < 0) return bad_argument("REPLACE needs a count of at least 0");
  const std::string_view given = text_at(arguments, 0);
  const std::size_t begin = offset_of(given, start - 1);
  const std::string_view rest = given.substr(begin);
  std::string made(given.substr(0, begin));
  made += text_at(arguments, 3);
  return text(made += rest.substr(offset_of(rest, count)));
}

Result<Value> repeat(Arguments arguments) {
  const std::string_view given = text_at(arguments, 0);
  const std::int64_t count = whole_at(arguments, 1);
  if (count < 0) return bad_argument("REPT needs a count of at least 0");
  if (given.empty()) return text(given);
  if (static_cast<std::size_t>(count) > limits::kTextBytesMax / given.size()) return too_long();
  std::string made;
  made.reserve(given.size() * static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) made += given;
  return text(std::move(made));
}

// The values are texts by now, but for lists, which count as their items.
Result<Value> join(Arguments arguments) {
  const std::string separator = joined_text(*arguments[0]);
  const bool skip_empty = is_true(*arguments[1]);
  std::string made;
  bool first = true;
  const auto add = [&](std::string_view piece) {
    if (piece.empty() && skip_empty) return;
    if (!first) made += separator;
    first = false;
    made += piece;
  };
  for (const Value* value : arguments.subspan(2)) {
    const auto* list = std::get_if<TextList>(value);
    if (list == nullptr) {
      add(joined_text(*value));
    } else {
      for (const std::string& item : list->items) add(item);
    }
    if (made.size() > limits::kTextBytesMax) return too_long();
  }
  return text(std::move(made));
}

Result<Value> contains(Arguments arguments) {
  return Value{text_at(arguments, 0).find(text_at(arguments, 1)) != std::string_view::npos};
}

Result<Value> starts_with(Arguments arguments) {
  return Value{text_at(arguments, 0).starts_with(text_at(arguments, 1))};
}

Result<Value> ends_with(Arguments arguments) {
  return Value{text_at(arguments, 0).ends_with(text_at(arguments, 1))};
}

Result<Value> format(Arguments arguments) {
  const auto format = parse_number_format(text_at(arguments, 1));
  if (!format) return bad_argument("TEXT needs a format such as \"#,##0.00\"");
  TENON_TRY(auto written, format_number(number_at(arguments, 0), *format));
  return text(std::move(written));
}

bool are_groups(std::string_view digits) {
  std::size_t comma = digits.find(',');
  if (comma == 0 || comma > 3) return false;
  for (; comma != std::string_view::npos; comma = digits.find(',')) {
    digits.remove_prefix(comma + 1);
    if (digits.find(',') != 3 && digits.size() != 3) return false;
  }
  return true;
}

// Without a sign of currency, and without commas where they stand every three digits.
std::string without_marks(std::string_view given) {
  constexpr std::string_view kNumberBegins = "0123456789.";
  std::string plain;
  if (given.starts_with('-') || given.starts_with('+')) {
    plain = given.front();
    given.remove_prefix(1);
  }
  for (const std::string_view sign : {"$", "¥", "￥", "€", "£", "₹", "₩"}) {
    const bool marked = given.starts_with(sign) && given.size() > sign.size() &&
                        kNumberBegins.find(given[sign.size()]) != std::string_view::npos;
    if (!marked) continue;
    given.remove_prefix(sign.size());
    break;
  }
  const std::size_t end = std::min(given.find_first_not_of("0123456789,"), given.size());
  const std::string_view whole = given.substr(0, end);
  const bool grouped = whole.find(',') != std::string_view::npos && are_groups(whole);
  for (const char c : whole) {
    if (c != ',' || !grouped) plain += c;
  }
  const std::string_view rest = given.substr(end);
  if (whole.empty() && rest.size() > 1 && rest[0] == '.' && rest[1] >= '0' && rest[1] <= '9') {
    plain += '0';  // ".5"
  }
  return rest == "." && !whole.empty() ? plain : plain += rest;
}

// As accountants write a number below zero: "(5)". What stands inside has no sign.
bool take_parentheses(std::string_view& given) {
  const bool both = given.size() > 2 && given.starts_with('(') && given.ends_with(')');
  if (!both || given[1] == '-' || given[1] == '+') return false;
  given = given.substr(1, given.size() - 2);
  return true;
}

Result<Value> value(Arguments arguments) {
  std::string_view given = text_at(arguments, 0);
  while (given.starts_with(' ')) given.remove_prefix(1);
  while (given.ends_with(' ')) given.remove_suffix(1);
  const bool below_zero = take_parentheses(given);
  const bool percent = given.ends_with('%');
  if (percent) given.remove_suffix(1);
  const auto number = Decimal::parse(without_marks(given));
  if (!number) return bad_argument("VALUE needs a number such as -12.5");
  const Decimal signed_number = below_zero ? number->negated() : *number;
  return value_of(multiply(signed_number, Decimal::of_scaled(1, percent ? 2 : 0)));
}

constexpr Parameter kText[] = {{"text", Takes::text}};
constexpr Parameter kCount[] = {{"text", Takes::text}, {"count", Takes::number, true}};
constexpr Parameter kMid[] = {
    {"text", Takes::text}, {"start", Takes::number}, {"count", Takes::number}};
constexpr Parameter kFind[] = {
    {"part", Takes::text}, {"text", Takes::text}, {"start", Takes::number, true}};
constexpr Parameter kSubstitute[] = {{"text", Takes::text},
                                     {"old", Takes::text},
                                     {"new", Takes::text},
                                     {"nth", Takes::number, true}};
constexpr Parameter kReplace[] = {{"text", Takes::text},
                                  {"start", Takes::number},
                                  {"count", Takes::number},
                                  {"new", Takes::text}};
constexpr Parameter kRepeat[] = {{"text", Takes::text}, {"count", Takes::number}};
constexpr Parameter kValues[] = {{"value", Takes::any}};
constexpr Parameter kJoin[] = {
    {"separator", Takes::text}, {"skip_empty", Takes::boolean}, {"value", Takes::any}};
constexpr Parameter kTwo[] = {{"a", Takes::text}, {"b", Takes::text}};
constexpr Parameter kPart[] = {{"text", Takes::text}, {"part", Takes::text}};
constexpr Parameter kFormat[] = {{"value", Takes::formattable}, {"format", Takes::text}};

constexpr Function from_text(std::string_view name, std::span<const Parameter> parameters,
                             Kind kind, Call call) {
  return {name, parameters, 0, kind, Nulls::text, Op::call, call};
}

constexpr Function kFunctions[] = {
    from_text("LEN", kText, Kind::number, length),
    from_text("LEFT", kCount, Kind::text, left),
    from_text("RIGHT", kCount, Kind::text, right),
    from_text("MID", kMid, Kind::text, middle),
    from_text("FIND", kFind, Kind::number, find),
    from_text("SEARCH", kFind, Kind::number, search),
    from_text("UPPER", kText, Kind::text, upper),
    from_text("LOWER", kText, Kind::text, lower),
    from_text("PROPER", kText, Kind::text, proper),
    from_text("TRIM", kText, Kind::text, trim),
    from_text("SUBSTITUTE", kSubstitute, Kind::text, substitute),
    from_text("REPLACE", kReplace, Kind::text, replace),
    from_text("REPT", kRepeat, Kind::text, repeat),
    {"CONCAT", kValues, 1, Kind::text, Nulls::own, Op::join},
    {"TEXTJOIN", kJoin, 1, Kind::text, Nulls::own, Op::call, join, true},
    {"EXACT", kTwo, 0, Kind::boolean, Nulls::own, Op::equal},
    from_text("CONTAINS", kPart, Kind::boolean, contains),
    from_text("STARTS_WITH", kPart, Kind::boolean, starts_with),
    from_text("ENDS_WITH", kPart, Kind::boolean, ends_with),
    from_text("TEXT", kFormat, Kind::text, format),
    {"VALUE", kText, 0, Kind::number, Nulls::propagate, Op::call, value},
};

}  // namespace

bool is_number_format(std::string_view format) { return parse_number_format(format).has_value(); }

std::span<const Function> text_functions() { return kFunctions; }

}  // namespace tenon::formula
