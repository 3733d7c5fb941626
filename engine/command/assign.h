// Who gets a new record: what the object's table says, and its team's strategy.
//
// Step 3 of the write path: the draft has its owner before rules look at it. What was decided is
// noted in the ledger as the record is written (hands.h); without that nothing has happened.
#pragma once

#include <optional>

#include "engine/command/draft.h"

namespace tenon::command {

struct Assigned {
  int slot;
};

// Sets the draft's field, what derives from it and why it is so. Nothing where the object assigns
// nothing, the field was given, the condition does not hold or no row applies. Refused where the
// table is.
Result<std::optional<Assigned>> assign(Context& context, const application::Object& object,
                                       const Input& input, Draft& draft);

// What permissions are asked about: whoever creates the record answers for it as their own, and for
// nothing of whom it is handed on to.
Values as_own(const Context& context, const std::optional<Assigned>& assigned, Values fields);

}  // namespace tenon::command
