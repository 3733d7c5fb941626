// Gathers what an object's formulas need beyond the record itself: values behind its references.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

// By place in the needs. As the system: what is derived is the same for everybody.
Values gather(Context& context, const application::Object& object, const Values& fields);

// The record's system fields, as formulas read them: by slot -1, -2 …
Values system_values(const record::Record& record);

}  // namespace tenon::command
