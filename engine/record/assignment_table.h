// The ledger of assignments: who got a record when, by which rule, and who was passed over.
//
// Owns the table `assignment`. Append-only, written in the transaction that decides. Where a round
// of turns stands, and how much somebody claimed today, is read from here, so that neither is a
// record or an event; the last turn of each is kept beside it (`assignment_turn`). Who may read it
// is decided in engine/query.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"
#include "engine/value/date.h"

namespace tenon::record {

struct Assignment {
  std::int64_t id = 0;  // Given by append(): rises.
  std::string object;   // Its id.
  RecordId record;
  DateTime at;
  std::string kind;     // assign, claim, release, return, extend
  std::string rule;     // Id of the decision table, or of the pool.
  int row = -1;         // Of the table; -1: none applied, or a pool.
  RecordId row_record;  // Where rows are records.
  RecordId previous;    // Who had it before; 0: nobody.
  RecordId chosen;      // 0: nobody.
  RecordId team;
  std::string strategy;
  std::string skipped = "[]";  // JSON: [{"user": id or "name": text, "reason": text}]
  RecordId actor;              // 0: the system.
  std::string reason;          // Of a pool: the name of what took it back; else as somebody said.
};

storage::Migrations assignment_migrations();

std::int64_t append(storage::Transaction& tx, const Assignment& entry);
// The newest first.
std::vector<Assignment> assignments_of(storage::Transaction& tx, std::string_view object,
                                       RecordId record, int count_max);
struct Turn {
  RecordId user;           // 0: nobody could be chosen.
  std::int64_t entry = 0;  // With which the team last gave one of the object's records to them.
};
// Of everybody to whom the team ever gave one.
std::vector<Turn> last_turns(storage::Transaction& tx, std::string_view object, RecordId team);
// Whom the newest entries of the team chose.
std::vector<RecordId> newest_chosen(storage::Transaction& tx, std::string_view object,
                                    RecordId team, std::int64_t count_max);
// How many claims by this rule gave the user a record since.
std::int64_t count_claims(storage::Transaction& tx, std::string_view object, RecordId user,
                          std::string_view rule, DateTime since);
// When the record last went out of the user's hands; nothing where they never had it.
std::optional<DateTime> left_at(storage::Transaction& tx, std::string_view object, RecordId record,
                                RecordId user);

}  // namespace tenon::record
