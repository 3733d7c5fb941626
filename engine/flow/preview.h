// Where a run would go, and whom it would ask, before it is submitted. Nothing remains.
//
// The same engine, stepped with what people would say: everybody approves, waits are over at once,
// records are written nowhere. What hangs on such an answer may come out otherwise.
#pragma once

#include "engine/flow/approvers.h"
#include "engine/flow/step.h"

namespace tenon::flow {

struct PreviewStop {
  int node;
  std::vector<Asked> people;           // Who is asked, in order; of a cc, who is sent a copy.
  std::optional<std::int64_t> due_ms;  // Of the first, from when it would be asked.
  std::optional<Incident> incident;    // What would stop it here.
  friend bool operator==(const PreviewStop&, const PreviewStop&) = default;
};

struct Preview {
  std::vector<PreviewStop> stops;      // In the order a run comes to them; copies among them.
  std::vector<int> nodes;              // All that are entered, in order.
  RunResult result = RunResult::none;  // none: it would stop at an incident.
};

// `facts.people` must know everybody whom preview_people() names.
Result<Preview> preview(const Program& program, const Run& run, const Facts& facts);

// Whom the flow may ask, as far as can be said beforehand.
PeopleQuestion preview_people(const Program& program, const Run& run, const Facts& facts);

}  // namespace tenon::flow
