#include "engine/flow/seats.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/flow/route.h"
#include "engine/flow/times.h"
#include "engine/flow/tokens.h"
#include "engine/flow/view.h"
#include "engine/flow/voting.h"

namespace tenon::flow {
namespace {

using State = Seat::State;

void open(Work& work, int place) {
  Seat& seat = work.seat(place);
  const bool opened_before = seat.opened_ms != 0;
  seat.state = State::open;
  // Elapsed time and the due time count from the first opening; the owner's stay theirs.
  if (!opened_before) {
    seat.opened_ms = work.facts.now_ms;
    start_due(work, place);
  }
  note_due(work, What::opened, place, "");
  work.tell(Notice::task, {work.seat(place).holder}, seat.node, place);
}

What what_of(State state) {
  switch (state) {
    case State::approved: return What::approved;
    case State::rejected: return What::rejected;
    case State::done: return What::done;
    case State::returned: return What::returned;
    case State::removed: return What::removed;
    default: return What::cancelled;
  }
}

void close(Work& work, int place, State state, const By* by, std::string reason) {
  Seat& seat = work.seat(place);
  seat.state = state;
  seat.decided_ms = work.facts.now_ms;
  if (by != nullptr) seat.comment = by->comment;
  close_timers(work, place);
  Entry entry = entry_of(what_of(state), seat, place, by);
  entry.reason = std::move(reason);
  entry.is_final = true;
  work.note(std::move(entry));
}

// Who was asked stays asked where the time cannot be computed: an admin is told.
std::optional<std::int64_t> due_of(Work& work, int place, std::int64_t from_ms) {
  const People& people = *work.program.node(work.seat(place).node).people;
  if (!people.due.after.empty()) {
    return after(work.facts, from_ms, people.due.after, people.due.working);
  }
  if (!people.due_at) return std::nullopt;
  const auto value = people.due_at->evaluate(work.values());
  if (value) return moment_of(work.facts, *value);
  tell_incident(work, place, value.error());
  return std::nullopt;
}

void seats_for(Work& work, int token, const Resolution& people) {
  const ProgramNode& node = work.node_of(token);
  const auto weights = node.people->voting.weights;
  int order = 0;
  for (const Asked& asked : people.people) {
    Seat seat{.token = token,
              .node = work.token(token).node,
              .visit = work.token(token).visit,
              .order = order++,
              .holder = asked.holder,
              .behalf_of = asked.behalf_of};
    const UserId named = asked.behalf_of == kNobody ? asked.holder : asked.behalf_of;
    const Person* person = work.facts.people->find(named);
    const auto weight = person == nullptr ? weights.end() : weights.find(person->login);
    if (weight != weights.end()) seat.weight = weight->second;
    const int place = add_seat(work, seat);
    if (!asked.decided_before) {
      if (asked.until_ms != 0) end_delegation_at(work, place, asked.until_ms);
      continue;
    }
    const bool is_task = node.kind == metadata::NodeKind::task;
    decide_automatically(work, place, is_task ? State::done : State::approved, "decided_before");
  }
}

void pass(Work& work, int token, bool approves) {
  work.note({.what = What::automatic,
             .node = work.token(token).node,
             .reason = approves ? "nobody_pass" : "nobody_reject"});
  if (approves) return leave(work, token, "next");
  reject_route(work, token);
}

}  // namespace

void open_visit(Work& work, int token, const Resolution& people) {
  using Verdict = Resolution::Verdict;
  for (const Dropped& dropped : people.dropped) {
    work.note({.what = What::dropped,
               .node = work.token(token).node,
               .other = dropped.person,
               .reason = dropped.reason});
  }
  switch (people.verdict) {
    case Verdict::pass: return pass(work, token, true);
    case Verdict::reject: return pass(work, token, false);
    case Verdict::incident:
      return fail(work, token, Error::invalid("", "nobody", "there is nobody to ask"));
    case Verdict::ask: break;
  }
  if (people.people.size() > static_cast<std::size_t>(limits::kSeatsPerNodeMax)) {
    return fail(work, token,
                Error::of(ErrorCode::limit, "", "limit", "a node asks at most 200 people"));
  }
  work.token(token).state = Token::State::people;
  seats_for(work, token, people);
  settle(work, token);
}

void settle(Work& work, int token) {
  if (work.token(token).state != Token::State::people) return;
  const metadata::Voting& voting = work.node_of(token).people->voting;
  const int visit = work.token(token).visit;
  const Vote vote = count(work.run, visit, voting);
  if (vote == Vote::open) {
    for (const int seat : turns(work.run, visit, voting)) open(work, seat);
    return;
  }
  cancel_seats(work, token);
  if (vote == Vote::approved) return leave(work, token, "next");
  reject_route(work, token);
}

int add_seat(Work& work, const Seat& seat) {
  for (Seat& other : work.run.seats) {
    if (other.visit == seat.visit && other.order >= seat.order) ++other.order;
  }
  work.run.seats.push_back(seat);
  return static_cast<int>(work.run.seats.size()) - 1;
}

void decide(Work& work, int place, State state, const By& by) {
  Seat& seat = work.seat(place);
  seat.actor = by.actor;
  seat.decision = ++work.run.decisions;
  seat.record_version = work.facts.record_version;
  close(work, place, state, &by, "");
}

void decide_automatically(Work& work, int place, State state, std::string reason) {
  close(work, place, state, nullptr, std::move(reason));
}

void remove(Work& work, int place, State state, const By* by, std::string reason) {
  const bool was_open = work.seat(place).state == State::open;
  const UserId keeper = work.seat(place).keeper();
  close(work, place, state, by, reason);
  if (was_open) work.tell(Notice::cancelled, {keeper}, work.seat(place).node, place);
  for (std::size_t i = 0; i < work.run.seats.size(); ++i) {
    const Seat& added = work.run.seats[i];
    if (added.parent == place && !added.is_final()) {
      remove(work, static_cast<int>(i), state, nullptr, reason);
    }
  }
}

void cancel_seats(Work& work, int token) {
  for (std::size_t i = 0; i < work.run.seats.size(); ++i) {
    const Seat& seat = work.run.seats[i];
    if (seat.token != token || seat.is_final()) continue;
    remove(work, static_cast<int>(i), State::cancelled, nullptr, "");
  }
}

void close_timers(Work& work, int seat) {
  for (Timer& timer : work.run.timers) {
    if (timer.seat == seat && timer.state == Timer::State::set) {
      timer.state = Timer::State::cancelled;
    }
  }
}

void hand_on(Work& work, int place, UserId to, const By* by, std::string reason) {
  Seat& seat = work.seat(place);
  Entry entry = entry_of(What::transferred, seat, place, by);
  entry.behalf_of = seat.holder;
  entry.other = to;
  entry.reason = std::move(reason);
  const UserId before = seat.keeper();
  seat.holder = to;
  seat.behalf_of = kNobody;
  seat.helper = kNobody;
  for (Timer& timer : work.run.timers) {
    const bool ends = timer.seat == place && timer.action == kDelegationEnds;
    if (ends && timer.state == Timer::State::set) timer.state = Timer::State::cancelled;
  }
  work.note(std::move(entry));
  if (seat.state != State::open) return;
  work.tell(Notice::cancelled, {before}, seat.node, place);
  work.tell(Notice::task, {to}, seat.node, place);
}

void tell_incident(Work& work, int place, const Error& error) {
  const Seat& seat = work.seat(place);
  Entry entry = entry_of(What::incident, seat, place, nullptr);
  entry.reason = error.problems.front().rule;
  work.note(std::move(entry));
  work.tell(Notice::incident, {}, seat.node, place);
}

void stand_back(Work& work, int place, bool anew) {
  Seat& seat = work.seat(place);
  const UserId keeper = seat.keeper();
  seat.state = State::waiting;
  work.tell(Notice::cancelled, {keeper}, seat.node, place);
  if (!anew) return;
  seat.opened_ms = 0;
  seat.due_ms.reset();
  for (Timer& timer : work.run.timers) {
    const bool is_due = timer.seat == place && timer.action != kDelegationEnds;
    if (is_due && timer.state == Timer::State::set) timer.state = Timer::State::cancelled;
  }
}

bool holds_seat(const Run& run, int visit, UserId user) {
  return std::any_of(run.seats.begin(), run.seats.end(), [&](const Seat& seat) {
    const bool counts =
        seat.state != State::removed && seat.state != State::cancelled && !seat.is_superseded;
    return seat.visit == visit && counts && (seat.holder == user || seat.helper == user);
  });
}

void end_delegation_at(Work& work, int place, std::int64_t at_ms) {
  const Seat& seat = work.seat(place);
  work.run.timers.push_back({.token = seat.token,
                             .epoch = work.token(seat.token).epoch,
                             .seat = place,
                             .action = kDelegationEnds,
                             .at_ms = at_ms});
}

namespace {

void set_due_timer(Work& work, int place) {
  const Seat& seat = work.seat(place);
  if (!seat.due_ms) return;
  work.run.timers.push_back({.token = seat.token,
                             .epoch = work.token(seat.token).epoch,
                             .seat = place,
                             .at_ms = *seat.due_ms});
}

}  // namespace

void start_due(Work& work, int place) {
  Seat& seat = work.seat(place);
  seat.due_ms = due_of(work, place, work.facts.now_ms);
  set_due_timer(work, place);
}

void renew_due(Work& work, int place, bool anew) {
  for (Timer& timer : work.run.timers) {
    const bool is_due = timer.seat == place && timer.action != kDelegationEnds;
    if (is_due && timer.state == Timer::State::set) timer.state = Timer::State::cancelled;
  }
  if (anew) {
    Seat& seat = work.seat(place);
    const auto before = seat.due_ms;
    seat.due_ms = due_of(work, place, seat.opened_ms);
    if (seat.due_ms) *seat.due_ms += stood_since(work.run, seat.opened_ms);
    if (seat.due_ms != before) note_due(work, What::due, place, "migrated");
  }
  set_due_timer(work, place);
}

void note_due(Work& work, What what, int place, std::string reason) {
  const Seat& seat = work.seat(place);
  Entry entry = entry_of(what, seat, place, nullptr);
  entry.other = seat.keeper();
  entry.due_ms = seat.due_ms.value_or(0);
  entry.reason = std::move(reason);
  work.note(std::move(entry));
}

}  // namespace tenon::flow
