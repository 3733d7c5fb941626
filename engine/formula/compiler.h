// From what was written to a typed tree: names, kinds, conversions; every problem. Internal.
//
// Rules and spans: schemas/formula/README.md, "Types". One file per matter: compiler_paths.cpp,
// compiler_operators.cpp, compiler_calls.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/formula/functions.h"
#include "engine/formula/syntax.h"
#include "engine/formula/tree.h"

namespace tenon::formula {

// A part of the tree and what typing knows of it.
struct Typed {
  int node = -1;  // None: it has a problem, which is reported already.
  Kind kind = Kind::text;
  bool null = false;   // Goes with every kind.
  std::string object;  // Of a reference.
  std::vector<std::string> options;
  bool is_text_literal = false;
  Span span;
  Unit unit = {};         // Of a number that counts something.
  bool is_whole = false;  // A path to money in several currencies.

  bool is_sound() const { return node >= 0; }
};

// Whether two numbers may stand together: both count the same, or one is plain beside money.
bool go_together(Unit a, Unit b);
// "a number"
std::string_view words(Kind kind);
std::string_view words(const Typed& typed);

class Compiler {
 public:
  Compiler(std::string_view text, const std::string& object, const Names& names)
      : object_(object), names_(names) {
    tree_.text = text;
  }

  // From now on names are those of what this reference leads to; see compile_choice().
  void choose(Names::Member reference) { chosen_ = std::move(reference); }

  // `wanted`: the kind the result must have.
  Result<Tree> compile(std::optional<Kind> wanted, Needs& needs);

 private:
  Typed part(int place);
  // The same, money in several currencies among it: for what can take it as a whole.
  Typed any_part(int place);
  Typed literal(const Syntax& syntax);
  Typed number(const Syntax& syntax);
  Typed text(const Syntax& syntax);
  Typed prefix(const Syntax& syntax);
  Typed percent(const Syntax& syntax);
  void check_result(const Typed& root, std::optional<Kind> wanted);
  void finish(Needs& needs);

  // compiler_paths.cpp
  enum class From { record, row, user, chosen };
  Typed path(const Syntax& syntax);
  Typed variable(std::span<const Span> names, const Syntax& syntax);
  Typed context(std::string_view name, Span span);
  Typed own(std::string_view name, std::span<const Span> names, const Syntax& syntax);
  Typed resolve(std::span<const Span> names, From from, std::string object, Span span);
  Typed field(const Names::Member& member, Op op, Span span);
  Typed path_node(Path path, From from, Span span);
  void unknown_field(const std::string& object, Span span);

  // compiler_operators.cpp
  Typed infix(const Syntax& syntax);
  Typed arithmetic(Token token, const Typed& left, const Typed& right, Span span);
  Typed comparison(Token token, Typed left, Typed right, Span span);
  Typed logic(Op op, const std::vector<Typed>& operands, Span span);
  Typed joined(const std::vector<Typed>& operands, Span span);
  // Text literals beside a date, a reference or a choice: read as one, or checked.
  void adapt(std::span<Typed* const> group);
  void read_literal(Typed& literal, Kind kind, Unit unit = {});
  void check_option(Typed& literal, const std::vector<std::string>& options);

  // compiler_units.cpp: numbers that count something.
  Typed counting(Token token, Typed left, Typed right, Span span);
  Typed moment_shifted(Token token, const Typed& left, const Typed& right, Span span);
  bool same_unit(const Typed& left, const Typed& right, Span span);
  void refuse_unit(const Function& function, const Parameter& parameter, Typed& argument);
  void agree_on_unit(const Function& function, std::vector<Typed>& arguments);
  Unit unit_of_result(const Function& function, const std::vector<Typed>& arguments) const;

  // compiler_money.cpp: amounts of currencies.
  Typed refuse_several(const Typed& money);
  Typed refuse_mixed(const Typed& left, const Typed& right, Span span);
  bool money_beside(Token token, const Typed& left, const Typed& right, Typed& result);
  Unit unit_for(const Names::Member& member) const;
  Typed exchange(const Function& function, const Syntax& syntax);
  bool parts_of_money(int operand, Typed& amount, Typed& currency);
  bool currency_known(const Typed& to);
  Unit unit_named(const Typed& code) const;

  // compiler_calls.cpp
  Typed call(const Syntax& syntax);
  bool judge(const Function& function, std::vector<Typed>& arguments);
  void judge_item(const Typed& list, Typed& item);
  void judge_literals(const Function& function, std::vector<Typed>& arguments);
  void judge_format(const std::string& format, std::vector<Typed>& arguments);
  void judge_calendar(const Function& function, std::vector<Typed>& arguments);
  // Those that differ from the one that decides are problems.
  enum class Decides { first, first_not_literal, first_ordered };
  void agree(std::span<Typed* const> group, Decides decides);
  Typed build(const Function& function, const std::vector<Typed>& arguments, Span span);
  int converted(const Function& function, const Parameter& parameter, const Typed& argument);
  void unknown_function(std::string_view name, Span span);
  void refuse_argument(const Function& function, const Parameter& parameter, Typed& argument);
  void wrong_count(const Function& function, std::size_t count, Span span);

  // compiler_rows.cpp
  std::optional<Names::Many> many_of(const Function& function, const Syntax& syntax) const;
  Typed without_rows(const Function& function, const Syntax& syntax);
  Typed aggregate(const Function& function, const Names::Many& many, const Syntax& syntax);
  Typed row_value(const Function& function, const Syntax& syntax);
  int as_aggregated(const Function& function, const Typed& value);
  Typed row_condition(int operand);

  // compiler_written.cpp: functions that are written with operations, once the kinds are known.
  std::optional<Typed> written_out(const Function& function, const std::vector<Typed>& arguments,
                                   Span span);
  Typed kind_asked(std::string_view name, const Typed& argument, Span span);
  Typed chosen(const Function& function, const std::vector<Typed>& arguments, Span span);
  Typed counted(const Function& function, const std::vector<Typed>& arguments, Span span);
  Typed formatted(const std::vector<Typed>& arguments, Span span);
  Typed exchange_rate(const Function& function, const std::vector<Typed>& arguments, Span span);
  Typed change(const Function& function, const Syntax& syntax);
  bool change_field(const Function& function, int operand, Typed& now, Typed& before);
  int currency_changed(const Function& function, const Syntax& syntax, int operand);
  Typed constant(Value value, Kind kind, Span span);
  Typed no_text(Span span);

  int add(Node node, std::span<const int> children = {});
  Typed made(Op op, Kind kind, Span span, std::span<const int> children);
  int as_text(const Typed& operand);
  Typed refuse(Span span, std::string rule, std::string message);
  // "amount is a number"
  std::string described(const Typed& typed) const;
  std::string_view written(Span span) const { return piece(tree_.text, span); }

  const std::string& object_;
  const Names& names_;
  SyntaxTree syntax_;
  Tree tree_;
  std::vector<Path> paths_;  // Found so far; nodes name their places here until finish().
  std::vector<ManyNeed> many_;
  std::vector<std::vector<int>> row_slots_;  // By place in many_.
  // In the condition and the value of an aggregate: whose names are meant.
  struct RowScope {
    std::string object;
    int many;
  };
  std::optional<RowScope> row_;
  bool wants_currency_ = false;          // Of the path that is looked at, not its amount.
  std::optional<Names::Member> chosen_;  // Whose names are meant, but behind $record.
  std::vector<std::pair<Span, Problem>> problems_;
};

}  // namespace tenon::formula
