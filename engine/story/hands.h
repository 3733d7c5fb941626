// A record's ledger, and what may be done with it by its pool, in the lines of stories.
#pragma once

#include "engine/query/context.h"
#include "engine/story/compare.h"

namespace tenon::story {

// The oldest first: "assign: nobody → @ann, round_robin, skipped @bob absent",
// "return: @ann → nobody, no_follow_up", "release: @ann → nobody, by @ann".
Lines ledger_lines(const query::Context& context, const Known& record,
                   const References& references);

// "claim", or with what does not allow it: "claim: daily_limit 2/2 until 2027-03-02T00:00:00Z".
Lines action_lines(const query::Context& context, const Known& record);

}  // namespace tenon::story
