// What is known of the people of a team when a record is to be given to one of them.
//
// Read as the system: who is absent or full is the same for everybody. The choice itself is made in
// engine/assignment. Loads are counted over the records themselves, turns over the ledger.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/assignment/choose.h"
#include "engine/query/context.h"

namespace tenon::query {

struct Team {
  RecordId id;
  assignment::Strategy strategy = assignment::Strategy::round_robin;
  bool on_duty = true;  // By its working calendar, at the context's time.
};

// The living team with this name or id.
std::optional<Team> find_team(const Context& context, std::string_view name);
std::optional<Team> find_team(const Context& context, RecordId id);

// Its members who take part, in the order in which they joined; `load` and `recent` are still 0.
std::vector<assignment::Candidate> members_of(const Context& context, const Team& team,
                                              const application::Object& object);
// The same of one person, without a team.
assignment::Candidate candidate_of(const Context& context, RecordId user);

// How many of the object's records each has in the field, of those for which `open` holds.
void add_loads(const Context& context, const application::Object& object, int slot,
               const formula::Formula* open, std::vector<assignment::Candidate>& candidates);
// How often each was chosen in the team's last round.
void add_turns(const Context& context, const application::Object& object, RecordId team,
               std::vector<assignment::Candidate>& candidates);

}  // namespace tenon::query
