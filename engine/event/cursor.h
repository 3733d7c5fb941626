// A place in the event log as clients hold it: opaque text, "epoch.seq".
//
// Cursor order is commit order. A restore raises the epoch (raise_epoch), because what the log held
// behind a cursor may have been undone: a client with a cursor of another epoch starts over.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tenon::event {

struct Cursor {
  std::int64_t epoch = 0;
  std::int64_t seq = 0;  // Of the last event seen; 0: none yet.
  friend auto operator<=>(const Cursor&, const Cursor&) = default;
};

std::string text_of(Cursor cursor);
// `malformed` for anything that text_of does not write.
Result<Cursor> parse_cursor(std::string_view text);

}  // namespace tenon::event
