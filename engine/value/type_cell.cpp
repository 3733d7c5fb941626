#include <algorithm>
#include <array>
#include <span>

#include "engine/value/duration.h"
#include "engine/value/moment_cell.h"
#include "engine/value/money.h"
#include "engine/value/structures.h"

namespace tenon {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

Result<Value> boolean_of(std::string_view cell) {
  constexpr std::array<std::string_view, 6> kYes{"yes", "true", "1", "y", "是", "x"};
  constexpr std::array<std::string_view, 5> kNo{"no", "false", "0", "n", "否"};
  const std::string text = lower(cell);
  if (std::find(kYes.begin(), kYes.end(), text) != kYes.end()) return Value{true};
  if (std::find(kNo.begin(), kNo.end(), text) != kNo.end()) return Value{false};
  return Error::invalid("", "boolean", "must be yes or no");
}

// Takes one of these from the front, or from the back, of the text.
bool take_any(std::string_view& text, std::span<const std::string_view> parts) {
  for (const std::string_view part : parts) {
    if (text.starts_with(part)) return text.remove_prefix(part.size()), true;
    if (text.ends_with(part)) return text.remove_suffix(part.size()), true;
  }
  return false;
}

// What stands around a number: blanks, one sign of currency, a percent sign, a minus or brackets.
struct Surroundings {
  bool negative = false;
  bool percent = false;
};

Surroundings take_surroundings(std::string_view& text) {
  constexpr std::array<std::string_view, 11> kCurrencies{"$", "€",   "£",  "¥",  "￥", "₹",
                                                         "₩", "₽", "元", "円", "฿"};
  constexpr std::array<std::string_view, 5> kBlanks{" ", "\t", "\u00A0", "\u202F", "\u3000"};
  Surroundings found;
  bool currency = false;
  bool sign = false;
  for (bool more = true; more;) {
    more = take_any(text, kBlanks);
    if (!currency && take_any(text, kCurrencies)) currency = more = true;
    if (!found.percent && text.ends_with('%')) {
      text.remove_suffix(1);
      found.percent = more = true;
    }
    if (sign || text.empty()) continue;
    const bool bracketed = text.front() == '(' && text.back() == ')' && text.size() > 1;
    const bool minus = text.front() == '-' || text.starts_with("\u2212");
    if (!bracketed && !minus && text.front() != '+') continue;
    found.negative = bracketed || minus;
    if (bracketed) text.remove_suffix(1);
    text.remove_prefix(text.starts_with("\u2212") ? 3 : 1);
    sign = more = true;
  }
  return found;
}

// The length of a separator of thousands at the front: the other one of "." and ",", a blank, "'".
std::size_t separator_at(std::string_view text, char point) {
  if (text.front() == (point == '.' ? ',' : '.') || text.front() == ' ' || text.front() == '\'') {
    return 1;
  }
  if (text.starts_with("\u00A0") || text.starts_with("\u2019")) {
    return text.starts_with("\u00A0") ? 2 : 3;
  }
  return text.starts_with("\u202F") ? 3 : 0;
}

// Digits with their separators of thousands; a group of other than three digits before the point
// ("12,5" where the point is ".") is no number rather than another one.
Result<Decimal> grouped_number(std::string_view text, char point) {
  const auto malformed = [] { return Error::invalid("", "number", "is not a number"); };
  std::string plain;
  std::size_t group = 0;
  bool grouped = false;
  while (!text.empty() && text.front() != point && text.front() != 'e' && text.front() != 'E') {
    if (const std::size_t separator = separator_at(text, point); separator > 0) {
      if (group == 0 || (grouped && group < 2) || group > 3) return malformed();
      text.remove_prefix(separator);
      grouped = true;
      group = 0;
      continue;
    }
    plain += text.front();
    text.remove_prefix(1);
    ++group;
  }
  if (grouped && group != 3) return malformed();
  if (plain.empty()) {
    if (!text.starts_with(point)) return malformed();
    plain = "0";  // ".5"
  } else if (plain.front() < '0' || plain.front() > '9') {
    return malformed();
  }
  if (text.starts_with(point)) {
    plain += '.';
    text.remove_prefix(1);
  }
  return Decimal::parse(plain.append(text));
}

Result<Value> scaled(Decimal number, const Type& type, const CellFormat& format) {
  if (format.times) {
    TENON_TRY(number, multiply(number, *format.times));
  }
  return coerce(type, Value{std::move(number)});
}

// "$ 1,234.50" → 1234.50; "(12)" is negative, "5 %" a fraction.
Result<Value> number_of(std::string_view cell, const Type& type, const CellFormat& format) {
  const Surroundings around = take_surroundings(cell);
  TENON_TRY(auto number, grouped_number(cell, format.decimal_point));
  if (around.negative) number = number.negated();
  if (around.percent) {
    TENON_TRY(number, divide(number, Decimal::of(100)));
  }
  return scaled(std::move(number), type, format);
}

Result<Value> list_of(std::string_view cell, const Type& type) {
  TextList list;
  while (!cell.empty()) {
    const auto end = cell.find(';');
    const std::string_view item = trimmed(cell.substr(0, end));
    if (!item.empty()) list.items.emplace_back(item);
    if (end == std::string_view::npos) break;
    cell.remove_prefix(end + 1);
  }
  return coerce(type, list.items.empty() ? Value{} : Value{std::move(list)});
}

}  // namespace

Result<Value> parse_cell(std::string_view cell, const Type& type, const CellFormat& format) {
  const std::string_view text = trimmed(cell);
  if (text.empty()) return Value{};
  if (type.has_currencies()) {
    TENON_TRY(auto money, parse_money_cell(text, type, format));
    return std::move(money.amount);
  }
  switch (type.kind()) {
    case Kind::boolean: return boolean_of(text);
    case Kind::number: {
      if (type.format->written != Written::duration) {
        return number_of(text, type, format);
      }
      TENON_TRY(const auto seconds, parse_spoken_duration(text, format.decimal_point));
      return scaled(Decimal::of(seconds), type, format);
    }
    case Kind::date: return parse_date_cell(text, format.date);
    case Kind::datetime: return parse_datetime_cell(text, format);
    case Kind::text_list: return list_of(text, type);
    case Kind::text: return coerce(type, Value{std::string(text)});
    case Kind::time: return parse_time_cell(text);
    case Kind::json: {
      if (type.format->name == "location" && text.front() != '{') {
        return parse_location_cell(text, type);
      }
      if (type.format->name == "address" && text.front() != '{') {
        return Error::invalid("", "address",
                              "an address is read part by part, each from a column of its own, as "
                              "\"address.city\", or as JSON");
      }
      TENON_TRY(const auto document, json::Document::parse(std::string(text)));
      return parse(document.root(), type);
    }
    case Kind::reference:
    case Kind::reference_list: break;
  }
  throw Fault("references are matched, not read from a cell");
}

}  // namespace tenon
