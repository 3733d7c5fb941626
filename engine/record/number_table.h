// The counters of auto numbers, and the numbers that records have.
//
// Owns the table `auto_number`: the last number given, by field and scope (the date parts of its
// pattern). A row only rises, and outlives records, fields and objects. It is written in the
// transaction that keeps the number: what is rolled back has given none.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/record/table.h"
#include "engine/storage/migration.h"

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

// The numbers of every record, also of erased ones.
void each_number(storage::Transaction& tx, const Table& table, int slot,
                 const std::function<void(std::string_view)>& f);
// Records behind this id without one, also erased ones, in the order in which they were made.
struct Unnumbered {
  RecordId id;
  DateTime created_at;
};
std::vector<Unnumbered> unnumbered(storage::Transaction& tx, const Table& table, int slot,
                                   RecordId after, int count_max);
void set_number(storage::Transaction& tx, const Table& table, int slot, RecordId record,
                std::string_view number);

}  // namespace tenon::record
