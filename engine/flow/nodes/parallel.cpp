// parallel: takes every branch whose formula holds; those without one always.
#include "engine/flow/nodes/nodes.h"

namespace tenon::flow {
namespace {

class Parallel final : public Node {
 public:
  explicit Parallel(std::vector<NamedFormula> branches) : branches_(std::move(branches)) {}

  Step step(const Moment& moment) const override {
    Fork fork;
    for (std::size_t i = 0; i < branches_.size(); ++i) {
      if (branches_[i].formula) {
        auto holds = branches_[i].formula->evaluate(moment.scope());
        if (!holds) return Fail{std::move(holds.error())};
        if (!is_true(*holds)) continue;
      }
      fork.branches.push_back(static_cast<int>(i));
    }
    if (fork.branches.empty()) return Leave{};
    return fork;
  }

 private:
  std::vector<NamedFormula> branches_;
};

}  // namespace

Behaviour compile_parallel(const metadata::FlowNode& definition, NodeCompiler& compiler) {
  std::vector<NamedFormula> branches;
  for (const metadata::Branch& branch : definition.branches) {
    branches.push_back({branch.name, compiler.formula(branch.when, "branches/" + branch.name)});
  }
  return std::make_shared<const Parallel>(std::move(branches));
}

}  // namespace tenon::flow
