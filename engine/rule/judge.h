// Form rules: what must hold, and what must show, for a draft of a record.
//
// A Program is compiled once, when a bundle is published. judge() is a pure function of the program
// and the draft: no clock, no storage, no actor. That lets runtime/web give the same verdict while
// a person types; both are held to tests/vectors/rule/.
//
// Permissions are not rules: who may write a field is decided in engine/permission. That visibility
// on a page never empties a field is decided here: only `clear` does.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/formula/formula.h"
#include "engine/metadata/bundle.h"

namespace tenon::rule {

using metadata::Effect;

struct Rule {
  std::string name;                      // "required" for a field's own `required`.
  std::optional<formula::Formula> when;  // Nothing: always.
  Effect effect;
  int slot;  // -1: the record as a whole.
  metadata::Label message;
  std::vector<std::string> options = {};                  // Of `options` at a choice; else
  std::optional<formula::Formula> filter = std::nullopt;  // true where the reference may be.
  int currency = -1;  // Beside the slot, where that is money in several currencies.
};

// Rules apply in order, so a later rule sees what an earlier one emptied. Where something was
// emptied all apply once more, until nothing is: what counts is said of what is really saved.
struct Program {
  std::vector<std::string> fields;  // Names by slot, for the problems' places.
  std::vector<bool> children;       // By slot: it holds lines.
  std::vector<Rule> rules;

  bool may_lock(int slot) const;  // Some rule makes it read-only.
};

// The rules of one object, its required fields first. `needs` are the object's.
Result<Program> compile(const metadata::Bundle& bundle, const metadata::Object& object,
                        const formula::Names& names, formula::Needs& needs);

struct Draft {
  formula::Scope scope;       // `fields` is what the record would become.
  const Values* before;       // Nothing for a new record.
  std::vector<bool> changed;  // Needs whose value changed, by place; may be empty.
  // Slots to which a caller gave another value, and children fields whose lines they changed; may
  // be empty.
  std::vector<bool> written;
  // Needs::many whose rows changed, by place; may be empty.
  std::vector<bool> changed_rows;
  std::vector<bool> with_lines = {};  // Slots of children fields that hold some; may be empty.
};

struct Verdict {
  Values fields;             // The draft, with fields that do not apply emptied.
  std::vector<int> cleared;  // Slots that were not empty, in the order in which they were emptied.
  std::vector<int> hidden;   // Slots that are not shown (`hide`, and what was cleared).
  std::vector<int> decided;  // Places in the program of conditions that were true; may repeat.
  std::vector<int> read_only;  // Slots that nobody may write as the draft stands.
  std::map<int, std::vector<std::string>> options;  // What may be chosen, where not everything.
  std::vector<int> required;      // Slots that must not be empty as the draft stands.
  std::vector<Problem> problems;  // Every problem, not only the first.
  std::vector<Problem>
      warnings;  // Of rules none of whose inputs changed: shown, they do not refuse.

  bool accepts() const { return problems.empty(); }
};

// `locale` chooses the messages' language. Fails only if a rule's formula cannot be evaluated on
// this draft (say, division by zero): then `invalid` at the rule's field.
Result<Verdict> judge(const Program& program, const Draft& draft, std::string_view locale);

}  // namespace tenon::rule
