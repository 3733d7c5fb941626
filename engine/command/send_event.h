// SendEvent: something happened outside that runs may wait for, by name and correlation.
//
// Every run that waits for it hears it and goes on in this command, a suspended one when it is
// resumed. Where none waits it is kept for a day: whoever comes to wait within it hears it at once,
// the first only. `denied` but for who administers flows; `invalid` where the name or the
// correlation cannot be any run's.
#pragma once

#include <string>

#include "engine/command/context.h"

namespace tenon::command {

struct SendEvent {
  std::string event;
  std::string correlation;  // "": of none in particular.
};

// How many runs heard it.
Result<int> send_event(Context& context, const SendEvent& command);

}  // namespace tenon::command
