// Addresses and places in a row of a file, part by part: each part from a column of its own, or the
// same for all rows.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/application/application.h"
#include "engine/command/input.h"
#include "engine/value/structures.h"

namespace tenon::command {

class PartCells {
 public:
  explicit PartCells(const application::Object& object) : object_(object) {}

  // `at` is the header of the column. Of cells for the same part that are not blank the last
  // counts.
  void add_cell(int slot, std::string_view part, std::string at, std::string text);
  // For the rows whose cells do not say that part.
  void add_constant(int slot, std::string_view part, std::string at, std::string text);
  // What was added becomes entries. Where every cell is blank the field is empty, whatever the
  // constants say.
  void settle(Input& input, std::vector<Problem>& problems) const;

 private:
  struct Cells {
    std::string at;  // The first column, or constant.
    PartTexts texts;
    bool has_cells = false;
    bool is_blank = true;  // Every cell.
  };

  const application::Object& object_;
  std::map<int, Cells> cells_;  // By the slot.
};

}  // namespace tenon::command
