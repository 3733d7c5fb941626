#include "engine/command/send_event.h"

#include "engine/base/id.h"
#include "engine/base/limits.h"
#include "engine/command/flow_driver.h"
#include "engine/command/run_access.h"
#include "engine/run/message.h"

namespace tenon::command {
namespace {

constexpr std::int64_t kKeptMs = 24LL * 3600 * 1000;

Result<void> check(const SendEvent& command) {
  if (!is_name(command.event)) {
    return Error::invalid("event", "name", "must be lower_snake_case, at most 48 characters");
  }
  if (command.correlation.size() <= limits::kSearchBytesMax) return done();
  return Error::of(ErrorCode::limit, "correlation", "length", "at most 200 bytes");
}

}  // namespace

Result<int> send_event(Context& context, const SendEvent& command) {
  if (!administers_flows(context)) {
    return Error::denied("", "only who administers flows sends events");
  }
  TENON_CHECK(check(command));
  int heard = 0;
  FlowDriver driver(context);
  for (const run::Waiting& one : run::waiting_for(context.tx, command.event, command.correlation)) {
    auto kept = run::read(context.tx, one.run);
    if (!kept) continue;
    TENON_CHECK(driver.act(std::move(*kept), flow::Happened{one.subscription}));
    ++heard;
  }
  if (heard == 0) {
    run::keep_message(context.tx, command.event, command.correlation,
                      context.clock.now_ms() + kKeptMs);
  }
  return heard;
}

}  // namespace tenon::command
