// Files that came with what people did to runs: an opinion's proof, a comment's picture.
//
// Owns the table `flow_attachment`, written and read with the history (flow::Entry::attachments).
#pragma once

#include <vector>

#include "engine/flow/run.h"
#include "engine/storage/database.h"

namespace tenon::run {

// The runs that a file hangs on, at most `count_max` of them.
std::vector<flow::RunId> runs_with(storage::Transaction& tx, RecordId file, int count_max);

}  // namespace tenon::run
