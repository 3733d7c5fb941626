// assign: sets variables, all from what they were before.
#include "engine/flow/nodes/nodes.h"

namespace tenon::flow {
namespace {

class Assign final : public Node {
 public:
  Assign(const metadata::FlowNode& definition, NodeCompiler& compiler)
      : set_(compile_settings(definition.set, "set", compiler)) {
    for (const NamedFormula& setting : set_) places_.push_back(compiler.variable(setting.name));
  }

  Step step(const Moment& moment) const override {
    auto values = evaluate(set_, moment.scope());
    if (!values) return Fail{std::move(values.error())};
    Leave leave;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      leave.set.emplace_back(places_[i], std::move((*values)[i].second));
    }
    return leave;
  }

 private:
  std::vector<NamedFormula> set_;
  std::vector<int> places_;
};

}  // namespace

Behaviour compile_assign(const metadata::FlowNode& definition, NodeCompiler& compiler) {
  return std::make_shared<const Assign>(definition, compiler);
}

}  // namespace tenon::flow
