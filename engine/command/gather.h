// What the formulas of an object need beyond a record, gathered as the system.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/command/context.h"

namespace tenon::command {

// What holds a line while both are a draft: its fields are not in the database yet.
struct Holder {
  const application::Object* object;
  const Values* fields;
  const Values* system;
  const Holder* above;  // Null where it is the record itself.
};

// Records met on the way are kept, so that two paths over one reference read it once.
class Gatherer {
 public:
  explicit Gatherer(Context& context) : context_(context) {}

  // By place in the object's needs. `holder`: of a line.
  Values paths(const application::Object& object, const Values& fields, const Holder* holder);
  Value lookup(const application::Lookup& lookup, const Values& fields);
  // Reads what many rows of an object will need, once for each reference and hop.
  void read_ahead(const application::Object& object, const std::vector<const Values*>& rows);

 private:
  using Met = std::map<std::pair<int, std::int64_t>, std::optional<record::Record>>;
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
  Value field_of(const application::Object& object, const record::Record& record, int slot);

  Context& context_;
  Met met_;
};

// Of the system fields of a record, by slot -1, -2 …
Values system_values(const record::Record& record);

Values gather(Context& context, const application::Object& object, const Values& fields);

}  // namespace tenon::command
