#include <algorithm>

#include "engine/base/suggest.h"
#include "engine/formula/formula.h"
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
  Rewriter(std::string_view text, const std::string& object, const Names& names,
           const Rename& rename)
      : text_(text), object_(object), names_(names), rename_(rename) {}

  Result<std::string> rewrite() {
    TENON_TRY(const auto tree, parse(text_));
    for (const Syntax& node : tree.nodes) {
      if (node.kind == Syntax::Kind::path) follow(node.steps);
    }
    const auto by_place = [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; };
    if (!problems_.empty()) return Error::invalid(std::move(problems_));
    std::sort(replacements_.begin(), replacements_.end(), by_place);
    return rewritten();
  }

 private:
  void follow(const std::vector<Span>& steps) {
    std::string object = object_;
    std::size_t begin = 0;
    const std::string_view first = piece(text_, steps.front());
    if (first.front() == '$') {
      if (first != "$user") return;
      object = "user";
      begin = 1;
    }
    for (std::size_t i = begin; i < steps.size(); ++i) {
      const auto member = names_.member(object, piece(text_, steps[i]));
      if (!member) return unknown(object, steps[i]);
      if (auto name = rename_(object, member->id)) {
        replacements_.push_back({steps[i], std::move(*name)});
      }
      object = member->type.object;
    }
  }

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
  const Names& names_;
  const Rename& rename_;
  std::vector<Replacement> replacements_;
  std::vector<Problem> problems_;
};

}  // namespace

Result<std::string> rewrite(std::string_view text, const std::string& object, const Names& names,
                            const std::function<std::optional<std::string>(
                                const std::string& object, const std::string& field)>& rename) {
  return Rewriter(text, object, names, rename).rewrite();
}

bool is_reserved(std::string_view name) {
  constexpr std::string_view kReserved[] = {"and", "or", "not", "true", "false", "null"};
  return std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved);
}

}  // namespace tenon::formula
