// Who is disabled or deleted leaves no open seat behind: they move in the same transaction, and so
// do seats that somebody has by a standing delegation that is not what it was.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

// Of a user who was active and is not any more, or who goes (`after` null: asked before that); of
// any other record nothing happens. Seats go to who they hand over to, their manager, an admin.
Result<void> move_seats(Context& context, const application::Object& object,
                        const record::Record& before, const record::Record* after);

// Of a user who becomes one with another, asked before they go: their seats go there, and where
// that one is asked already as move_seats() says.
Result<void> hand_seats(Context& context, const application::Object& object,
                        const record::Record& before, RecordId to);

// Of a standing delegation, asked after it was written (`after` null: it is no more). Who has seats
// by it keeps them only where it still leads there: else they go back to whose they are, or on to
// who stands in for them now.
Result<void> renew_delegated(Context& context, const application::Object& object,
                             const record::Record& before, const record::Record* after);

}  // namespace tenon::command
