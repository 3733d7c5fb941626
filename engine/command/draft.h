// A draft: what a record would become, with defaults, derived fields and the judge's verdict.
//
// The steps 3 and 5 of the write path (engine/README.md). Nothing is written here. What formulas
// need beyond the record is gathered as the system, one query per reference and hop.
#pragma once

#include "engine/command/context.h"
#include "engine/command/input.h"
#include "engine/rule/judge.h"

namespace tenon::command {

struct Draft {
  Values fields;
  Values paths;               // By place in the object's needs.
  std::vector<bool> changed;  // Needs that differ from those of the record before.
  Values system;              // Of the system fields, as the record would be saved now.
};

// Input over `before` (nothing: over defaults), derived fields computed, needs gathered.
Result<Draft> draft_of(Context& context, const application::Object& object,
                       const record::Record* before, const Input& input);

// The verdict, with what it cleared already emptied and what derives from that computed again.
Result<rule::Verdict> judge(Context& context, const application::Object& object,
                            const record::Record* before, Draft& draft);

// The draft as formulas see it.
formula::Scope scope_of(Context& context, const record::Record* before, const Draft& draft);
// After a field was set: needs gathered, derived fields computed again.
Result<void> settle(Context& context, const application::Object& object,
                    const record::Record* before, Draft& draft);

// References of the input must be to records the actor may see; every problem at its field.
Result<void> check_references(Context& context, const application::Object& object,
                              const record::Record* before, const Input& input);

}  // namespace tenon::command
