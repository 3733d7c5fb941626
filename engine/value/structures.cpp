// Addresses and places: JSON with a shape of its own.
#include <algorithm>
#include <array>

#include "engine/json/document.h"
#include "engine/json/writer.h"
#include "engine/text/length.h"
#include "engine/value/normal_forms.h"

namespace tenon {
namespace {

constexpr std::size_t kPartLength = 255;
constexpr int kPlaceDigits = 7;  // Of a degree, behind the point: a centimetre.

Error malformed(const Type& type, std::string message) {
  return Error::invalid("", std::string(type.format->name), std::move(message));
}

// The texts of an object by name, in the order of `names`; "" where one is absent or null.
template <std::size_t N>
Result<std::array<std::string, N>> parts_of(const Type& type, const Value& value,
                                            const std::array<std::string_view, N>& names) {
  std::array<std::string, N> parts;
  const auto document = json::Document::parse(std::get<Json>(value).text);
  if (!document || document->root().kind() != json::Kind::object) {
    return malformed(type, "must be an object with the parts");
  }
  for (const json::Reader member : document->root()) {
    const auto name = std::find(names.begin(), names.end(), member.name());
    if (name == names.end()) {
      return malformed(type, "has no part \"" + std::string(member.name()) + "\"");
    }
    if (member.is_null()) continue;
    const auto text = member.text();
    if (!text || text::length(*text) > kPartLength) {
      return malformed(type,
                       "\"" + std::string(*name) + "\" must be a text of at most 255 characters");
    }
    parts[static_cast<std::size_t>(name - names.begin())] = *text;
  }
  return parts;
}

bool all_within(std::string_view text, std::size_t length, char first, char last) {
  return text.size() == length &&
         std::all_of(text.begin(), text.end(), [&](char c) { return c >= first && c <= last; });
}

template <std::size_t N>
Value written(const std::array<std::string, N>& parts,
              const std::array<std::string_view, N>& names) {
  json::Writer writer;
  writer.begin_object();
  for (std::size_t i = 0; i < N; ++i) {
    if (!parts[i].empty()) writer.key(names[i]).text(parts[i]);
  }
  writer.end_object();
  return Json{writer.take()};
}

Result<std::string> degrees(const Type& type, const std::string& text, std::int64_t most) {
  const auto number = Decimal::parse(text);
  const bool fits = number && *number >= Decimal::of(-most) && *number <= Decimal::of(most);
  if (!fits) return malformed(type, "must be degrees: latitude up to 90, longitude up to 180");
  TENON_TRY(const auto rounded, number->rounded(kPlaceDigits));
  return rounded.text();
}

}  // namespace

Result<Value> normal_address(const Type& type, Value value) {
  constexpr std::array<std::string_view, 7> kNames{"country", "province", "city",    "district",
                                                   "region",  "street",   "postcode"};
  TENON_TRY(const auto parts, parts_of(type, value, kNames));
  if (!parts[0].empty() && !all_within(parts[0], 2, 'A', 'Z')) {
    return malformed(type, "\"country\" must be two capital letters, as \"CN\"");
  }
  if (!parts[4].empty() && !all_within(parts[4], 6, '0', '9')) {
    return malformed(type, "\"region\" must be the six digits of a region, as \"330106\"");
  }
  const bool is_blank =
      std::all_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty(); });
  return is_blank ? Value{} : written(parts, kNames);
}

Result<Value> normal_location(const Type& type, Value value) {
  constexpr std::array<std::string_view, 2> kNames{"latitude", "longitude"};
  TENON_TRY(auto parts, parts_of(type, value, kNames));
  if (parts[0].empty() && parts[1].empty()) return Value{};
  TENON_TRY(parts[0], degrees(type, parts[0], 90));
  TENON_TRY(parts[1], degrees(type, parts[1], 180));
  return written(parts, kNames);
}

}  // namespace tenon
