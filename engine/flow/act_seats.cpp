// Who holds a seat: handed on, lent, added, taken out.
#include <algorithm>
#include <set>

#include "engine/base/limits.h"
#include "engine/flow/acts.h"
#include "engine/flow/approvers.h"
#include "engine/flow/seats.h"
#include "engine/flow/tokens.h"
#include "engine/flow/voting.h"

namespace tenon::flow {
namespace {

using Position = Seat::Position;
using State = Seat::State;

Error invalid(std::string at, std::string rule, std::string message) {
  return Error::invalid(std::move(at), std::move(rule), std::move(message));
}

const Directory& directory_of(const Work& work) {
  if (work.facts.people == nullptr) throw Fault("a flow step needs people, none were handed in");
  return *work.facts.people;
}

bool has_added(const Run& run, int seat, Position position) {
  return std::any_of(run.seats.begin(), run.seats.end(), [&](const Seat& one) {
    return one.parent == seat && one.position == position && one.state != State::removed &&
           one.state != State::cancelled;
  });
}

// Who comes for each of these, by standing delegation.
std::vector<Asked> added_by(const Work& work, const AddSign& event) {
  std::vector<Asked> added;
  for (const UserId user : event.people) {
    added.push_back(asked_for(directory_of(work), user, work.program.id, work.facts.now_ms));
  }
  return added;
}

// Seats of a visit that count: who was taken out, or sent the run back, left room.
std::size_t seats_at(const Run& run, int visit) {
  const auto counts = [&](const Seat& seat) {
    return seat.visit == visit && !seat.is_superseded && seat.state != State::removed &&
           seat.state != State::cancelled;
  };
  return static_cast<std::size_t>(std::count_if(run.seats.begin(), run.seats.end(), counts));
}

Result<void> may_add(const Work& work, const AddSign& event) {
  TENON_CHECK(may_decide(work, event.seat, event.by));
  if (event.position == Position::own) {
    return invalid("position", "position", "must be before, after or parallel");
  }
  if (event.people.empty()) return invalid("people", "required", "says who is added");
  const Seat& seat = work.run.seats[static_cast<std::size_t>(event.seat)];
  const bool mixes =
      (event.position == Position::before && has_added(work.run, event.seat, Position::after)) ||
      (event.position == Position::after && has_added(work.run, event.seat, Position::before));
  if (mixes) {
    return Error::of(ErrorCode::conflict, "position", "mixed",
                     "people before and people after do not mix on one seat");
  }
  std::set<UserId> holders;
  for (const Asked& one : added_by(work, event)) {
    const UserId named = one.behalf_of == kNobody ? one.holder : one.behalf_of;
    TENON_CHECK(may_be_asked(work, seat.visit, named));
    TENON_CHECK(may_be_asked(work, seat.visit, one.holder));
    if (!holders.insert(one.holder).second) {
      return invalid("people", "duplicate", "somebody is named twice, or comes for two of them");
    }
  }
  const std::size_t seats = seats_at(work.run, seat.visit) + event.people.size();
  if (seats > static_cast<std::size_t>(limits::kSeatsPerNodeMax)) {
    return Error::of(ErrorCode::limit, "people", "limit", "a node has at most 200 seats");
  }
  return done();
}

// A node where others can still decide does without; else who takes over.
UserId successor(const Work& work, const Seat& seat) {
  const Directory& people = directory_of(work);
  std::vector<UserId> candidates;
  if (seat.behalf_of != kNobody) candidates.push_back(seat.behalf_of);
  if (const Person* person = people.find(seat.holder)) {
    candidates.push_back(person->hand_over);
    candidates.push_back(person->manager);
  }
  candidates.insert(candidates.end(), people.admins.begin(), people.admins.end());
  const auto found = std::find_if(candidates.begin(), candidates.end(), [&](UserId user) {
    return people.is_active(user) && !holds_seat(work.run, seat.visit, user);
  });
  return found == candidates.end() ? kNobody : *found;
}

bool does_without(const Work& work, int place) {
  const Seat& seat = work.run.seats[static_cast<std::size_t>(place)];
  if (!seat.is_vote()) return false;
  const auto mode = work.program.node(seat.node).people->voting.mode;
  if (mode != metadata::VoteMode::any) return false;
  return std::any_of(work.run.seats.begin(), work.run.seats.end(), [&](const Seat& other) {
    return &other != &seat && other.visit == seat.visit && other.is_vote() &&
           other.state == State::open && other.holder != seat.holder;
  });
}

void move_seat(Work& work, int place, UserId person) {
  Seat& seat = work.seat(place);
  if (seat.helper == person) {
    seat.helper = kNobody;
    Entry entry = entry_of(What::answered, seat, place, nullptr);
    entry.other = person;
    entry.reason = "disabled";
    return work.note(std::move(entry));
  }
  const int token = seat.token;
  if (does_without(work, place)) {
    remove(work, place, State::removed, nullptr, "disabled");
    return settle(work, token);
  }
  const UserId to = successor(work, seat);
  if (to != kNobody) return hand_on(work, place, to, nullptr, "disabled");
  // Nobody can be asked: an admin retries when there is somebody.
  cancel_seats(work, token);
  fail(work, token, invalid("", "nobody", "there is nobody to take over an open seat"));
}

}  // namespace

Result<void> act(Work& work, const Transfer& event) {
  TENON_CHECK(may_decide(work, event.seat, event.by));
  TENON_CHECK(may_be_asked(work, work.seat(event.seat).visit, event.to));
  hand_on(work, event.seat, event.to, &event.by, "");
  return done();
}

Result<void> act(Work& work, const Delegate& event) {
  TENON_CHECK(may_decide(work, event.seat, event.by));
  TENON_CHECK(may_be_asked(work, work.seat(event.seat).visit, event.to));
  Seat& seat = work.seat(event.seat);
  seat.helper = event.to;
  Entry entry = entry_of(What::lent, seat, event.seat, &event.by);
  entry.other = event.to;
  work.note(std::move(entry));
  work.tell(Notice::task, {event.to}, seat.node, event.seat);
  return done();
}

Result<void> act(Work& work, const AnswerDelegate& event) {
  TENON_CHECK(is_undecided(work, event.seat));
  Seat& seat = work.seat(event.seat);
  if (seat.helper == kNobody || seat.helper != event.by.actor) {
    return Error::denied("seat", "this seat was not lent to you");
  }
  seat.helper = kNobody;
  work.note(entry_of(What::answered, seat, event.seat, &event.by));
  work.tell(Notice::task, {seat.holder}, seat.node, event.seat);
  return done();
}

Result<void> act(Work& work, const AddSign& event) {
  TENON_CHECK(may_add(work, event));
  const Seat owner = work.seat(event.seat);
  const bool parallel = event.position == Position::parallel;
  int order = owner.order + 1;
  for (const Asked& one : added_by(work, event)) {
    Seat seat{.token = owner.token,
              .node = owner.node,
              .visit = owner.visit,
              .order = order++,
              .parent = parallel ? owner.parent : event.seat,
              // More of the kind that the owner is: beside an own seat it votes.
              .position = parallel && owner.parent >= 0 ? owner.position : event.position,
              .added_by = event.by.actor,
              .holder = one.holder,
              .behalf_of = one.behalf_of};
    const int place = add_seat(work, seat);
    Entry entry = entry_of(What::added, seat, place, &event.by);
    entry.behalf_of = kNobody;
    entry.other = one.behalf_of == kNobody ? one.holder : one.behalf_of;
    work.note(std::move(entry));
    if (one.until_ms != 0) end_delegation_at(work, place, one.until_ms);
  }
  if (event.position == Position::before) {
    work.seat(event.seat).state = State::waiting;
    work.tell(Notice::cancelled, {owner.holder}, owner.node, event.seat);
  }
  settle(work, owner.token);
  return done();
}

Result<void> act(Work& work, const RemoveSign& event) {
  TENON_CHECK(is_undecided(work, event.seat));
  const Seat& seat = work.seat(event.seat);
  const bool added_it = seat.added_by != kNobody && seat.added_by == event.by.actor;
  if (!added_it && !event.by.is_admin) {
    return Error::denied("seat", "only by who added it, or an admin of flows");
  }
  const auto votes = [&](const Seat& other) {
    return other.visit == seat.visit && other.is_vote() && other.state != State::removed &&
           other.state != State::cancelled && !other.is_superseded;
  };
  if (seat.is_vote() && std::count_if(work.run.seats.begin(), work.run.seats.end(), votes) < 2) {
    return Error::of(ErrorCode::conflict, "seat", "last", "the last seat of a node stays");
  }
  const int token = seat.token;
  remove(work, event.seat, State::removed, &event.by, "");
  settle(work, token);
  return done();
}

Result<void> act(Work& work, const Reassign& event) {
  TENON_CHECK(is_admin(event.by));
  std::set<int> visits;
  for (const int place : event.seats) {
    TENON_CHECK(is_undecided(work, place));
    TENON_CHECK(may_be_asked(work, work.seat(place).visit, event.to));
    if (!visits.insert(work.seat(place).visit).second) {
      return Error::of(ErrorCode::conflict, "seats", "has_seat",
                       "nobody holds two seats of one node");
    }
  }
  for (const int place : event.seats) hand_on(work, place, event.to, &event.by, "reassigned");
  return done();
}

Result<void> act(Work& work, const PersonLeft& event) {
  if (work.run.state == RunState::finished) return done();
  for (std::size_t i = 0; i < work.run.seats.size(); ++i) {
    if (work.run.state == RunState::finished) break;
    const Seat& seat = work.run.seats[i];
    const bool theirs = seat.holder == event.person || seat.helper == event.person;
    if (theirs && !seat.is_final()) move_seat(work, static_cast<int>(i), event.person);
  }
  return done();
}

}  // namespace tenon::flow
