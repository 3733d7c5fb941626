// Whether what the aggregates of a record run over is changed by its draft.
//
// A rule refuses where its inputs changed, and warns otherwise (rule/judge.h): so a line of which
// only something else changed is no change.
#pragma once

#include <vector>

#include "engine/command/lines.h"

namespace tenon::command {

// By place in the object's Needs::many. Records that refer back are not part of a draft: unchanged.
std::vector<bool> rows_changed(const application::Object& object,
                               const std::vector<LinesDraft>& lines);

}  // namespace tenon::command
