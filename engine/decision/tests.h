// Whether a value passes a cell's test. Internal to the room.
#pragma once

#include "engine/decision/table.h"

namespace tenon::decision {

// An operand's value for this record.
Result<Value> value_of(const Operand& operand, const formula::Scope& scope);

// Two-valued, as formulas are: nothing is less or greater than what is empty, and empty equals
// empty.
Result<bool> passes(const Test& test, const Value& value, const formula::Scope& scope);

}  // namespace tenon::decision
