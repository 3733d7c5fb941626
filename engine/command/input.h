// What a caller wants a record's fields to be: by slot, already of the fields' types.
#pragma once

#include <string_view>
#include <vector>

#include "engine/application/application.h"
#include "engine/json/document.h"
#include "engine/permission/rights.h"

namespace tenon::command {

struct Input {
  struct Entry {
    int slot;
    Value value;
  };
  std::vector<Entry> entries;  // Each slot once.

  const Value* find(int slot) const;
};

// Reads a flat JSON object of fields. Every problem, at the field's name: an unknown or unreadable
// field (the same answer), a system or computed one, a value that is not of its type. A field that
// may be read but not written is `denied` later, at the door. Former names of fields are accepted.
Result<Input> parse_input(json::Reader reader, const application::Object& object,
                          const permission::Rights& rights);

}  // namespace tenon::command
