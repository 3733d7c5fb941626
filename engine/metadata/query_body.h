// The JSON form of a query: what a report holds and POST /query takes.
#pragma once

#include "engine/base/result.h"
#include "engine/json/document.h"
#include "engine/json/writer.h"
#include "engine/metadata/definitions.h"

namespace tenon::metadata {

// Names as they are written: nothing is looked up. Every problem, at the reader's paths.
Result<QueryBody> parse(json::Reader reader, json::To<QueryBody>);
void write(json::Writer& writer, const QueryBody& query);

}  // namespace tenon::metadata
