#include "engine/json/members.h"
#include "engine/value/elapsed.h"
#include "runtime/api/endpoints.h"

namespace tenon::api {
namespace {

// {"to": moment} or {"by": duration}: where the clock is to go.
Result<std::int64_t> target_of(const Call& call) {
  TENON_TRY(const auto document, body_of(call));
  std::vector<Problem> problems;
  json::Members members(document.root(), problems);
  const auto to = members.text("to");
  const auto by = members.text("by");
  members.finish();
  if (problems.empty() && to.has_value() == by.has_value()) {
    problems.push_back({"", "required", "give either \"to\", a moment, or \"by\", a duration"});
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  const std::int64_t now_ms = call.engine.clock().now_ms();
  if (by) {
    auto elapsed_ms = parse_elapsed_ms(*by);
    if (elapsed_ms) return now_ms + *elapsed_ms;
    elapsed_ms.error().problems.front().at = "by";
    return std::move(elapsed_ms.error());
  }
  const auto moment = parse_datetime(*to);
  if (!moment) return Error::invalid("to", "datetime", "must be like 2027-03-01T09:00:00+08:00");
  if (moment->ms >= now_ms) return moment->ms;
  return Error::invalid("to", "forward",
                        "the clock goes forward only; it is " + text_of(DateTime{now_ms}));
}

}  // namespace

void move_clock(CallPointer call) {
  if (!call->rights().everything) {
    return call->fail(Error::denied("", "only an administrator may do this"));
  }
  const auto target = target_of(*call);
  if (!target) return call->fail(target.error());
  const bool is_virtual = call->engine.advance_clock(*target, [call](bool is_done) {
    if (!is_done) return call->fail({ErrorCode::not_done, {}});
    json::Writer writer;
    writer.begin_object().key("now").text(text_of(DateTime{call->engine.clock().now_ms()}));
    writer.end_object();
    call->json(200, writer.take());
  });
  // There is no such address where the clock is real.
  if (!is_virtual) call->fail(Error::not_found());
}

}  // namespace tenon::api
