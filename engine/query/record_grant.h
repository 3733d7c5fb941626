// What runs let somebody read of the record they are about, beyond their own rights.
//
// Whoever has an open task, decided one, or was sent a copy reads that one record: its fields as
// their roles say of fields, and as the nodes of their tasks say. Asked of the rows of tasks and
// copies themselves, when one record is read; no list, count or search has more for it
// (engine/decisions/0024).
#pragma once

#include <optional>

#include "engine/query/context.h"

namespace tenon::query {

// Nothing where no run lets them. `is_seen`: within their own reach, so a node hides nothing of it.
std::optional<RecordGrant> granted_by_runs(const Context& context,
                                           const application::Object& object, RecordId record,
                                           bool is_seen);

// Slots that a node of people, or a copy (no node), lets the actor read.
std::vector<int> slots_let(const Context& context, const application::Object& object,
                           const metadata::FlowNode* node);

}  // namespace tenon::query
