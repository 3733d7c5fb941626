// In whose hands a record is and what the actor may do about it, as the API writes it.
#pragma once

#include "engine/json/writer.h"
#include "engine/query/ownership.h"

namespace tenon::api {

// {"id", "name"}, or null for nobody.
void write_person(json::Writer& writer, std::string_view name, RecordId id,
                  const std::string& called);

// "actions": {"claim": [{"rule", "bound", "count", "until"}]}; nothing in the list: it may be done.
void write_actions(json::Writer& writer, const std::vector<query::OfferedAction>& actions);

// Null where no pool has the record.
void write_ownership(json::Writer& writer, std::string_view name, const query::Context& context,
                     const std::optional<query::Ownership>& ownership);

}  // namespace tenon::api
