// Checks of a flow's parts. Internal to the room.
#pragma once

#include "engine/metadata/check_value.h"
#include "engine/metadata/flow_graph.h"
#include "engine/metadata/flow_names.h"

namespace tenon::metadata {

struct FlowChecked {
  Draft& draft;
  const Bundle& whole;
  const Flow& flow;
  const FlowGraph& graph;
  FlowNames names;  // As written.
  Place at;

  std::optional<formula::Type> type(const std::string& text, const Place& place,
                                    std::optional<Kind> wanted) const {
    if (text.empty()) return std::nullopt;
    const auto formula =
        type_formula(draft, whole, names, flow.object, place, wanted, Asked::of_change);
    return formula ? std::optional(formula->type()) : std::nullopt;
  }
  // What a field or variable is to keep.
  void value(const std::string& text, const Place& place, const Field& target) const {
    if (text.empty()) return;
    type_value(draft, whole, names, flow.object, place, target, Asked::of_change);
  }
  void problem(const Place& place, std::string rule, std::string message) const {
    draft.problem(place, std::move(rule), std::move(message));
  }
  void duration(const std::string& text, const Place& place) const;
  const Field* variable(const std::string& name, const Place& place) const;
};

void check_flow_people(const FlowChecked& checked, const FlowNode& node, const Place& at);

}  // namespace tenon::metadata
