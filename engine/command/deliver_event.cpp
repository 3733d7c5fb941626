#include "engine/command/deliver_event.h"

#include "engine/command/flow_driver.h"
#include "engine/run/message.h"

namespace tenon::command {

Result<int> deliver_event(Context& context, const DeliverEvent& command) {
  const auto waiting = run::waiting_for(context.tx, command.event, command.correlation);
  for (const run::Waiting& one : waiting) {
    auto kept = run::read(context.tx, one.run);
    if (!kept) continue;
    FlowDriver driver(context);
    TENON_TRY(const auto driven, driver.act(*std::move(kept), flow::Happened{one.subscription}));
  }
  if (waiting.empty()) {
    run::keep_message(context.tx, command.event, command.correlation, command.until_ms);
  }
  return static_cast<int>(waiting.size());
}

}  // namespace tenon::command
