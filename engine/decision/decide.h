// What a decision table answers for a record, and why.
//
// Pure: the record is a formula::Scope, with what the table needs beyond it gathered. The hit
// policies are those of DMN. Not here: where rows that are records come from (engine/command).
#pragma once

#include "engine/decision/table.h"

namespace tenon::decision {

struct Decision {
  std::vector<int> rows;        // Those the answer is made of, in the order of `results`.
  std::vector<Values> results;  // By output; one for the policies that answer one.
  bool otherwise = false;       // No row applied: what the outputs' defaults say.

  // The one answer's value for this output; empty where nothing was decided.
  Value value(std::size_t output) const;
};

// Without a row that applies: the defaults where there are any, else no result. Refused where a
// formula cannot be evaluated, and with rule "decision.unique" or "decision.any" where rows that
// the policy forbids apply together; the message names them. `rows`: instead of the table's own.
Result<Decision> decide(const Table& table, const formula::Scope& scope);
Result<Decision> decide(const Table& table, std::span<const Row> rows, const formula::Scope& scope);

// What the table asks about, computed for the record.
Result<Values> inputs_of(const Table& table, const formula::Scope& scope);

struct ExplainedCell {
  bool passes = false;
  std::string error;  // Why that cannot be said: the rule of Formula::evaluate().
};

struct ExplainedRow {
  std::vector<ExplainedCell> cells;  // By input; also those no decision has to look at.
  bool applies = false;              // Every cell passes.
};

struct Explanation {
  Values inputs;                   // As computed for the record.
  std::vector<ExplainedRow> rows;  // Every row of the table.
  Decision decision;
  std::vector<Problem> problems;  // Why there is none.
};

// The same decision with its reasons. Refused only where an input cannot be evaluated; a cell that
// cannot says so itself, and is a problem only where the decision has to look at it.
Result<Explanation> explain(const Table& table, std::span<const Row> rows,
                            const formula::Scope& scope);

}  // namespace tenon::decision
