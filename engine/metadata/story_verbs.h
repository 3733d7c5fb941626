// The verbs of stories: what each is about, and which members a step with it may have.
//
// A table in the order of StoryVerb; reading, writing and checking follow it.
#pragma once

#include <string_view>

#include "engine/metadata/story.h"

namespace tenon::metadata {

enum class StorySubject {
  none,
  truth,   // {"restart": true}
  text,    // An object, a mapping, a time, an action: verbs of records, read one by one.
  flow,    // Its name; the act is about its newest run on the record.
  node,    // Of the record's newest run.
  person,  // "@bob"
  event,
  words,  // A comment.
  files,  // {"flows/sign.json": what changes in it}
};

struct StoryVerbShape {
  std::string_view name;
  StorySubject subject;
  std::string_view members;  // Separated by blanks; "record!" where it must be there.
  bool is_of_flows() const {
    return subject >= StorySubject::flow && subject != StorySubject::files;
  }
  bool has(std::string_view member) const;
};

inline constexpr std::size_t kStoryVerbs = 39;
const StoryVerbShape& shape_of(StoryVerb verb);

}  // namespace tenon::metadata
