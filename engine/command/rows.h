// The rows that aggregates of a record or line run over, as formula::Scope wants them.
//
// Lines of a draft stand for themselves: a row points to a line's fields, and is gathered again
// when those may have moved (derivation.h). Records that refer back are as they are kept, read as
// the system for many holders at once (gather.h).
#pragma once

#include <deque>
#include <span>
#include <vector>

#include "engine/formula/formula.h"

namespace tenon::command {

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
  std::deque<Values> kept_;
};

}  // namespace tenon::command
