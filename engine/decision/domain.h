// Which values an input of a table can have: those of the field it names, else what its own words
// and the kind of its formula say. Internal to the room.
#pragma once

#include "engine/decision/table.h"

namespace tenon::decision {

Domain domain_of(const metadata::Bundle& bundle, const std::string& object,
                 const metadata::TableInput& definition, const formula::Formula& formula);

// Whether the domain has this value, that of a test; empty or not is asked of may_be_empty.
bool has_value(const Domain& domain, const Value& value);
// Whether it has one between the two that is neither; an empty end: below or above everything.
bool has_between(const Domain& domain, const Value& low, const Value& high);

}  // namespace tenon::decision
