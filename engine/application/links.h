// What ties objects together: lines, rollups, lookups, and who is read by whom.
//
// Internal to the room: compile() calls it once all objects are there.
#pragma once

#include "engine/application/application.h"

namespace tenon::application {

// Fills in `children`, `rollups`, `lookups`, `top` and the uses of every object. Refused where a
// rollup's filter does not compile.
Result<void> link_objects(const metadata::Bundle& bundle, std::vector<Object>& objects);

}  // namespace tenon::application
