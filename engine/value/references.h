// What a value refers to: one record, several in order, or none.
//
// What refers to a record is handled alike whether its field holds one or several: deleting,
// merging and asking whether a file is in use go through here.
#pragma once

#include <optional>

#include "engine/value/value.h"

namespace tenon {

std::vector<RecordId> targets_of(const Value& value);
bool refers_to(const Value& value, RecordId target);

// The value with `from` replaced by `to`, or without it. In a list the place stays, and what is in
// it already does not come twice.
Value retargeted(const Value& value, RecordId from, std::optional<RecordId> to);

// Behind the others, unless it is there.
void add_reference(ReferenceList& list, RecordId id);
// Empty where the list is.
Value value_of(ReferenceList list);

}  // namespace tenon
