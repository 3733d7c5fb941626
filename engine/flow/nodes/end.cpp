// end: the run is over, wherever in it this node stands.
#include "engine/flow/nodes/nodes.h"

namespace tenon::flow {
namespace {

class End final : public Node {
 public:
  explicit End(RunResult result) : result_(result) {}
  Step step(const Moment&) const override { return Finish{result_}; }

 private:
  RunResult result_;
};

}  // namespace

Behaviour compile_end(const metadata::FlowNode& definition, NodeCompiler&) {
  RunResult result = RunResult::completed;
  if (definition.result == "approved") result = RunResult::approved;
  if (definition.result == "rejected") result = RunResult::rejected;
  return std::make_shared<const End>(result);
}

}  // namespace tenon::flow
