// Why a computed field has its value, or a rule its answer, of a record that is kept.
//
// Evaluated as it is computed for everybody; told as far as who asks may read what goes into it.
// What hangs on something hidden is not told, nor whether other parts were looked at, for that
// would tell it as well; only the field itself is, for it may be read. The words of a formula that
// name what may not be read are left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/formula/explain.h"
#include "engine/query/context.h"

namespace tenon::query {

struct ExplainedPart {
  enum class State { value, error, unused, hidden };
  std::string text;  // As it was written, with current names; "": it names what may not be read.
  Kind kind = Kind::text;
  State state = State::hidden;
  Value value;
  std::string rule;          // Of `error`.
  formula::Finding finding;  // What it looked up, and what it found.
  std::vector<ExplainedPart> parts;
};

struct ExplainedField {
  const application::Object* object;
  int slot;
  ExplainedPart part;  // The field as a whole: a rollup or lookup as the formula it amounts to.
};

// `not_found` where the record or the field may not be read; `invalid` for a field that is given.
Result<ExplainedField> explain_field(const Context& context, std::string_view object, RecordId id,
                                     std::string_view field);

struct ExplainedRule {
  const metadata::Rule* rule;
  std::string field;   // Its current name; "": the record as a whole.
  ExplainedPart when;  // As the record stands, as if nothing were changed.
};

// `not_found` also where the rule names what may not be read.
Result<ExplainedRule> explain_rule(const Context& context, std::string_view object, RecordId id,
                                   std::string_view rule);

}  // namespace tenon::query
