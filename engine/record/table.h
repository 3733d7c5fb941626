// An object's table: one real table per object, one real column per stored field.
//
// Physical names are fixed at creation (catalogue.h), so a rename is no DDL. The statements are
// built once, when an application is compiled, from names the catalogue made. Reads and writes here
// know no permission and no rule: engine/command and engine/query ask those first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/id.h"
#include "engine/storage/database.h"
#include "engine/value/column.h"

namespace tenon::record {

// A record as it is kept. `fields` by slot; those computed on read stay empty.
struct Record {
  RecordId id;
  std::int64_t version = 0;
  DateTime created_at;
  RecordId created_by;  // 0: the system.
  DateTime updated_at;
  RecordId updated_by;
  Values fields;
  // Of lines: the record that holds them in the end, and their place among those held by the same.
  RecordId root;
  std::int64_t position = 0;
};

struct StoredColumn {
  int slot;
  std::string name;
  Type type;
};

struct Table {
  std::string name;
  std::vector<StoredColumn> columns;  // In slot order.
  int slots = 0;                      // Of the object, with those computed on read.
  bool is_of_lines = false;           // Has the columns root and position.

  // Built by prepare_statements().
  std::string select;  // Every column, FROM the table.
  std::string select_by_id;
  std::string select_erased;
  std::string insert;
};
void prepare_statements(Table& table);

const StoredColumn* find_column(const Table& table, int slot);

// The living record with this id.
std::optional<Record> read(storage::Transaction& tx, const Table& table, RecordId id);

// A clash names the unique index's columns; nothing is written then.
std::optional<storage::Clash> insert(storage::Transaction& tx, const Table& table,
                                     const Record& record);
// Writes the stored fields that differ, version and who changed it. `after` has the new version.
std::optional<storage::Clash> update(storage::Transaction& tx, const Table& table,
                                     const Record& before, const Record& after);
// Those of these records that live, in the order of their ids.
std::vector<Record> read_many(storage::Transaction& tx, const Table& table,
                              const std::vector<RecordId>& ids);
// The living lines held by these records at this slot, by holder, then in their order.
std::vector<Record> read_lines(storage::Transaction& tx, const Table& table, int parent_slot,
                               const std::vector<RecordId>& holders);

// Soft: the row stays for 30 days, unseen, in this version.
void erase(storage::Transaction& tx, const Table& table, RecordId record, std::int64_t version,
           DateTime at, RecordId by);

// The same for all lines that a record holds in the end.
void erase_lines(storage::Transaction& tx, const Table& table, RecordId root, std::int64_t version,
                 DateTime at, RecordId by);

// A record that was erased, as it then was; nothing where it lives or never was.
std::optional<Record> read_erased(storage::Transaction& tx, const Table& table, RecordId id);
// Undoes erase() and erase_lines(): what was erased with this record in that version.
std::optional<storage::Clash> restore(storage::Transaction& tx, const Table& table,
                                      const Record& erased, std::int64_t version, DateTime at,
                                      RecordId by);
void restore_lines(storage::Transaction& tx, const Table& table, const Record& erased_root,
                   std::int64_t version);

// Ids of living records at these places of a reference.
std::vector<RecordId> referring_to_any(storage::Transaction& tx, const Table& table, int slot,
                                       const std::vector<RecordId>& targets);
// The records that hold these lines in the end, each once.
std::vector<RecordId> roots_of(storage::Transaction& tx, const Table& table,
                               const std::vector<RecordId>& lines);
// All living records behind this id, at most `count_max`, in the order of their ids.
std::vector<RecordId> ids_after(storage::Transaction& tx, const Table& table, RecordId after,
                                int count_max);

// How many there are, erased ones included.
std::int64_t count_rows(storage::Transaction& tx, const Table& table);

// Ids of living records whose reference at this slot is `target`, or whose list has it, at most
// `count_max`.
std::vector<RecordId> referring(storage::Transaction& tx, const Table& table, int slot,
                                RecordId target, int count_max);

// Ids of living records whose field at this slot has this value, at most two: enough to know
// whether a match is unique.
std::vector<RecordId> matching(storage::Transaction& tx, const Table& table, int slot,
                               const Value& value);

// Records erased before this moment, those whose id is lowest first; and rows removed for good.
std::vector<Record> erased_before(storage::Transaction& tx, const Table& table, DateTime before,
                                  int count_max);
void remove(storage::Transaction& tx, const Table& table, RecordId record);
// Ids above this one of living records made before this moment, in order.
std::vector<RecordId> made_before(storage::Transaction& tx, const Table& table, RecordId above,
                                  DateTime before, int count_max);
// Whether a record, also an erased one, refers to the target in this slot.
bool is_referred_to(storage::Transaction& tx, const Table& table, int slot, RecordId target);
// The same with a field's value.
bool has_value(storage::Transaction& tx, const Table& table, int slot, const Value& value);

// The highest id in the table, 0 where it is empty; erased records count.
std::int64_t highest_id(storage::Transaction& tx, const Table& table);

}  // namespace tenon::record
