// What records that formulas look up must be, beyond what field types and rules can say: working
// calendars, their holidays, exchange rates.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

// Hours that can be read, a zone that there is, an end that is not before the beginning and at most
// a year behind it; two currencies and a rate above 0. Other objects pass.
Result<void> check_looked_up(const application::Object& object, const Values& fields);

}  // namespace tenon::command
