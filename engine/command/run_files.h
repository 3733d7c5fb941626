// Files that hang on runs: what somebody may fetch, and what they may add to an act.
#pragma once

#include <optional>
#include <span>

#include "engine/command/context.h"
#include "engine/query/attachment.h"

namespace tenon::command {

// As query::attachment(), and also where the file hangs on a run that the actor may know.
std::optional<query::Attachment> fetch_file(Context& context, RecordId file);

// Each is there for the actor, once, and there are not too many: `invalid` at "attachments/2".
Result<void> check_attachments(Context& context, std::span<const RecordId> files);

}  // namespace tenon::command
