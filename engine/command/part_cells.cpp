#include "engine/command/part_cells.h"

#include "engine/json/members.h"

namespace tenon::command {

void PartCells::add_cell(int slot, std::string_view part, std::string at, std::string text) {
  Cells& cells = cells_[slot];
  if (cells.at.empty()) cells.at = std::move(at);
  cells.has_cells = true;
  if (text.empty()) return;
  cells.is_blank = false;
  cells.texts[std::string(part)] = std::move(text);
}

void PartCells::add_constant(int slot, std::string_view part, std::string at, std::string text) {
  Cells& cells = cells_[slot];
  if (cells.at.empty()) cells.at = std::move(at);
  cells.texts.emplace(part, std::move(text));
}

void PartCells::settle(Input& input, std::vector<Problem>& problems) const {
  for (const auto& [slot, cells] : cells_) {
    const bool is_empty = cells.has_cells && cells.is_blank;
    auto value = value_of_parts(object_.type(slot), is_empty ? PartTexts{} : cells.texts);
    if (!value) {
      for (Problem& problem : value.error().problems) problem.at = cells.at;
      json::collect(problems, std::move(value.error()));
      continue;
    }
    input.entries.push_back({slot, value.take()});
  }
}

}  // namespace tenon::command
