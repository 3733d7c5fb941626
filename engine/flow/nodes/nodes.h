// The kinds of nodes, one file each; internal to the room.
#pragma once

#include "engine/flow/node.h"

namespace tenon::flow {

using Behaviour = std::shared_ptr<const Node>;

Behaviour compile_end(const metadata::FlowNode& definition, NodeCompiler& compiler);
Behaviour compile_condition(const metadata::FlowNode& definition, NodeCompiler& compiler);
Behaviour compile_parallel(const metadata::FlowNode& definition, NodeCompiler& compiler);
Behaviour compile_subflow(const metadata::FlowNode& definition, NodeCompiler& compiler);
Behaviour compile_wait(const metadata::FlowNode& definition, NodeCompiler& compiler);
Behaviour compile_people(const metadata::FlowNode& definition, NodeCompiler& compiler);
Behaviour compile_tell(const metadata::FlowNode& definition, NodeCompiler& compiler);
Behaviour compile_record(const metadata::FlowNode& definition, NodeCompiler& compiler);
Behaviour compile_assign(const metadata::FlowNode& definition, NodeCompiler& compiler);
Behaviour compile_decide(const metadata::FlowNode& definition, NodeCompiler& compiler);

// Names and formulas, kept in their order.
struct NamedFormula {
  std::string name;
  std::optional<formula::Formula> formula;
};
std::vector<NamedFormula> compile_settings(const std::vector<metadata::Setting>& settings,
                                           std::string_view member, NodeCompiler& compiler);
Result<std::vector<NamedValue>> evaluate(const std::vector<NamedFormula>& settings,
                                         const formula::Scope& scope);

}  // namespace tenon::flow
