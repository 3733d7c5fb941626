#include "engine/decision/domain.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "engine/formula/functions.h"
#include "engine/metadata/named_field.h"

namespace tenon::decision {
namespace {

using formula::Node;
using formula::Op;
using formula::Tree;

// Functions whose results are whole numbers in known bounds.
struct Counted {
  std::string_view function;
  int minimum;
  std::optional<int> maximum;
  bool is_always_given;  // Also of what is empty.
};
constexpr Counted kCounted[] = {
    {"COUNT", 0, {}, true}, {"COUNTA", 0, {}, true}, {"COUNTBLANK", 0, {}, true},
    {"LEN", 0, {}, true},   {"ITEMS", 0, {}, true},  {"COUNTDISTINCT", 0, {}, true},
    {"YEAR", 1, 9999, {}},  {"QUARTER", 1, 4, {}},   {"MONTH", 1, 12, {}},
    {"DAY", 1, 31, {}},     {"HOUR", 0, 23, {}},     {"MINUTE", 0, 59, {}},
    {"SECOND", 0, 59, {}},
};
constexpr std::string_view kAlwaysGiven[] = {"SUM", "SUMSQ", "ANY", "ALL", "N", "HAS", "XOR"};

const Counted* counted(const Node& node) {
  if (node.function == nullptr) return nullptr;
  const auto* found =
      std::find_if(std::begin(kCounted), std::end(kCounted),
                   [&](const Counted& one) { return one.function == node.function->name; });
  return found == std::end(kCounted) ? nullptr : found;
}

// Whether the operations of a formula leave it no way to be empty, whatever fields are.
class Given {
 public:
  explicit Given(const Tree& tree) : tree_(tree) {}

  bool always(int place) const {
    const Node& node = tree_.node(place);
    switch (node.op) {
      case Op::literal: return !is_empty(tree_.literal(node));
      case Op::now:
      case Op::today: return true;
      // Two-valued, whatever is empty in them.
      case Op::equal:
      case Op::not_equal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal:
      case Op::all:
      case Op::any:
      case Op::negation:
      case Op::among:
      case Op::is_blank:
      case Op::is_error: return true;
      case Op::choose: return node.count == 3 && all(tree_.operands(node).subspan(1));
      case Op::first_given: return any(tree_.operands(node));
      default: return is_counted(node);
    }
  }

 private:
  bool all(std::span<const int> places) const {
    return std::all_of(places.begin(), places.end(), [&](int place) { return always(place); });
  }
  bool any(std::span<const int> places) const {
    return std::any_of(places.begin(), places.end(), [&](int place) { return always(place); });
  }
  static bool is_counted(const Node& node) {
    if (node.function == nullptr) return false;
    if (const Counted* found = counted(node)) return found->is_always_given;
    return std::find(std::begin(kAlwaysGiven), std::end(kAlwaysGiven), node.function->name) !=
           std::end(kAlwaysGiven);
  }

  const Tree& tree_;
};

void take_field(const metadata::NamedField& named, Domain& domain,
                std::vector<std::string>& options) {
  const Type type = metadata::type_of(*named.field);
  domain.may_be_empty = !named.is_always_given;
  if (options.empty()) options = type.options;
  if (type.kind() == Kind::number) domain.scale = type.scale;
  if (type.minimum) domain.minimum = *type.minimum;
  if (type.maximum) domain.maximum = *type.maximum;
}

void take_formula(const Tree& tree, Domain& domain) {
  domain.may_be_empty = !Given(tree).always(tree.root);
  const Counted* known = counted(tree.node(tree.root));
  if (known == nullptr) return;
  domain.scale = 0;
  domain.minimum = Decimal::of(known->minimum);
  if (known->maximum) domain.maximum = Decimal::of(*known->maximum);
}

// Where a value of a kind with steps stands among all of its kind, and where the last one does.
struct Step {
  std::int64_t at;
  std::int64_t first;
  std::int64_t last;
};

std::optional<Step> step_of(const Value& value) {
  if (const auto* date = std::get_if<Date>(&value)) {
    static const Step kDays{0, date_of(1, 1, 1)->days, date_of(9999, 12, 31)->days};
    return Step{date->days, kDays.first, kDays.last};
  }
  if (const auto* time = std::get_if<Time>(&value)) return Step{time->seconds, 0, 86'399};
  if (const auto* moment = std::get_if<DateTime>(&value)) {
    static const Step kMoments{0, parse_datetime("0001-01-01T00:00:00Z")->ms,
                               parse_datetime("9999-12-31T23:59:59.999Z")->ms};
    return Step{moment->ms, kMoments.first, kMoments.last};
  }
  return std::nullopt;
}

// The least number of this scale above `low` is below `high`.
bool has_number_between(const Decimal& low, const Decimal& high, int scale) {
  if (scale < 0) return true;
  const Decimal cut = low.truncated(scale);
  if (cut > low) return cut < high;  // Below zero truncation goes up.
  const auto next = add(cut, Decimal::of_scaled(1, scale));
  return !next || *next < high;
}

bool is_beyond(const Value& bound, const Value& value, bool above) {
  if (is_empty(bound) || is_empty(value)) return false;
  return above ? compare(value, bound) >= 0 : compare(value, bound) <= 0;
}

}  // namespace

Domain domain_of(const metadata::Bundle& bundle, const std::string& object,
                 const metadata::TableInput& definition, const formula::Formula& formula) {
  Domain domain;
  std::vector<std::string> options = definition.options;
  if (const auto named = metadata::named_field(bundle, object, definition.formula)) {
    take_field(*named, domain, options);
  } else {
    take_formula(formula.tree(), domain);
  }
  if (definition.minimum) domain.minimum = *definition.minimum;
  if (definition.maximum) domain.maximum = *definition.maximum;
  for (std::string& option : options) {
    if (!option.empty()) domain.options.emplace_back(std::move(option));  // Else it is none.
  }
  if (formula.type().kind == Kind::boolean) domain.options = {Value{false}, Value{true}};
  return domain;
}

bool has_value(const Domain& domain, const Value& value) {
  if (!domain.options.empty()) {
    return std::any_of(domain.options.begin(), domain.options.end(),
                       [&](const Value& option) { return same(option, value); });
  }
  if (!is_empty(domain.minimum) && compare(value, domain.minimum) < 0) return false;
  if (!is_empty(domain.maximum) && compare(value, domain.maximum) > 0) return false;
  const auto* number = std::get_if<Decimal>(&value);
  return number == nullptr || domain.scale < 0 || number->digits_behind_point() <= domain.scale;
}

bool has_between(const Domain& domain, const Value& low, const Value& high) {
  if (!domain.options.empty()) return false;
  if (is_beyond(domain.maximum, low, true) || is_beyond(domain.minimum, high, false)) return false;
  const auto below = step_of(low);
  const auto above = step_of(high);
  if (below && above) return below->at + 1 < above->at;
  if (below) return below->at < below->last;
  if (above) return above->at > above->first;
  if (is_empty(low) || is_empty(high)) return true;
  const auto* number = std::get_if<Decimal>(&low);
  return number == nullptr || has_number_between(*number, std::get<Decimal>(high), domain.scale);
}

}  // namespace tenon::decision
