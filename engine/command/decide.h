// What a decision table says about a draft, with its rows read where they are records.
#pragma once

#include "engine/command/context.h"
#include "engine/decision/decide.h"

namespace tenon::command {

// Rows as the system; at most kTableRecordsMax that can apply at all, else `limit`.
Result<std::vector<decision::Row>> rows_of(Context& context,
                                           const application::DecisionTable& table,
                                           const formula::Scope& scope);

Result<decision::Decision> decide(Context& context, const application::DecisionTable& table,
                                  const formula::Scope& scope);

}  // namespace tenon::command
