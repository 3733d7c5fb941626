// What a decision table says about a record, with its rows read where they are records.
#pragma once

#include "engine/decision/decide.h"
#include "engine/query/context.h"

namespace tenon::query {

// Asked as the system; at most kTableRecordsMax that can apply at all, else `limit`.
Result<std::vector<decision::Row>> rows_of(const Context& context,
                                           const application::DecisionTable& table,
                                           const formula::Scope& scope);

Result<decision::Decision> decide(const Context& context, const application::DecisionTable& table,
                                  const formula::Scope& scope);

}  // namespace tenon::query
