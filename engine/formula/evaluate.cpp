#include "engine/formula/evaluate.h"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/base/limits.h"
#include "engine/formula/functions.h"
#include "engine/value/type.h"

namespace tenon::formula {
namespace {

constexpr std::size_t kBytesPerStep = 16;

const Value kNothing;
const Value kEmptyText{std::string()};

// Walks the tree. A value is a pointer into the record, the tree or the caller's scratch, so that
// nothing is copied on the way; null means that there is an error.
class Evaluation {
 public:
  Evaluation(const Tree& tree, const Scope& scope, Trace* trace)
      : tree_(tree), scope_(scope), trace_(trace) {}

  Result<Value> result() {
    Value scratch;
    const Value* value = at(tree_.root, scratch);
    if (value == nullptr) return std::move(*error_);
    return value == &scratch ? std::move(scratch) : *value;
  }

 private:
  const Value* at(int place, Value& scratch) {
    const Node& node = tree_.node(place);
    if (!spend(1)) return nullptr;
    const Value* value =
        node.count == 0 && node.op != Op::call ? leaf(node, scratch) : walked(node, scratch);
    if (trace_ != nullptr && row_ == nullptr) {
      trace_->note(place, value, error_ ? error_->problems.front().rule : "");
    }
    return value;
  }

  const Value* leaf(const Node& node, Value& scratch) {
    switch (node.op) {
      case Op::field: return &slot(node.place, scope_.fields, scope_.system, scope_.id);
      case Op::path: return &scope_.paths[static_cast<std::size_t>(node.place)];
      case Op::row_field: return &slot(node.place, row_->fields, row_->system, row_->id);
      case Op::row_path: return &row_->paths[static_cast<std::size_t>(node.place)];
      case Op::old_field: return &old(node.place);
      case Op::user: return &scope_.user;
      case Op::now: return &(scratch = scope_.now);
      case Op::today: return &(scratch = scope_.today);
      case Op::team: return &scope_.team;
      default: return &tree_.literal(node);
    }
  }

  const Value* walked(const Node& node, Value& scratch) {
    switch (node.op) {
      case Op::local_date:
      case Op::local_time:
      case Op::as_text:
      case Op::negate:
      case Op::percent: return converted(node, scratch);
      case Op::add:
      case Op::subtract:
      case Op::multiply:
      case Op::divide:
      case Op::power: return arithmetic(node, scratch);
      case Op::add_days:
      case Op::subtract_days:
      case Op::add_moment:
      case Op::subtract_moment:
      case Op::days_between:
      case Op::moments_between: return calendar_arithmetic(node, scratch);
      case Op::equal:
      case Op::not_equal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal: return comparison(node, scratch);
      case Op::join: return joined(node, scratch);
      case Op::all: return logic(node, scratch, false);
      case Op::any: return logic(node, scratch, true);
      case Op::negation: return negation(node, scratch);
      case Op::choose: return chosen(node, scratch);
      case Op::choose_first: return first_chosen(node, scratch);
      case Op::match: return matched(node, scratch);
      case Op::among: return among(node, scratch);
      case Op::is_blank: return is_blank(node, scratch);
      case Op::is_error: return is_error(node, scratch);
      case Op::first_given: return first_given(node, scratch);
      case Op::if_error: return if_error(node, scratch);
      case Op::aggregate: return aggregated(node, scratch);
      default: return called(node, scratch);
    }
  }

  int child(const Node& node, int index) const {
    return tree_.children[static_cast<std::size_t>(node.first + index)];
  }

  static const Value& slot(int slot, std::span<const Value> fields, std::span<const Value> system,
                           const Value& id) {
    if (slot >= 0) return fields[static_cast<std::size_t>(slot)];
    const auto place = static_cast<std::size_t>(-slot - 1);
    if (place < system.size()) return system[place];
    return slot == -1 ? id : kNothing;
  }

  const Value& old(int slot) const {
    const auto place = static_cast<std::size_t>(slot);
    return slot >= 0 && place < scope_.old.size() ? scope_.old[place] : kNothing;
  }

  const Value* converted(const Node& node, Value& scratch) {
    Value inner;
    const Value* value = at(child(node, 0), inner);
    if (value == nullptr) return nullptr;
    if (is_empty(*value)) return &kNothing;
    switch (node.op) {
      case Op::local_date: return &(scratch = local_date(std::get<DateTime>(*value), scope_.zone));
      case Op::local_time: return &(scratch = local_time(std::get<DateTime>(*value), scope_.zone));
      case Op::as_text: return keep(joined_text(*value), scratch);
      case Op::negate: return &(scratch = std::get<Decimal>(*value).negated());
      default:
        return keep(value_of(multiply(std::get<Decimal>(*value), Decimal::of_scaled(1, 2))),
                    scratch);
    }
  }

  const Value* arithmetic(const Node& node, Value& scratch) {
    Value inner_left;
    Value inner_right;
    const Value* left = at(child(node, 0), inner_left);
    if (left == nullptr) return nullptr;
    const Value* right = at(child(node, 1), inner_right);
    if (right == nullptr) return nullptr;
    if (is_empty(*left) || is_empty(*right)) return &kNothing;
    return keep(calculated(node.op, std::get<Decimal>(*left), std::get<Decimal>(*right)), scratch);
  }

  const Value* calendar_arithmetic(const Node& node, Value& scratch) {
    Value inner_left;
    Value inner_right;
    const Value* left = at(child(node, 0), inner_left);
    if (left == nullptr) return nullptr;
    const Value* right = at(child(node, 1), inner_right);
    if (right == nullptr) return nullptr;
    if (is_empty(*left) || is_empty(*right)) return &kNothing;
    if (std::holds_alternative<Decimal>(*left)) std::swap(left, right);  // 1 + due_on
    return keep(moved(node.op, *left, *right), scratch);
  }

  const Value* comparison(const Node& node, Value& scratch) {
    Value inner_left;
    Value inner_right;
    const Value* left = at(child(node, 0), inner_left);
    if (left == nullptr) return nullptr;
    const Value* right = at(child(node, 1), inner_right);
    if (right == nullptr) return nullptr;
    return &(scratch = holds(node.op, *left, *right));
  }

  const Value* joined(const Node& node, Value& scratch) {
    std::string text;
    for (const int operand : tree_.operands(node)) {
      Value inner;
      const Value* value = at(operand, inner);
      if (value == nullptr) return nullptr;
      if (const auto* piece = std::get_if<std::string>(value)) text += *piece;
      if (text.size() > limits::kTextBytesMax) break;
    }
    return keep(std::move(text), scratch);
  }

  // AND stops at what is not true, OR at what is.
  const Value* logic(const Node& node, Value& scratch, bool decisive) {
    for (const int operand : tree_.operands(node)) {
      Value inner;
      const Value* value = at(operand, inner);
      if (value == nullptr) return nullptr;
      if (is_true(*value) == decisive) return &(scratch = decisive);
    }
    return &(scratch = !decisive);
  }

  const Value* negation(const Node& node, Value& scratch) {
    Value inner;
    const Value* value = at(child(node, 0), inner);
    if (value == nullptr) return nullptr;
    return &(scratch = !is_true(*value));
  }

  const Value* chosen(const Node& node, Value& scratch) {
    Value inner;
    const Value* condition = at(child(node, 0), inner);
    if (condition == nullptr) return nullptr;
    const int branch = is_true(*condition) ? 1 : 2;
    return branch < node.count ? at(child(node, branch), scratch) : &kNothing;
  }

  const Value* first_chosen(const Node& node, Value& scratch) {
    for (int i = 0; i < node.count; i += 2) {
      Value inner;
      const Value* condition = at(child(node, i), inner);
      if (condition == nullptr) return nullptr;
      if (is_true(*condition)) return at(child(node, i + 1), scratch);
    }
    return &kNothing;
  }

  const Value* matched(const Node& node, Value& scratch) {
    Value inner_subject;
    const Value* subject = at(child(node, 0), inner_subject);
    if (subject == nullptr) return nullptr;
    int i = 1;
    for (; i + 1 < node.count; i += 2) {
      Value inner;
      const Value* value = at(child(node, i), inner);
      if (value == nullptr) return nullptr;
      if (same(*subject, *value)) return at(child(node, i + 1), scratch);
    }
    return i < node.count ? at(child(node, i), scratch) : &kNothing;
  }

  const Value* among(const Node& node, Value& scratch) {
    Value inner_subject;
    const Value* subject = at(child(node, 0), inner_subject);
    if (subject == nullptr) return nullptr;
    bool found = false;
    for (int i = 1; i < node.count; ++i) {
      Value inner;
      const Value* value = at(child(node, i), inner);
      if (value == nullptr) return nullptr;
      found = found || same(*subject, *value);
    }
    return &(scratch = found);
  }

  const Value* is_blank(const Node& node, Value& scratch) {
    Value inner;
    const Value* value = at(child(node, 0), inner);
    if (value == nullptr) return nullptr;
    return &(scratch = is_empty(*value));
  }

  const Value* is_error(const Node& node, Value& scratch) {
    Value inner;
    const bool failed = at(child(node, 0), inner) == nullptr;
    if (failed && spent()) return nullptr;
    error_.reset();
    return &(scratch = failed);
  }

  const Value* first_given(const Node& node, Value& scratch) {
    for (const int operand : tree_.operands(node)) {
      const Value* value = at(operand, scratch);
      if (value == nullptr || !is_empty(*value)) return value;
    }
    return &kNothing;
  }

  const Value* if_error(const Node& node, Value& scratch) {
    const Value* value = at(child(node, 0), scratch);
    if (value != nullptr || spent()) return value;
    error_.reset();
    return at(child(node, 1), scratch);
  }

  const Value* called(const Node& node, Value& scratch) {
    constexpr int kUsual = 4;
    if (node.count <= kUsual) {
      std::array<Value, kUsual> inner;
      std::array<const Value*, kUsual> values;
      const auto count = static_cast<std::size_t>(node.count);
      return called(node, {inner.data(), count}, {values.data(), count}, scratch);
    }
    std::vector<Value> inner(static_cast<std::size_t>(node.count));
    std::vector<const Value*> values(inner.size());
    return called(node, inner, values, scratch);
  }

  const Value* called(const Node& node, std::span<Value> inner, std::span<const Value*> values,
                      Value& scratch) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = at(child(node, static_cast<int>(i)), inner[i]);
      if (values[i] == nullptr) return nullptr;
    }
    if (node.function->looks_up()) return looked_up(node, values, scratch);
    return keep(formula::called(*node.function, values), scratch);
  }

  const Value* looked_up(const Node& node, std::span<const Value*> values, Value& scratch) {
    if (scope_.looked_up == nullptr) throw Fault("a formula looks something up where nothing is");
    Finding finding;
    auto made = formula::looked_up(*node.function, values, *scope_.looked_up, finding);
    if (trace_ != nullptr && row_ == nullptr) {
      trace_->found(static_cast<int>(&node - tree_.nodes.data()), std::move(finding));
    }
    return keep(std::move(made), scratch);
  }

  // The other arguments come first, then row by row the condition and, where it holds, the value.
  const Value* aggregated(const Node& node, Value& scratch) {
    const auto& beyond = scope_.beyond;
    if (std::find(beyond.begin(), beyond.end(), node.many) != beyond.end()) {
      error_ = too_much("there are too many rows to look at them all");
      return nullptr;
    }
    std::vector<Value> values;
    for (int i = 2; i < node.count; ++i) {
      Value inner;
      const Value* value = at(child(node, i), inner);
      if (value == nullptr) return nullptr;
      values.push_back(*value);
    }
    for (const Row& row : scope_.many[static_cast<std::size_t>(node.many)]) {
      row_ = &row;
      Value inner;
      const Value* value = at(child(node, 1), inner);
      const bool holds = value != nullptr && is_true(*value);
      if (holds) value = at(child(node, 0), inner);
      row_ = nullptr;
      if (value == nullptr) return nullptr;
      if (holds && !is_empty(*value)) values.push_back(*value);
    }
    std::vector<const Value*> arguments;
    for (const Value& value : values) arguments.push_back(&value);
    return keep(formula::called(*node.function, arguments), scratch);
  }

  const Value* keep(std::string text, Value& scratch) {
    return keep(Result<Value>(Value{std::move(text)}), scratch);
  }

  // An error is kept apart; an empty text is null; texts cost what they are long.
  const Value* keep(Result<Value> made, Value& scratch) {
    if (!made) {
      error_ = std::move(made.error());
      return nullptr;
    }
    scratch = made.take();
    const auto* text = std::get_if<std::string>(&scratch);
    if (text == nullptr) return &scratch;
    if (text->empty()) return &(scratch = Value{});
    if (text->size() > limits::kTextBytesMax) {
      error_ = too_much("a text has at most " + std::to_string(limits::kTextBytesMax) + " bytes");
      return nullptr;
    }
    return spend(static_cast<std::int64_t>(text->size() / kBytesPerStep)) ? &scratch : nullptr;
  }

  bool spend(std::int64_t steps) {
    steps_ += steps;
    if (!spent()) return true;
    error_ = too_much(is_cancelled() ? "the time for the formula is over"
                                     : "the formula needs too many steps");
    return false;
  }
  bool is_cancelled() const {
    return scope_.cancelled != nullptr && scope_.cancelled->load(std::memory_order_relaxed);
  }
  bool spent() const { return steps_ > limits::kFormulaStepsMax || is_cancelled(); }

  const Tree& tree_;
  const Scope& scope_;
  Trace* trace_;
  const Row* row_ = nullptr;  // That an aggregate looks at.
  std::int64_t steps_ = 0;
  std::optional<Error> error_;
};

}  // namespace

Result<Value> evaluate(const Tree& tree, const Scope& scope, Trace* trace) {
  return Evaluation(tree, scope, trace).result();
}

namespace {

// Whether the result is null already; else arguments stand as the function takes them.
bool is_decided_by_null(const Function& function, std::span<const Value*> arguments) {
  if (function.nulls != Nulls::propagate && function.nulls != Nulls::text) return false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!is_empty(*arguments[i])) continue;
    const bool as_text =
        function.nulls == Nulls::text && function.parameters[i].takes == Takes::text;
    if (!as_text) return true;
  }
  for (const Value*& argument : arguments) {
    if (is_empty(*argument)) argument = &kEmptyText;
  }
  return false;
}

}  // namespace

Result<Value> called(const Function& function, std::span<const Value*> arguments) {
  if (is_decided_by_null(function, arguments)) return Value{};
  return function.call(arguments);
}

Result<Value> looked_up(const Function& function, std::span<const Value*> arguments,
                        const LookedUp& looked_up, Finding& finding) {
  if (is_decided_by_null(function, arguments)) return Value{};
  return function.look_up(arguments, looked_up, finding);
}

Result<Value> calculated(Op op, const Decimal& left, const Decimal& right) {
  switch (op) {
    case Op::add: return value_of(add(left, right));
    case Op::subtract: return value_of(subtract(left, right));
    case Op::multiply: return value_of(multiply(left, right));
    case Op::divide: return value_of(divide(left, right));
    default: return raised(left, right);
  }
}

bool holds(Op op, const Value& left, const Value& right) {
  if (op == Op::equal) return same(left, right);
  if (op == Op::not_equal) return !same(left, right);
  if (is_empty(left) || is_empty(right)) return false;
  const auto order = compare(left, right);
  switch (op) {
    case Op::less: return order < 0;
    case Op::less_equal: return order <= 0;
    case Op::greater: return order > 0;
    default: return order >= 0;
  }
}

}  // namespace tenon::formula
