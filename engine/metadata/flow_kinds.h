// The words of a flow's definition: kinds of nodes and triggers, those to come among them.
//
// One table each; what is not offered yet is refused as such, so that it comes later in the same
// table. Internal to the room, but for name_of().
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "engine/metadata/flow.h"

namespace tenon::metadata {

template <class Kind>
struct Offered {
  std::string_view name;
  std::optional<Kind> kind;  // Nothing: not offered yet.
};

std::span<const Offered<NodeKind>> node_kinds();
std::span<const Offered<TriggerKind>> trigger_kinds();
std::span<const Offered<SourceKind>> source_kinds();

std::string_view name_of(NodeKind kind);
std::string_view name_of(TriggerKind kind);
std::string_view name_of(SourceKind kind);

// Whether people decide at such a node.
bool is_human(NodeKind kind);

}  // namespace tenon::metadata
