// What a step may know beside the run: the record as it is now, the time, people.
//
// Handed in anew with every event, so a step always sees what was just written. Program::needs says
// which paths and rows belong in it; people are only needed where asked for (people_needed()).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/calendar/working_time.h"
#include "engine/calendar/zone.h"
#include "engine/flow/people.h"
#include "engine/formula/formula.h"

namespace tenon::flow {

// Somebody decided in what a token called at this visit, or in what that called in turn.
struct DecidedInCall {
  int token = 0;
  int visit = 0;
};

struct Facts {
  std::int64_t now_ms = 0;
  Date today;
  const calendar::Zone* zone = nullptr;                // Of the workspace; none: UTC.
  const calendar::WorkingCalendar* working = nullptr;  // None: time counts as the clock does.
  const formula::LookedUp* looked_up = nullptr;        // None: its formulas look nothing up.
  RecordId record;
  std::int64_t record_version = 0;
  Values fields;  // By slot; a record that is gone: all empty.
  Values old;     // Before the change that triggered the flow; may be empty.
  Values paths;   // By place in Program::needs.
  std::vector<std::span<const formula::Row>> many;
  Values system;
  const Directory* people = nullptr;
  int entered = 0;  // Nodes entered earlier in the same command: they count.
  std::vector<DecidedInCall> decided_in_calls;  // Only of TakeBack and Withdraw.
};

}  // namespace tenon::flow
