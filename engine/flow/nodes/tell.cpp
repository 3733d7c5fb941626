// cc, notify: tells people and goes on; nobody is waited for.
#include "engine/flow/nodes/nodes.h"

namespace tenon::flow {
namespace {

class Tell final : public Node {
 public:
  explicit Tell(Notice notice) : notice_(notice) {}

  Step step(const Moment& moment) const override {
    const auto& sources = moment.self().people->sources;
    if (moment.answer == nullptr) return Ask{question_of(moment.asking, sources)};
    auto people = people_of(moment.asking, sources);
    if (!people) return Fail{std::move(people.error())};
    Leave leave;
    if (!people->empty()) {
      leave.effects.emplace_back(Notify{notice_, people.take(), moment.asking.node});
    }
    return leave;
  }

 private:
  Notice notice_;
};

}  // namespace

Behaviour compile_tell(const metadata::FlowNode& definition, NodeCompiler&) {
  const bool copies = definition.kind == metadata::NodeKind::cc;
  return std::make_shared<const Tell>(copies ? Notice::copied : Notice::message);
}

}  // namespace tenon::flow
