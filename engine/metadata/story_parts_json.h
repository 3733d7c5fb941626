// The JSON border of a story's parts. Internal to the room.
#pragma once

#include "engine/metadata/definition_json.h"
#include "engine/metadata/story_verbs.h"

namespace tenon::metadata {

bool expect_kind(json::Reader reader, json::Kind kind, Problems& problems);
// "bill" of "@bill"; "" of anything else.
std::string referred(const std::string& text);
StoryValues values_of(json::Members& members, std::string_view name);
StoryTexts given_texts(json::Members& members, std::string_view name);
void write_values(json::Writer& writer, std::string_view name, const StoryValues& values);
void write_given_texts(json::Writer& writer, std::string_view name, const StoryTexts& texts);

// What the step's verb, read before, does to runs: its subject where it is a verb of flows, and
// the members that it may have.
void read_act(json::Members& members, StoryStep& step);
void write_act(json::Writer& writer, const StoryStep& step);
// The members of `expect` about runs.
StoryRuns parse_runs(json::Members& members);
void write_runs(json::Writer& writer, const StoryRuns& runs);

}  // namespace tenon::metadata
