#include <algorithm>

#include "engine/base/suggest.h"
#include "engine/formula/compiler.h"

namespace tenon::formula {
namespace {

bool accepts(Takes takes, const Typed& typed) {
  if (typed.null) return true;
  switch (takes) {
    case Takes::boolean: return typed.kind == Kind::boolean;
    case Takes::number: return typed.kind == Kind::number;
    case Takes::text: return typed.kind == Kind::text;
    case Takes::text_list: return typed.kind == Kind::text_list;
    case Takes::list: return is_list(typed.kind);
    case Takes::item: return typed.kind == Kind::text || typed.kind == Kind::reference;
    case Takes::day: return typed.kind == Kind::date || typed.kind == Kind::datetime;
    case Takes::holiday:
      return typed.kind == Kind::date || typed.kind == Kind::datetime || typed.kind == Kind::text;
    case Takes::clock: return typed.kind == Kind::time || typed.kind == Kind::datetime;
    case Takes::text_or_moment: return typed.kind == Kind::text || typed.kind == Kind::datetime;
    case Takes::text_or_number: return typed.kind == Kind::text || typed.kind == Kind::number;
    case Takes::formattable:
      return typed.kind == Kind::number || typed.kind == Kind::date || typed.kind == Kind::time ||
             typed.kind == Kind::datetime;
    case Takes::many_booleans: return typed.kind == Kind::boolean;
    case Takes::many_numbers: return typed.kind == Kind::number;
    case Takes::many_same: return !is_list(typed.kind) && typed.kind != Kind::json;
    case Takes::own_field:
    case Takes::many:
    case Takes::any:
    case Takes::same:
    case Takes::matched: return true;
  }
  return true;
}

std::string_view words(Takes takes) {
  switch (takes) {
    case Takes::boolean: return "true or false";
    case Takes::number: return "a number";
    case Takes::text: return "a text";
    case Takes::text_list: return "a list of texts";
    case Takes::list: return "a list";
    case Takes::item: return "a text or a reference";
    case Takes::day: return "a date, with or without time";
    case Takes::holiday: return "dates, or the name of a calendar,";
    case Takes::clock: return "a time of day, or a date with time";
    case Takes::text_or_moment: return "a text, or a date with time";
    case Takes::text_or_number: return "a text or a number";
    case Takes::formattable: return "a number, a date or a time";
    case Takes::many_booleans: return "true or false";
    case Takes::many_numbers: return "a number";
    case Takes::many_same: return "something else than a list or JSON";
    default: return "a value";
  }
}

bool is_ordered(Kind kind) {
  return kind == Kind::number || kind == Kind::date || kind == Kind::time || kind == Kind::datetime;
}

// "ROUND(number, [digits])"
std::string signature(const Function& function) {
  std::string text(function.name);
  text += '(';
  for (const Parameter& parameter : function.parameters) {
    if (text.back() != '(') text += ", ";
    text +=
        parameter.optional ? "[" + std::string(parameter.name) + "]" : std::string(parameter.name);
  }
  if (function.repeat > 0) text += ", …";
  return text += ')';
}

bool same_type(const Typed& a, const Typed& b) {
  return a.kind == b.kind && go_together(a.unit, b.unit) &&
         (!is_referring(a.kind) || a.object == b.object);
}

// Those that look at money in several currencies only as far as whether it is there.
bool asks_whether_given(const Function& function) {
  return function.name == "ISBLANK" || function.name == "COUNT" || function.name == "COUNTA";
}

}  // namespace

Typed Compiler::call(const Syntax& syntax) {
  const std::string_view name = written(syntax.name);
  const Function* function = find_function(name);
  if (function == nullptr) unknown_function(name, syntax.name);
  if (function != nullptr && function->aggregates) {
    if (const auto many = many_of(*function, syntax)) return aggregate(*function, *many, syntax);
    if (function->takes_only_rows()) return without_rows(*function, syntax);
  }
  if (function != nullptr && function->is_of_changes()) return change(*function, syntax);
  if (function != nullptr && function->name == "EXCHANGE") return exchange(*function, syntax);
  const bool any = function != nullptr && asks_whether_given(*function);
  std::vector<Typed> arguments;
  for (const int operand : syntax.operands) {
    arguments.push_back(any ? any_part(operand) : part(operand));
  }
  if (function == nullptr) return {};
  if (!function->takes_count(arguments.size())) {
    wrong_count(*function, arguments.size(), syntax.inner);
    return {};
  }
  if (!judge(*function, arguments)) return {};
  return build(*function, arguments, syntax.inner);
}

bool Compiler::judge(const Function& function, std::vector<Typed>& arguments) {
  std::vector<Typed*> same;
  std::vector<Typed*> matched;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Parameter& parameter = function.parameter(i, arguments.size());
    Typed& argument = arguments[i];
    if (parameter.takes == Takes::same) same.push_back(&argument);
    if (parameter.takes == Takes::matched) matched.push_back(&argument);
    refuse_argument(function, parameter, argument);
  }
  adapt(matched);
  agree(matched, Decides::first_not_literal);
  agree(same, function.takes_ordered() ? Decides::first_ordered : Decides::first);
  agree_on_unit(function, arguments);
  judge_literals(function, arguments);
  return std::all_of(arguments.begin(), arguments.end(),
                     [](const Typed& typed) { return typed.is_sound(); });
}

void Compiler::refuse_argument(const Function& function, const Parameter& parameter,
                               Typed& argument) {
  if (!argument.is_sound()) return;
  if (accepts(parameter.takes, argument)) return refuse_unit(function, parameter, argument);
  argument = refuse(argument.span, "formula.type",
                    std::string(function.name) + " needs " + std::string(words(parameter.takes)) +
                        " as its " + std::string(parameter.name) + ", and " + described(argument));
}

// Of HAS: what stands beside a list is of the kind that the list holds.
void Compiler::judge_item(const Typed& list, Typed& item) {
  if (!list.is_sound() || list.null || !item.is_sound() || item.null) return;
  const bool refers = list.kind == Kind::reference_list;
  if (refers && item.is_text_literal) {
    read_literal(item, Kind::reference);
    item.object = list.object;
  }
  check_option(item, list.options);
  const Kind wanted = refers ? Kind::reference : Kind::text;
  if (!item.is_sound() || (item.kind == wanted && (!refers || item.object == list.object))) return;
  const bool elsewhere = refers && item.kind == wanted;
  item = refuse(item.span, "formula.type",
                "the list never holds this: " + described(list) + ", " + described(item) +
                    (elsewhere ? ", to another object" : ""));
}

void Compiler::judge_literals(const Function& function, std::vector<Typed>& arguments) {
  const auto literal_at = [&](std::size_t place) -> const Value* {
    const Typed& argument = arguments[place];
    if (!argument.is_sound() || !argument.is_text_literal) return nullptr;
    return &tree_.literal(tree_.node(argument.node));
  };
  if (function.name == "HAS") judge_item(arguments[0], arguments[1]);
  if (function.takes_holidays()) judge_calendar(function, arguments);
  if (function.name == "TEXT") {
    const Value* format = literal_at(1);
    if (format == nullptr || !arguments[0].is_sound()) return;
    judge_format(joined_text(*format), arguments);
  }
  if (function.name == "DATEDIF") {
    const Value* unit = literal_at(2);
    if (unit == nullptr || is_empty(*unit) || is_date_unit(joined_text(*unit))) return;
    arguments[2] = refuse(arguments[2].span, "formula.type",
                          "the unit is \"Y\", \"M\", \"D\", \"YM\", \"MD\" or \"YD\"");
  }
}

// Of TEXT.
void Compiler::judge_format(const std::string& format, std::vector<Typed>& arguments) {
  const Typed& value = arguments[0];
  std::string_view examples;
  if (value.unit == kDuration) {
    if (!is_duration_format(format)) examples = "\"[h]:mm\" or \"hh:mm:ss\"";
  } else if (value.null || value.kind == Kind::number) {
    if (!is_number_format(format)) {
      examples = R"("0.00", "#,##0", "0%" or, with words, "0 ""kg""")";
    }
  } else if (!is_date_format(format, value.kind)) {
    examples = "\"yyyy-mm-dd\" or \"hh:mm\"";
  }
  if (examples.empty()) return;
  arguments[1] = refuse(arguments[1].span, "formula.type",
                        "this is no format; one is " + std::string(examples));
}

// Of WORKDAY: one calendar by its name, and then no days beside it.
void Compiler::judge_calendar(const Function& function, std::vector<Typed>& arguments) {
  const std::size_t first = function.parameters.size() - 1;
  for (std::size_t i = first; i < arguments.size(); ++i) {
    Typed& argument = arguments[i];
    if (!argument.is_sound() || argument.null || argument.kind != Kind::text) continue;
    if (arguments.size() > first + 1) {
      argument = refuse(
          argument.span, "formula.type",
          std::string(function.name) + " takes one calendar by its name, or holidays as dates");
    } else if (argument.is_text_literal &&
               parse_date(joined_text(tree_.literal(tree_.node(argument.node))))) {
      argument = refuse(argument.span, "formula.type",
                        "a text here is the name of a calendar; a holiday is DATE(2026, 10, 1)");
    }
  }
}

void Compiler::agree(std::span<Typed* const> group, Decides decides) {
  const bool ordered = decides == Decides::first_ordered;
  const auto counts = [&](const Typed& typed) {
    return typed.is_sound() && !typed.null && (!ordered || is_ordered(typed.kind));
  };
  const Typed* model = nullptr;
  for (const Typed* typed : group) {
    if (!counts(*typed)) continue;
    const bool gives_way = decides == Decides::first_not_literal && model != nullptr &&
                           model->is_text_literal && !typed->is_text_literal;
    if (model == nullptr || gives_way) model = typed;
  }
  const Typed* money = nullptr;
  for (Typed* typed : group) {
    if (!typed->is_sound() || typed->null) continue;
    if (money == nullptr && typed->unit.is_money()) money = typed;
    if (money != nullptr && typed->unit.is_money() && typed->unit != money->unit) {
      *typed = refuse_mixed(*money, *typed, typed->span);
      continue;
    }
    if (ordered && !is_ordered(typed->kind)) {
      *typed = refuse(typed->span, "formula.type",
                      "this needs a number, a date or a time, and " + described(*typed));
    } else if (!same_type(*typed, *model)) {
      const bool elsewhere = typed->kind == model->kind && typed->unit == model->unit;
      *typed = refuse(typed->span, "formula.type",
                      "these must be of one kind: " + described(*model) + ", " + described(*typed) +
                          (elsewhere ? ", to another object" : ""));
    }
  }
}

Typed Compiler::build(const Function& function, const std::vector<Typed>& arguments, Span span) {
  if (auto typed = written_out(function, arguments, span)) return std::move(*typed);
  const bool from_moment = function.parameters.size() == 1 && !arguments[0].null &&
                           function.parameters[0].takes == Takes::text_or_moment &&
                           arguments[0].kind == Kind::datetime;
  if (from_moment) {
    const Op op = *function.result == Kind::date ? Op::local_date : Op::local_time;
    return made(op, *function.result, span, {&arguments[0].node, 1});
  }
  std::vector<int> children;
  Typed result{.null = !function.result};
  if (function.result) result.kind = *function.result;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Parameter& parameter = function.parameter(i, arguments.size());
    const Typed& argument = arguments[i];
    children.push_back(converted(function, parameter, argument));
    if (parameter.takes != Takes::same || argument.null) continue;
    if (result.unit.empty()) result.unit = argument.unit;
    if (!result.null) continue;
    result.kind = argument.kind;
    result.object = argument.object;
    result.null = false;
  }
  if (function.result) result.unit = unit_of_result(function, arguments);
  Node node{.op = function.op, .kind = result.kind, .span = span};
  node.null = result.null;
  node.function = &function;
  result.node = add(node, children);
  tree_.live = tree_.live || function.is_live();
  tree_.looks_up = tree_.looks_up || function.looks_up();
  return result;
}

int Compiler::converted(const Function& function, const Parameter& parameter,
                        const Typed& argument) {
  if (argument.null) return argument.node;
  const bool is_moment = argument.kind == Kind::datetime;
  const Span inner = tree_.node(argument.node).span;
  if (is_moment && (parameter.takes == Takes::day || parameter.takes == Takes::holiday)) {
    return made(Op::local_date, Kind::date, inner, {&argument.node, 1}).node;
  }
  if (is_moment && parameter.takes == Takes::clock) {
    return made(Op::local_time, Kind::time, inner, {&argument.node, 1}).node;
  }
  if (parameter.takes == Takes::text_or_number) return as_text(argument);
  const bool joins = function.result == Kind::text && parameter.takes == Takes::any;
  const bool keeps_list = function.op == Op::call && argument.kind == Kind::text_list;
  return joins && !keeps_list ? as_text(argument) : argument.node;
}

void Compiler::unknown_function(std::string_view name, Span span) {
  std::vector<std::string_view> names;
  for (const Function* function : functions()) names.push_back(function->name);
  std::string upper(name);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  refuse(span, "formula.unknown",
         "there is no function \"" + std::string(name) + "\"" +
             did_you_mean(upper, std::span<const std::string_view>(names)));
}

void Compiler::wrong_count(const Function& function, std::size_t count, Span span) {
  refuse(span, "formula.type",
         signature(function) + " cannot take " + std::to_string(count) +
             (count == 1 ? " argument" : " arguments"));
}

}  // namespace tenon::formula
