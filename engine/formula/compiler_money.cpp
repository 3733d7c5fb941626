// Amounts of currencies: which go together, and EXCHANGE. schemas/formula/README.md, "Money".
// They are numbers in every other respect, so neither walker knows of them.
#include "engine/formula/compiler.h"
#include "engine/text/currency.h"

namespace tenon::formula {

Unit money_in(std::string_view code) {
  Unit unit;
  if (code.size() != unit.code.size()) return unit;
  unit.of = Unit::Of::money;
  std::copy(code.begin(), code.end(), unit.code.begin());
  return unit;
}

Unit unit_of(const Format& format) {
  return format.written == Written::duration ? kDuration : Unit{};
}

bool go_together(Unit a, Unit b) {
  return a == b || (a.empty() && b.is_money()) || (a.is_money() && b.empty());
}

std::optional<Names::Member> Names::Member::part(std::string_view name) const {
  if (!currency || (name != "amount" && name != "currency")) return std::nullopt;
  if (name == "currency") {
    return Member{.id = currency->id,
                  .type = {Kind::text, "", {}},
                  .slot = currency->slot,
                  .scale = 0,
                  .options = currency->codes};
  }
  Member amount = *this;
  amount.currency.reset();
  amount.type.unit = {};
  return amount;
}

Unit Compiler::unit_for(const Names::Member& member) const {
  return member.currency && names_.takes_amounts() ? Unit{} : member.type.unit;
}

// A path, so that the hint can be written with it.
Typed Compiler::refuse_several(const Typed& money) {
  const std::string path(written(money.span));
  if (row_) {
    return refuse(money.span, "formula.type",
                  path + " is an amount in one of several currencies: take a field of the rows " +
                      "that is computed by EXCHANGE, or " + path + ".amount, the bare number");
  }
  return refuse(money.span, "formula.type",
                path + " is an amount in one of several currencies: EXCHANGE(" + path +
                    ", \"CNY\") converts it, " + path + ".amount is the bare number");
}

Typed Compiler::refuse_mixed(const Typed& left, const Typed& right, Span span) {
  const auto amount = [this](const Typed& typed) {
    return std::string(written(typed.span)) + " is an amount in " + typed.unit.currency();
  };
  return refuse(span, "formula.type",
                "these do not go together: " + amount(left) + ", " + amount(right) + "; EXCHANGE(" +
                    std::string(written(right.span)) + ", \"" + left.unit.currency() +
                    "\") converts it");
}

// What comes of two numbers of which one may be an amount; false: they do not go together.
bool Compiler::money_beside(Token token, const Typed& left, const Typed& right, Typed& result) {
  const bool both = left.unit.is_money() && right.unit.is_money();
  if (both && left.unit != right.unit) return false;
  const Unit unit = left.unit.is_money() ? left.unit : right.unit;
  switch (token) {
    case Token::plus:
    case Token::minus: result.unit = unit; break;
    case Token::star: result.unit = both ? Unit{} : unit; break;
    case Token::slash: result.unit = right.unit.is_money() ? Unit{} : unit; break;
    default: break;
  }
  if (result.kind != Kind::number) result.unit = {};
  return true;
}

// The amount and the code of what is converted.
bool Compiler::parts_of_money(int operand, Typed& amount, Typed& currency) {
  amount = any_part(operand);
  if (!amount.is_sound()) return false;
  const Syntax& syntax = syntax_.nodes[static_cast<std::size_t>(operand)];
  if (amount.is_whole) {
    wants_currency_ = true;
    currency = path(syntax);
    wants_currency_ = false;
    return currency.is_sound();
  }
  if (amount.unit.is_money()) {
    currency = constant(Value{amount.unit.currency()}, Kind::text, syntax.inner);
    return true;
  }
  refuse(amount.span, "formula.type",
         "EXCHANGE needs an amount whose currency is known, and " + described(amount) +
             "; write the field of type money itself");
  return false;
}

// What the code says, where it is written.
Unit Compiler::unit_named(const Typed& code) const {
  if (!code.is_text_literal) return {};
  const auto* text = std::get_if<std::string>(&tree_.literal(tree_.node(code.node)));
  return text == nullptr || !text::currency_digits(*text) ? Unit{} : money_in(*text);
}

// A code that is written must be one.
bool Compiler::currency_known(const Typed& to) {
  if (!to.is_text_literal || !unit_named(to).empty()) return true;
  refuse(to.span, "formula.type",
         "there is no currency " + std::string(written(to.span)) +
             "; it is an ISO 4217 code, as \"USD\"");
  return false;
}

// The amount times the rate of its currency.
Typed Compiler::exchange(const Function& function, const Syntax& syntax) {
  if (!function.takes_count(syntax.operands.size())) {
    wrong_count(function, syntax.operands.size(), syntax.inner);
    return {};
  }
  Typed amount;
  std::vector<Typed> arguments(1);
  bool sound = parts_of_money(syntax.operands[0], amount, arguments[0]);
  for (std::size_t i = 1; i < syntax.operands.size(); ++i) {
    arguments.push_back(part(syntax.operands[i]));
    refuse_argument(function, function.parameters[i], arguments[i]);
    sound = sound && arguments[i].is_sound();
  }
  const Function* rates = find_function("EXCHANGE_RATE");
  if (rates == nullptr) unknown_function("EXCHANGE_RATE", syntax.name);
  if (!sound || rates == nullptr || !currency_known(arguments[1])) return {};
  const Unit unit = unit_named(arguments[1]);
  if (!judge(*rates, arguments)) return {};
  const Typed rate = build(*rates, arguments, {arguments[1].span.begin, arguments.back().span.end});
  if (!rate.is_sound()) return {};
  tree_.nodes[static_cast<std::size_t>(rate.node)].written = true;
  const int children[] = {amount.node, rate.node};
  Typed result = made(Op::multiply, Kind::number, syntax.inner, children);
  result.unit = unit;
  return result;
}

}  // namespace tenon::formula
