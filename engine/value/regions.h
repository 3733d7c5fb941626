// Provinces, cities and districts of China by their codes of GB/T 2260. Pure.
//
// One table for the engine and the client: schemas/regions/cn.json. Here: what a code means, and
// which code names lead to; whether an address fits its code is said in structures.cpp.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace tenon {

// Province, city, district; "" below the level of a code, or where nothing was said.
using RegionNames = std::array<std::string, 3>;

struct Region {
  std::string code;  // "330106"; of a city "330100", of a province "330000".
  RegionNames names;
};

// Nothing where there is no such code.
std::optional<Region> region_of(std::string_view code);

// Whether people mean this region by the text: its name, or what it begins with ("浙江", "杭州").
bool means_region(std::string_view text, std::string_view name);

// The one region that these names lead to, whichever of them are there; nothing where there is none
// or more than one. Whole names go before beginnings of names.
std::optional<Region> find_region(const RegionNames& names);

// The table as JSON: [["33", "浙江省", [["01", "杭州市", ["06西湖区", …]], …]], …].
std::string_view region_table();

}  // namespace tenon
