// Formulas: text → tree of stable ids → typed program → Value, and → SQL.
//
// compile() reads the text once, at publish, against the Names of a bundle. evaluate() is pure: no
// clock, no storage, no actor; what it needs beyond the record's own values it declared (needs())
// and finds in the Scope. The same meaning in SQL (sql.h) and in the browser
// (runtime/web-kit/src/formula); all held to tests/vectors/formula.
// Grammar, types and functions: schemas/formula/README.md, functions.json.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/value/value.h"

namespace tenon::calendar {
class Zone;
}

namespace tenon::formula {

struct Type {
  Kind kind;
  std::string object;  // Of a reference: the object's id.
  friend bool operator==(const Type&, const Type&) = default;
};

// What the names in a formula mean. Implemented over a bundle (engine/metadata), and over what an
// actor may read of it (engine/query): an unreadable field is an unknown one.
class Names {
 public:
  struct Member {
    std::string id;  // The field's stable id.
    Type type;
    int slot;   // In its object's Values; negative for system fields (engine/record).
    int scale;  // Of numbers, as its column keeps them.
    std::vector<std::string> options;  // Of choices: literals compared with it must be among them.
  };
  virtual ~Names() = default;
  virtual std::optional<Member> member(const std::string& object, std::string_view name) const = 0;
  virtual std::vector<std::string> members(const std::string& object) const = 0;  // To suggest.
};

// A way over references to a value: account, then name. By ids, from the record or from $user.
struct Path {
  enum class Root { record, user };
  Root root = Root::record;
  std::vector<Names::Member> steps;          // At least two for a record, one for $user.
  bool operator==(const Path& other) const;  // By root and ids.
};

// What formulas of one object need beyond its own slots; shared, so that it is gathered once.
struct Needs {
  std::vector<Path> paths;
  int add(const Path& path);  // Its place; the place of an equal one where there is one.
};

struct Scope {
  std::span<const Value> fields;  // By slot.
  std::span<const Value> paths;   // By place in Needs.
  Value id;                       // Of the record, empty for a new one.
  Value user;                     // A reference; empty for the system.
  Date today;
  DateTime now;
  const calendar::Zone* zone = nullptr;  // Of the workspace, for date parts of moments; none: UTC.
  // System fields by slot -1, -2 …; may be empty where no formula names one.
  std::span<const Value> system;
};

class Tree;  // tree.h

class Formula {
 public:
  const std::string& text() const;
  const Type& type() const;
  // Names $now, $today or $user: computed on read, never stored.
  bool is_live() const;
  bool has_paths() const;
  // Slots of the record's own fields it reads (system fields are negative), sorted, each once; of a
  // path the slot of the reference it begins with.
  const std::vector<int>& slots() const;
  const std::vector<int>& paths() const;  // Places in the Needs it was compiled with.
  const Tree& tree() const;

  // Refused where the values do not allow it, at "" with one of these rules: overflow,
  // division_by_zero, argument (a value that this function does not take), limit.
  Result<Value> evaluate(const Scope& scope) const;

  ~Formula();
  Formula(Formula&&) noexcept;
  Formula& operator=(Formula&&) noexcept;
  Formula(const Formula&);
  Formula& operator=(const Formula&);

 private:
  friend Result<Formula> compile(std::string_view, const std::string&, const Names&, Needs&);
  friend Result<Formula> compile_as(Kind, std::string_view, const std::string&, const Names&,
                                    Needs&);
  explicit Formula(std::shared_ptr<const Tree> tree);
  std::shared_ptr<const Tree> tree_;
};

// `object` is an id. Problems: every one there is, sorted, at "<begin>-<end>" (byte places in the
// text), a rule of "formula.syntax formula.unknown formula.type formula.limit", a message that says
// how to mend it. `needs` gets what it needs only when there is no problem.
Result<Formula> compile(std::string_view text, const std::string& object, const Names& names,
                        Needs& needs);

// The same, and the result must be of this kind (a condition: boolean).
Result<Formula> compile_as(Kind kind, std::string_view text, const std::string& object,
                           const Names& names, Needs& needs);

// Rewrites names, everything else (blanks, comments, case) kept. `rename` is asked for each name
// that stands for a field, with its object's id and its own id; nothing means it stays. Refused as
// compile() does for what is no formula, and for names there are none of; types are not looked at.
Result<std::string> rewrite(std::string_view text, const std::string& object, const Names& names,
                            const std::function<std::optional<std::string>(
                                const std::string& object, const std::string& field)>& rename);

// Words of the language: a field cannot be reached by such a name, but behind a point.
bool is_reserved(std::string_view name);

}  // namespace tenon::formula
