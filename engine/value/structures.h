// Addresses and places: JSON whose parts have names. Pure.
//
// The normal forms are among the formats (type.h): parts in a fixed order, blank ones left out; an
// address with the code of a region has that region's names. Vectors:
// tests/vectors/value/type.json; the table of regions is the server's alone (regions.h).
#pragma once

#include <map>
#include <span>

#include "engine/value/type.h"

namespace tenon {

// In their order; none of types that are no structures.
std::span<const std::string_view> parts_of(const Type& type);

using PartTexts = std::map<std::string, std::string, std::less<>>;
// Of the parts that a row of a file has: a country in capitals, the code of a region in China by
// its names where they lead to one. `invalid` at "".
Result<Value> value_of_parts(const Type& type, PartTexts parts);
// "30.25, 120.16", with a blank, "," or ";" between the two.
Result<Value> parse_location_cell(std::string_view cell, const Type& type);

// For people, on one line as their country writes it: 浙江省杭州市西湖区文一路 1 号; 1 High St, LS1
// Leeds, United Kingdom. A place: "30.25, 120.16".
std::string structure_text(const Type& type, const Json& value, std::string_view locale);

}  // namespace tenon
