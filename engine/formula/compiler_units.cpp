// Durations: numbers of seconds that only go with their like. schemas/formula/README.md,
// "Durations". They are numbers in every other respect, so neither walker knows of them.
#include <algorithm>
#include <array>

#include "engine/formula/compiler.h"
#include "engine/value/duration.h"

namespace tenon::formula {
namespace {

// Whose result counts what their arguments count.
constexpr std::array<std::string_view, 4> kKeepers{"ABS", "SUM", "AVERAGE", "MEDIAN"};

bool keeps_unit(const Function& function) {
  return std::find(kKeepers.begin(), kKeepers.end(), function.name) != kKeepers.end();
}

// Whose result is an amount where the first argument is one.
bool keeps_money(std::string_view name) {
  constexpr std::string_view kRounding[] = {"ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC",
                                            "INT",   "CEILING", "FLOOR",     "MROUND"};
  return std::find(std::begin(kRounding), std::end(kRounding), name) != std::end(kRounding);
}

bool takes_numbers(Takes takes) {
  return takes == Takes::number || takes == Takes::many_numbers || takes == Takes::formattable ||
         takes == Takes::text_or_number;
}

// What comes of two numbers of which one at least is a duration.
struct Counting {
  Token token;
  bool left;
  bool right;
  Op op;
  bool result;
};
constexpr Counting kCounting[] = {
    {Token::plus, true, true, Op::add, true},       {Token::minus, true, true, Op::subtract, true},
    {Token::star, true, false, Op::multiply, true}, {Token::star, false, true, Op::multiply, true},
    {Token::slash, true, false, Op::divide, true},  {Token::slash, true, true, Op::divide, false},
};

bool is_moment(const Typed& typed) { return !typed.null && typed.kind == Kind::datetime; }

}  // namespace

std::string_view words(const Typed& typed) {
  if (typed.null) return "empty";
  return typed.unit == kDuration ? "a duration" : words(typed.kind);
}

Typed Compiler::counting(Token token, Typed left, Typed right, Span span) {
  if (is_moment(left) || is_moment(right)) return moment_shifted(token, left, right, span);
  const bool adds = token == Token::plus || token == Token::minus;
  for (Typed* typed : {&left, &right}) {
    const Typed& other = typed == &left ? right : left;
    if (typed->is_text_literal) read_literal(*typed, Kind::number, other.unit);
    if (!typed->is_sound()) return {};
    if (!typed->null) continue;
    typed->kind = Kind::number;
    if (adds) typed->unit = other.unit;
  }
  for (const Counting& rule : kCounting) {
    if (rule.token != token || rule.left == left.unit.empty()) continue;
    if (rule.right == right.unit.empty()) continue;
    if (left.kind != Kind::number || right.kind != Kind::number) continue;
    if (left.unit.is_money() || right.unit.is_money()) continue;
    const int children[] = {left.node, right.node};
    Typed result = made(rule.op, Kind::number, span, children);
    if (rule.result) result.unit = kDuration;
    return result;
  }
  return refuse(span, "formula.type",
                "these do not go together: " + described(left) + ", " + described(right) +
                    "; a duration is written \"PT1H30M\", or DURATION of a number of days");
}

// A moment and a duration: what operations on moments take are days.
Typed Compiler::moment_shifted(Token token, const Typed& left, const Typed& right, Span span) {
  const bool from_left = is_moment(left);
  const Typed& duration = from_left ? right : left;
  const bool fits = token == Token::plus || (token == Token::minus && from_left);
  if (!fits || duration.unit.empty()) {
    return refuse(span, "formula.type",
                  "these do not go together: " + described(left) + ", " + described(right));
  }
  const Span inner = tree_.node(duration.node).span;
  const int parts[] = {duration.node, constant(Decimal::of(kDaySeconds), Kind::number, inner).node};
  const int days = made(Op::divide, Kind::number, inner, parts).node;
  const int children[] = {from_left ? left.node : days, from_left ? days : right.node};
  const Op op = token == Token::plus ? Op::add_moment : Op::subtract_moment;
  return made(op, Kind::datetime, span, children);
}

bool Compiler::same_unit(const Typed& left, const Typed& right, Span span) {
  if (go_together(left.unit, right.unit)) return true;
  if (left.unit.is_money() && right.unit.is_money()) {
    refuse_mixed(left, right, span);
    return false;
  }
  refuse(span, "formula.type",
         "these cannot be compared: " + described(left) + ", " + described(right) +
             "; a duration is written \"PT1H30M\", or DURATION of a number of days");
  return false;
}

void Compiler::refuse_unit(const Function& function, const Parameter& parameter, Typed& argument) {
  if (argument.null || argument.unit != kDuration) return;
  if (!takes_numbers(parameter.takes) || keeps_unit(function)) return;
  if (parameter.takes == Takes::formattable && argument.unit == kDuration) return;
  argument =
      refuse(argument.span, "formula.type",
             std::string(function.name) + " needs a number as its " + std::string(parameter.name) +
                 ", and " + described(argument) + "; divided by \"PT1H\" it is a number of hours");
}

// SUM(spent, 5) is no sum.
void Compiler::agree_on_unit(const Function& function, std::vector<Typed>& arguments) {
  if (!keeps_unit(function)) return;
  const Typed* model = nullptr;
  for (Typed& argument : arguments) {
    if (!argument.is_sound() || argument.null) continue;
    if (model == nullptr || (model->unit.empty() && argument.unit.is_money())) model = &argument;
    if (go_together(argument.unit, model->unit)) continue;
    if (argument.unit.is_money() && model->unit.is_money()) {
      argument = refuse_mixed(*model, argument, argument.span);
      continue;
    }
    argument =
        refuse(argument.span, "formula.type",
               "these must be of one kind: " + described(*model) + ", " + described(argument));
  }
}

Unit Compiler::unit_of_result(const Function& function, const std::vector<Typed>& arguments) const {
  if (function.name == "DURATION") return kDuration;
  if (keeps_money(function.name)) {
    return arguments[0].unit.is_money() ? arguments[0].unit : Unit{};
  }
  if (!keeps_unit(function)) return {};
  const auto given = std::find_if(arguments.begin(), arguments.end(), [](const Typed& typed) {
    return !typed.null && !typed.unit.empty();
  });
  return given == arguments.end() ? Unit{} : given->unit;
}

}  // namespace tenon::formula
