// Records as JSON: flat, with what was asked behind references nested inside them.
#pragma once

#include <string>
#include <vector>

#include "engine/command/context.h"
#include "engine/json/writer.h"
#include "engine/query/list.h"

namespace tenon::api {

// {"records": [...], "next": …, "count"?: n}
std::string page_json(const query::Page& page, bool with_may);
std::string record_json(const query::Page& page, bool with_may);

// [{"at": …, "rule": …, "message": …, "record"?: {"object": …, "id": …}}]
void write_warnings(json::Writer& writer, const std::vector<command::Warning>& warnings);

// A record just written, with its lines, as far as the actor may read it; what is to be told beside
// it as "$warnings", which no field can be named.
std::string record_json(const command::Context& context, const command::Reply& reply);

}  // namespace tenon::api
