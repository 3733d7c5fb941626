#include <algorithm>
#include <array>

#include "engine/value/normal_forms.h"
#include "engine/value/number_pattern.h"
#include "engine/value/type.h"

namespace tenon {
namespace {

constexpr int kShortText = 255;
constexpr int kLongText = 65'536;

// name, kind, scale, length, how a number is written, ordered, further checks. Sorted by name.
const std::array<Format, 34> kFormats{{
    {"address", Kind::json, 0, 0, Written::text, false, normal_address},
    {"auto_number", Kind::text, 0, NumberPattern::kLengthMax, Written::text, true, nullptr},
    {"barcode", Kind::text, 0, 128, Written::text, true, normal_barcode},
    {"boolean", Kind::boolean, 0, 0, Written::text, true, nullptr},
    {"children", Kind::json, 0, 0, Written::text, false, nullptr},
    {"choice", Kind::text, 0, 48, Written::text, true, nullptr},
    {"choices", Kind::text_list, 0, 0, Written::text, false, nullptr},
    {"color", Kind::text, 0, 7, Written::text, false, normal_color},
    {"date", Kind::date, 0, 0, Written::text, true, nullptr},
    {"datetime", Kind::datetime, 0, 0, Written::text, true, nullptr},
    {"decimal", Kind::number, 2, 0, Written::text, true, nullptr},
    {"department", Kind::reference, 0, 0, Written::text, true, nullptr},
    {"duration", Kind::number, 0, 0, Written::duration, true, nullptr},
    {"email", Kind::text, 0, 254, Written::text, true, normal_email},
    {"file", Kind::reference, 0, 0, Written::text, false, nullptr},
    {"files", Kind::reference_list, 0, 0, Written::text, false, nullptr},
    {"image", Kind::reference, 0, 0, Written::text, false, nullptr},
    {"integer", Kind::number, 0, 0, Written::number, true, nullptr},
    {"json", Kind::json, 0, 0, Written::text, false, nullptr},
    {"location", Kind::json, 0, 0, Written::text, false, normal_location},
    {"long_text", Kind::text, 0, kLongText, Written::text, true, nullptr},
    {"money", Kind::number, 2, 0, Written::text, true, nullptr},
    {"percent", Kind::number, 4, 0, Written::text, true, nullptr},
    {"phone", Kind::text, 0, 32, Written::text, true, normal_phone},
    {"rating", Kind::number, 0, 0, Written::number, true, nullptr},
    {"reference", Kind::reference, 0, 0, Written::text, true, nullptr},
    {"references", Kind::reference_list, 0, 0, Written::text, false, nullptr},
    {"rich_text", Kind::text, 0, kLongText, Written::text, false, normal_rich_text},
    {"signature", Kind::reference, 0, 0, Written::text, false, nullptr},
    {"text", Kind::text, 0, kShortText, Written::text, true, nullptr},
    {"time", Kind::time, 0, 0, Written::text, true, nullptr},
    {"url", Kind::text, 0, 2048, Written::text, true, normal_url},
    {"user", Kind::reference, 0, 0, Written::text, true, nullptr},
    {"users", Kind::reference_list, 0, 0, Written::text, false, nullptr},
}};

}  // namespace

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::boolean: return "boolean";
    case Kind::number: return "number";
    case Kind::text: return "text";
    case Kind::date: return "date";
    case Kind::time: return "time";
    case Kind::datetime: return "datetime";
    case Kind::reference: return "reference";
    case Kind::text_list: return "text_list";
    case Kind::json: return "json";
    case Kind::reference_list: return "reference_list";
  }
  return "text";
}

std::span<const Format> formats() { return kFormats; }

const Format* find_format(std::string_view name) {
  const auto found = std::lower_bound(
      kFormats.begin(), kFormats.end(), name,
      [](const Format& format, std::string_view wanted) { return format.name < wanted; });
  return found != kFormats.end() && found->name == name ? &*found : nullptr;
}

const Format& format_of(Kind kind) {
  switch (kind) {
    case Kind::boolean: return *find_format("boolean");
    case Kind::number: return *find_format("decimal");
    case Kind::text: return *find_format("long_text");
    case Kind::date: return *find_format("date");
    case Kind::time: return *find_format("time");
    case Kind::datetime: return *find_format("datetime");
    case Kind::reference: return *find_format("reference");
    case Kind::text_list: return *find_format("choices");
    case Kind::json: return *find_format("json");
    case Kind::reference_list: return *find_format("references");
  }
  return *find_format("text");
}

}  // namespace tenon
