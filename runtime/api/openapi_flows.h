// The paths of tasks, runs and flows for the OpenAPI document: the same for every application.
#pragma once

#include "engine/json/writer.h"

namespace tenon::api {

// Within the object "paths".
void write_flow_paths(json::Writer& writer);

}  // namespace tenon::api
