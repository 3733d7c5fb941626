// subflow: starts a run of another flow and goes on when that has finished, with its result.
#include "engine/flow/nodes/nodes.h"

namespace tenon::flow {
namespace {

class Subflow final : public Node {
 public:
  // Its formulas are this flow's, its names the called flow's variables.
  Subflow(const metadata::FlowNode& definition, NodeCompiler& compiler)
      : flow_(definition.flow),
        record_(compiler.formula(definition.record, "record")),
        set_(compile_settings(definition.set, "set", compiler)),
        as_(compiler.variable(definition.as)) {}

  Step step(const Moment& moment) const override {
    if (moment.answer != nullptr) return keep(*moment.answer);
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
  Step keep(const Answer& answer) const {
    if (answer.error) return Fail{*answer.error};
    Leave leave;
    if (as_ >= 0) leave.set.emplace_back(as_, answer.values.at(0).second);
    return leave;
  }

  std::string flow_;
  std::optional<formula::Formula> record_;
  std::vector<NamedFormula> set_;
  int as_;
};

}  // namespace

Behaviour compile_subflow(const metadata::FlowNode& definition, NodeCompiler& compiler) {
  return std::make_shared<const Subflow>(definition, compiler);
}

}  // namespace tenon::flow
