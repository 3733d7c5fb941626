// subflow: starts a run of another flow and goes on when that has finished.
#include "engine/flow/nodes/nodes.h"

namespace tenon::flow {
namespace {

class Subflow final : public Node {
 public:
  Subflow(std::string flow, std::optional<formula::Formula> record, std::vector<NamedFormula> set)
      : flow_(std::move(flow)), record_(std::move(record)), set_(std::move(set)) {}

  Step step(const Moment& moment) const override {
    Start start{.flow = flow_, .record = moment.facts().record};
    if (record_) {
      auto record = record_->evaluate(moment.scope());
      if (!record) return Fail{std::move(record.error())};
      const RecordId* id = std::get_if<RecordId>(&*record);
      if (id == nullptr) return Fail{Error::invalid("", "no_record", "there is no such record")};
      start.record = *id;
    }
    auto values = evaluate(set_, moment.scope());
    if (!values) return Fail{std::move(values.error())};
    start.variables = values.take();
    return start;
  }

 private:
  std::string flow_;
  std::optional<formula::Formula> record_;
  std::vector<NamedFormula> set_;
};

}  // namespace

Behaviour compile_subflow(const metadata::FlowNode& definition, NodeCompiler& compiler) {
  auto record = compiler.formula(definition.record, "record");
  // Its formulas are this flow's, its names the called flow's variables.
  return std::make_shared<const Subflow>(definition.flow, std::move(record),
                                         compile_settings(definition.set, "set", compiler));
}

}  // namespace tenon::flow
