#include "engine/base/suggest.h"

#include <algorithm>
#include <vector>

namespace tenon {
namespace {

// Damerau's distance without overlaps: inserted, missing, wrong and swapped letters count one each.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> rows(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) rows[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t wrong = a[i - 1] == b[j - 1] ? 0 : 1;
      rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + wrong});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.size()][b.size()];
}

template <class Names>
std::string nearest(std::string_view given, const Names& names) {
  constexpr std::size_t kLongest = 64;  // Names are at most 48; longer input is no slip of the pen.
  if (given.size() > kLongest) return "";
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, given.size() / 3) + 1;
  for (const std::string_view name : names) {
    const std::size_t away = distance(given, name);
    if (away >= best_distance) continue;
    best = name;
    best_distance = away;
  }
  return best.empty() ? "" : "; did you mean \"" + std::string(best) + "\"?";
}

}  // namespace

std::string did_you_mean(std::string_view given, std::span<const std::string_view> names) {
  return nearest(given, names);
}

std::string did_you_mean(std::string_view given, std::span<const std::string> names) {
  return nearest(given, names);
}

}  // namespace tenon
