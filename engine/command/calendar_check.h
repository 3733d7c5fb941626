// What a working calendar and its holidays must be, beyond what field types and rules can say.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

// Hours that can be read, a zone that there is, an end that is not before the beginning and at most
// a year behind it. Other objects pass.
Result<void> check_calendar(const application::Object& object, const Values& fields);

}  // namespace tenon::command
