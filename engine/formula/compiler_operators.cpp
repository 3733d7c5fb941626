#include <algorithm>

#include "engine/base/suggest.h"
#include "engine/formula/compiler.h"
#include "engine/value/duration.h"

namespace tenon::formula {
namespace {

struct Arithmetic {
  Token token;
  Kind left;
  Kind right;
  Op op;
  Kind result;
};

constexpr Arithmetic kArithmetic[] = {
    {Token::plus, Kind::number, Kind::number, Op::add, Kind::number},
    {Token::plus, Kind::date, Kind::number, Op::add_days, Kind::date},
    {Token::plus, Kind::number, Kind::date, Op::add_days, Kind::date},
    {Token::plus, Kind::datetime, Kind::number, Op::add_moment, Kind::datetime},
    {Token::plus, Kind::number, Kind::datetime, Op::add_moment, Kind::datetime},
    {Token::minus, Kind::number, Kind::number, Op::subtract, Kind::number},
    {Token::minus, Kind::date, Kind::number, Op::subtract_days, Kind::date},
    {Token::minus, Kind::datetime, Kind::number, Op::subtract_moment, Kind::datetime},
    {Token::minus, Kind::date, Kind::date, Op::days_between, Kind::number},
    {Token::minus, Kind::datetime, Kind::datetime, Op::moments_between, Kind::number},
    {Token::star, Kind::number, Kind::number, Op::multiply, Kind::number},
    {Token::slash, Kind::number, Kind::number, Op::divide, Kind::number},
    {Token::caret, Kind::number, Kind::number, Op::power, Kind::number},
};

bool is_calendar(Kind kind) { return kind == Kind::date || kind == Kind::datetime; }

// The kind of an operand; NULL takes the one that makes sense beside the other.
Kind kind_beside(const Typed& typed, const Typed& other, bool is_left_of_minus) {
  if (!typed.null) return typed.kind;
  const bool as_other = is_left_of_minus && !other.null && is_calendar(other.kind);
  return as_other ? other.kind : Kind::number;
}

Op comparison_of(Token token) {
  switch (token) {
    case Token::equal: return Op::equal;
    case Token::less: return Op::less;
    case Token::less_equal: return Op::less_equal;
    case Token::greater: return Op::greater;
    case Token::greater_equal: return Op::greater_equal;
    default: return Op::not_equal;
  }
}

bool is_arithmetic(Token token) {
  return token == Token::plus || token == Token::minus || token == Token::star ||
         token == Token::slash || token == Token::caret;
}

bool has_order(Kind kind) {
  return kind == Kind::number || kind == Kind::text || kind == Kind::date || kind == Kind::time ||
         kind == Kind::datetime;
}

Value value_of_text(Kind kind, const std::string& text) {
  if (kind == Kind::date) {
    const auto date = parse_date(text);
    return date ? Value{*date} : Value{};
  }
  if (kind == Kind::time) {
    const auto time = parse_time(text);
    return time ? Value{*time} : Value{};
  }
  if (kind == Kind::datetime) {
    const auto moment = parse_datetime(text);
    return moment ? Value{*moment} : Value{};
  }
  if (kind == Kind::number) {
    const auto seconds = parse_duration(text);
    return seconds ? Value{Decimal::of(*seconds)} : Value{};
  }
  const auto id = parse_id_text(text);
  return id ? Value{RecordId{*id}} : Value{};
}

std::string_view example_of(Kind kind) {
  switch (kind) {
    case Kind::date: return "a date such as \"2026-11-23\"";
    case Kind::number: return "a duration such as \"PT1H30M\"";
    case Kind::time: return "a time such as \"09:30\"";
    case Kind::datetime: return "a date with time such as \"2026-11-23T09:30:00+08:00\"";
    default: return "the id of a record: 13 letters and digits";
  }
}

}  // namespace

Typed Compiler::infix(const Syntax& syntax) {
  std::vector<Typed> operands;
  const bool asks_empty = syntax.token == Token::equal || syntax.token == Token::not_equal;
  for (const int operand : syntax.operands) {
    operands.push_back(asks_empty ? any_part(operand) : part(operand));
  }
  if (syntax.token == Token::and_) return logic(Op::all, operands, syntax.inner);
  if (syntax.token == Token::or_) return logic(Op::any, operands, syntax.inner);
  const auto sound = [](const Typed& typed) { return typed.is_sound(); };
  if (!std::all_of(operands.begin(), operands.end(), sound)) return {};
  if (syntax.token == Token::ampersand) return joined(operands, syntax.inner);
  if (is_arithmetic(syntax.token)) {
    return arithmetic(syntax.token, operands[0], operands[1], syntax.inner);
  }
  return comparison(syntax.token, operands[0], operands[1], syntax.inner);
}

Typed Compiler::arithmetic(Token token, const Typed& left, const Typed& right, Span span) {
  if (left.unit == kDuration || right.unit == kDuration) {
    return counting(token, left, right, span);
  }
  const Kind left_kind = kind_beside(left, right, token == Token::minus);
  const Kind right_kind = kind_beside(right, left, false);
  for (const Arithmetic& rule : kArithmetic) {
    if (rule.token != token || rule.left != left_kind || rule.right != right_kind) continue;
    const int children[] = {left.node, right.node};
    Typed result = made(rule.op, rule.result, span, children);
    if (!money_beside(token, left, right, result)) return refuse_mixed(left, right, span);
    return result;
  }
  std::string hint;
  if (token == Token::plus && (left_kind == Kind::text || right_kind == Kind::text)) {
    hint = "; texts are joined by &";
  }
  return refuse(span, "formula.type",
                "these do not go together: " + described(left) + ", " + described(right) + hint);
}

Typed Compiler::comparison(Token token, Typed left, Typed right, Span span) {
  if (left.unit == kSeveral && !right.null) return refuse_several(left);
  if (right.unit == kSeveral && !left.null) return refuse_several(right);
  Typed* const pair[] = {&left, &right};
  adapt(pair);
  if (!left.is_sound() || !right.is_sound()) return {};
  const bool free = left.null || right.null;
  const bool same_kind = free || left.kind == right.kind;
  if (!same_kind) {
    const bool dates = is_calendar(left.kind) && is_calendar(right.kind);
    return refuse(span, "formula.type",
                  "these cannot be compared: " + described(left) + ", " + described(right) +
                      (dates ? "; DATEVALUE gives the date of a date with time" : ""));
  }
  if (!free && !same_unit(left, right, span)) return {};
  if (!free && left.object != right.object) {
    return refuse(
        span, "formula.type",
        "these are never equal: one refers to " + left.object + ", the other to " + right.object);
  }
  const Op op = comparison_of(token);
  const Typed& given = left.null ? right : left;
  if (op != Op::equal && op != Op::not_equal && !given.null && !has_order(given.kind)) {
    return refuse(span, "formula.type", described(given) + ", which has no order: use = or <>");
  }
  const int children[] = {left.node, right.node};
  return made(op, Kind::boolean, span, children);
}

Typed Compiler::logic(Op op, const std::vector<Typed>& operands, Span span) {
  std::vector<int> children;
  bool sound = true;
  for (const Typed& operand : operands) {
    if (operand.is_sound() && !operand.null && operand.kind != Kind::boolean) {
      refuse(operand.span, "formula.type",
             std::string(op == Op::all ? "AND" : "OR") + " needs true or false, and " +
                 described(operand));
      sound = false;
    }
    sound = sound && operand.is_sound();
    children.push_back(operand.node);
  }
  if (!sound) return {};
  return made(op, Kind::boolean, span, children);
}

Typed Compiler::joined(const std::vector<Typed>& operands, Span span) {
  std::vector<int> children;
  for (const Typed& operand : operands) children.push_back(as_text(operand));
  return made(Op::join, Kind::text, span, children);
}

void Compiler::adapt(std::span<Typed* const> group) {
  const auto decides = [](const Typed* typed) {
    return typed->is_sound() && !typed->null && !typed->is_text_literal;
  };
  const auto found = std::find_if(group.begin(), group.end(), decides);
  if (found == group.end()) return;
  const Typed& model = **found;
  for (Typed* typed : group) {
    if (!typed->is_sound() || !typed->is_text_literal) continue;
    if (model.kind == Kind::text) check_option(*typed, model.options);
    const bool read = is_calendar(model.kind) || model.kind == Kind::time ||
                      model.kind == Kind::reference || model.unit == kDuration;
    if (!read) continue;
    read_literal(*typed, model.kind, model.unit);
    typed->object = model.object;
  }
}

void Compiler::read_literal(Typed& literal, Kind kind, Unit unit) {
  Node& node = tree_.nodes[static_cast<std::size_t>(literal.node)];
  Value& value = tree_.literals[static_cast<std::size_t>(node.place)];
  if (const auto* text = std::get_if<std::string>(&value)) {
    Value read = value_of_text(kind, *text);
    if (is_empty(read)) {
      literal =
          refuse(literal.span, "formula.type", "this must be " + std::string(example_of(kind)));
      return;
    }
    value = std::move(read);
  }
  node.kind = kind;
  literal.kind = kind;
  literal.unit = unit;
}

void Compiler::check_option(Typed& literal, const std::vector<std::string>& options) {
  if (options.empty() || !literal.is_sound() || !literal.is_text_literal) return;
  const auto* text = std::get_if<std::string>(&tree_.literal(tree_.node(literal.node)));
  if (text == nullptr || std::find(options.begin(), options.end(), *text) != options.end()) return;
  literal = refuse(literal.span, "formula.type",
                   "there is no option \"" + *text + "\"" +
                       did_you_mean(*text, std::span<const std::string>(options)));
}

}  // namespace tenon::formula
