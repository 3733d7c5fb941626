#include "engine/metadata/check_value.h"

#include "engine/formula/tree.h"

namespace tenon::metadata {

void type_value(Draft& draft, const Bundle& whole, const formula::Names& names,
                const std::string& object, const Place& place, const Field& target, Asked asked) {
  const Type type = type_of(target);
  const auto formula = type_formula(draft, whole, names, object, place, type.kind(), asked);
  if (!formula || formula->type().unit == formula::unit_of(*type.format)) return;
  const formula::Tree& tree = formula->tree();
  if (tree.node(tree.root).null) return;
  const bool wants_duration = formula::unit_of(*type.format) == formula::kDuration;
  draft.problem(place, "formula.type",
                wants_duration ? "must be a duration: DURATION makes one of a number of days"
                               : "must be a plain number: divided by \"PT1H\" a duration is one");
}

}  // namespace tenon::metadata
