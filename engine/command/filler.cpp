#include "engine/command/filler.h"

#include <algorithm>
#include <set>

#include "engine/command/fill.h"
#include "engine/command/ripple.h"
#include "engine/command/save.h"

namespace tenon::command {

using application::Object;

std::vector<const Object*> Filler::objects(bool all) const {
  std::set<int> places;
  for (const Object& object : context_.app.objects()) {
    const auto is_stale = [&](const auto& one) { return stale_.contains(object, one.slot); };
    const bool rolls = std::any_of(object.rollups.begin(), object.rollups.end(), is_stale);
    const bool looks = std::any_of(object.lookups.begin(), object.lookups.end(), is_stale);
    const bool works = std::any_of(
        object.derived.begin(), object.derived.end(),
        [&](const auto& one) { return is_stale(one) && (all || one.formula.has_paths()); });
    if (rolls || looks || works) places.insert(object.is_line() ? object.top : object.place);
  }
  std::vector<const Object*> found;
  for (const int place : places) {
    found.push_back(&context_.app.objects()[static_cast<std::size_t>(place)]);
  }
  return found;
}

Result<bool> Filler::work_out(const Object& object, RecordId id) {
  const auto record = record::read(context_.tx, object.table, id);
  if (!record) return false;
  Input counted;
  for (const application::Rollup& rollup : object.rollups) {
    if (rollup.is_of_lines || !stale_.contains(object, rollup.slot)) continue;
    if (is_being_filled(context_, object, rollup.slot)) {  // Every draft counts it anew.
      forget_counted(context_, object, rollup, id);
      continue;
    }
    TENON_TRY(auto value, counted_anew(context_, object, rollup, id));
    TENON_TRY(auto fitting, coerce(object.type(rollup.slot), std::move(value)));
    counted.entries.push_back({rollup.slot, std::move(fitting)});
  }
  TENON_TRY(auto draft, draft_along(context_, object, *record, counted));
  return save_silently(context_, object, *record, draft);
}

}  // namespace tenon::command
