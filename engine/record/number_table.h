// The counters of auto numbers, and the numbers that records have.
//
// Owns the table `auto_number`: the last number given, by field and scope (the date parts of its
// pattern, and the value of the field by which it counts apart). A row only rises, and outlives
// records, fields and objects. It is written in the transaction that keeps the number: what is
// rolled back has given none.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/record/table.h"
#include "engine/storage/migration.h"
#include "engine/value/number_pattern.h"

namespace tenon::record {

storage::Migrations number_migrations();

struct CounterKey {
  std::string_view object;  // Ids.
  std::string_view field;
  std::string_view scope;
};

std::int64_t take_number(storage::Transaction& tx, const CounterKey& key);
// The counter is at least so far: a number came from elsewhere.
void raise_number(storage::Transaction& tx, const CounterKey& key, std::int64_t least);

// A record, also an erased one, and where its number counts.
struct Numbered {
  RecordId id;
  DateTime created_at;
  std::string number;  // "": none yet.
  std::string scope;   // What the field by which it counts apart holds, as text.
};
// Those that have a number, in the order in which they were made.
void each_number(storage::Transaction& tx, const Table& table, const AutoNumber& number,
                 const std::function<void(const Numbered&)>& f);
// Those behind this id that have none, in that order.
std::vector<Numbered> unnumbered(storage::Transaction& tx, const Table& table,
                                 const AutoNumber& number, RecordId after, int count_max);
void set_number(storage::Transaction& tx, const Table& table, int slot, RecordId record,
                std::string_view number);

}  // namespace tenon::record
