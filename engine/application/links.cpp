#include "engine/application/links.h"

#include "engine/metadata/currency.h"
#include "engine/metadata/many.h"

namespace tenon::application {
namespace {

using By = metadata::BundleNames::By;

class Linker {
 public:
  Linker(const metadata::Bundle& bundle, std::vector<Object>& objects)
      : bundle_(bundle), names_(bundle), objects_(objects) {}

  Result<void> link() {
    for (Object& object : objects_) {
      if (const auto* top = metadata::top_of_lines(bundle_, *object.definition)) {
        object.top = place_of(*top);
      }
      for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
        const metadata::Field& field = object.field(slot);
        if (field.is_children()) add_children(object, slot);
        if (field.is_lookup()) add_lookup(object, slot);
        if (field.is_rollup()) TENON_CHECK(add_rollup(object, slot));
        if (!field.back.empty()) add_back(object, slot);
      }
    }
    add_uses();
    return done();
  }

 private:
  int place_of(const metadata::Object& definition) const {
    return static_cast<int>(&definition - bundle_.objects.data());
  }

  static int slot_of(const metadata::Object& definition, const metadata::Field& field) {
    return static_cast<int>(&field - definition.fields.data());
  }

  metadata::Many many_of(const Object& object, std::string_view id) const {
    auto many = metadata::find_many(bundle_, object.id(), id, By::id);
    if (!many) throw Fault("a loaded bundle has no rows " + std::string(id));
    return std::move(*many);
  }

  void add_children(Object& object, int slot) {
    const metadata::Many many = many_of(object, object.field(slot).id);
    const int reference = slot_of(*many.rows, *many.reference);
    object.children.push_back(
        {slot, &objects_[static_cast<std::size_t>(place_of(*many.rows))], reference});
    object.many.push_back({many.id, place_of(*many.rows), reference, slot});
  }

  // At the object that is referred to.
  void add_back(const Object& rows, int slot) {
    const metadata::Object* target = bundle_.find_id(rows.field(slot).to);
    if (target == nullptr) return;
    const auto many = metadata::find_many(bundle_, target->id, rows.field(slot).back, By::name);
    if (!many || many->is_lines) return;
    objects_[static_cast<std::size_t>(place_of(*target))].many.push_back(
        {many->id, rows.place, slot});
  }

  Result<void> add_rollup(Object& object, int slot) {
    const metadata::Field& field = object.field(slot);
    const auto [many_id, field_id] = metadata::many_path(field.of);
    const metadata::Many many = many_of(object, many_id);
    Rollup rollup{.slot = slot,
                  .function = field.function,
                  .rows = place_of(*many.rows),
                  .reference = slot_of(*many.rows, *many.reference),
                  .of = -1,
                  .filter = {},
                  .is_of_lines = many.is_lines};
    if (!field_id.empty()) rollup.of = slot_of(*many.rows, *many.rows->find_id(field_id));
    if (!field.filter.empty()) {
      formula::Needs none;
      TENON_TRY(rollup.filter,
                formula::compile_as(Kind::boolean, field.filter, many.rows->id, names_, none));
    }
    object.rollups.push_back(std::move(rollup));
    return done();
  }

  void add_lookup(Object& object, int slot) {
    Lookup lookup{.slot = slot, .steps = {}};
    const metadata::Object* here = object.definition;
    std::string_view rest = object.field(slot).path;
    while (true) {
      const auto dot = rest.find('.');
      const auto member = names_.member(here->id, rest.substr(0, dot));
      if (!member) throw Fault("a loaded bundle has no path " + object.field(slot).path);
      if (member->currency) {  // The amount or the currency of money.
        const bool amount = rest.substr(dot + 1) == metadata::kAmount;
        lookup.steps.push_back({place_of(*here), amount ? member->slot : member->currency->slot});
        break;
      }
      lookup.steps.push_back({place_of(*here), member->slot});
      if (dot == std::string_view::npos) break;
      here = bundle_.find_id(member->type.object);
      rest.remove_prefix(dot + 1);
    }
    object.lookups.push_back(std::move(lookup));
  }

  void add_uses() {
    for (const Object& object : objects_) {
      for (std::size_t i = 0; i < object.rollups.size(); ++i) {
        auto& uses = objects_[static_cast<std::size_t>(object.rollups[i].rows)].rolled_up_by;
        uses.push_back({object.place, static_cast<int>(i)});
      }
      for (std::size_t i = 0; i < object.lookups.size(); ++i) {
        const auto& steps = object.lookups[i].steps;
        for (std::size_t step = 1; step < steps.size(); ++step) {
          auto& uses = objects_[static_cast<std::size_t>(steps[step].object)].looked_up_by;
          uses.push_back({object.place, static_cast<int>(i), static_cast<int>(step)});
        }
      }
    }
  }

  const metadata::Bundle& bundle_;
  metadata::BundleNames names_;
  std::vector<Object>& objects_;
};

}  // namespace

Result<void> link_objects(const metadata::Bundle& bundle, std::vector<Object>& objects) {
  return Linker(bundle, objects).link();
}

}  // namespace tenon::application
