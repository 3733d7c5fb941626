// What can be read off a run: who has what to do, who may write which field. Pure.
#pragma once

#include <optional>
#include <vector>

#include "engine/flow/program.h"
#include "engine/flow/run.h"

namespace tenon::flow {

// Places of open seats, in order; of one person only.
std::vector<int> open_seats(const Run& run);
std::vector<int> open_seats(const Run& run, UserId user);

// What the run's lock and the person's open seats make of a field: `write` only where a node gives
// it or nothing locks it; otherwise `read`, or `none` where the node hides it. The person's own
// rights (engine/permission) bound it.
metadata::FieldRight right_of(const Program& program, const Run& run, UserId user, int slot);

// What the person's open seats say of a field; nothing where none does. Who was sent back to mend
// the record may write all of it.
std::optional<metadata::FieldRight> given_right(const Program& program, const Run& run, UserId user,
                                                int slot);

// Whether the run keeps others from writing this field now.
bool locks(const Program& program, const Run& run, int slot);

// How long it stood still since then, up to when it was last resumed.
std::int64_t stood_since(const Run& run, std::int64_t since_ms);

// Whether a timer's time may come: it is set, and the seat that it is of does not wait for others.
// A due time that passes meanwhile comes when the seat is open again.
bool is_ticking(const Run& run, const Timer& timer);
// When the next timer of a running run is due; nothing where none is set.
std::optional<std::int64_t> next_timer_ms(const Run& run);

}  // namespace tenon::flow
