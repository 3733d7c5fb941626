// One row of a file, read by its mapping: the fields it fills, its external key, its roles.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/command/context.h"
#include "engine/command/input.h"
#include "engine/command/money_cells.h"
#include "engine/command/part_cells.h"
#include "engine/metadata/import.h"

namespace tenon::command {

struct RowInput {
  Input input;
  std::string key;                 // "" where the mapping has none.
  int level = 0;                   // Of lines; 0 where the mapping has none.
  std::vector<std::string> roles;  // Of rows of people.
};

// The living record that this external key leads to; it follows a merge. Nothing where there is
// none (any more): then the key is free.
std::optional<RecordId> find_by_key(const Context& context, std::string_view source,
                                    const application::Object& object, std::string_view key);

class RowInputs {
 public:
  RowInputs(Context& context, const application::Object& object, const metadata::ImportMap& map,
            const std::vector<std::string>& header);

  // 0 where the mapping has none, or the cell says none.
  int level_of(const std::vector<std::string>& row) const;
  // Every problem of the row, at the column's header.
  Result<RowInput> parse(const std::vector<std::string>& row);

 private:
  struct Place {
    const metadata::ImportColumn* column;
    std::size_t cell;
  };
  // A row that is being read.
  struct Reading {
    RowInput result;
    MoneyCells money;
    PartCells parts;
    std::vector<Problem> problems;
  };

  void feed(const metadata::ImportColumn& column, const metadata::Feed& feed,
            const std::string& cell, Reading& row);
  void fill(const metadata::Feed& feed, const std::string& at, const std::string& text,
            Reading& row);
  CellFormat format_of(const metadata::Feed& feed) const;
  Result<Value> value_of(int slot, const metadata::Feed& feed, const std::string& text);
  Result<Value> match_each(int slot, const metadata::Feed& feed, const std::string& match_by,
                           const std::string& text);
  Result<Value> match(int slot, const std::string& match, const std::string& text);
  bool is_seen(const application::Object& target, RecordId id) const;
  void join(const metadata::Joined& joined, const std::vector<std::string>& cells, Reading& row);
  void constant(const metadata::Constant& constant, Reading& row);
  Result<Value> constant_value(int slot, const metadata::Constant& constant,
                               const json::Document& document);

  Context& context_;
  const application::Object& object_;
  const metadata::ImportMap& map_;
  std::vector<Place> places_;
  std::map<std::string, std::size_t> cells_;
  // What was matched before in this chunk: (slot, match, text) → id.
  std::map<std::tuple<int, std::string, std::string>, RecordId> matched_;
};

}  // namespace tenon::command
