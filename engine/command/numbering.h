// Auto numbers: who has none yet gets the next one of its pattern.
//
// The last step before a record and its lines are written: what is refused before, or merged into
// another record, has taken none; what is rolled back after gives its number back with the counter
// (record/number_table.h). A record that comes to count elsewhere (`scope`: an update, a merge)
// gets the next number there. So rules and duplicates see a new record without its number.
#pragma once

#include "engine/command/draft.h"

namespace tenon::command {

// A number once given stays: refused where the draft has another one, kept where it has none.
Result<void> check_numbers(const application::Object& object, const record::Record* before,
                           Draft& draft);

// Numbers the draft and its lines, and works out again what derives from that. One that was given
// (an import) stays, and its counter goes on behind it. `limit` where a counter is at its end.
Result<void> give_numbers(Context& context, const application::Object& object,
                          const record::Record* before, Draft& draft);

// At publish: records that have none get theirs, by the day on which they were made; counters of
// new patterns go on behind what is there.
Result<void> fill_numbers(const Context& context, const application::Application& after);

}  // namespace tenon::command
