// Auto numbers: who has none yet gets the next one of its pattern.
//
// The last step before a record and its lines are written: what is refused before, or merged into
// another record, has taken none; what is rolled back after gives its number back with the counter
// (record/number_table.h). A record that comes to count elsewhere (`scope`: an update, a merge)
// gets the next number there. So rules and duplicates see a new record without its number.
#pragma once

#include "engine/command/draft.h"
#include "engine/command/stale.h"

namespace tenon::command {

// A number once given stays: refused where the draft has another one, kept where it has none.
Result<void> check_numbers(const application::Object& object, const record::Record* before,
                           Draft& draft);

// Numbers the draft and its lines, and works out again what derives from that. One that was given
// (an import) stays, and its counter goes on behind it. `limit` where a counter is at its end.
Result<void> give_numbers(Context& context, const application::Object& object,
                          const record::Record* before, Draft& draft);

// At publish: counters of new patterns go on behind the numbers there are.
Result<void> go_on_behind_numbers(const Context& context, const application::Application& after);
// A field whose records get numbers with a publish.
struct Numbering {
  const application::Object* object;
  const AutoNumber* number;
};
std::vector<Numbering> numberings(const application::Application& app, const Stale& stale);
// Records behind `after` that have none get theirs, by the day on which they were made and in that
// order; the last one looked at, nothing at the end.
Result<std::optional<RecordId>> number_some(Context& context, const Numbering& numbering,
                                            RecordId after, int count_max);

}  // namespace tenon::command
