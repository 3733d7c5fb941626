#include "engine/value/type.h"

#include <algorithm>
#include <array>

#include "engine/base/limits.h"
#include "engine/json/layout.h"
#include "engine/text/length.h"
#include "engine/value/column.h"
#include "engine/value/duration.h"
#include "engine/value/money.h"
#include "engine/value/references.h"

namespace tenon {
namespace {

Error invalid(std::string rule, std::string message) {
  return Error::invalid("", std::move(rule), std::move(message));
}

// Out of bounds where it has more seconds than anybody needs: then it is its number.
std::string number_text(const Type& type, const Decimal& number, const std::string& otherwise) {
  const auto whole = type.format->written == Written::duration ? number.whole() : std::nullopt;
  return whole ? duration_text(*whole) : otherwise;
}

std::string bound_text(const Type& type, const Decimal& bound) {
  return number_text(type, bound, bound.text());
}

Result<Value> bounded(const Type& type, Decimal number) {
  if (type.minimum && number < *type.minimum) {
    return invalid("minimum", "must be at least " + bound_text(type, *type.minimum));
  }
  if (type.maximum && number > *type.maximum) {
    return invalid("maximum", "must be at most " + bound_text(type, *type.maximum));
  }
  if (!number.scaled(type.scale)) return invalid("overflow", "is too large for this field");
  return Value{number};
}

// What a person gave: digits that the field does not keep are refused, not rounded away.
Result<Value> number_of(const Type& type, std::string_view text) {
  TENON_TRY(const auto number, Decimal::parse(text));
  if (number.digits_behind_point() > type.scale) {
    return invalid("scale", type.scale == 0 ? "must be a whole number"
                                            : "may have at most " + std::to_string(type.scale) +
                                                  " digits behind the point");
  }
  return bounded(type, number);
}

bool is_option(const Type& type, std::string_view name) {
  return std::find(type.options.begin(), type.options.end(), name) != type.options.end();
}

Error no_option(std::string_view name) {
  return invalid("option", "there is no option \"" + std::string(name) + "\"");
}

Result<Value> text_of_type(const Type& type, std::string text) {
  if (text.empty()) return Value{};
  if (text.find('\0') != std::string::npos) {
    return invalid("text", "must not contain a zero character");
  }
  if (!type.options.empty() && !is_option(type, text)) return no_option(text);
  // Bytes bound code points: most texts are short enough to know without counting.
  const auto most = static_cast<std::size_t>(type.length_max);
  if (type.length_max > 0 && text.size() > most && text::length(text) > most) {
    return invalid("length", "may have at most " + std::to_string(type.length_max) + " characters");
  }
  if (type.format->normalize == nullptr) return Value{std::move(text)};
  return type.format->normalize(type, Value{std::move(text)});
}

// In the order of the options, each once, whatever order they were given in.
Result<Value> list_of_type(const Type& type, const std::vector<std::string>& given) {
  for (const std::string& name : given) {
    if (!is_option(type, name)) return no_option(name);
  }
  TextList list;
  for (const std::string& option : type.options) {
    if (std::find(given.begin(), given.end(), option) != given.end()) list.items.push_back(option);
  }
  return list.items.empty() ? Value{} : Value{std::move(list)};
}

Result<Value> parse_list(json::Reader reader, const Type& type) {
  TENON_CHECK(reader.expect(json::Kind::array));
  std::vector<std::string> given;
  for (const json::Reader item : reader) {
    TENON_TRY(const auto text, item.text());
    given.emplace_back(text);
  }
  return list_of_type(type, given);
}

Result<Value> parse_number(json::Reader reader, const Type& type) {
  if (type.format->written == Written::duration) {
    TENON_TRY(const auto text, reader.text());
    TENON_TRY(const auto seconds, parse_duration(text));
    return bounded(type, Decimal::of(seconds));
  }
  if (reader.kind() == json::Kind::text) return number_of(type, *reader.text());
  TENON_TRY(const auto text, reader.number_text());
  return number_of(type, text);
}

template <class T>
Result<Value> as_value(Result<T> parsed) {
  if (!parsed) return std::move(parsed.error());
  return Value{parsed.take()};
}

Result<Value> parse_reference(std::string_view text) {
  const auto id = parse_id_text(text);
  if (!id) return invalid("reference", "must be the id of a record");
  return Value{RecordId{*id}};
}

// A reference as a list with paths answers it is understood too: {"id": …}.
Result<Value> parse_reference(json::Reader reader) {
  if (const auto id = reader.member("id"); id && reader.size() >= 1) reader = *id;
  TENON_TRY(const auto text, reader.text());
  return parse_reference(text);
}

// Each once, in the order given.
Result<Value> parse_references(json::Reader reader) {
  TENON_CHECK(reader.expect(json::Kind::array));
  ReferenceList list;
  for (const json::Reader item : reader) {
    TENON_TRY(const auto value, parse_reference(item));
    add_reference(list, std::get<RecordId>(value));
  }
  if (list.items.size() > limits::kReferencesPerFieldMax) {
    return invalid(
        "limit", "may hold at most " + std::to_string(limits::kReferencesPerFieldMax) + " records");
  }
  return value_of(std::move(list));
}

Result<Value> parse_text(std::string_view text, const Type& type) {
  switch (type.kind()) {
    case Kind::date: return as_value(parse_date(text));
    case Kind::time: return as_value(parse_time(text));
    case Kind::datetime: return as_value(parse_datetime(text));
    default: return text_of_type(type, std::string(text));
  }
}

Result<Value> parse_by_kind(json::Reader reader, const Type& type) {
  switch (type.kind()) {
    case Kind::boolean: return as_value(reader.boolean());
    case Kind::number: return parse_number(reader, type);
    case Kind::text_list: return parse_list(reader, type);
    case Kind::reference: return parse_reference(reader);
    case Kind::reference_list: return parse_references(reader);
    case Kind::json: {
      json::Writer writer;
      json::copy(reader, writer);
      if (writer.view().size() > limits::kTextBytesMax) {
        return invalid("length",
                       "may have at most " + std::to_string(limits::kTextBytesMax) + " bytes");
      }
      Value value{Json{writer.take()}};
      if (type.format->normalize == nullptr) return value;
      return type.format->normalize(type, std::move(value));
    }
    default: break;
  }
  TENON_TRY(const auto text, reader.text());
  return parse_text(text, type);
}

// The same of a text in JSON, which most values are: an empty one is no value.
Result<Value> parse_given(json::Reader reader, const Type& type) {
  if (reader.kind() != json::Kind::text || type.kind() == Kind::json) {
    return parse_by_kind(reader, type);
  }
  const std::string_view text = *reader.text();
  if (text.empty()) return Value{};
  const bool is_duration = type.format->written == Written::duration;
  switch (type.kind()) {
    case Kind::number: return is_duration ? parse_by_kind(reader, type) : number_of(type, text);
    case Kind::reference: return parse_reference(text);
    case Kind::boolean:
    case Kind::text_list:
    case Kind::reference_list: return parse_by_kind(reader, type);
    default: return parse_text(text, type);
  }
}

}  // namespace

Result<Value> parse(json::Reader reader, const Type& type) {
  if (type.has_currencies()) {
    TENON_TRY(auto money, parse_money(reader, type));
    return std::move(money.amount);
  }
  if (reader.is_null()) return Value{};
  auto value = parse_given(reader, type);
  if (value) return value;
  for (Problem& problem : value.error().problems) {
    if (problem.at.empty()) problem.at = reader.path();
  }
  return value;
}

void write(json::Writer& writer, const Type& type, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    writer.text(*text);
  } else if (const auto* number = std::get_if<Decimal>(&value)) {
    constexpr std::int64_t kExactMax = std::int64_t{1} << 53;  // Of a number in JavaScript.
    const bool as_number = type.format->written == Written::number;
    const auto whole = as_number ? number->whole() : std::nullopt;
    const bool exact = whole && *whole <= kExactMax && *whole >= -kExactMax;
    exact ? writer.integer(*whole)
          : writer.text(number_text(type, *number, number->text(type.scale)));
  } else if (const auto* truth = std::get_if<bool>(&value)) {
    writer.boolean(*truth);
  } else if (const auto* id = std::get_if<RecordId>(&value)) {
    writer.text(text_of(*id));
  } else if (const auto* date = std::get_if<Date>(&value)) {
    writer.text(text_of(*date));
  } else if (const auto* time = std::get_if<Time>(&value)) {
    writer.text(text_of(*time));
  } else if (const auto* moment = std::get_if<DateTime>(&value)) {
    writer.text(text_of(*moment));
  } else if (const auto* list = std::get_if<TextList>(&value)) {
    writer.begin_array();
    for (const std::string& item : list->items) writer.text(item);
    writer.end_array();
  } else if (const auto* references = std::get_if<ReferenceList>(&value)) {
    writer.begin_array();
    for (const RecordId item : references->items) writer.text(text_of(item));
    writer.end_array();
  } else if (const auto* json = std::get_if<Json>(&value)) {
    writer.raw(json->text);
  } else {
    writer.null();
  }
}

Kind kind_of(const Value& value) {
  // In the order of Value's alternatives.
  constexpr std::array<Kind, 10> kKinds{
      Kind::boolean,  Kind::number,    Kind::text,      Kind::date, Kind::time,
      Kind::datetime, Kind::reference, Kind::text_list, Kind::json, Kind::reference_list};
  if (is_empty(value)) throw Fault("an empty value has no kind");
  return kKinds[value.index() - 1];
}

Result<Value> coerce(const Type& type, Value value) {
  if (is_empty(value)) return value;
  if (const auto* number = std::get_if<Decimal>(&value)) {
    if (type.kind() != Kind::number) return invalid("type", "is not a number");
    const int scale = type.has_currencies() ? digits_of(type, type.currency) : type.scale;
    TENON_TRY(const auto rounded, number->rounded(scale));
    const auto most = Decimal::of(kDurationSecondsMax);
    const bool is_duration = type.format->written == Written::duration;
    if (is_duration && (rounded > most || rounded < most.negated())) {
      return invalid("overflow", "is too long for a duration");
    }
    return bounded(type, rounded);
  }
  if (auto* text = std::get_if<std::string>(&value)) {
    if (type.kind() != Kind::text) return invalid("type", "is not a text");
    return text_of_type(type, std::move(*text));
  }
  if (kind_of(value) != type.kind()) return invalid("type", "is of another kind");
  if (auto* list = std::get_if<TextList>(&value); list && !type.options.empty()) {
    return list_of_type(type, list->items);
  }
  return value;
}

std::strong_ordering compare(const Value& a, const Value& b) {
  if (a.index() != b.index()) return a.index() <=> b.index();
  return std::visit(
      [&b](const auto& left) -> std::strong_ordering {
        using T = std::decay_t<decltype(left)>;
        const T& right = std::get<T>(b);
        if constexpr (std::is_same_v<T, std::monostate>) {
          return std::strong_ordering::equal;
        } else if constexpr (std::is_same_v<T, TextList> || std::is_same_v<T, ReferenceList>) {
          return left.items <=> right.items;
        } else if constexpr (std::is_same_v<T, Json>) {
          return left.text <=> right.text;
        } else {
          return left <=> right;
        }
      },
      a);
}

std::string text_of(const Type& type, const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "yes" : "no";
  if (const auto* number = std::get_if<Decimal>(&value)) {
    return number_text(type, *number, number->text(type.scale));
  }
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* list = std::get_if<TextList>(&value)) {
    std::string joined;
    for (const std::string& item : list->items) joined += (joined.empty() ? "" : ";") + item;
    return joined;
  }
  if (const auto* references = std::get_if<ReferenceList>(&value)) {
    std::string joined;
    for (const RecordId item : references->items) {
      joined += (joined.empty() ? "" : ";") + text_of(item);
    }
    return joined;
  }
  if (const auto* id = std::get_if<RecordId>(&value)) return text_of(*id);
  if (const auto* date = std::get_if<Date>(&value)) return text_of(*date);
  if (const auto* time = std::get_if<Time>(&value)) return text_of(*time);
  if (const auto* moment = std::get_if<DateTime>(&value)) return text_of(*moment);
  if (const auto* json = std::get_if<Json>(&value)) {
    return type.has_currencies() ? money_text(type, *json) : json->text;
  }
  return "";
}

}  // namespace tenon
