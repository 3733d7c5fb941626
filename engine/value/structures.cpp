#include "engine/value/structures.h"

#include <algorithm>
#include <array>

#include "engine/json/document.h"
#include "engine/json/writer.h"
#include "engine/text/country.h"
#include "engine/text/length.h"
#include "engine/text/letters.h"
#include "engine/value/normal_forms.h"
#include "engine/value/regions.h"

namespace tenon {
namespace {

constexpr std::size_t kPartLength = 255;
constexpr int kPlaceDigits = 7;  // Of a degree, behind the point: a centimetre.
constexpr std::string_view kChina = "CN";

enum Part { country, province, city, district, region, street, postcode };
constexpr std::array<std::string_view, 7> kAddress{"country", "province", "city",    "district",
                                                   "region",  "street",   "postcode"};
constexpr std::array<std::string_view, 2> kLocation{"latitude", "longitude"};
using Address = std::array<std::string, kAddress.size()>;

Error malformed(const Type& type, std::string message) {
  return Error::invalid("", std::string(type.format->name), std::move(message));
}

// The texts of an object by name, in the order of `names`; "" where one is absent or null.
template <std::size_t N>
Result<std::array<std::string, N>> read_parts(const Type& type, const Value& value,
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

// The names of the region that a code means; refused where something else was said.
Result<void> fit_region(const Type& type, Address& parts) {
  const auto found = region_of(parts[region]);
  if (!found) return malformed(type, "there is no region \"" + parts[region] + "\" in China");
  if (parts[country].empty()) parts[country] = kChina;
  if (parts[country] != kChina) {
    return malformed(
        type, "\"region\" " + found->code + " is in China, \"country\" is " + parts[country]);
  }
  for (std::size_t level = 0; level < found->names.size(); ++level) {
    const std::string& name = found->names[level];
    std::string& said = parts[province + level];
    if (name.empty()) break;
    if (!said.empty() && !means_region(said, name)) {
      return malformed(type, "\"region\" " + found->code + " is in " + name + ", \"" +
                                 std::string(kAddress[province + level]) + "\" is " + said);
    }
    said = name;
  }
  return done();
}

// Without a country only where the province is named: a city alone may be anywhere.
void find_code(PartTexts& parts) {
  const auto text = [&](Part part) { return parts[std::string(kAddress[part])]; };
  const std::string land = text(country);
  if (!text(region).empty() || (land != kChina && !(land.empty() && !text(province).empty()))) {
    return;
  }
  const auto found = find_region({text(province), text(city), text(district)});
  if (found) parts[std::string(kAddress[region])] = found->code;
}

std::string joined(std::initializer_list<std::string> parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) text.append(text.empty() ? "" : separator).append(part);
  }
  return text;
}

std::string address_text(const Address& parts, std::string_view locale) {
  const std::string town = parts[city] == parts[province] ? "" : parts[city];
  if (parts[country] == kChina) {
    return joined({parts[province], town, parts[district], parts[street]}, "");
  }
  return joined({parts[street], parts[district], joined({parts[postcode], parts[city]}, " "),
                 parts[province], text::country_name(parts[country], locale)},
                ", ");
}

}  // namespace

Result<Value> normal_address(const Type& type, Value value) {
  TENON_TRY(auto parts, read_parts(type, value, kAddress));
  if (!parts[country].empty() && !all_within(parts[country], 2, 'A', 'Z')) {
    return malformed(type, "\"country\" must be two capital letters, as \"CN\"");
  }
  if (!parts[region].empty()) {
    if (!all_within(parts[region], 6, '0', '9')) {
      return malformed(type, "\"region\" must be the six digits of a region, as \"330106\"");
    }
    TENON_CHECK(fit_region(type, parts));
  }
  const bool is_blank =
      std::all_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty(); });
  return is_blank ? Value{} : written(parts, kAddress);
}

Result<Value> normal_location(const Type& type, Value value) {
  TENON_TRY(auto parts, read_parts(type, value, kLocation));
  if (parts[0].empty() && parts[1].empty()) return Value{};
  TENON_TRY(parts[0], degrees(type, parts[0], 90));
  TENON_TRY(parts[1], degrees(type, parts[1], 180));
  return written(parts, kLocation);
}

std::span<const std::string_view> parts_of(const Type& type) {
  if (type.format->name == "address") return kAddress;
  if (type.format->name == "location") return kLocation;
  return {};
}

Result<Value> value_of_parts(const Type& type, PartTexts parts) {
  if (type.format->name == "address") {
    std::string& land = parts[std::string(kAddress[country])];
    land = text::upper(land);
    find_code(parts);
  }
  json::Writer writer;
  writer.begin_object();
  for (const auto& [name, text] : parts) {
    if (!text.empty()) writer.key(name).text(text);
  }
  writer.end_object();
  return type.format->normalize(type, Json{writer.take()});
}

Result<Value> parse_location_cell(std::string_view cell, const Type& type) {
  constexpr std::string_view kBetween = " ,;\t";
  const auto end = cell.find_first_of(kBetween);
  const auto next = cell.find_first_not_of(kBetween, std::min(end, cell.size()));
  if (end == std::string_view::npos || next == std::string_view::npos) {
    return malformed(type, "must be a place such as 30.25, 120.16");
  }
  return value_of_parts(type, {{std::string(kLocation[0]), std::string(cell.substr(0, end))},
                               {std::string(kLocation[1]), std::string(cell.substr(next))}});
}

std::string structure_text(const Type& type, const Json& value, std::string_view locale) {
  if (type.format->name == "location") {
    const auto parts = read_parts(type, value, kLocation);
    return parts ? joined({(*parts)[0], (*parts)[1]}, ", ") : value.text;
  }
  const auto parts = read_parts(type, value, kAddress);
  return parts ? address_text(*parts, locale) : value.text;
}

}  // namespace tenon
