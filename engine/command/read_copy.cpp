#include "engine/command/read_copy.h"

#include "engine/run/copy.h"

namespace tenon::command {

bool has_unread_copy(storage::Transaction& tx, flow::RunId run, RecordId user) {
  return run::is_unread(tx, run, user);
}

Result<void> read_copy(Context& context, flow::RunId run) {
  run::mark_read(context.tx, run, context.actor.user, context.clock.now_ms());
  return done();
}

}  // namespace tenon::command
