// How objects hang together: lines, records that refer back, and what is derived over them.
//
// By places and slots, worked out once (links.cpp), so that nothing is looked up by name while
// somebody waits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/formula/formula.h"
#include "engine/metadata/bundle.h"

namespace tenon::application {

struct Object;  // application.h

// Lines that records of this object hold.
struct Children {
  int slot;             // Of the children field.
  const Object* lines;  // Of the same application.
  int parent_slot;      // Of the lines: the reference to the record or line that holds them.
};

// The rows behind a name that aggregates run over: lines, or records that refer back.
struct Many {
  std::string id;     // As in formula::Names::Many.
  int rows;           // Place of the rows' object.
  int reference;      // Slot of the rows: leads to the record they are counted for.
  int children = -1;  // Of lines: slot of the children field; -1: records that refer back.

  bool is_lines() const { return children >= 0; }
};

// Kept up to date with every change of its rows (engine/command/ripple.h).
struct Rollup {
  int slot;
  metadata::Aggregate function;
  int rows;       // Place of the rows' object.
  int reference;  // Slot of the rows: leads to the record that has the rollup.
  int of;         // Slot of the rows; -1: only counted.
  std::optional<formula::Formula> filter;  // Over one row's own kept fields.
  bool is_of_lines;
};

// The value at the end of a way over references, kept with the record at its beginning.
struct Lookup {
  struct Step {
    int object;  // Place.
    int slot;    // A reference but at the last step; negative for a system field there.
  };
  int slot;
  std::vector<Step> steps;
};

// A rollup or lookup of another object that reads this one.
struct Use {
  int object;    // Place.
  int index;     // In its rollups or lookups.
  int step = 0;  // Of a lookup: at which step this object is read.
};

// A field somewhere that refers to this object's records.
struct BackReference {
  int object;  // Place in Application::objects.
  int slot;
  metadata::OnDelete on_delete;
};

}  // namespace tenon::application
