// Undo: what a command did to records is turned back, the newest first.
//
// By the events it left: what it made goes, what it deleted comes back, what it changed gets its
// old values. Whole or not at all: where somebody changed the same fields since, it is a conflict
// that names them. An undo is a command with events of its own, and can be undone.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

struct UndoCommand {
  CommandId id;
};

struct Undone {
  int records = 0;
};

// `not_found` where there is no such command, or it is neither one's own nor is one an
// administrator. `denied` where the actor may no longer write such records at all.
Result<Undone> undo_command(Context& context, const UndoCommand& command);

}  // namespace tenon::command
