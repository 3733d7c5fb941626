// Who may give which role: nobody grants what they do not hold, nobody changes their own roles, and
// there is always somebody who may administer.
//
// Asked for every write of a user or an assignment of a role, beside what their roles say about
// these objects. The system actor (the command line, the first start) is not asked.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

// `before` null: a create; `after` null: a delete. Other objects pass.
Result<void> check_grants(const Context& context, const application::Object& object,
                          const record::Record* before, const Values* after);

}  // namespace tenon::command
