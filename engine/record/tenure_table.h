// In whose hands each record of an object with pools is, since when, and when it goes back by
// itself.
//
// Owns the table `tenure`: one row per living record, kept true by the transaction that changes the
// record or something its due time is reckoned from (engine/command/hands.h), so that what is due
// is found by an index. What has been is in the ledger (assignment_table.h).
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

struct Tenure {
  RecordId owner;  // 0: nobody.
  DateTime since;
  int extensions = 0;
  int extended_days = 0;
  std::string changed = "{}";   // JSON: field id → when its value last changed, as milliseconds.
  std::optional<DateTime> due;  // Nothing: it stays.
  std::string due_rule;         // Name of the return that is due then.
  friend bool operator==(const Tenure&, const Tenure&) = default;
};

struct DueRecord {
  std::string object;  // Its id.
  RecordId record;
};

storage::Migrations tenure_migrations();

std::optional<Tenure> read_tenure(storage::Transaction& tx, std::string_view object, RecordId id);
void keep_tenure(storage::Transaction& tx, std::string_view object, RecordId id,
                 const Tenure& tenure);
void remove_tenure(storage::Transaction& tx, std::string_view object, RecordId id);

// Those that are due by then, the longest due first.
std::vector<DueRecord> due_records(storage::Transaction& tx, DateTime by, int count_max);
std::optional<DateTime> next_due(storage::Transaction& tx);

}  // namespace tenon::record
