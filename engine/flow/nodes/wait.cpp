// wait: for a while, until a moment, or for an event.
#include "engine/flow/nodes/nodes.h"
#include "engine/flow/times.h"

namespace tenon::flow {
namespace {

class WaitNode final : public Node {
 public:
  WaitNode(const metadata::FlowNode& definition, NodeCompiler& compiler)
      : duration_(definition.duration),
        event_(definition.event),
        until_(compiler.formula(definition.until, "until")),
        correlation_(compiler.formula(definition.correlation, "correlation")) {}

  Step step(const Moment& moment) const override {
    if (!event_.empty()) return for_event(moment);
    if (!until_)
      return Wait{.until_ms = after(moment.facts(), moment.facts().now_ms, duration_, false)};
    auto until = until_->evaluate(moment.scope());
    if (!until) return Fail{std::move(until.error())};
    const auto ms = moment_of(moment.facts(), *until);
    if (!ms) return Fail{Error::invalid("", "no_moment", "there is no moment to wait for")};
    return Wait{.until_ms = *ms};
  }

 private:
  Step for_event(const Moment& moment) const {
    Wait wait{.until_ms = std::nullopt, .event = event_};
    if (!correlation_) return wait;
    auto text = correlation_->evaluate(moment.scope());
    if (!text) return Fail{std::move(text.error())};
    if (const auto* own = std::get_if<std::string>(&*text)) wait.correlation = *own;
    return wait;
  }

  std::string duration_;
  std::string event_;
  std::optional<formula::Formula> until_;
  std::optional<formula::Formula> correlation_;
};

}  // namespace

Behaviour compile_wait(const metadata::FlowNode& definition, NodeCompiler& compiler) {
  return std::make_shared<const WaitNode>(definition, compiler);
}

}  // namespace tenon::flow
