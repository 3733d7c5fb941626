#include "runtime/cli/query_table.h"

#include <algorithm>
#include <vector>

#include "engine/value/decimal.h"
#include "runtime/cli/member_text.h"

namespace tenon::cli {
namespace {

using Line = std::vector<std::string>;

struct Layout {
  std::vector<bool> to_the_right;
  std::vector<std::size_t> widths;
};

// Columns of a terminal: letters of East Asia, from Hangul Jamo on, take two.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;
    width += byte >= 0xE1 && byte != 0xE2 ? 2 : 1;
  }
  return width;
}

std::string label_of_option(const json::Reader& column, std::string_view name) {
  const auto options = column.member("options");
  if (!options) return std::string(name);
  for (const json::Reader option : *options) {
    if (text_at(option, "name") == name) return text_at(option, "label");
  }
  return std::string(name);
}

std::string percent(std::string_view fraction) {
  const auto number = Decimal::parse(fraction);
  const auto hundred = number ? multiply(*number, Decimal::of(100)) : number;
  return hundred ? hundred->text() + " %" : std::string(fraction);
}

std::string cell(const json::Reader& column, const json::Reader& value) {
  switch (value.kind()) {
    case json::Kind::null: return "-";
    case json::Kind::boolean: return *value.boolean() ? "yes" : "no";
    case json::Kind::number: return std::string(*value.number_text());
    case json::Kind::text:
      return text_at(column, "type") == "percent" ? percent(*value.text())
                                                  : label_of_option(column, *value.text());
    case json::Kind::object:
      return value.at("name").is_null() ? text_at(value, "id") : text_at(value, "name");
    case json::Kind::array: break;
  }
  std::string items;
  for (const json::Reader item : value) items += (items.empty() ? "" : ", ") + cell(column, item);
  return items;
}

Line line_of(const std::vector<json::Reader>& columns, const json::Reader& row) {
  Line line;
  for (const json::Reader value : row) line.push_back(cell(columns[line.size()], value));
  return line;
}

std::string laid_out(const Line& line, const Layout& layout) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::string blanks(layout.widths[i] - width_of(line[i]), ' ');
    text += i > 0 ? "  " : "";
    text += layout.to_the_right[i] ? blanks + line[i] : line[i] + blanks;
  }
  return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
}

}  // namespace

std::string table_of(const json::Reader& answer) {
  std::vector<json::Reader> columns;
  Layout layout;
  std::vector<Line> lines(1);
  for (const json::Reader column : answer.at("columns")) {
    columns.push_back(column);
    layout.to_the_right.push_back(column.member("scale").has_value());
    lines.front().push_back(text_at(column, "label"));
  }
  for (const json::Reader row : answer.at("rows")) lines.push_back(line_of(columns, row));
  lines.push_back(line_of(columns, answer.at("totals")));
  if (*columns.front().at("group").boolean()) lines.back().front() = "Total";
  layout.widths.resize(columns.size());
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      layout.widths[i] = std::max(layout.widths[i], width_of(line[i]));
    }
  }
  std::string text;
  for (const Line& line : lines) text += laid_out(line, layout);
  return text;
}

}  // namespace tenon::cli
