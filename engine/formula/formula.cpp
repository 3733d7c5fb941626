#include "engine/formula/formula.h"

#include <algorithm>

#include "engine/formula/compiler.h"
#include "engine/formula/evaluate.h"

namespace tenon::formula {

bool Path::operator==(const Path& other) const {
  const auto same_id = [](const Names::Member& a, const Names::Member& b) { return a.id == b.id; };
  return root == other.root &&
         std::equal(steps.begin(), steps.end(), other.steps.begin(), other.steps.end(), same_id);
}

int add_path(std::vector<Path>& paths, const Path& path) {
  const auto found = std::find(paths.begin(), paths.end(), path);
  const auto place = static_cast<int>(found - paths.begin());
  if (found == paths.end()) paths.push_back(path);
  return place;
}

int Needs::add(const Path& path) { return add_path(paths, path); }

int Needs::add(const Names::Many& wanted) {
  const auto found = std::find_if(many.begin(), many.end(), [&](const ManyNeed& need) {
    return need.many.id == wanted.id && need.many.object == wanted.object;
  });
  const auto place = static_cast<int>(found - many.begin());
  if (found == many.end()) many.push_back({wanted, {}, {}});
  return place;
}

Formula::Formula(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}
Formula::~Formula() = default;
Formula::Formula(Formula&&) noexcept = default;
Formula& Formula::operator=(Formula&&) noexcept = default;
Formula::Formula(const Formula&) = default;
Formula& Formula::operator=(const Formula&) = default;

const std::string& Formula::text() const { return tree_->text; }
const Type& Formula::type() const { return tree_->type; }
bool Formula::is_live() const { return tree_->live; }
bool Formula::looks_up() const { return tree_->looks_up; }
bool Formula::has_paths() const { return !tree_->paths.empty(); }
const std::vector<int>& Formula::slots() const { return tree_->slots; }
const std::vector<int>& Formula::paths() const { return tree_->paths; }
const std::vector<ManyUse>& Formula::many() const { return tree_->many; }
const std::vector<int>& Formula::old_slots() const { return tree_->old_slots; }
const Tree& Formula::tree() const { return *tree_; }

Result<Value> Formula::evaluate(const Scope& scope) const {
  return formula::evaluate(*tree_, scope);
}

Result<Formula> compile(std::string_view text, const std::string& object, const Names& names,
                        Needs& needs) {
  TENON_TRY(auto tree, Compiler(text, object, names).compile(std::nullopt, needs));
  return Formula(std::make_shared<const Tree>(std::move(tree)));
}

Result<Formula> compile_choice(std::string_view text, const std::string& object,
                               std::string_view field, const Names& names, Needs& needs) {
  auto chosen = names.member(object, field);
  const bool is_list = chosen && chosen->type.kind == Kind::reference_list;
  if (!chosen || (!is_list && chosen->type.kind != Kind::reference)) {
    return Error::invalid("0-0", "formula.type",
                          "\"" + std::string(field) + "\" does not refer to records");
  }
  chosen->type.kind = Kind::reference;  // Of a list each record is looked at on its own.
  Compiler compiler(text, object, names);
  compiler.choose(std::move(*chosen));
  TENON_TRY(auto tree, compiler.compile(Kind::boolean, needs));
  return Formula(std::make_shared<const Tree>(std::move(tree)));
}

Result<Formula> compile_as(Kind kind, std::string_view text, const std::string& object,
                           const Names& names, Needs& needs) {
  TENON_TRY(auto tree, Compiler(text, object, names).compile(kind, needs));
  return Formula(std::make_shared<const Tree>(std::move(tree)));
}

}  // namespace tenon::formula
