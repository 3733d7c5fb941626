// What formulas of one object need beyond the record's own values, and how a caller hands it in.
//
// compile() adds to a Needs; who evaluates gathers, once for all formulas of the object: a value
// for each path, the rows of each ManyNeed with what is needed behind each. `parent` and the like
// are paths of the row's own object. Pure data: nothing here reads a record (engine/command) or
// writes a join (engine/query).
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/formula/names.h"

namespace tenon::formula {

// A way over references to a value: account, then name. By ids, from the record or from $user.
struct Path {
  enum class Root { record, user };
  Root root = Root::record;
  std::vector<Names::Member> steps;          // At least two for a record, one for $user.
  bool operator==(const Path& other) const;  // By root and ids.
};

// All the rows behind one name, in their order (lines by position, records by id).
struct ManyNeed {
  Names::Many many;
  std::vector<Path> paths;  // From each row; Root::record is the row.
  std::vector<int> slots;   // Of the rows, as formulas read them: sorted, each once.
};

struct Needs {
  std::vector<Path> paths;
  std::vector<ManyNeed> many;
  int add(const Path& path);         // Its place; the place of an equal one where there is one.
  int add(const Names::Many& many);  // The same; by its id.
};

int add_path(std::vector<Path>& paths, const Path& path);

// One line, or one record that refers back. The spans must outlive the evaluation.
struct Row {
  std::span<const Value> fields;  // By slot of the row's object.
  std::span<const Value> paths;   // By place in ManyNeed::paths.
  std::span<const Value> system;  // As Scope::system; may be empty.
  Value id;
};

// What one formula reads of the rows behind one name.
struct ManyUse {
  int place;               // In Needs::many.
  std::vector<int> slots;  // Of the rows, sorted; negative for system fields.
  std::vector<int> paths;  // Places in ManyNeed::paths, sorted.
};

}  // namespace tenon::formula
