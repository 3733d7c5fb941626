// What a caller wants a record's fields to be: by slot, already of the fields' types; and its
// lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/application/application.h"
#include "engine/json/document.h"
#include "engine/permission/rights.h"

namespace tenon::command {

struct LineInput;

// What becomes of the lines at one field.
struct LinesInput {
  int slot;
  bool is_whole = false;  // All lines of a new record, as an array; else changes of them.
  std::vector<LineInput> put;
  std::vector<RecordId> remove;
};

struct Input {
  struct Entry {
    int slot;
    Value value;
  };
  std::vector<Entry> entries;     // Each slot once.
  std::vector<LinesInput> lines;  // The same.

  const Value* find(int slot) const;
};

// A line to add, or one to change; lines that it holds are in its fields.
struct LineInput {
  std::optional<RecordId> id;
  std::optional<RecordId>
      after;  // Its place: behind this line, 0: the first. Nothing: as it comes.
  Input fields;
  std::string at;  // Within the caller's input: "lines/0", "lines/put/2".
};

// Reads a flat JSON object of fields. Every problem, at the field's name: an unknown or unreadable
// field (the same answer), a system or computed one, a value that is not of its type. A field that
// may be read but not written is `denied` later, at the door. Former names of fields are accepted.
Result<Input> parse_input(json::Reader reader, const application::Object& object,
                          const permission::Rights& rights);

}  // namespace tenon::command
