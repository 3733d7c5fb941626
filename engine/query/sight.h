// Whether the actor sees a record, and which of its fields not: of one that was read already.
//
// The same answer as the query compiler gives (select.h, pool_sql.h), for what is no query: the
// write path, the log, a record as it was written.
#pragma once

#include <vector>

#include "engine/query/context.h"

namespace tenon::query {

bool sees(const Context& context, const application::Object& object, const Values& fields);

// By slot: fields that its pool hides from the actor. Empty: none. What roles hide is not in it.
std::vector<bool> hidden_in_pool(const Context& context, const application::Object& object,
                                 const Values& fields);

RecordId owner_of(const application::Object& object, const Values& fields);

}  // namespace tenon::query
