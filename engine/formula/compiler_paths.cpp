#include "engine/base/limits.h"
#include "engine/base/suggest.h"
#include "engine/formula/compiler.h"

namespace tenon::formula {

Typed Compiler::path(const Syntax& syntax) {
  const std::string_view first = written(syntax.steps.front());
  const bool from_context = first.front() == '$';
  const std::size_t names = syntax.steps.size() - (from_context ? 1 : 0);
  if (names > limits::kPathHopsMax) {
    return refuse(syntax.inner, "formula.limit",
                  "a path has at most " + std::to_string(limits::kPathHopsMax) + " names");
  }
  if (!from_context) return resolve(syntax, Path::Root::record, object_);
  const Typed start = context(first, syntax.steps.front());
  if (!start.is_sound() || names == 0) return start;
  if (start.kind == Kind::reference) return resolve(syntax, Path::Root::user, start.object);
  return refuse(syntax.steps[1], "formula.type", described(start) + " and has no fields");
}

Typed Compiler::context(std::string_view name, Span span) {
  constexpr std::string_view kNames[] = {"$user", "$now", "$today"};
  Typed typed{.span = span};
  if (name == "$user") {
    typed = made(Op::user, Kind::reference, span, {});
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

Typed Compiler::resolve(const Syntax& syntax, Path::Root root, std::string object) {
  Path path{root, {}};
  const std::size_t begin = root == Path::Root::user ? 1 : 0;
  for (std::size_t i = begin; i < syntax.steps.size(); ++i) {
    const Span step = syntax.steps[i];
    if (!path.steps.empty()) {
      const Type& type = path.steps.back().type;
      if (type.kind != Kind::reference) {
        const Typed before{.kind = type.kind, .span = syntax.steps[i - 1]};
        return refuse(step, "formula.type", described(before) + " and has no fields");
      }
      object = type.object;
    }
    auto member = names_.member(object, written(step));
    if (!member) {
      unknown_field(object, step);
      return {};
    }
    path.steps.push_back(std::move(*member));
  }
  if (root == Path::Root::record && path.steps.size() == 1) {
    return field(path.steps.front(), syntax.inner);
  }
  return path_node(std::move(path), syntax.inner);
}

Typed Compiler::field(const Names::Member& member, Span span) {
  Node node{.op = Op::field, .kind = member.type.kind, .span = span};
  node.place = member.slot;
  node.scale = member.scale;
  tree_.slots.push_back(member.slot);
  return {.node = add(node),
          .kind = node.kind,
          .object = member.type.object,
          .options = member.options};
}

Typed Compiler::path_node(Path path, Span span) {
  const Names::Member& last = path.steps.back();
  Node node{.op = Op::path, .kind = last.type.kind, .span = span};
  node.place = static_cast<int>(paths_.size());
  node.scale = last.scale;
  Typed typed{.kind = node.kind, .object = last.type.object, .options = last.options};
  typed.node = add(node);
  if (path.root == Path::Root::record) tree_.slots.push_back(path.steps.front().slot);
  paths_.push_back(std::move(path));
  return typed;
}

void Compiler::unknown_field(const std::string& object, Span span) {
  const std::string_view name = written(span);
  const std::string of = object.empty() ? "" : " in " + object;
  refuse(span, "formula.unknown",
         "there is no field \"" + std::string(name) + "\"" + of +
             did_you_mean(name, std::span<const std::string>(names_.members(object))));
}

}  // namespace tenon::formula
