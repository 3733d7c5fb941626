// Who is asked at a node: from sources to seats, in the order that the flow format names. Pure.
//
// sources → expand → drop who is disabled → standing delegation → each once → initiator policy →
// who decided before → empty policy. A source that cannot be evaluated is an error and becomes an
// incident: never "nobody, so pass".
#pragma once

#include <vector>

#include "engine/flow/facts.h"
#include "engine/flow/program.h"
#include "engine/flow/run.h"

namespace tenon::flow {

struct Asked {
  UserId holder = {};
  UserId behalf_of = {};        // By standing delegation.
  bool decided_before = false;  // Approves by itself.
  std::int64_t until_ms = 0;    // When the delegation ends; 0: there is none.
  friend bool operator==(const Asked&, const Asked&) = default;
};

struct Dropped {
  UserId person;
  std::string reason;  // "disabled", "duplicate", "initiator"
  friend bool operator==(const Dropped&, const Dropped&) = default;
};

struct Resolution {
  enum class Verdict { ask, pass, reject, incident };
  Verdict verdict = Verdict::ask;
  std::vector<Asked> people;     // Of ask.
  std::vector<Dropped> dropped;  // In the order they were.
  friend bool operator==(const Resolution&, const Resolution&) = default;
};

// At this node, for a visit that begins now. `was_returned`: nobody is passed over by themselves.
struct Asking {
  const Program& program;
  const Run& run;
  const Facts& facts;  // With people.
  const formula::Scope& scope;
  int node;
  bool was_returned = false;
};
PeopleQuestion question_of(const Asking& asking, const std::vector<Source>& sources);
Result<Resolution> resolve(const Asking& asking);

// People of these sources who are active, each once: whom to notify, to whom to transfer.
Result<std::vector<UserId>> people_of(const Asking& asking, const std::vector<Source>& sources);

// Who acts for somebody at this moment: at most 3 hops, themselves where it goes in a circle. And
// until when; 0 where it is themselves.
struct Acting {
  UserId user;
  std::int64_t until_ms = 0;
};
Acting acting_for(const Directory& people, UserId user, std::string_view flow, std::int64_t now_ms);
// The seat that is made for somebody at this moment: theirs, or of who acts for them.
Asked asked_for(const Directory& people, UserId user, std::string_view flow, std::int64_t now_ms);

}  // namespace tenon::flow
