#include <algorithm>

#include "engine/base/suggest.h"
#include "engine/formula/formula.h"
#include "engine/formula/functions.h"
#include "engine/formula/syntax.h"

namespace tenon::formula {
namespace {

using Rename = std::function<std::optional<std::string>(const std::string&, const std::string&)>;

struct Replacement {
  Span span;
  std::string name;
};

class Rewriter {
 public:
  // `plain`: the object whose names need no $record before them.
  Rewriter(std::string_view text, const std::string& object, const std::string& plain,
           const Names& names, const Rename& rename)
      : text_(text), object_(object), plain_(plain), names_(names), rename_(rename) {}

  Result<std::string> rewrite() {
    TENON_TRY(tree_, parse(text_));
    visit(tree_.root, plain_);
    const auto by_place = [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; };
    if (!problems_.empty()) return Error::invalid(std::move(problems_));
    std::sort(replacements_.begin(), replacements_.end(), by_place);
    return rewritten();
  }

 private:
  // `object`: whose names are meant; in the condition of an aggregate those of its rows.
  void visit(int place, const std::string& object) {
    const Syntax& node = tree_.nodes[static_cast<std::size_t>(place)];
    if (node.kind == Syntax::Kind::path) return follow(node.steps, object);
    const auto many = many_of(node);
    const std::size_t rows = many ? place_of_rows(node) : 0;
    const std::size_t condition = many ? place_of_condition(node) : 0;
    for (std::size_t i = 0; i < node.operands.size(); ++i) {
      const int operand = node.operands[i];
      if (many && i == rows) {
        const auto& steps = tree_.nodes[static_cast<std::size_t>(operand)].steps;
        if (auto name = rename_(object, many->id)) replace(steps[0], std::move(*name));
        follow(std::span<const Span>(steps).subspan(1), many->object);
      } else {
        visit(operand, many && i == condition ? many->object : object);
      }
    }
  }

  std::size_t place_of_rows(const Syntax& node) const {
    const Function* function = find_function(piece(text_, node.name));
    return function == nullptr || !function->aggregates ? node.operands.size()
                                                        : function->place_of_rows();
  }

  std::size_t place_of_condition(const Syntax& node) const {
    return find_function(piece(text_, node.name))->count_beside_rows() + 1;
  }

  std::optional<Names::Many> many_of(const Syntax& node) const {
    if (node.kind != Syntax::Kind::call) return std::nullopt;
    const std::size_t rows = place_of_rows(node);
    if (rows >= node.operands.size()) return std::nullopt;
    const Syntax& operand = tree_.nodes[static_cast<std::size_t>(node.operands[rows])];
    if (operand.kind != Syntax::Kind::path) return std::nullopt;
    return names_.many(plain_, piece(text_, operand.steps.front()));
  }

  void follow(std::span<const Span> steps, std::string object) {
    if (steps.empty()) return;
    const std::string_view first = piece(text_, steps.front());
    if (first.front() == '$') {
      const bool own = first == "$record" || first == "$old";
      if (first != "$user" && !own) return;
      object = own ? object_ : "user";
      steps = steps.subspan(1);
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Span step = steps[i];
      const auto member = names_.member(object, piece(text_, step));
      if (!member) return unknown(object, step);
      if (auto name = rename_(object, member->id)) replace(step, std::move(*name));
      if (member->currency) return of_money(*member, object, steps.subspan(i));
      object = member->type.object;
    }
  }

  // "amount" and "currency" behind it are no names of the bundle's; which field is read is told.
  void of_money(const Names::Member& member, const std::string& object,
                std::span<const Span> steps) {
    const std::string_view part = steps.size() < 2 ? "" : piece(text_, steps[1]);
    if (!part.empty() && !member.part(part)) {
      problems_.push_back(problem_at(steps[1], "formula.type",
                                     "behind " + std::string(piece(text_, steps[0])) +
                                         " there is its \"amount\" and its \"currency\""));
    } else if (part != "amount") {
      (void)rename_(object, member.currency->id);
    }
  }

  void replace(Span span, std::string name) { replacements_.push_back({span, std::move(name)}); }

  void unknown(const std::string& object, Span span) {
    const std::string_view name = piece(text_, span);
    problems_.push_back(
        problem_at(span, "formula.unknown",
                   "there is no field \"" + std::string(name) + "\"" +
                       did_you_mean(name, std::span<const std::string>(names_.members(object)))));
  }

  std::string rewritten() const {
    std::string made;
    std::size_t from = 0;
    for (const Replacement& replacement : replacements_) {
      made += text_.substr(from, replacement.span.begin - from);
      made += replacement.name;
      from = replacement.span.end;
    }
    return made += text_.substr(from);
  }

  std::string_view text_;
  const std::string& object_;
  const std::string& plain_;
  const Names& names_;
  const Rename& rename_;
  SyntaxTree tree_;
  std::vector<Replacement> replacements_;
  std::vector<Problem> problems_;
};

}  // namespace

Result<std::string> rewrite(std::string_view text, const std::string& object, const Names& names,
                            const std::function<std::optional<std::string>(
                                const std::string& object, const std::string& field)>& rename) {
  return Rewriter(text, object, object, names, rename).rewrite();
}

Result<std::string> rewrite_choice(
    std::string_view text, const std::string& object, const std::string& target, const Names& names,
    const std::function<std::optional<std::string>(const std::string& object,
                                                   const std::string& field)>& rename) {
  return Rewriter(text, object, target, names, rename).rewrite();
}

bool is_reserved(std::string_view name) {
  constexpr std::string_view kReserved[] = {"and", "or", "not", "true", "false", "null"};
  return std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved);
}

}  // namespace tenon::formula
