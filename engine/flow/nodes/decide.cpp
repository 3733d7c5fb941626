// decide: variables from the outputs of a decision table over the run's record.
#include "engine/flow/nodes/nodes.h"

namespace tenon::flow {
namespace {

class Decide final : public Node {
 public:
  Decide(const metadata::FlowNode& definition, const NodeCompiler& compiler)
      : table_(definition.table) {
    for (const metadata::Setting& setting : definition.set) {
      outputs_.emplace_back(compiler.variable(setting.name), setting.formula);
    }
  }

  Step step(const Moment& moment) const override {
    if (moment.answer == nullptr) return Ask{DecideTable{table_}};
    if (moment.answer->error) return Fail{*moment.answer->error};
    Leave leave;
    for (const auto& [variable, output] : outputs_) {
      Value value;
      for (const auto& [name, given] : moment.answer->values) {
        if (name == output) value = given;
      }
      leave.set.emplace_back(variable, std::move(value));
    }
    return leave;
  }

 private:
  std::string table_;
  std::vector<std::pair<int, std::string>> outputs_;  // Place of the variable, output.
};

}  // namespace

Behaviour compile_decide(const metadata::FlowNode& definition, NodeCompiler& compiler) {
  return std::make_shared<const Decide>(definition, compiler);
}

}  // namespace tenon::flow
