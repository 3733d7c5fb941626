// In whose hands a record is: kept true with every write of it.
//
// Step 7 of the write path (save.h), for objects with pools: whoever writes the owner, in whichever
// way, leaves an entry in the ledger; and the time at which the record goes back by itself is
// reckoned anew, so that return_due.h finds it by an index. How people change hands: ownership.h.
#pragma once

#include "engine/command/context.h"
#include "engine/record/assignment_table.h"
#include "engine/record/tenure_table.h"

namespace tenon::command {

// `before` null: it is new; `after` null: it goes. `handing` says why the owner changes, without
// record and times; nothing: by hand.
void keep_hands(Context& context, const application::Object& object, const record::Record* before,
                const record::Record* after, const std::optional<record::Assignment>& handing);

// When a record with this tenure goes back, by its values as they are; put into the tenure.
void reckon_due(const Context& context, const application::Object& object,
                const record::Record& record, record::Tenure& tenure);

// Kept, and the job that takes records back is there in time.
void keep_tenure(Context& context, const application::Object& object, RecordId record,
                 const record::Tenure& tenure);

// Writing the owner directly does not go round the rules of the pool: into and out of it people get
// by its actions, unless they manage it.
Result<void> check_hands(const Context& context, const application::Object& object,
                         const Values& before, const Values& after);

// What the pool hides from the actor is not theirs to write either.
Result<void> check_hidden(const Context& context, const application::Object& object,
                          const Values& before, const std::vector<int>& slots);

}  // namespace tenon::command
