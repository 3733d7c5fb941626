#include "engine/metadata/story_verbs.h"

#include <algorithm>
#include <array>

namespace tenon::metadata {
namespace {

using enum StorySubject;

constexpr std::array<StoryVerbShape, kStoryVerbs> kShapes{{
    {"", none, "record flow"},
    {"create", text, ""},
    {"update", text, ""},
    {"delete", text, ""},
    {"action", text, ""},
    {"check", text, ""},
    {"import", text, ""},
    {"clock", text, "record flow"},
    {"restart", truth, "record flow down"},
    {"submit", flow, "record! chosen comment variables"},
    {"button", flow, "record! chosen comment variables"},
    {"approve", node, "record! flow set comment request"},
    {"reject", node, "record! flow comment request"},
    {"complete", node, "record! flow set comment request"},
    {"return", node, "record! flow to direct comment request"},
    {"transfer", node, "record! flow to comment request"},
    {"delegate", node, "record! flow to comment request"},
    {"answer", node, "record! flow comment request"},
    {"add_sign", node, "record! flow position people comment request"},
    {"remove_sign", node, "record! flow people comment request"},
    {"take_back", node, "record! flow comment request"},
    {"urge", node, "record! flow comment request"},
    {"withdraw", flow, "record! comment request"},
    {"suspend", flow, "record! comment request"},
    {"resume", flow, "record! comment request"},
    {"void", flow, "record! comment request"},
    {"comment", words, "record! flow request"},
    {"cc", flow, "record! people comment request"},
    {"jump", node, "record! flow from comment request"},
    {"retry", node, "record! flow comment request"},
    {"skip", node, "record! flow port comment request"},
    {"variables", flow, "record! set comment request"},
    {"reassign", person, "record flow to comment"},
    {"approvers", node, "record! flow people comment request"},
    {"disable_user", person, "record flow"},
    {"preview", flow, "record! chosen variables"},
    {"event", event, "record flow correlation"},
    {"migrate", flow, "record! nodes comment"},
    {"publish", files, "record flow"},
}};

}  // namespace

bool StoryVerbShape::has(std::string_view member) const {
  for (std::size_t from = 0; from < members.size();) {
    const std::size_t end = std::min(members.find(' ', from), members.size());
    std::string_view one = members.substr(from, end - from);
    if (one.ends_with('!')) one.remove_suffix(1);
    if (one == member) return true;
    from = end + 1;
  }
  return false;
}

const StoryVerbShape& shape_of(StoryVerb verb) { return kShapes[static_cast<std::size_t>(verb)]; }

std::string_view name_of(StoryVerb verb) { return shape_of(verb).name; }

}  // namespace tenon::metadata
