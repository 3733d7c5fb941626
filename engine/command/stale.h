// Which kept fields a publish makes out of date: those whose own definition changed, and all that
// is made of them.
#pragma once

#include <set>

#include "engine/application/application.h"

namespace tenon::command {

class Stale {
 public:
  Stale() = default;
  // `still`: fields that another publish left to be worked out.
  Stale(const metadata::Bundle& before, const metadata::Bundle& after,
        const application::BuildingFields& still);
  // As they are kept in the table.
  explicit Stale(const application::BuildingFields& fields)
      : fields_(fields.begin(), fields.end()) {}

  bool empty() const { return fields_.empty(); }
  application::BuildingFields all() const { return {fields_.begin(), fields_.end()}; }
  bool contains(const application::Object& object, int slot) const {
    return fields_.contains({object.id(), object.field(slot).id});
  }
  bool any_of(std::string_view object) const;  // By its id.

 private:
  void spread(const metadata::Bundle& before, const metadata::Bundle& after);

  std::set<record::FieldId> fields_;
};

}  // namespace tenon::command
