// The difference of two versions of a bundle, by id: a rename is no drop-and-add.
#pragma once

#include <string>
#include <vector>

#include "engine/metadata/bundle.h"

namespace tenon::metadata {

struct Change {
  enum class Verb { add, remove, change, rename };
  Verb verb;
  std::string kind;    // "object", "field", "rule", …
  std::string object;  // Of fields: the object's id.
  std::string id;
  std::string description;  // In words: "Field invoice.due_on is renamed to deadline."
  bool loses_data = false;  // A field or object goes: asked before it is carried out.
  // Cannot be carried out on existing data in this version (a field's kind changes, its scale
  // falls).
  bool refused = false;
  friend bool operator==(const Change&, const Change&) = default;
};

// In a natural order: objects, fields, then the rest; empty where nothing differs.
std::vector<Change> compare(const Bundle& before, const Bundle& after);

}  // namespace tenon::metadata
