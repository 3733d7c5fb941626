// Submitted, or submitted again, a record must be as its rules want it, whatever was changed last.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

// Problems name its fields, those of rules none of whose inputs changed included.
Result<void> check_submission(Context& context, const application::Object& object,
                              const record::Record& record);

}  // namespace tenon::command
