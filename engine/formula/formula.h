// Formulas: text → tree of stable ids → typed program → Value, and → SQL.
//
// compile() reads the text once, at publish, against the Names of a bundle. evaluate() is pure: no
// clock, no storage, no actor; what it needs beyond the record's own values it declared (needs())
// and finds in the Scope, or asks of its port (looked_up.h). The same meaning in SQL (sql.h) and in
// the browser (runtime/web-kit/src/formula); all held to tests/vectors/formula. Grammar, types and
// functions: schemas/formula/README.md, functions.json.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/formula/names.h"
#include "engine/formula/needs.h"
#include "engine/value/value.h"

namespace tenon::calendar {
class Zone;
}

namespace tenon::formula {

class LookedUp;  // looked_up.h

struct Scope {
  std::span<const Value> fields;  // By slot.
  std::span<const Value> paths;   // By place in Needs.
  Value id;                       // Of the record, empty for a new one.
  Value user;                     // A reference; empty for the system.
  Date today;
  Value team;  // Who reports to the user, and the user: a list of references.
  DateTime now;
  const calendar::Zone* zone = nullptr;  // Of the workspace, for date parts of moments; none: UTC.
  // System fields by slot -1, -2 …; may be empty where no formula names one.
  std::span<const Value> system;
  std::span<const std::span<const Row>> many;  // By place in Needs::many.
  // Places in Needs::many behind which there are more rows than anybody gathers: an aggregate over
  // them is refused, as `limit`.
  std::span<const int> beyond;
  // By slot, before the change; empty where the record is new: then all of it was null.
  std::span<const Value> old;
  // What it looks up in records of system objects. A formula that looks_up() needs one.
  const LookedUp* looked_up = nullptr;
  const std::atomic<bool>* cancelled = nullptr;  // Where this turns true, the answer is `limit`.
};

class Tree;  // tree.h

class Formula {
 public:
  const std::string& text() const;
  const Type& type() const;
  // Names $now, $today, $user or $team, or looks something up: computed on read, never stored.
  bool is_live() const;
  // An exchange rate, a calendar by its name: records that may change while this one does not.
  bool looks_up() const;
  bool has_paths() const;
  // Slots of the record's own fields it reads (system fields are negative), sorted, each once; of a
  // path the slot of the reference it begins with.
  const std::vector<int>& slots() const;
  const std::vector<int>& paths() const;  // Places in the Needs it was compiled with.
  const std::vector<ManyUse>& many() const;
  // Slots it reads as they were before the change, sorted. Then it cannot be written as SQL.
  const std::vector<int>& old_slots() const;
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
  friend Result<Formula> compile_choice(std::string_view, const std::string&, std::string_view,
                                        const Names&, Needs&);
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

// What may be chosen at a field that refers to one record: a condition in the names of its target,
// the record's own behind $record. What comes of it is a condition on the record, in which `name`
// of the target is `field.name`: true where what is chosen there may be.
Result<Formula> compile_choice(std::string_view text, const std::string& object,
                               std::string_view field, const Names& names, Needs& needs);

// Rewrites names, everything else (blanks, comments, case) kept. `rename` is asked for each name
// that stands for a field, with its object's id and its own id; nothing means it stays. Refused as
// compile() does for what is no formula, and for names there are none of; types are not looked at.
Result<std::string> rewrite(std::string_view text, const std::string& object, const Names& names,
                            const std::function<std::optional<std::string>(
                                const std::string& object, const std::string& field)>& rename);

// The same for what compile_choice() takes; `target` is the object that the field refers to.
Result<std::string> rewrite_choice(
    std::string_view text, const std::string& object, const std::string& target, const Names& names,
    const std::function<std::optional<std::string>(const std::string& object,
                                                   const std::string& field)>& rename);

// Words of the language: a field cannot be reached by such a name, but behind a point.
bool is_reserved(std::string_view name);

}  // namespace tenon::formula
