// A draft: what a record would become, with its lines, defaults, derived fields and the judge's
// verdict.
//
// The steps 3 and 5 of the write path (engine/README.md). Nothing is written here. What formulas
// need beyond the record is gathered as the system, one query per reference and hop.
#pragma once

#include <functional>

#include "engine/command/context.h"
#include "engine/command/input.h"
#include "engine/command/lines.h"
#include "engine/record/assignment_table.h"
#include "engine/rule/judge.h"

namespace tenon::command {

struct Draft {
  RecordId id;  // Of a new record, too.
  Values fields;
  Values paths;                   // By place in the object's needs.
  Values paths_before;            // The same of the record before.
  std::vector<bool> changed;      // Needs that differ from those of the record before.
  std::vector<bool> written;      // Slots that the input sets to another value.
  query::GatheredRows many;       // What its aggregates run over.
  Values system;                  // Of the system fields, as the record would be saved now.
  Date today;                     // Of the same moment.
  std::vector<LinesDraft> lines;  // By children field; nothing where they are not looked at.
  bool is_along = false;          // It changes along with another, by nobody's input.
  // Why its owner changes, for the ledger (hands.h); nothing: as by hand.
  std::optional<record::Assignment> handing;
};

// A change to lines that is no input of anybody: a reference that is cleared with what it led to.
using LineEdit = std::function<void(const application::Object& object, LineDraft& line)>;

// Input over `before` (nothing: over defaults), derived fields computed, needs gathered. What is
// computed for everybody may set derived fields by the input, too.
Result<Draft> draft_of(Context& context, const application::Object& object,
                       const record::Record* before, const Input& input, const LineEdit& edit = {});

// The same of a record that changes along with another, or goes back to what it was: nobody could
// mend what of it cannot be worked out, so that is empty.
Result<Draft> draft_along(Context& context, const application::Object& object,
                          const record::Record& before, const Input& input,
                          const LineEdit& edit = {});

// The verdict, with what it cleared already emptied and what derives from that computed again.
// Problems of lines are at their place in the input, "lines/0/amount".
Result<rule::Verdict> judge(Context& context, const application::Object& object,
                            const record::Record* before, Draft& draft);

// The record of the draft as formulas see it.
formula::Scope scope_of(Context& context, const application::Object& object,
                        const record::Record* before, Draft& draft);
// After a field was set: needs gathered, derived fields computed again.
Result<void> settle(Context& context, const application::Object& object,
                    const record::Record* before, Draft& draft);

// References of the input must be to records the actor may see; every problem at its field.
Result<void> check_references(Context& context, const application::Object& object,
                              const record::Record* before, const Input& input);

}  // namespace tenon::command
