// Aggregates: SUM(lines.amount, kind = "goods"). Value and condition are typed in the scope of a
// row.
#include <algorithm>

#include "engine/base/limits.h"
#include "engine/formula/compiler.h"

namespace tenon::formula {

// What stands where rows are taken begins with a name of many. Aggregates do not nest.
std::optional<Names::Many> Compiler::many_of(const Function& function, const Syntax& syntax) const {
  const std::size_t place = function.place_of_rows();
  if (row_ || chosen_ || place >= syntax.operands.size()) return std::nullopt;
  const Syntax& operand = syntax_.nodes[static_cast<std::size_t>(syntax.operands[place])];
  if (operand.kind != Syntax::Kind::path) return std::nullopt;
  return names_.many(object_, written(operand.steps.front()));
}

Typed Compiler::without_rows(const Function& function, const Syntax& syntax) {
  if (syntax.operands.empty()) {
    wrong_count(function, 0, syntax.inner);
    return {};
  }
  const Span span = syntax_.nodes[static_cast<std::size_t>(syntax.operands[0])].span;
  if (chosen_) {
    return refuse(span, "formula.type", "what may be chosen is told without aggregates");
  }
  return refuse(span, "formula.type",
                row_ ? std::string("an aggregate cannot stand in the condition of another")
                     : std::string(function.name) + " needs lines, or records that refer here");
}

Typed Compiler::aggregate(const Function& function, const Names::Many& many, const Syntax& syntax) {
  const std::size_t place = function.place_of_rows();
  const std::size_t beside = function.count_beside_rows();
  const auto known = std::find_if(many_.begin(), many_.end(),
                                  [&](const ManyNeed& need) { return need.many.id == many.id; });
  const RowScope scope{many.object, static_cast<int>(known - many_.begin())};
  if (known == many_.end()) {
    many_.push_back({many, {}, {}});
    row_slots_.emplace_back();
  }
  Typed value;
  std::optional<Typed> condition;
  std::vector<Typed> others;
  for (std::size_t i = 0; i < syntax.operands.size(); ++i) {
    const int operand = syntax.operands[i];
    if (i != place && others.size() < beside) {
      others.push_back(part(operand));
      refuse_argument(function, function.parameter_beside_rows(others.size() - 1), others.back());
      continue;
    }
    row_ = scope;
    if (i == place) {
      value = row_value(function, syntax_.nodes[static_cast<std::size_t>(operand)]);
    } else {
      condition = row_condition(operand);
    }
    row_.reset();
  }
  const std::size_t count = syntax.operands.size();
  if (count < beside + 1 || count > beside + 2) {
    wrong_count(function, count, syntax.inner);
    return {};
  }
  bool sound = value.is_sound() && (!condition || condition->is_sound());
  for (const Typed& other : others) sound = sound && other.is_sound();
  if (!sound) return {};
  if (!condition) condition = constant(true, Kind::boolean, syntax.inner);
  std::vector<int> children{as_aggregated(function, value), condition->node};
  for (const Typed& other : others) children.push_back(other.node);
  Node node{
      .op = Op::aggregate, .kind = function.result.value_or(value.kind), .span = syntax.inner};
  node.many = scope.many;
  node.function = &function;
  Typed result{.node = add(node, children), .kind = node.kind};
  if (!function.result) result.object = value.object;
  result.unit = function.result ? unit_of_result(function, {value}) : value.unit;
  return result;
}

Typed Compiler::row_value(const Function& function, const Syntax& syntax) {
  const Parameter& parameter = function.parameters[function.place_of_rows()];
  const auto names = std::span<const Span>(syntax.steps).subspan(1);
  if (names.empty() && parameter.takes == Takes::any && function.result == Kind::number) {
    return constant(true, Kind::boolean, syntax.inner);
  }
  if (names.empty()) {
    return refuse(syntax.inner, "formula.type",
                  "the name of a field must follow " + std::string(written(syntax.inner)));
  }
  if (names.size() > limits::kPathHopsMax) {
    return refuse(syntax.inner, "formula.limit",
                  "a path has at most " + std::to_string(limits::kPathHopsMax) + " names");
  }
  Typed value = resolve(names, From::row, row_->object, syntax.inner);
  value.span = syntax.span;
  const bool counts = parameter.takes == Takes::any && function.result == Kind::number;
  if (value.is_sound() && value.unit == kSeveral && !counts) return refuse_several(value);
  refuse_argument(function, parameter, value);
  Typed* const group[] = {&value};
  if (parameter.takes == Takes::same) agree(group, Decides::first_ordered);
  return value;
}

// COUNT looks at whether there is a value, ANY and ALL take null as false, others at its text.
int Compiler::as_aggregated(const Function& function, const Typed& value) {
  const Span span = tree_.node(value.node).span;
  const Parameter& parameter = function.parameters[function.place_of_rows()];
  if (parameter.takes == Takes::many_booleans) {
    return made(Op::all, Kind::boolean, span, {&value.node, 1}).node;
  }
  if (function.result == Kind::text || parameter.takes == Takes::many) return as_text(value);
  const bool rows = tree_.node(value.node).op == Op::literal;  // COUNT(lines)
  if (parameter.takes != Takes::any || rows) return value.node;
  const int children[] = {made(Op::is_blank, Kind::boolean, span, {&value.node, 1}).node,
                          constant(Value{}, Kind::boolean, span).node,
                          constant(true, Kind::boolean, span).node};
  return made(Op::choose, Kind::boolean, span, children).node;
}

Typed Compiler::row_condition(int operand) {
  Typed condition = part(operand);
  if (!condition.is_sound() || condition.null || condition.kind == Kind::boolean) return condition;
  return refuse(condition.span, "formula.type",
                "a condition must be true or false, and " + described(condition));
}

}  // namespace tenon::formula
