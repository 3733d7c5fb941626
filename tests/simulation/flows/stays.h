// How long runs stood where they stood, seen from outside; compared with what is counted.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "engine/storage/database.h"

namespace tenon::simulation {

class Stays {
 public:
  // At every moment once, after all that happened then.
  void look(storage::Transaction& tx, std::int64_t now_ms);
  // Visits counted otherwise than they were seen; those that passed at once are nobody's matter.
  std::vector<std::string> miscounted(storage::Transaction& tx) const;

 private:
  using Node = std::tuple<std::string, std::int64_t, std::int64_t>;  // Flow, version, place.
  // Run, token, number: who takes a decision back comes to the visit again.
  using Visit = std::tuple<std::int64_t, std::int64_t, std::int64_t>;
  struct Stay {
    Node node;
    std::int64_t since_ms = 0;
  };

  std::map<Visit, Stay> here_;
  std::map<std::pair<Node, int>, std::int64_t> seen_;  // By bucket.
};

}  // namespace tenon::simulation
