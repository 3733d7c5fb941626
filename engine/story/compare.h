// What happened beside what was expected, and the difference in words.
#pragma once

#include <string>
#include <vector>

#include "engine/command/check_draft.h"
#include "engine/command/import_rows.h"
#include "engine/metadata/story.h"
#include "engine/query/list.h"
#include "engine/story/reference.h"

namespace tenon::story {

using Lines = std::vector<std::string>;

// "  - expected" and "  + found" for what is on one side only, under this heading; nothing where
// both are the same, in order.
Lines difference(const std::string& heading, const Lines& expected, const Lines& found);

// "invalid [name: required]", its problems sorted.
std::string line_of(const Error& error);
std::string line_of(const metadata::StoryError& error);
// The refusal as a line that says as much as the story does.
std::string line_of(const Error& error, const metadata::StoryError& like);

// "status = \"new\"" for each value that the story looks at: as expected, and as it is.
Lines lines_of(const metadata::StoryValues& values, const query::Page& page,
               const References& references);
Lines lines_of(const query::Page& page, const metadata::StoryValues& asked,
               const References& references);
Lines lines_of(const metadata::StoryValues& values, const command::Checked& checked,
               const References& references);
Lines lines_of(const command::Checked& checked, const metadata::StoryValues& asked,
               const References& references);

// "update @lead {status: \"new\" → \"contacted\"}"; changes only where the story says some.
Lines lines_of(const std::vector<metadata::StoryEvent>& events, const application::Application& app,
               const References& references);
Lines lines_of(const std::vector<event::Event>& events,
               const std::vector<metadata::StoryEvent>& like, const application::Application& app,
               const References& references);

// "created", "rejected: name: required".
Lines lines_of(const command::Imported& imported);
Lines names_of(const std::vector<int>& slots, const application::Object& object);

}  // namespace tenon::story
