// Carries out the stories of a bundle: what it is expected to do, on a virtual clock.
//
// Every story begins with the bundle published into a database of its own, and goes through the
// same commands and queries as people do. What differs from what was expected is told in words.
// The folder it works in is the caller's, and so is removing it. Format: metadata/story.h.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/metadata/story.h"

namespace tenon::story {

struct Played {
  std::string name;
  int steps = 0;
  std::vector<std::string> differences;  // Lines; none: it went as expected.
  bool is_green() const { return differences.empty(); }
};

struct RuleUse {
  std::string object;
  std::string rule;
  bool decided = false;  // Its condition was true in some story.
};

// A way out of a node of a flow, taken in some story or in none.
struct WayUse {
  std::string flow;
  std::string way;  // "manager.rejected"
  bool taken = false;
};

class Stories {
 public:
  // Publishes the bundle, as the only one beside the system's, in this empty folder.
  static Result<Stories> open(metadata::Files files, std::string folder);

  Played play(const metadata::Story& story);
  // Of all stories played so far, by object and rule.
  std::vector<RuleUse> rules() const;
  // The same of flows, by flow.
  std::vector<WayUse> ways() const;

 private:
  Stories(metadata::Files files, std::string folder)
      : files_(std::move(files)), folder_(std::move(folder)) {}

  metadata::Files files_;
  std::string folder_;
  std::map<std::pair<std::string, std::string>, bool> rules_;
  std::map<std::pair<std::string, std::string>, bool> ways_;
};

}  // namespace tenon::story
