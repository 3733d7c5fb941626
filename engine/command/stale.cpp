#include "engine/command/stale.h"

#include <algorithm>

#include "engine/metadata/derived.h"

namespace tenon::command {
namespace {

bool is_same(const metadata::Field& was, const metadata::Field& field) {
  return was.type == field.type && was.formula == field.formula && was.scale == field.scale &&
         was.function == field.function && was.of == field.of && was.filter == field.filter &&
         was.path == field.path && was.outcome == field.outcome;
}

// Its records get their numbers with this publish (numbering.h).
bool is_numbered_now(const metadata::Field* was, const metadata::Field& field) {
  return field.is_auto_number() && (was == nullptr || !was->is_auto_number());
}

}  // namespace

Stale::Stale(const metadata::Bundle& before, const metadata::Bundle& after,
             const application::BuildingFields& still) {
  const bool same_zone = before.time_zone == after.time_zone;
  const std::set<record::FieldId> left(still.begin(), still.end());
  for (const metadata::Object& object : after.objects) {
    const metadata::Object* old = before.find_id(object.id);
    if (old == nullptr) continue;  // A new object has no rows.
    for (const metadata::Field& field : object.fields) {
      const metadata::Field* was = old->find_id(field.id);
      const bool is_left = left.contains({object.id, field.id});
      if (is_left || is_numbered_now(was, field)) fields_.insert({object.id, field.id});
      if (!field.is_derived()) continue;
      const bool same = was != nullptr && is_same(*was, field);
      if (!same || (!same_zone && field.is_formula())) fields_.insert({object.id, field.id});
    }
  }
  spread(before, after);
}

void Stale::spread(const metadata::Bundle& before, const metadata::Bundle& after) {
  for (bool grows = true; grows;) {
    grows = false;
    for (const metadata::Object& object : after.objects) {
      if (before.find_id(object.id) == nullptr) continue;
      for (const metadata::Field& field : object.fields) {
        if (!field.is_derived() || fields_.contains({object.id, field.id})) continue;
        const auto readings = metadata::readings_of(after, object, field);
        const bool reads = std::any_of(readings.begin(), readings.end(), [&](const auto& one) {
          return fields_.contains({one.object, one.field});
        });
        if (!reads) continue;
        fields_.insert({object.id, field.id});
        grows = true;
      }
    }
  }
}

bool Stale::any_of(std::string_view object) const {
  const auto first = fields_.lower_bound({std::string(object), ""});
  return first != fields_.end() && first->object == object;
}

}  // namespace tenon::command
