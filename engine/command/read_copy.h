// ReadCopy: who was sent a copy of a run has opened it.
#pragma once

#include "engine/command/context.h"
#include "engine/flow/run.h"

namespace tenon::command {

bool has_unread_copy(storage::Transaction& tx, flow::RunId run, RecordId user);
// The actor's own; where there is none it changes nothing.
Result<void> read_copy(Context& context, flow::RunId run);

}  // namespace tenon::command
