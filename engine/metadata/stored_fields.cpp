#include "engine/metadata/stored_fields.h"

#include <algorithm>
#include <vector>

namespace tenon::metadata {
namespace {

const Field* step_in(const Bundle& bundle, const std::string& object, const std::string& id) {
  const Object* of = bundle.find_id(object);
  return of == nullptr ? nullptr : of->find_id(id);
}

// Whether every step but the last goes from a line to what holds it.
bool goes_up(const Bundle& bundle, const std::string& object, const formula::Path& path) {
  if (path.root != formula::Path::Root::record) return false;
  std::string at = object;
  for (std::size_t i = 0; i + 1 < path.steps.size(); ++i) {
    const Field* field = step_in(bundle, at, path.steps[i].id);
    if (field == nullptr || field->held_by.empty()) return false;
    at = field->to;
  }
  return true;
}

}  // namespace

struct StoredFields::Formula {
  const Object* object;
  const Field* field;
  std::vector<int> slots;
  std::vector<formula::Path> paths;
};

StoredFields::StoredFields(const Bundle& bundle) {
  const BundleNames names(bundle);
  std::vector<Formula> formulas;
  for (const Object& object : bundle.objects) {
    for (const Field& field : object.fields) {
      if (!field.is_formula()) continue;
      formula::Needs needs;
      const auto formula = formula::compile(field.formula, object.id, names, needs);
      if (!formula || formula->is_live() || !formula->many().empty()) continue;
      const bool up = std::all_of(needs.paths.begin(), needs.paths.end(), [&](const auto& path) {
        return goes_up(bundle, object.id, path);
      });
      if (!up) continue;
      formulas_.insert({object.id, field.id});
      if (!needs.paths.empty()) upward_.insert({object.id, field.id});
      formulas.push_back({&object, &field, formula->slots(), std::move(needs.paths)});
    }
  }
  // One that reads a computed field is computed too, through any number of steps.
  for (bool moved = true; moved;) {
    moved = false;
    for (const Formula& formula : formulas) {
      if (!formulas_.contains({formula.object->id, formula.field->id})) continue;
      if (!reads_computed(bundle, formula)) continue;
      formulas_.erase({formula.object->id, formula.field->id});
      moved = true;
    }
  }
}

bool StoredFields::reads_computed(const Bundle& bundle, const Formula& formula) const {
  const auto& fields = formula.object->fields;
  for (const int slot : formula.slots) {
    // System fields change after derived ones are worked out.
    if (slot < 0 || !contains(*formula.object, fields[static_cast<std::size_t>(slot)])) return true;
  }
  for (const formula::Path& path : formula.paths) {
    std::string at = formula.object->id;
    for (const auto& step : path.steps) {
      const Field* field = step_in(bundle, at, step.id);
      if (field == nullptr || !contains(*bundle.find_id(at), *field)) return true;
      at = field->to;
    }
  }
  return false;
}

bool StoredFields::contains(const Object& object, const Field& field) const {
  if (field.is_children()) return false;
  return !field.is_formula() || formulas_.contains({object.id, field.id});
}

bool StoredFields::reads_holder(const Object& object, const Field& field) const {
  return contains(object, field) && upward_.contains({object.id, field.id});
}

}  // namespace tenon::metadata
