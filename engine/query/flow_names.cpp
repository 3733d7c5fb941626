#include "engine/query/flow_names.h"

#include "engine/flow/program.h"
#include "engine/run/version.h"

namespace tenon::query {

const metadata::Flow* FlowNames::find(const std::string& flow, std::int64_t version) {
  const auto [known, fresh] = known_.try_emplace({flow, version});
  if (!fresh) return known->second.get();
  if (const auto* compiled = context_.app.find_flow(flow, version)) {
    known->second = compiled->definition;
    return known->second.get();
  }
  const std::string text = run::definition_of(context_.tx, flow, version);
  if (text.empty()) return nullptr;
  auto definition = metadata::parse_symbolic(text);
  if (definition) known->second = std::make_shared<const metadata::Flow>(definition.take());
  return known->second.get();
}

FlowNames::Place FlowNames::place(const std::string& flow, std::int64_t version,
                                  const std::vector<flow::GoneNode>& gone, int node) {
  if (!flow::is_gone(node)) return {find(flow, version), node};
  const flow::GoneNode& was = gone[static_cast<std::size_t>(flow::kGoneNodes - node)];
  return {find(flow, was.version), was.node};
}

std::string FlowNames::label(const std::string& flow, std::int64_t version) {
  const auto* current = context_.app.find_flow(flow);
  const metadata::Flow* definition =
      current != nullptr ? current->definition.get() : find(flow, version);
  if (definition == nullptr) return flow;
  const std::string& label = metadata::text_in(definition->label, context_.actor.locale);
  return label.empty() ? definition->name : label;
}

std::string FlowNames::name(const std::string& flow, std::int64_t version) {
  if (const auto* current = context_.app.find_flow(flow)) return current->name();
  const metadata::Flow* definition = find(flow, version);
  return definition == nullptr ? flow : definition->name;
}

const metadata::FlowNode* FlowNames::node(const metadata::Flow* flow, int node) const {
  const bool is_known =
      flow != nullptr && node > flow::kStartNode && node <= static_cast<int>(flow->nodes.size());
  return is_known ? &flow->nodes[static_cast<std::size_t>(node) - 1] : nullptr;
}

std::string FlowNames::node_id(const metadata::Flow* flow, int place) const {
  const metadata::FlowNode* found = node(flow, place);
  return found == nullptr ? std::string(flow::kStartId) : found->id;
}

std::string FlowNames::node_label(const metadata::Flow* flow, int place) const {
  const metadata::FlowNode* found = node(flow, place);
  if (found == nullptr) return context_.actor.locale.starts_with("zh") ? "发起人" : "Initiator";
  const std::string& label = metadata::text_in(found->label, context_.actor.locale);
  return label.empty() ? found->id : label;
}

std::string_view FlowNames::node_kind(const metadata::Flow* flow, int place) const {
  const metadata::FlowNode* found = node(flow, place);
  return found == nullptr ? std::string_view("start") : metadata::name_of(found->kind);
}

}  // namespace tenon::query
