// What happened to a record as JSON, and what changed by it.
#pragma once

#include <string>
#include <vector>

#include "engine/json/writer.h"
#include "engine/query/history.h"

namespace tenon::api {

// "changes": [{"field", "old", "new"}]; of lines: [{"field", "lines": [{"id", "kind",
// "changes"}]}]. Within an object that is begun.
void write_changes(json::Writer& writer, const application::Object& object,
                   const std::vector<query::HistoryChange>& changes);

// Of GET /records/{object}/{id}/history.
std::string history_json(const query::History& history);

}  // namespace tenon::api
