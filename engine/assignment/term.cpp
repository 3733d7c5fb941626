#include "engine/assignment/term.h"

#include <algorithm>

namespace tenon::assignment {

DateTime days_after(const calendar::Zone& zone, DateTime moment, int days) {
  if (days == 0) return moment;
  calendar::Local local = zone.local(moment.ms);
  local.days += days;
  return {zone.moment(local)};
}

DateTime end_of(const calendar::Zone& zone, Date day) { return {zone.day_start_ms(day.days + 1)}; }

std::optional<Due> due_of(const calendar::Zone& zone, const Term& term) {
  const DateTime safe_until = days_after(zone, term.held_since, term.protection_days);
  std::optional<Due> due;
  int place = 0;
  for (const Clock& clock : term.clocks) {
    const int here = place++;
    if (!clock.runs) continue;
    const DateTime from = std::max(term.held_since, clock.since.value_or(term.held_since));
    const DateTime at =
        std::max(safe_until, days_after(zone, from, clock.days + term.extended_days));
    if (!due || at < due->at) due = Due{here, at};
  }
  return due;
}

}  // namespace tenon::assignment
