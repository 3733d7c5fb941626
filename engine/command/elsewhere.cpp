#include "engine/command/elsewhere.h"

#include <algorithm>
#include <set>

namespace tenon::command {
namespace {

using application::Object;

class Search {
 public:
  explicit Search(const application::Application& app) : app_(app) {}

  bool any_of(const Object& object, const formula::Formula& formula) {
    const auto by_slot = [&](int slot) { return slot >= 0 && any_of(object, slot); };
    const auto by_path = [&](int place) {
      return any_of(object, object.needs.paths[static_cast<std::size_t>(place)]);
    };
    return !formula.many().empty() ||
           std::any_of(formula.slots().begin(), formula.slots().end(), by_slot) ||
           std::any_of(formula.paths().begin(), formula.paths().end(), by_path);
  }

 private:
  // Fields of lines of their own kind may lead back to themselves.
  bool any_of(const Object& object, int slot) {
    if (!seen_.insert({object.place, slot}).second) return false;
    if (const auto* formula = object.find_derived(slot)) return any_of(object, *formula);
    const auto is_it = [&](const auto& one) { return one.slot == slot; };
    const auto& lookups = object.lookups;
    if (std::any_of(lookups.begin(), lookups.end(), is_it)) return true;
    const auto rollup = std::find_if(object.rollups.begin(), object.rollups.end(), is_it);
    if (rollup == object.rollups.end()) return false;
    if (!rollup->is_of_lines) return true;
    const Object& rows = app_.objects()[static_cast<std::size_t>(rollup->rows)];
    return (rollup->of >= 0 && any_of(rows, rollup->of)) ||
           (rollup->filter && any_of(rows, *rollup->filter));
  }

  // A line looks up to what holds it: that is the same record.
  bool any_of(const Object& object, const formula::Path& path) {
    if (path.root == formula::Path::Root::user) return true;
    const Object* at = &object;
    for (std::size_t step = 0; step + 1 < path.steps.size(); ++step) {
      const metadata::Field* field = at->definition->find_id(path.steps[step].id);
      if (field == nullptr || field->held_by.empty()) return true;
      at = app_.find_id(field->to);
    }
    const metadata::Field* last = at->definition->find_id(path.steps.back().id);
    if (last == nullptr) return false;  // Its id, its version.
    return any_of(*at, static_cast<int>(last - at->definition->fields.data()));
  }

  const application::Application& app_;
  std::set<std::pair<int, int>> seen_;  // Objects and slots.
};

}  // namespace

bool is_from_elsewhere(const application::Application& app, const Object& object,
                       const formula::Formula& formula) {
  return Search(app).any_of(object, formula);
}

}  // namespace tenon::command
