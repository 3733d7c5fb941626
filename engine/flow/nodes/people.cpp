// approve, task: asks for people, then opens their seats. How seats vote: ../voting.h.
#include "engine/flow/nodes/nodes.h"

namespace tenon::flow {
namespace {

class PeopleNode final : public Node {
 public:
  Step step(const Moment& moment) const override {
    if (moment.answer == nullptr) {
      return Ask{question_of(moment.asking, moment.self().people->sources)};
    }
    auto people = resolve(moment.asking);
    if (!people) return Fail{std::move(people.error())};
    return Seats{people.take()};
  }
};

}  // namespace

Behaviour compile_people(const metadata::FlowNode&, NodeCompiler&) {
  return std::make_shared<const PeopleNode>();
}

}  // namespace tenon::flow
