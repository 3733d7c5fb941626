// DeliverEvent: something that runs may wait for has happened.
//
// Every run that waits for it goes on, in this transaction. Where none does it is kept for one that
// comes to wait for it later.
#pragma once

#include "engine/command/context.h"

namespace tenon::command {

struct DeliverEvent {
  std::string event;
  std::string correlation;
  std::int64_t until_ms = 0;  // How long it is kept.
};

// How many runs went on.
Result<int> deliver_event(Context& context, const DeliverEvent& command);

}  // namespace tenon::command
