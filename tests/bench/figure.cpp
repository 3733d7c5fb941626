#include "tests/bench/figure.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tenon::bench {
namespace {

std::string digits(double number, int behind_point) {
  std::array<char, 64> text{};
  const int size = std::snprintf(text.data(), text.size(), "%.*f", behind_point, number);
  return {text.data(), static_cast<std::size_t>(size)};
}

// Large figures need no fractions, small ones need them.
std::string for_people(double number) {
  return digits(number, number >= 1000 ? 0 : number >= 10 ? 1 : 3);
}

std::string for_people(const std::optional<double>& number) {
  return number ? for_people(*number) : "";
}

void write_number(json::Writer& writer, std::string_view name,
                  const std::optional<double>& number) {
  writer.key(name);
  number ? writer.raw(digits(*number, 4)) : writer.null();
}

std::string padded(const std::string& text, int width) {
  std::array<char, 128> line{};
  const int size = std::snprintf(line.data(), line.size(), "%*s", width, text.c_str());
  return {line.data(), static_cast<std::size_t>(size)};
}

std::string line_of(const std::array<std::string, 7>& cells) {
  return padded(cells[0], -18) + padded(cells[1], 10) + " " + padded(cells[2], -5) +
         padded(cells[3], 10) + padded(cells[4], 9) + padded(cells[5], 10) + "  " + cells[6] + "\n";
}

}  // namespace

bool Figure::ok() const {
  if (!target) return true;
  return ratio ? *ratio >= *target : value < *target;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Figure compared(std::string name, std::string unit, const std::vector<Turn>& turns,
                std::optional<double> target) {
  std::vector<double> values;
  std::vector<double> baselines;
  std::vector<double> ratios;
  for (const Turn& turn : turns) {
    if (turn.baseline <= 0) continue;
    values.push_back(turn.value);
    baselines.push_back(turn.baseline);
    ratios.push_back(turn.value / turn.baseline);
  }
  return {std::move(name),   median(values), std::move(unit),
          median(baselines), median(ratios), target};
}

void write(json::Writer& writer, const Figure& figure) {
  writer.begin_object().key("name").text(figure.name);
  write_number(writer, "value", figure.value);
  writer.key("unit").text(figure.unit);
  write_number(writer, "baseline", figure.baseline);
  write_number(writer, "ratio", figure.ratio);
  write_number(writer, "target", figure.target);
  writer.key("ok").boolean(figure.ok()).end_object();
}

std::string table_head() {
  return line_of({"figure", "value", "unit", "baseline", "ratio", "target", ""});
}

std::string table_line(const Figure& figure) {
  const std::string bound = figure.ratio ? ">= " : "< ";
  return line_of({figure.name, for_people(figure.value), figure.unit, for_people(figure.baseline),
                  figure.ratio ? digits(*figure.ratio, 2) : "",
                  figure.target ? bound + digits(*figure.target, figure.ratio ? 2 : 1) : "",
                  !figure.target ? ""
                  : figure.ok()  ? "ok"
                                 : "MISSED"});
}

}  // namespace tenon::bench
