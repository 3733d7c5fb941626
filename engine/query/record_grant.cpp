#include "engine/query/record_grant.h"

#include "engine/query/flow_names.h"
#include "engine/run/inbox.h"

namespace tenon::query {
namespace {

using metadata::FieldRight;

// Null of a copy, and where the node is none of people.
const metadata::FlowNode* node_of(FlowNames& names, const run::Reason& reason) {
  if (reason.is_copy) return nullptr;
  const auto [flow, node] = names.place(reason.flow, reason.version, reason.gone, reason.node);
  const bool is_known = flow != nullptr && node > 0 && node <= static_cast<int>(flow->nodes.size());
  return is_known ? &flow->nodes[static_cast<std::size_t>(node) - 1] : nullptr;
}

}  // namespace

std::optional<RecordGrant> granted_by_runs(const Context& context,
                                           const application::Object& object, RecordId record,
                                           bool is_seen) {
  const auto reasons = run::reasons_to_read(context.tx, object.id(), record, context.actor.user);
  if (reasons.empty()) return std::nullopt;
  const auto& own = context.rights.objects[static_cast<std::size_t>(object.place)];
  FlowNames names(context);
  RecordGrant grant{&object, is_seen ? own.readable : std::vector<bool>(own.readable.size())};
  for (const run::Reason& reason : reasons) {
    for (const int slot : slots_let(context, object, node_of(names, reason))) {
      grant.readable[static_cast<std::size_t>(slot)] = true;
    }
  }
  return grant;
}

std::vector<int> slots_let(const Context& context, const application::Object& object,
                           const metadata::FlowNode* node) {
  const auto& own = context.rights.objects[static_cast<std::size_t>(object.place)];
  std::vector<int> slots;
  for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
    bool reads = own.may_read(slot);
    if (node != nullptr) {
      const auto said = node->fields.find(object.field(slot).id);
      if (said != node->fields.end()) reads = said->second != FieldRight::none;
    }
    if (reads) slots.push_back(slot);
  }
  return slots;
}

}  // namespace tenon::query
