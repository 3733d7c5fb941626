#include "engine/query/input_sight.h"

#include <algorithm>

namespace tenon::query {
namespace {

using application::Object;

bool same_rows(const KeptRows& a, const KeptRows& b, const std::vector<int>& paths) {
  if (a.beyond || b.beyond) return a.beyond && b.beyond;
  return std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(),
                    [&](const KeptRow& one, const KeptRow& other) {
                      const auto same = [&](int place) {
                        const auto at = static_cast<std::size_t>(place);
                        return one.paths[at] == other.paths[at];
                      };
                      return one.id == other.id && std::all_of(paths.begin(), paths.end(), same);
                    });
}

}  // namespace

Context seeing_all(const Context& context) {
  return {context.app, context.actor, context.app.all_rights(), context.tx, context.now};
}

bool InputSight::may_read(const Object& object, int slot) const {
  const auto& rights = context_.rights.objects[static_cast<std::size_t>(object.place)];
  return rights.read != permission::Reach::none && rights.may_read(slot);
}

bool InputSight::names_path(const formula::Path& path, const Object& object) const {
  if (path.root == formula::Path::Root::user) return true;  // About oneself.
  const Object* here = &object;
  for (const formula::Names::Member& step : path.steps) {
    if (here == nullptr || !may_read(*here, step.slot)) return false;
    here = context_.app.find_id(step.type.object);
  }
  return true;
}

bool InputSight::names_rows(const formula::ManyUse& use) const {
  const formula::ManyNeed& need = needs_.many[static_cast<std::size_t>(use.place)];
  const application::Many* many = object_.find_many(need.many.id);
  const Object& rows = context_.app.objects()[static_cast<std::size_t>(many->rows)];
  const bool told =
      many->is_lines() ? may_read(object_, many->children) : may_read(rows, many->reference);
  return told && may_read(rows, -1) &&
         std::all_of(use.slots.begin(), use.slots.end(),
                     [&](int slot) { return may_read(rows, slot); }) &&
         std::all_of(use.paths.begin(), use.paths.end(), [&](int place) {
           return names_path(need.paths[static_cast<std::size_t>(place)], rows);
         });
}

bool InputSight::names(const formula::Reads& reads) const {
  return std::all_of(reads.slots.begin(), reads.slots.end(),
                     [&](int slot) { return may_read(object_, slot); }) &&
         std::all_of(reads.paths.begin(), reads.paths.end(),
                     [&](int place) {
                       return names_path(needs_.paths[static_cast<std::size_t>(place)], object_);
                     }) &&
         std::all_of(reads.many.begin(), reads.many.end(),
                     [&](const formula::ManyUse& use) { return names_rows(use); });
}

bool InputSight::sees(const formula::Reads& reads, const KeptScope& seen,
                      const KeptScope& all) const {
  return names(reads) &&
         std::all_of(reads.slots.begin(), reads.slots.end(),
                     [&](int slot) { return seen.field(slot) == all.field(slot); }) &&
         std::all_of(reads.paths.begin(), reads.paths.end(),
                     [&](int place) { return seen.path(place) == all.path(place); }) &&
         std::all_of(reads.many.begin(), reads.many.end(), [&](const formula::ManyUse& use) {
           return same_rows(seen.rows(use.place), all.rows(use.place), use.paths);
         });
}

}  // namespace tenon::query
