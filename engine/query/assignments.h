// Who had a record when, and why: the ledger of assignments as the actor may know it.
#pragma once

#include <string>
#include <vector>

#include "engine/query/context.h"

namespace tenon::query {

struct NamedUser {
  RecordId id;  // 0: nobody.
  std::string name;
};

struct SkippedUser {
  NamedUser user;
  std::string reason;
  std::string unknown = {};  // What the table said, where nobody, or no team, is called so.
};

struct AssignmentEntry {
  DateTime at;
  std::string kind;  // assign, claim, release, return, extend
  int row = -1;      // Of the table; -1: none.
  std::string strategy;
  std::string rule_name;   // Of the table or pool as it is called now; "" where it is gone.
  std::string rule_label;  // In the actor's language.
  std::string row_label;   // Of the table's row, or of what takes records back to the pool.
  std::string team_name;
  NamedUser previous;
  NamedUser chosen;
  NamedUser actor;
  std::vector<SkippedUser> skipped;
  std::string reason;  // As it was said; of what went back by itself, in row_label.
};

// The newest first, at most `limit`. `not_found` where the actor may not see the record.
Result<std::vector<AssignmentEntry>> assignments(const Context& context, std::string_view object,
                                                 RecordId id, int limit);

}  // namespace tenon::query
