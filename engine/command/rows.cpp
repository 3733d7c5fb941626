#include "engine/command/rows.h"

namespace tenon::command {

void GatheredRows::begin(std::size_t count) {
  rows_.assign(count, {});
  spans_.assign(count, {});
  beyond_.clear();
  kept_.clear();
}

void GatheredRows::add(std::size_t place, RecordId id, const Values& fields, Values paths,
                       Values system) {
  const Values& kept_paths = kept_.emplace_back(std::move(paths));
  const Values& kept_system = kept_.emplace_back(std::move(system));
  rows_[place].push_back({.fields = fields, .paths = kept_paths, .system = kept_system, .id = id});
  spans_[place] = rows_[place];
}

void GatheredRows::give_up(std::size_t place) { beyond_.push_back(static_cast<int>(place)); }

void GatheredRows::hand_to(formula::Scope& scope) const {
  scope.many = spans_;
  scope.beyond = beyond_;
}

}  // namespace tenon::command
