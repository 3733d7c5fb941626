#include "engine/base/limits.h"
#include "engine/base/suggest.h"
#include "engine/formula/compiler.h"

namespace tenon::formula {

Typed Compiler::path(const Syntax& syntax) {
  const std::string_view first = written(syntax.steps.front());
  const std::span<const Span> steps(syntax.steps);
  const bool from_context = first.front() == '$';
  const auto names = from_context ? steps.subspan(1) : steps;
  if (names.size() > limits::kPathHopsMax) {
    return refuse(syntax.inner, "formula.limit",
                  "a path has at most " + std::to_string(limits::kPathHopsMax) + " names");
  }
  if (!from_context && row_) return resolve(names, From::row, row_->object, syntax.inner);
  if (!from_context && chosen_) return resolve(names, From::chosen, object_, syntax.inner);
  if (!from_context) return resolve(names, From::record, object_, syntax.inner);
  if (first == "$record" || (first == "$old" && names_.tells_changes())) {
    return own(first, names, syntax);
  }
  if (first == "$flow") return variable(names, syntax);
  const Typed start = context(first, syntax.steps.front());
  if (!start.is_sound() || names.empty()) return start;
  if (start.kind == Kind::reference) {
    return resolve(names, From::user, start.object, syntax.inner);
  }
  return refuse(names[0], "formula.type", described(start) + " and has no fields");
}

// $record.amount, where the names of a row stand before it; $old.amount, one name.
Typed Compiler::own(std::string_view name, std::span<const Span> names, const Syntax& syntax) {
  if (names.empty()) {
    return refuse(syntax.inner, "formula.type",
                  "the name of a field must follow " + std::string(name));
  }
  if (name == "$record") return resolve(names, From::record, object_, syntax.inner);
  auto member = names_.member(object_, written(names[0]));
  if (names.size() > 1) {
    auto part = member && names.size() == 2 ? member->part(written(names[1])) : std::nullopt;
    if (!part) return refuse(names[1], "formula.type", "$old knows the record's own fields only");
    member = std::move(part);
  }
  if (member && wants_currency_) member = member->part("currency");
  if (member) return field(*member, Op::old_field, syntax.inner);
  unknown_field(object_, names[0]);
  return {};
}

// $flow.amount, one name.
Typed Compiler::variable(std::span<const Span> names, const Syntax& syntax) {
  if (names.size() != 1) {
    return refuse(syntax.inner, "formula.type", "the name of one variable must follow $flow");
  }
  if (const auto member = names_.variable(written(names[0]))) {
    return field(*member, Op::field, syntax.inner);
  }
  return refuse(
      names[0], "formula.unknown",
      "there is no variable \"" + std::string(written(names[0])) + "\"" +
          did_you_mean(written(names[0]), std::span<const std::string>(names_.variables())));
}

Typed Compiler::context(std::string_view name, Span span) {
  constexpr std::string_view kNames[] = {"$user", "$now", "$today", "$record", "$team"};
  Typed typed{.span = span};
  if (name == "$user") {
    typed = made(Op::user, Kind::reference, span, {});
    typed.object = "user";
  } else if (name == "$team") {
    if (!names_.knows_team()) {
      return refuse(span, "formula.unknown", "$team can be asked for in filters only");
    }
    typed = made(Op::team, Kind::reference_list, span, {});
    typed.object = "user";
  } else if (name == "$now") {
    typed = made(Op::now, Kind::datetime, span, {});
  } else if (name == "$today") {
    typed = made(Op::today, Kind::date, span, {});
  } else {
    return refuse(span, "formula.unknown",
                  "there is no \"" + std::string(name) + "\"" + did_you_mean(name, kNames));
  }
  typed.span = span;
  tree_.live = true;
  return typed;
}

Typed Compiler::resolve(std::span<const Span> names, From from, std::string object, Span span) {
  Path path{from == From::user ? Path::Root::user : Path::Root::record, {}};
  if (from == From::chosen) path.steps.push_back(*chosen_);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!path.steps.empty()) {
      const Type& type = path.steps.back().type;
      if (path.steps.back().currency) {
        auto part = path.steps.back().part(written(names[i]));
        if (!part) {
          return refuse(names[i], "formula.type",
                        "behind " + std::string(written(names[i - 1])) +
                            " there is its \"amount\" and its \"currency\"");
        }
        path.steps.back() = std::move(*part);
        continue;
      }
      if (type.kind != Kind::reference) {
        const Typed before{.kind = type.kind, .span = names[i - 1]};
        return refuse(names[i], "formula.type", described(before) + " and has no fields");
      }
      object = type.object;
    }
    auto member = names_.member(object, written(names[i]));
    if (!member) {
      unknown_field(object, names[i]);
      return {};
    }
    path.steps.push_back(std::move(*member));
  }
  if (wants_currency_) path.steps.back() = *path.steps.back().part("currency");
  if (from != From::user && path.steps.size() == 1) {
    return field(path.steps.front(), from == From::row ? Op::row_field : Op::field, span);
  }
  return path_node(std::move(path), from, span);
}

Typed Compiler::field(const Names::Member& member, Op op, Span span) {
  Node node{.op = op, .kind = member.type.kind, .span = span};
  node.place = member.slot;
  node.scale = member.scale;
  if (op == Op::row_field) {
    node.many = row_->many;
    row_slots_[static_cast<std::size_t>(node.many)].push_back(member.slot);
  } else {
    (op == Op::old_field ? tree_.old_slots : tree_.slots).push_back(member.slot);
  }
  return {.node = add(node),
          .kind = node.kind,
          .object = member.type.object,
          .options = member.options,
          .unit = unit_for(member),
          .is_whole = member.currency.has_value()};
}

Typed Compiler::path_node(Path path, From from, Span span) {
  const Names::Member& last = path.steps.back();
  const bool of_row = from == From::row;
  Node node{.op = of_row ? Op::row_path : Op::path, .kind = last.type.kind, .span = span};
  if (of_row) node.many = row_->many;
  const auto many = static_cast<std::size_t>(of_row ? row_->many : 0);
  auto& paths = of_row ? many_[many].paths : paths_;
  node.place = static_cast<int>(paths.size());
  node.scale = last.scale;
  Typed typed{.kind = node.kind,
              .object = last.type.object,
              .options = last.options,
              .unit = unit_for(last),
              .is_whole = last.currency.has_value()};
  typed.node = add(node);
  if (from != From::user) {
    (of_row ? row_slots_[many] : tree_.slots).push_back(path.steps.front().slot);
  }
  paths.push_back(std::move(path));
  return typed;
}

void Compiler::unknown_field(const std::string& object, Span span) {
  const std::string_view name = written(span);
  if (names_.many(object, name)) {
    refuse(
        span, "formula.type",
        std::string(name) + (chosen_ ? " are many: what may be chosen is told without aggregates"
                                     : " are many: they stand first in SUM, COUNT and the like"));
    return;
  }
  const std::string of = object.empty() ? "" : " in " + object;
  refuse(span, "formula.unknown",
         "there is no field \"" + std::string(name) + "\"" + of +
             did_you_mean(name, std::span<const std::string>(names_.members(object))));
}

}  // namespace tenon::formula
