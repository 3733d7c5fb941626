#include "engine/metadata/check_value.h"

#include "engine/formula/tree.h"

namespace tenon::metadata {

void type_value(Draft& draft, const Bundle& whole, const formula::Names& names,
                const std::string& object, const Place& place, const Field& target, Asked asked) {
  const Type type = type_of(target);
  const auto formula = type_formula(draft, whole, names, object, place, type.kind(), asked);
  if (!formula) return;
  const formula::Tree& tree = formula->tree();
  const formula::Unit unit = formula->type().unit;
  if (unit.is_money() && formula::unit_of(*type.format).empty()) {
    const std::string& wanted = target.has_currencies()   ? target.meant
                                : target.type != "money"  ? unit.currency()
                                : target.currency.empty() ? whole.currency
                                                          : target.currency;
    if (wanted == unit.currency() || wanted.empty()) return;
    draft.problem(place, "formula.type",
                  "must be an amount in " + wanted + ", and is one in " + unit.currency() +
                      "; EXCHANGE(…, \"" + wanted + "\") converts it");
    return;
  }
  if (unit == formula::unit_of(*type.format) || tree.node(tree.root).null) return;
  const bool wants_duration = formula::unit_of(*type.format) == formula::kDuration;
  draft.problem(place, "formula.type",
                wants_duration ? "must be a duration: DURATION makes one of a number of days"
                               : "must be a plain number: divided by \"PT1H\" a duration is one");
}

}  // namespace tenon::metadata
