// How long a record stays in somebody's hands before it goes back to its pool by itself.
//
// Pure. Days are those of the workspace's clocks: three days after a moment is the same time of day
// three days later. Vectors: tests/vectors/assignment/term.json.
#pragma once

#include <optional>
#include <span>

#include "engine/calendar/zone.h"
#include "engine/value/date.h"

namespace tenon::assignment {

// One of a pool's reasons to take a record back, as it stands for this record.
struct Clock {
  bool runs = true;               // Its condition holds.
  std::optional<DateTime> since;  // What it counts from, where that is after the hand-over.
  int days = 0;
};

struct Term {
  DateTime held_since;
  int protection_days = 0;
  int extended_days = 0;
  std::span<const Clock> clocks;
};

struct Due {
  int clock;  // Its place: the first of those that are due then.
  DateTime at;
};

DateTime days_after(const calendar::Zone& zone, DateTime moment, int days);
// A day counts until it is over.
DateTime end_of(const calendar::Zone& zone, Date day);

// Nothing: it stays.
std::optional<Due> due_of(const calendar::Zone& zone, const Term& term);

}  // namespace tenon::assignment
