#include <algorithm>

#include "engine/formula/compiler.h"

namespace tenon::formula {
namespace {

bool is_plain_number(const Typed& typed) {
  return typed.kind == Kind::number && typed.unit != kDuration;
}

bool is_counted(const Typed& typed) {
  return !typed.null && (typed.kind == Kind::number || typed.kind == Kind::date ||
                         typed.kind == Kind::time || typed.kind == Kind::datetime);
}

const Function& format_of(const Typed& typed) {
  const std::size_t place = typed.unit == kDuration    ? 3
                            : typed.kind == Kind::date ? 0
                            : typed.kind == Kind::time ? 1
                                                       : 2;
  return format_functions()[place];
}

}  // namespace

Typed Compiler::constant(Value value, Kind kind, Span span) {
  Node node{.op = Op::literal, .kind = kind, .span = span};
  node.null = is_empty(value);
  node.place = static_cast<int>(tree_.literals.size());
  tree_.literals.push_back(std::move(value));
  return {.node = add(node), .kind = kind, .null = node.null};
}

std::optional<Typed> Compiler::written_out(const Function& function,
                                           const std::vector<Typed>& arguments, Span span) {
  const std::string_view name = function.name;
  if (name.starts_with("IS") && function.op == Op::negation) {
    return kind_asked(name, arguments[0], span);
  }
  if (name == "CHOOSE") return chosen(function, arguments, span);
  if (name == "COUNT") return counted(function, arguments, span);
  if (name == "T") {
    const bool text = !arguments[0].null && arguments[0].kind == Kind::text;
    if (!text) return no_text(span);
    return made(Op::first_given, Kind::text, span, {&arguments[0].node, 1});
  }
  if (name == "N") {
    const Typed zero = constant(Decimal(), Kind::number, span);
    if (arguments[0].null) return zero;
    const Typed one = constant(Decimal::of(1), Kind::number, span);
    const int truth[] = {arguments[0].node, one.node, zero.node};
    const int number[] = {arguments[0].node, zero.node};
    if (arguments[0].kind == Kind::boolean) return made(Op::choose, Kind::number, span, truth);
    if (arguments[0].kind != Kind::number) return zero;
    return made(Op::first_given, Kind::number, span, number);
  }
  if (name == "EXCHANGE_RATE" && arguments.size() == 2) {
    return exchange_rate(function, arguments, span);
  }
  const bool by_name = function.takes_holidays() && arguments.size() == 3 && !arguments[2].null &&
                       arguments[2].kind == Kind::text;
  if (by_name) {
    const std::size_t place = name == "WORKDAY" ? 0 : 1;
    return build(calendar_functions()[place], arguments, span);
  }
  const bool is_format = name == "TEXT" && !arguments[0].null && !is_plain_number(arguments[0]);
  if (is_format) return formatted(arguments, span);
  return std::nullopt;
}

// "", which is empty, but a text.
Typed Compiler::no_text(Span span) {
  Typed typed = constant(Value{}, Kind::text, span);
  tree_.nodes[static_cast<std::size_t>(typed.node)].null = false;
  typed.null = false;
  return typed;
}

Typed Compiler::kind_asked(std::string_view name, const Typed& argument, Span span) {
  const Kind kind = name == "ISNUMBER"    ? Kind::number
                    : name == "ISLOGICAL" ? Kind::boolean
                                          : Kind::text;
  const bool opposite = name == "ISNONTEXT";
  if (argument.null || argument.kind != kind) return constant(opposite, Kind::boolean, span);
  const Typed blank = made(Op::is_blank, Kind::boolean, span, {&argument.node, 1});
  return opposite ? blank : made(Op::negation, Kind::boolean, span, {&blank.node, 1});
}

// A SWITCH over 1, 2, 3 …
Typed Compiler::chosen(const Function& function, const std::vector<Typed>& arguments, Span span) {
  Node cut{.op = Op::call, .kind = Kind::number, .span = tree_.node(arguments[0].node).span};
  cut.function = find_function("TRUNC");
  std::vector<int> children{add(cut, {&arguments[0].node, 1})};
  Typed result{.null = true};
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const auto place = Decimal::of(static_cast<std::int64_t>(i));
    children.push_back(constant(place, Kind::number, span).node);
    children.push_back(arguments[i].node);
    if (arguments[i].null) continue;
    if (result.unit.empty()) result.unit = arguments[i].unit;
    if (!result.null) continue;
    result.kind = arguments[i].kind;
    result.object = arguments[i].object;
    result.null = false;
  }
  Node node{.op = Op::match, .kind = result.kind, .span = span};
  node.null = result.null;
  node.function = &function;
  result.node = add(node, children);
  return result;
}

// COUNT counts numbers, dates and times; what is of another kind is none, whatever it holds.
Typed Compiler::counted(const Function& function, const std::vector<Typed>& arguments, Span span) {
  std::vector<int> children;
  for (const Typed& argument : arguments) {
    if (is_counted(argument)) children.push_back(argument.node);
  }
  if (children.empty()) return constant(Decimal(), Kind::number, span);
  Node node{.op = Op::call, .kind = Kind::number, .span = span};
  node.function = &function;
  return {.node = add(node, children), .kind = Kind::number};
}

Typed Compiler::formatted(const std::vector<Typed>& arguments, Span span) {
  const Typed& value = arguments[0];
  const Span inner = tree_.node(value.node).span;
  Node node{.op = Op::call, .kind = Kind::text, .span = span};
  node.function = &format_of(value);
  std::vector<int> children{value.node, arguments[1].node};
  if (value.kind == Kind::datetime) {
    children = {made(Op::local_date, Kind::date, inner, {&value.node, 1}).node,
                made(Op::local_time, Kind::time, inner, {&value.node, 1}).node, arguments[1].node};
  }
  return {.node = add(node, children), .kind = Kind::text};
}

// Where no day is given: that of today.
Typed Compiler::exchange_rate(const Function& function, const std::vector<Typed>& arguments,
                              Span span) {
  Typed today{.kind = Kind::date, .span = span};
  today.node = add({.op = Op::today, .kind = Kind::date, .span = span});
  return build(function, {arguments[0], arguments[1], today}, span);
}

// The field as it is and as it was.
bool Compiler::change_field(const Function& function, int operand, Typed& now, Typed& before) {
  const Syntax& syntax = syntax_.nodes[static_cast<std::size_t>(operand)];
  const bool plain = syntax.kind == Syntax::Kind::path && syntax.steps.size() <= 2 &&
                     written(syntax.steps[0]).front() != '$';
  auto member = plain ? names_.member(object_, written(syntax.steps[0])) : std::nullopt;
  const bool of_part = plain && syntax.steps.size() == 2;
  if (of_part) member = member ? member->part(written(syntax.steps[1])) : std::nullopt;
  if (!plain || (of_part && !member)) {
    refuse(syntax.span, "formula.type",
           std::string(function.name) + " needs the name of a field of the record");
    return false;
  }
  if (!member) {
    unknown_field(object_, syntax.steps[0]);
    return false;
  }
  if (wants_currency_) member = member->part("currency");
  now = field(*member, Op::field, syntax.inner);
  before = field(*member, Op::old_field, syntax.inner);
  for (Typed* typed : {&now, &before}) {
    typed->span = syntax.span;
    tree_.nodes[static_cast<std::size_t>(typed->node)].written = true;
  }
  return true;
}

// Of money in several currencies: 10 in one are not 10 in another.
int Compiler::currency_changed(const Function& function, const Syntax& syntax, int operand) {
  Typed now;
  Typed before;
  wants_currency_ = true;
  change_field(function, operand, now, before);
  wants_currency_ = false;
  const int pair[] = {now.node, before.node};
  return made(Op::not_equal, Kind::boolean, syntax.inner, pair).node;
}

Typed Compiler::change(const Function& function, const Syntax& syntax) {
  if (!names_.tells_changes()) {
    return refuse(syntax.name, "formula.unknown",
                  std::string(function.name) + " is known in rules and flows only");
  }
  const bool of_fields = function.repeat > 0;
  if (!function.takes_count(syntax.operands.size())) {
    wrong_count(function, syntax.operands.size(), syntax.inner);
    return {};
  }
  std::vector<int> changes;
  bool sound = true;
  Typed now;
  Typed before;
  for (std::size_t i = 0; i < (of_fields ? syntax.operands.size() : 1); ++i) {
    sound = change_field(function, syntax.operands[i], now, before) && sound;
    const int pair[] = {now.node, before.node};
    if (sound) changes.push_back(made(Op::not_equal, Kind::boolean, syntax.inner, pair).node);
    if (sound && of_fields && now.is_whole) {
      changes.push_back(currency_changed(function, syntax, syntax.operands[i]));
    }
  }
  if (of_fields) return sound ? made(Op::any, Kind::boolean, syntax.inner, changes) : Typed{};
  const Typed value = part(syntax.operands[1]);
  if (!sound || !value.is_sound()) return {};
  if (function.name == "WAS") return comparison(Token::equal, before, value, syntax.inner);
  const Typed is = comparison(Token::equal, now, value, syntax.inner);
  if (!is.is_sound()) return {};
  const int both[] = {is.node, changes.front()};
  return made(Op::all, Kind::boolean, syntax.inner, both);
}

}  // namespace tenon::formula
