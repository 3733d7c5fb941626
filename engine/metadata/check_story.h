// What a story may call by name, as it goes on; internal to the check of stories.
#pragma once

#include <set>

#include "engine/base/suggest.h"
#include "engine/metadata/checks.h"

namespace tenon::metadata {

struct StoryNames {
  StoryNames(Draft& draft_given, const Bundle& whole_given)
      : draft(draft_given), whole(whole_given) {
    for (const Role& role : whole.roles) roles.push_back(role.name);
  }

  Draft& draft;
  const Bundle& whole;
  std::vector<std::string> roles;
  std::set<std::string> refs;
  std::set<std::string> logins;
  std::set<std::string> published;  // Nodes that a publish in the story brings.

  template <class Names>
  void one_of(const Names& names, const std::string& name, const std::string& kind,
              const Place& place) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    draft.problem(place, "unknown_" + kind,
                  "there is no " + kind + " \"" + name + "\"" +
                      did_you_mean(name, std::span<const typename Names::value_type>(names)));
  }

  void make(const std::string& ref, const Place& place) {
    if (ref.empty() || refs.insert(ref).second) return;
    draft.problem(place, "duplicate", "the story calls something else \"@" + ref + "\"");
  }

  void known(const std::string& ref, const Place& place) {
    if (refs.contains(ref)) return;
    const std::vector<std::string> all(refs.begin(), refs.end());
    draft.problem(place, "unknown_reference",
                  "nothing is called \"@" + ref + "\" by then" +
                      did_you_mean(ref, std::span<const std::string>(all)));
  }

  // A login of the story's people, or a role, which somebody has who has no other.
  void actor(const std::string& as, const Place& place) {
    if (as.empty() || logins.contains(as)) return;
    one_of(roles, as, "role", place);
    refs.insert(as);
  }

  void value(const std::string& json, const Place& place) {
    if (!json.starts_with("\"@") || json.starts_with("\"@@") || json.size() < 4) return;
    known(json.substr(2, json.size() - 3), place);
  }

  void values(const StoryValues& values, const Place& place) {
    for (const StoryValue& one : values) value(one.json, place / one.field);
  }
};

// What the step does to runs, and what it expects of them.
void check_act(StoryNames& names, const StoryStep& step, const Place& place);

}  // namespace tenon::metadata
