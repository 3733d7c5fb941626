// Steps 7 and 10 of the write path for a record and its lines: written, noted, and told to what
// derives from it (ripple.h).
//
// The one way in which records of objects are written by commands. Only lines that changed are
// written; a line's version is that of its record.
#pragma once

#include "engine/command/draft.h"
#include "engine/command/ripple.h"

namespace tenon::command {

// A new record with the draft's fields and lines; its lines are in `draft` afterwards as saved.
Result<record::Record> save_new(Context& context, const application::Object& object, Draft& draft,
                                Ripple& ripple);

// The record as it now is: `before` where nothing differs, and then there is no event. Raises the
// version once per command. A clash is a conflict at its fields.
Result<record::Record> save_changed(Context& context, const application::Object& object,
                                    const record::Record& before, Draft& draft, Ripple& ripple);

// The same without an event, a version or a consequence, for publish; whether anything differed.
bool save_silently(Context& context, const application::Object& object,
                   const record::Record& before, Draft& draft);

// Erases a record and its lines, and nothing that hangs on them (delete_record.h).
void save_erased(Context& context, const application::Object& object, const record::Record& record,
                 Ripple& ripple);

}  // namespace tenon::command
