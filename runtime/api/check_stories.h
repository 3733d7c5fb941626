// Whether a bundle does what its stories expect: asked before it is published.
#pragma once

#include "engine/base/result.h"
#include "engine/metadata/bundle.h"

namespace tenon::api {

// Plays every story of these files in a store of its own, on a virtual clock; how many there are.
// `invalid` where one is red: what differs is told at the story's file, with the rule `story`.
// Takes as long as the stories do, so it is work for a worker.
Result<int> check_stories(const metadata::Files& files);

}  // namespace tenon::api
