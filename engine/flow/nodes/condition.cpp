// condition: leaves by the first branch whose formula holds, else by "else".
#include "engine/flow/nodes/nodes.h"

namespace tenon::flow {
namespace {

class Condition final : public Node {
 public:
  explicit Condition(std::vector<NamedFormula> branches) : branches_(std::move(branches)) {}

  Step step(const Moment& moment) const override {
    for (const NamedFormula& branch : branches_) {
      auto holds = branch.formula->evaluate(moment.scope());
      if (!holds) return Fail{std::move(holds.error())};
      if (is_true(*holds)) return Leave{.port = branch.name};
    }
    if (moment.self().find_port("else") != nullptr) return Leave{.port = "else"};
    return Fail{Error::invalid("", "no_branch", "no branch holds, and there is no \"else\"")};
  }

 private:
  std::vector<NamedFormula> branches_;
};

}  // namespace

Behaviour compile_condition(const metadata::FlowNode& definition, NodeCompiler& compiler) {
  std::vector<NamedFormula> branches;
  for (const metadata::Branch& branch : definition.branches) {
    branches.push_back({branch.name, compiler.formula(branch.when, "branches/" + branch.name)});
  }
  return std::make_shared<const Condition>(std::move(branches));
}

}  // namespace tenon::flow
