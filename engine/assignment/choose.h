// Which of a team's people a record goes to, and why the others were passed over.
//
// Pure: what is known of each candidate is gathered by engine/query, the choice is noted in the
// ledger (engine/record) by engine/command. People who are absent, off duty or full are skipped
// whatever the strategy; where nobody is left nobody is chosen, and the reasons say so.
// Vectors: tests/vectors/assignment.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/id.h"

namespace tenon::assignment {

enum class Strategy {
  round_robin,   // Who waited longest.
  least_loaded,  // Who has the fewest open records.
  weighted,      // By turns, as often as one's weight says.
  capacity,      // Who has the most room below their capacity.
};
std::optional<Strategy> find_strategy(std::string_view name);
std::string_view name_of(Strategy strategy);

enum class Reason { inactive, absent, off_hours, full };
std::string_view name_of(Reason reason);

struct Candidate {
  RecordId user;
  bool active = true;
  bool absent = false;
  bool on_duty = true;                   // Within the team's working hours.
  std::int64_t weight = 1;               // Of `weighted`, at least 1.
  std::optional<std::int64_t> capacity;  // Open records at most.
  std::int64_t load = 0;                 // Open records now.
  std::int64_t last = 0;                 // When chosen last, as the ledger counts; 0: never.
  std::int64_t recent = 0;               // How often lately (recent_max).
};

struct Skipped {
  RecordId user;
  Reason reason;
};

struct Choice {
  RecordId chosen;               // 0: nobody.
  std::vector<Skipped> skipped;  // In the team's order.
};

// Ties go to who waited longest, then to who comes first in the team.
Choice choose(Strategy strategy, std::span<const Candidate> candidates);

// How many of the ledger's newest entries of a team `recent` counts: one round of all weights, less
// the turn that is being given.
std::int64_t recent_max(std::span<const Candidate> candidates);

}  // namespace tenon::assignment
