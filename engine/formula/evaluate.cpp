#include "engine/formula/evaluate.h"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/base/limits.h"
#include "engine/calendar/zone.h"
#include "engine/formula/functions.h"
#include "engine/value/type.h"

namespace tenon::formula {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::size_t kBytesPerStep = 16;

const Value kNothing;
const Value kEmptyText{std::string()};

std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

// Walks the tree. A value is a pointer into the record, the tree or the caller's scratch, so that
// nothing is copied on the way; null means that there is an error.
class Evaluation {
 public:
  Evaluation(const Tree& tree, const Scope& scope) : tree_(tree), scope_(scope) {}

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
    switch (node.op) {
      case Op::literal: return &tree_.literal(node);
      case Op::field: return &field(node.place);
      case Op::path: return &scope_.paths[static_cast<std::size_t>(node.place)];
      case Op::user: return &scope_.user;
      case Op::now: return &(scratch = scope_.now);
      case Op::today: return &(scratch = scope_.today);
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
      case Op::call: return called(node, scratch);
    }
    return nullptr;
  }

  int child(const Node& node, int index) const {
    return tree_.children[static_cast<std::size_t>(node.first + index)];
  }

  const Value& field(int slot) const {
    if (slot >= 0) return scope_.fields[static_cast<std::size_t>(slot)];
    const auto place = static_cast<std::size_t>(-slot - 1);
    if (place < scope_.system.size()) return scope_.system[place];
    return slot == -1 ? scope_.id : kNothing;
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
    return keep(formula::called(*node.function, values), scratch);
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
    error_ = too_much("the formula needs too many steps");
    return false;
  }
  bool spent() const { return steps_ > limits::kFormulaStepsMax; }

  const Tree& tree_;
  const Scope& scope_;
  std::int64_t steps_ = 0;
  std::optional<Error> error_;
};

// Days as milliseconds, rounded half away from zero; nothing beyond the calendar. The fraction is
// taken apart: so 128 bits hold 34 digits times 86,400,000.
std::optional<std::int64_t> milliseconds_of(const Decimal& days) {
  constexpr std::int64_t kBeyond = 10'000'000;  // More days than the calendar has.
  const Decimal whole_days = days.truncated(0);
  const auto whole = whole_days.whole();
  if (!whole || *whole > kBeyond || *whole < -kBeyond) return std::nullopt;
  const auto fraction = subtract(days, whole_days);
  if (!fraction) return std::nullopt;
  using Wide = Decimal::Coefficient;
  Wide scaled = fraction->coefficient() * (kDayMs / 100'000);
  int digits = fraction->scale() - 5;
  for (; digits < 0; ++digits) scaled *= 10;
  Wide unit = 1;
  for (; digits > 0; --digits) unit *= 10;
  const Wide rest = scaled % unit;
  Wide ms = scaled / unit;
  if ((rest < 0 ? -rest : rest) * 2 >= unit) ms += scaled < 0 ? -1 : 1;
  return *whole * kDayMs + static_cast<std::int64_t>(ms);
}

Result<Value> moment_after(DateTime moment, const Decimal& days) {
  static const std::int64_t first = date_of(1, 1, 1)->days * kDayMs;
  static const std::int64_t last = (date_of(9999, 12, 31)->days + std::int64_t{1}) * kDayMs - 1;
  const auto ms = milliseconds_of(days);
  if (!ms || moment.ms + *ms < first || moment.ms + *ms > last) {
    return out_of_range("the date is outside of the years 0001 to 9999");
  }
  return Value{DateTime{moment.ms + *ms}};
}

calendar::Local local_of(DateTime moment, const calendar::Zone* zone) {
  if (zone != nullptr) return zone->local(moment.ms);
  const std::int64_t days = floor_divide(moment.ms, kDayMs);
  return {static_cast<std::int32_t>(days),
          static_cast<std::int32_t>((moment.ms - days * kDayMs) / 1000)};
}

}  // namespace

Result<Value> evaluate(const Tree& tree, const Scope& scope) {
  return Evaluation(tree, scope).result();
}

Result<Value> called(const Function& function, std::span<const Value*> arguments) {
  if (function.nulls == Nulls::propagate || function.nulls == Nulls::text) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (!is_empty(*arguments[i])) continue;
      const bool as_text =
          function.nulls == Nulls::text && function.parameters[i].takes == Takes::text;
      if (!as_text) return Value{};
    }
    for (const Value*& argument : arguments) {
      if (is_empty(*argument)) argument = &kEmptyText;
    }
  }
  return function.call(arguments);
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

Result<Value> moved(Op op, const Value& left, const Value& right) {
  if (op == Op::days_between) {
    return Value{Decimal::of(std::int64_t{std::get<Date>(left).days} - std::get<Date>(right).days)};
  }
  if (op == Op::moments_between) {
    const std::int64_t ms = std::get<DateTime>(left).ms - std::get<DateTime>(right).ms;
    return value_of(divide(Decimal::of(ms), Decimal::of(kDayMs)));
  }
  const Decimal& number = std::get<Decimal>(right);
  const bool back = op == Op::subtract_days || op == Op::subtract_moment;
  const Decimal days = back ? number.negated() : number;
  if (const auto* moment = std::get_if<DateTime>(&left)) return moment_after(*moment, days);
  constexpr std::int64_t kBeyond = 10'000'000;  // More days than the calendar has.
  const auto whole = days.floor().whole();
  const std::int64_t beyond = days.is_negative() ? -kBeyond : kBeyond;
  return day_after(std::get<Date>(left), std::clamp(whole.value_or(beyond), -kBeyond, kBeyond));
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

Date local_date(DateTime moment, const calendar::Zone* zone) {
  return Date{local_of(moment, zone).days};
}

Time local_time(DateTime moment, const calendar::Zone* zone) {
  return Time{local_of(moment, zone).seconds % static_cast<std::int32_t>(kDaySeconds)};
}

}  // namespace tenon::formula
