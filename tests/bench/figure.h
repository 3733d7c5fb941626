// A measured figure, what it is compared with, and whether it is good enough.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/json/writer.h"

namespace tenon::bench {

// What was measured and what it is compared with, one right after the other.
struct Turn {
  double value;
  double baseline;
};

struct Figure {
  std::string name;  // "read.32.p99": the bench's name first.
  double value = 0;
  std::string unit;
  std::optional<double> baseline;  // In the same unit.
  std::optional<double> ratio;     // The median of the turns' ratios.
  // Of a figure with a ratio: what the ratio must reach; of one without: what the value must stay
  // below.
  std::optional<double> target;

  bool ok() const;  // Also where there is no target to miss.
};

// 0 of nothing; the mean of the two in the middle of an even number.
double median(std::vector<double> values);

// Medians over the turns: of the values, of the baselines, and of the ratios of each turn, so that
// what else this machine does meanwhile falls out. A turn in which the baseline came to nothing has
// no part in it.
Figure compared(std::string name, std::string unit, const std::vector<Turn>& turns,
                std::optional<double> target = std::nullopt);

void write(json::Writer& writer, const Figure& figure);
std::string table_head();
std::string table_line(const Figure& figure);

}  // namespace tenon::bench
