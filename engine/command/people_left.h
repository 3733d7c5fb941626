// Who is disabled or deleted leaves no open seat behind: they move in the same transaction.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

// Of a user who was active and is not any more, or who goes (`after` null: asked before that); of
// any other record nothing happens. Seats go to who they hand over to, their manager, an admin.
Result<void> move_seats(Context& context, const application::Object& object,
                        const record::Record& before, const record::Record* after);

}  // namespace tenon::command
