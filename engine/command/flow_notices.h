// People are told what runs want of them: records of the system's `notification`. Internal to the
// room.
//
// A task that is somebody's no longer takes back what was not read yet. Copies grant reading the
// run (engine/run/copy.h).
#pragma once

#include "engine/command/context.h"
#include "engine/flow/request.h"
#include "engine/run/run.h"

namespace tenon::command {

Result<void> give_notice(Context& context, const run::Kept& kept, const flow::Notify& notify);

}  // namespace tenon::command
