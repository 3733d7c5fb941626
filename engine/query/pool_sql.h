// Pools in the one query compiler: whose records in nobody's hands the actor sees, and which of
// their fields are hidden from them. Room-internal.
//
// The same answer as application/pools.h gives for a single record. Which pools are the actor's is
// bound as the SQL runs (later.h), so that a plan still serves everybody with the same roles.
#pragma once

#include <string>

#include "engine/query/context.h"
#include "engine/storage/sql_builder.h"

namespace tenon::query {

// Whether the row of this table (by its alias) lies in a pool that the actor belongs to.
storage::SqlBuilder in_pool_of_actor(const Context& context, const application::Object& object,
                                     const std::string& alias);

// `column`, or NULL where the row lies in a pool that hides the field from the actor.
storage::SqlBuilder unless_hidden(const Context& context, const application::Object& object,
                                  const std::string& alias, int slot, storage::SqlBuilder column);

}  // namespace tenon::query
