// What the formulas of an object need beyond a record, gathered as the system: what lies behind
// references, and the rows that aggregates run over.
//
// One query for each reference and hop, and for each name of many, however many records or lines
// ask: read_ahead() first, then one after the other.
#pragma once

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/command/context.h"
#include "engine/command/lines.h"
#include "engine/query/rows.h"

namespace tenon::command {

using query::GatheredRows;

// What holds a line while both are a draft: its fields are not in the database yet.
struct Holder {
  const application::Object* object;
  const Values* fields;
  const Values* system;
  const Holder* above;  // Null where it is the record itself.
};

// Who has rows: a record or line with its lines.
struct RowsOf {
  RecordId id;  // 0: a new one, which nothing refers to.
  const std::vector<LinesDraft>* lines;
  Holder self;
};

// Records met on the way are kept, so that two paths over one reference read it once.
class Gatherer {
 public:
  explicit Gatherer(Context& context) : context_(context) {}

  // By place in the object's needs. `holder`: of a line.
  Values paths(const application::Object& object, const Values& fields, const Holder* holder);
  Value lookup(const application::Lookup& lookup, const Values& fields);
  void rows(const application::Object& object, const RowsOf& of, GatheredRows& gathered);
  // Reads what many rows of an object will need.
  void read_ahead(const application::Object& object, const std::vector<const Values*>& rows,
                  const std::vector<RecordId>& ids);

 private:
  using Met = std::map<std::pair<int, std::int64_t>, std::optional<record::Record>>;
  // By object and slot, then by record.
  using Computed = std::map<std::pair<int, int>, std::unordered_map<std::int64_t, Value>>;
  struct Hop {
    const application::Object* object;
    int slot;
  };
  Value follow(const formula::Path& path, const application::Object& object, const Values& fields,
               const Holder* holder);
  Value follow_records(const formula::Path& path, std::size_t next, Value value);
  const std::optional<record::Record>& read(const application::Object& object, RecordId id);
  void read_all(const application::Object& object, const Values& ids);
  void read_ahead(const std::vector<Hop>& hops, const std::vector<const Values*>& rows);
  void read_ahead(const formula::Path& path, const application::Object& object,
                  const std::vector<const Values*>& rows);
  void read_computed(const application::Object& object, int slot, const std::vector<RecordId>& ids);
  Value field_of(const application::Object& object, const record::Record& record, int slot);

  // gather_rows.cpp
  void add_lines(const application::Object& object, std::size_t place, const RowsOf& of,
                 GatheredRows& gathered);
  void add_backs(const application::Object& object, std::size_t place, RecordId id,
                 GatheredRows& gathered);
  void read_backs(const application::Object& object, std::size_t place,
                  const std::vector<RecordId>& ids);
  Values row_paths(const formula::ManyNeed& need, const application::Object& rows,
                   const Values& fields, const Holder* holder);

  Context& context_;
  Met met_;
  Computed computed_;
  std::map<std::pair<int, std::size_t>, std::unordered_map<std::int64_t, query::KeptRows>> backs_;
};

// Of the system fields of a record, by slot -1, -2 …
Values system_values(const record::Record& record);
// The same as the draft of this record will be saved now; null: a new one.
Values system_values_of(const Context& context, const record::Record* before);

}  // namespace tenon::command
