// Whether a kept formula takes something from other records, however far down: a lookup, a rollup
// over records behind. Who saves this record can mend only what is in it and in its lines. Internal
// to the write path.
#pragma once

#include "engine/application/application.h"

namespace tenon::command {

bool is_from_elsewhere(const application::Application& app, const application::Object& object,
                       const formula::Formula& formula);

}  // namespace tenon::command
