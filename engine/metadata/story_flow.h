// What a story does to runs of flows, and what it expects of them.
//
// People are called as the story calls them, without the "@". Nodes by their ids, which never
// change. Read and written by story_flow_json.cpp; which verb has which members: story_verbs.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/metadata/story_value.h"

namespace tenon::metadata {

struct StoryChosen {
  std::string node;
  std::vector<std::string> people;
};

// Of migrate: a node of the version it leaves, and the one in its place.
struct StoryMove {
  std::string node;
  std::string to;
};

struct StoryAct {
  std::string flow;  // Flow id; "": the newest run of the record, whichever it is of.
  std::string node;
  std::string from;    // Of jump: the node it goes from; "": the only one.
  std::string port;    // Of skip; "": "next".
  std::string person;  // Who leaves, or hands over.
  std::string to;
  std::vector<std::string> people;
  std::string position;  // "before", "after", "parallel".
  bool is_direct = false;
  std::string comment;
  std::string request;  // The client's own id: what is asked again under it changes nothing.
  std::string event;
  std::string correlation;
  std::vector<StoryChosen> chosen;  // At submit.
  StoryValues variables;            // By name.
  std::vector<StoryMove> nodes;     // Of migrate.
};

// Exactly these keepers of open seats at a node, in their order.
struct StoryOpen {
  std::string node;
  std::vector<std::string> people;  // "ann", or "@ann", as written.
};

using StoryTexts = std::optional<std::vector<std::string>>;

struct StoryRuns {
  std::optional<std::vector<StoryOpen>> open;  // Of all running runs of the record.
  std::string run;      // "running", "approved", "incident no_branch"; "none": there is no run.
  StoryTexts seats;     // "manager bob approved".
  StoryTexts history;   // Of a look all of it, else what the step added: "approved manager bob".
  StoryTexts asked;     // In this step: "manager bob", "manager bob until <moment>".
  StoryTexts route;     // Of a preview: "manager: bob, cid".
  StoryTexts jobs;      // "flow_timer 2027-03-01T09:00:00Z": all that wait.
  StoryTexts notified;  // In this step: "task @bob".
  bool is_empty() const {
    return !open && run.empty() && !seats && !history && !asked && !route && !jobs && !notified;
  }
};

}  // namespace tenon::metadata
