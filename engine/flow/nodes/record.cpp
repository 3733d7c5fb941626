// record: creates, updates, deletes or finds one record.
#include "engine/flow/nodes/nodes.h"

namespace tenon::flow {
namespace {

using metadata::RecordVerb;

class RecordNode final : public Node {
 public:
  RecordNode(const metadata::FlowNode& definition, NodeCompiler& compiler)
      : verb_(definition.verb),
        object_(definition.object.empty() ? compiler.flow().object : definition.object),
        record_(compiler.formula(definition.record, "record")),
        set_(compile_settings(definition.set, "set", compiler)),
        match_(compile_settings(definition.match, "match", compiler)),
        as_(compiler.variable(definition.as)) {}

  Step step(const Moment& moment) const override {
    if (moment.answer != nullptr) return keep(*moment.answer);
    auto values = evaluate(verb_ == RecordVerb::query ? match_ : set_, moment.scope());
    if (!values) return Fail{std::move(values.error())};
    if (verb_ == RecordVerb::query) return Ask{FindRecord{object_, values.take()}};
    WriteRecord write{verb_, object_, moment.facts().record, values.take()};
    if (verb_ == RecordVerb::create) write.record = {};
    if (!record_) return Ask{std::move(write)};
    auto record = record_->evaluate(moment.scope());
    if (!record) return Fail{std::move(record.error())};
    const RecordId* id = std::get_if<RecordId>(&*record);
    if (id == nullptr) return Fail{Error::invalid("", "no_record", "there is no such record")};
    write.record = *id;
    return Ask{std::move(write)};
  }

 private:
  Step keep(const Answer& answer) const {
    if (answer.error) return Fail{*answer.error};
    Leave leave;
    if (as_ >= 0) {
      const bool found = answer.record != RecordId{};
      leave.set.emplace_back(as_, found ? Value(answer.record) : Value());
    }
    return leave;
  }

  RecordVerb verb_;
  std::string object_;
  std::optional<formula::Formula> record_;
  std::vector<NamedFormula> set_;
  std::vector<NamedFormula> match_;
  int as_;
};

}  // namespace

Behaviour compile_record(const metadata::FlowNode& definition, NodeCompiler& compiler) {
  return std::make_shared<const RecordNode>(definition, compiler);
}

}  // namespace tenon::flow
