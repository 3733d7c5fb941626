// MergeRecords: several records of an object become one.
//
// The survivor keeps its fields, but for those that are taken from another one, and what is empty
// is filled from the others in their order. Everything that refers to the others refers to it; the
// others go, softly. One event per touched record, linked by the command: undo (undo.h) turns all
// of it back.
#pragma once

#include <vector>

#include "engine/command/context.h"

namespace tenon::command {

struct MergeRecords {
  const application::Object* object;
  RecordId survivor;
  std::vector<RecordId> others;
  struct Take {
    int slot;
    RecordId from;  // The survivor or one of the others.
  };
  std::vector<Take> take;
};

// Needs the right to change the survivor and to delete the others. What refers to them is changed
// as the system, at most kMergeReferencesMax records.
Result<Reply> merge_records(Context& context, const MergeRecords& command);

}  // namespace tenon::command
