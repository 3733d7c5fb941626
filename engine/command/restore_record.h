// RestoreRecord: an erased record is there again, with its lines, as it was.
//
// Only the record: what was deleted along with it is restored on its own. A reference of it that
// leads nowhere by now is emptied; its rollups are counted anew.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

struct RestoreRecord {
  const application::Object* object;
  RecordId id;
};

// Refused like a delete to somebody who may not delete it; a conflict where something unique has
// been taken meanwhile, or where the record is there.
Result<Reply> restore_record(Context& context, const RestoreRecord& command);

}  // namespace tenon::command
