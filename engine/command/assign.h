// Who gets a new record: what the object's table says, and its team's strategy.
//
// Step 3 of the write path: the draft has its owner before rules look at it. What was decided is
// noted in the ledger once the record is written; without that nothing has happened.
#pragma once

#include <optional>

#include "engine/command/draft.h"
#include "engine/record/assignment_table.h"

namespace tenon::command {

struct Assigned {
  int slot;
  record::Assignment entry;  // Without its record.
};

// Sets the draft's field and what derives from it. Nothing where the object assigns nothing, the
// field was given, the condition does not hold or no row applies. Refused where the table is.
Result<std::optional<Assigned>> assign(Context& context, const application::Object& object,
                                       const Input& input, Draft& draft);

void note(Context& context, const Assigned& assigned, RecordId record);

// What permissions are asked about: whoever creates the record answers for it as their own, and for
// nothing of whom it is handed on to.
Values as_own(const Context& context, const std::optional<Assigned>& assigned, Values fields);

}  // namespace tenon::command
