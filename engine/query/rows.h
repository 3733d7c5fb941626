// The rows that aggregates of a record or line run over, as formula::Scope wants them; and those
// that are kept, read for many records at once.
//
// Lines of a draft stand for themselves: a row points to a line's fields, and is gathered again
// when those may have moved (command/derivation.h).
#pragma once

#include <list>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/query/context.h"

namespace tenon::query {

class GatheredRows {
 public:
  GatheredRows() = default;
  GatheredRows(GatheredRows&&) noexcept = default;
  GatheredRows& operator=(GatheredRows&&) noexcept = default;

  // For so many names, without rows.
  void begin(std::size_t count);
  // `fields` must outlive this; the others are kept here.
  void add(std::size_t place, RecordId id, const Values& fields, Values paths, Values system);
  // There are more than anybody gathers.
  void give_up(std::size_t place);
  // When all are there.
  void hand_to(formula::Scope& scope) const;

 private:
  std::vector<std::vector<formula::Row>> rows_;
  std::vector<std::span<const formula::Row>> spans_;
  std::vector<int> beyond_;
  std::list<Values> kept_;  // Empty it costs nothing: most objects have no aggregates.
};

struct KeptRow {
  RecordId id;
  Values fields;  // By slot; what is not needed stays empty.
  Values paths;   // By place in the ManyNeed's paths.
  Values system;
};
struct KeptRows {
  std::vector<KeptRow> rows;  // In their order.
  bool beyond = false;        // There are more than anybody gathers.
};

// What stands behind a name of these records, as far as who asks may see it: by record, in one
// query. Each has an entry.
std::unordered_map<std::int64_t, KeptRows> rows_behind(const Context& context,
                                                       const application::Object& object,
                                                       const formula::ManyNeed& need,
                                                       const std::vector<RecordId>& records);

// Of a path's last step.
const Type& type_of_end(const application::Application& app, const formula::Path& path);

}  // namespace tenon::query
