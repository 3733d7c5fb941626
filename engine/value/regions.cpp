#include "engine/value/regions.h"

#include <map>
#include <vector>

#include "engine/base/error.h"
#include "engine/json/document.h"
#include "engine/text/length.h"

namespace tenon {
namespace {

constexpr std::size_t kDigits = 2;          // Of a code, for each level.
constexpr std::size_t kBeginningLeast = 2;  // Characters.

using Table = std::map<std::string, Region, std::less<>>;

std::string text_at(json::Reader list, std::size_t place) {
  std::size_t at = 0;
  for (const json::Reader item : list) {
    if (at++ == place) return std::string(*item.text());
  }
  throw Fault("the table of regions lacks a text");
}

json::Reader parts_at(json::Reader list) {
  std::size_t at = 0;
  for (const json::Reader item : list) {
    if (at++ == 2) return item;
  }
  throw Fault("the table of regions lacks a level");
}

void add(Table& table, std::string code, RegionNames names) {
  code.resize(3 * kDigits, '0');
  table.emplace(code, Region{code, std::move(names)});
}

Table table_of(std::string_view text) {
  const auto document = json::Document::parse(std::string(text));
  if (!document) throw Fault("the table of regions is no JSON");
  Table table;
  for (const json::Reader province : document->root()) {
    const std::string first = text_at(province, 0);
    const std::string in = text_at(province, 1);
    add(table, first, {in, "", ""});
    for (const json::Reader city : parts_at(province)) {
      const std::string second = first + text_at(city, 0);
      const std::string of = text_at(city, 1);
      add(table, second, {in, of, ""});
      for (const json::Reader district : parts_at(city)) {
        const std::string_view whole = *district.text();
        add(table, second + std::string(whole.substr(0, kDigits)),
            {in, of, std::string(whole.substr(kDigits))});
      }
    }
  }
  return table;
}

const Table& regions() {
  static const Table table = table_of(region_table());
  return table;
}

std::size_t depth_of(const RegionNames& names) {
  return names[2].empty() ? names[1].empty() ? names[0].empty() ? 0 : 1 : 2 : 3;
}

// How well a region fits what was said: 2 by whole names, 1 by beginnings, 0 not.
int fit(const RegionNames& said, const RegionNames& names) {
  int worst = 2;
  for (std::size_t level = 0; level < said.size(); ++level) {
    if (said[level].empty() || said[level] == names[level]) continue;
    if (!means_region(said[level], names[level])) return 0;
    worst = 1;
  }
  return worst;
}

}  // namespace

std::optional<Region> region_of(std::string_view code) {
  const auto found = regions().find(code);
  return found == regions().end() ? std::nullopt : std::optional(found->second);
}

bool means_region(std::string_view text, std::string_view name) {
  return text == name || (name.starts_with(text) && text::length(text) >= kBeginningLeast);
}

std::optional<Region> find_region(const RegionNames& names) {
  const std::size_t depth = depth_of(names);
  if (depth == 0) return std::nullopt;
  const Region* best = nullptr;
  int most = 0;
  bool is_one = false;
  for (const auto& [code, region] : regions()) {
    if (depth_of(region.names) != depth) continue;
    const int how = fit(names, region.names);
    if (how == 0 || how < most) continue;
    is_one = how > most;
    most = how;
    best = &region;
  }
  return is_one ? std::optional(*best) : std::nullopt;
}

}  // namespace tenon
