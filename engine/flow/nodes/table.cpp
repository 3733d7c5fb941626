#include "engine/flow/nodes/nodes.h"

namespace tenon::flow {
namespace {

using metadata::NodeKind;

constexpr NodeBehaviour kNodeBehaviours[] = {
    {NodeKind::end, compile_end},           {NodeKind::condition, compile_condition},
    {NodeKind::parallel, compile_parallel}, {NodeKind::subflow, compile_subflow},
    {NodeKind::wait, compile_wait},         {NodeKind::approve, compile_people},
    {NodeKind::task, compile_people},       {NodeKind::cc, compile_tell},
    {NodeKind::notify, compile_tell},       {NodeKind::record, compile_record},
    {NodeKind::assign, compile_assign},     {NodeKind::decide, compile_decide},
};

}  // namespace

std::span<const NodeBehaviour> node_behaviours() { return kNodeBehaviours; }

std::vector<NamedFormula> compile_settings(const std::vector<metadata::Setting>& settings,
                                           std::string_view member, NodeCompiler& compiler) {
  std::vector<NamedFormula> compiled;
  for (const metadata::Setting& setting : settings) {
    compiled.push_back({setting.name, compiler.formula(setting.formula,
                                                       std::string(member) + "/" + setting.name)});
  }
  return compiled;
}

Result<std::vector<NamedValue>> evaluate(const std::vector<NamedFormula>& settings,
                                         const formula::Scope& scope) {
  std::vector<NamedValue> values;
  for (const NamedFormula& setting : settings) {
    TENON_TRY(Value value, setting.formula->evaluate(scope));
    values.emplace_back(setting.name, std::move(value));
  }
  return values;
}

}  // namespace tenon::flow
