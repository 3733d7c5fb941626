#include "engine/formula/compiler.h"

#include <algorithm>

namespace tenon::formula {
namespace {

void sort_unique(std::vector<int>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace

std::string_view words(Kind kind) {
  switch (kind) {
    case Kind::boolean: return "true or false";
    case Kind::number: return "a number";
    case Kind::text: return "a text";
    case Kind::date: return "a date";
    case Kind::time: return "a time of day";
    case Kind::datetime: return "a date with time";
    case Kind::reference: return "a reference";
    case Kind::text_list: return "a list";
    case Kind::reference_list: return "a list of references";
    case Kind::json: return "JSON";
  }
  return "a value";
}

Result<Tree> Compiler::compile(std::optional<Kind> wanted, Needs& needs) {
  TENON_TRY(syntax_, parse(tree_.text));
  const Typed root = part(syntax_.root);
  if (root.is_sound()) check_result(root, wanted);
  if (!problems_.empty()) {
    std::stable_sort(problems_.begin(), problems_.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.begin, a.first.end) < std::pair(b.first.begin, b.first.end);
    });
    std::vector<Problem> problems;
    for (auto& [span, problem] : problems_) problems.push_back(std::move(problem));
    return Error::invalid(std::move(problems));
  }
  tree_.root = root.node;
  tree_.type = {root.null ? *wanted : root.kind, root.object, root.unit};
  finish(needs);
  return std::move(tree_);
}

Typed Compiler::part(int place) {
  Typed typed = any_part(place);
  return typed.is_sound() && typed.unit == kSeveral ? refuse_several(typed) : typed;
}

Typed Compiler::any_part(int place) {
  const Syntax& syntax = syntax_.nodes[static_cast<std::size_t>(place)];
  Typed typed;
  switch (syntax.kind) {
    case Syntax::Kind::literal: typed = literal(syntax); break;
    case Syntax::Kind::path: typed = path(syntax); break;
    case Syntax::Kind::call: typed = call(syntax); break;
    case Syntax::Kind::prefix: typed = prefix(syntax); break;
    case Syntax::Kind::percent: typed = percent(syntax); break;
    case Syntax::Kind::infix: typed = infix(syntax); break;
  }
  typed.span = syntax.span;
  if (typed.is_sound()) tree_.nodes[static_cast<std::size_t>(typed.node)].written = true;
  return typed;
}

Typed Compiler::literal(const Syntax& syntax) {
  if (syntax.token == Token::number) return number(syntax);
  if (syntax.token == Token::text) return text(syntax);
  Node node{.op = Op::literal, .kind = Kind::boolean, .span = syntax.inner};
  node.null = syntax.token == Token::null_;
  node.place = static_cast<int>(tree_.literals.size());
  tree_.literals.push_back(node.null ? Value{} : Value{syntax.token == Token::true_});
  return {.node = add(node), .kind = node.kind, .null = node.null};
}

Typed Compiler::number(const Syntax& syntax) {
  Node node{.op = Op::literal, .kind = Kind::number, .span = syntax.inner};
  node.place = static_cast<int>(tree_.literals.size());
  tree_.literals.push_back(Decimal::parse(written(syntax.inner)).take());  // The lexer tried it.
  return {.node = add(node), .kind = node.kind};
}

Typed Compiler::text(const Syntax& syntax) {
  std::string content = unquoted(written(syntax.inner));
  Node node{.op = Op::literal, .kind = Kind::text, .span = syntax.inner};
  node.place = static_cast<int>(tree_.literals.size());
  tree_.literals.push_back(content.empty() ? Value{} : Value{std::move(content)});
  return {.node = add(node), .kind = node.kind, .is_text_literal = true};
}

Typed Compiler::prefix(const Syntax& syntax) {
  const Typed operand = part(syntax.operands.front());
  if (!operand.is_sound()) return {};
  const bool logical = syntax.token == Token::not_;
  const Kind kind = logical ? Kind::boolean : Kind::number;
  if (!operand.null && operand.kind != kind) {
    return refuse(syntax.inner, "formula.type",
                  std::string(logical ? "NOT needs true or false, and "
                                      : "a sign needs a number behind it, and ") +
                      described(operand));
  }
  if (syntax.token == Token::plus) {
    Typed same = operand;
    same.kind = kind;
    same.null = false;
    return same;
  }
  Typed result = made(logical ? Op::negation : Op::negate, kind, syntax.inner, {&operand.node, 1});
  result.unit = operand.unit;
  return result;
}

Typed Compiler::percent(const Syntax& syntax) {
  const Typed operand = part(syntax.operands.front());
  if (!operand.is_sound()) return {};
  if (!operand.null && (operand.kind != Kind::number || operand.unit == kDuration)) {
    return refuse(syntax.inner, "formula.type",
                  "% needs a number before it, and " + described(operand));
  }
  Typed result = made(Op::percent, Kind::number, syntax.inner, {&operand.node, 1});
  result.unit = operand.unit;
  return result;
}

void Compiler::check_result(const Typed& root, std::optional<Kind> wanted) {
  const Span whole{0, static_cast<std::uint32_t>(tree_.text.size())};
  if (root.null) {
    if (!wanted) refuse(whole, "formula.type", "the formula is always empty");
    return;
  }
  if (!wanted || root.kind == *wanted) return;
  refuse(whole, "formula.type",
         "the result must be " + std::string(words(*wanted)) + ", and is " +
             std::string(words(root.kind)));
}

void Compiler::finish(Needs& needs) {
  std::vector<int> places;
  for (const Path& path : paths_) places.push_back(needs.add(path));
  std::vector<std::vector<int>> row_places;
  for (std::size_t i = 0; i < many_.size(); ++i) {
    const int many = needs.add(many_[i].many);
    ManyNeed& need = needs.many[static_cast<std::size_t>(many)];
    need.slots.insert(need.slots.end(), row_slots_[i].begin(), row_slots_[i].end());
    sort_unique(need.slots);
    auto& paths = need.paths;
    auto& mapped = row_places.emplace_back();
    for (const Path& path : many_[i].paths) mapped.push_back(add_path(paths, path));
    auto& use = tree_.many.emplace_back(ManyUse{many, row_slots_[i], mapped});
    sort_unique(use.slots);
    sort_unique(use.paths);
  }
  for (Node& node : tree_.nodes) {
    const auto place = static_cast<std::size_t>(node.place);
    if (node.op == Op::path) node.place = places[place];
    if (node.op == Op::row_path)
      node.place = row_places[static_cast<std::size_t>(node.many)][place];
    if (node.many >= 0) node.many = tree_.many[static_cast<std::size_t>(node.many)].place;
  }
  tree_.paths = std::move(places);
  sort_unique(tree_.paths);
  sort_unique(tree_.slots);
  sort_unique(tree_.old_slots);
}

int Compiler::add(Node node, std::span<const int> children) {
  node.first = static_cast<int>(tree_.children.size());
  node.count = static_cast<int>(children.size());
  tree_.children.insert(tree_.children.end(), children.begin(), children.end());
  tree_.nodes.push_back(node);
  return static_cast<int>(tree_.nodes.size()) - 1;
}

Typed Compiler::made(Op op, Kind kind, Span span, std::span<const int> children) {
  return {.node = add({.op = op, .kind = kind, .span = span}, children), .kind = kind};
}

int Compiler::as_text(const Typed& operand) {
  if (operand.null || operand.kind == Kind::text) return operand.node;
  if (operand.unit == kDuration) {
    Node text{.op = Op::call, .kind = Kind::text, .span = tree_.node(operand.node).span};
    text.function = &duration_as_text();
    return add(text, {&operand.node, 1});
  }
  Node node{.op = Op::as_text, .kind = Kind::text, .span = tree_.node(operand.node).span};
  node.place = static_cast<int>(operand.kind);
  return add(node, {&operand.node, 1});
}

Typed Compiler::refuse(Span span, std::string rule, std::string message) {
  problems_.emplace_back(span, problem_at(span, std::move(rule), std::move(message)));
  return {};
}

std::string Compiler::described(const Typed& typed) const {
  constexpr std::size_t kShown = 40;
  const std::string_view text = written(typed.span);
  const std::string_view kind = words(typed);
  if (text.size() > kShown) return "this is " + std::string(kind);
  return std::string(text) + " is " + std::string(kind);
}

}  // namespace tenon::formula
