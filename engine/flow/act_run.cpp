// What people do to a run as a whole, and what several acts ask first.
#include <algorithm>

#include "engine/base/limits.h"
#include "engine/flow/acts.h"
#include "engine/flow/seats.h"
#include "engine/flow/tokens.h"

namespace tenon::flow {
namespace {

using State = Seat::State;

Error conflict(std::string at, std::string rule, std::string message) {
  return Error::of(ErrorCode::conflict, std::move(at), std::move(rule), std::move(message));
}

std::string_view word_of(State state) {
  switch (state) {
    case State::approved: return "approved";
    case State::rejected: return "rejected";
    case State::done: return "done";
    case State::returned: return "returned";
    case State::removed: return "removed";
    default: return "cancelled";
  }
}

// Who decided what, when: the loser of two at once is told.
Error decided(const Seat& seat) {
  std::string message(word_of(seat.state));
  message += seat.actor == kNobody ? " by itself" : " by " + text_of(seat.actor);
  return conflict("seat", "decided", message + " at " + text_of(DateTime{seat.decided_ms}));
}

bool was_decided_by_people(const Run& run) {
  return std::any_of(run.seats.begin(), run.seats.end(), [](const Seat& seat) {
    return seat.decision > 0 && seat.node != kStartNode && !seat.is_superseded;
  });
}

// In flows that it called and that still count.
bool was_decided_in_calls(const Work& work) {
  const auto& calls = work.facts.decided_in_calls;
  return std::any_of(calls.begin(), calls.end(), [&](const DecidedInCall& call) {
    const Token& token = work.run.tokens[static_cast<std::size_t>(call.token)];
    return token.state != Token::State::cancelled;
  });
}

}  // namespace

Result<void> still_runs(const Work& work) {
  switch (work.run.state) {
    case RunState::running: return done();
    case RunState::suspended: return conflict("", "suspended", "the run is suspended");
    case RunState::finished:
      return conflict("", "finished", "the run is over: " + std::string(name_of(work.run.result)));
  }
  return done();
}

Result<void> is_undecided(const Work& work, int place) {
  if (place < 0 || place >= static_cast<int>(work.run.seats.size())) return Error::not_found();
  const Seat& seat = work.run.seats[static_cast<std::size_t>(place)];
  if (seat.is_final()) return decided(seat);
  return still_runs(work);
}

Result<void> may_decide(const Work& work, int place, const By& by) {
  TENON_CHECK(is_undecided(work, place));
  const Seat& seat = work.run.seats[static_cast<std::size_t>(place)];
  if (seat.holder != by.actor) return Error::denied("seat", "this seat is somebody else's");
  if (seat.state == State::waiting) return conflict("seat", "not_open", "others come first");
  if (seat.helper != kNobody) {
    return conflict("seat", "lent", "it was given to somebody to look at, and is not back yet");
  }
  return done();
}

Result<void> is_admin(const By& by) {
  if (by.is_admin) return done();
  return Error::denied("", "only an admin of flows may do this");
}

Result<int> node_named(const Work& work, const std::string& id) {
  const int node = work.program.find(id);
  if (node >= 0) return node;
  return Error::invalid("node", "unknown_node", "the flow has no node \"" + id + "\"");
}

Result<void> may_be_asked(const Work& work, int visit, UserId user) {
  if (work.facts.people == nullptr) throw Fault("a flow step needs people, none were handed in");
  if (!work.facts.people->is_active(user)) {
    return Error::invalid("to", "disabled", "there is no such person, or they are disabled");
  }
  if (holds_seat(work.run, visit, user)) {
    return conflict("to", "has_seat", "this person is asked here already");
  }
  return done();
}

Result<void> act(Work& work, const Withdraw& event) {
  TENON_CHECK(still_runs(work));
  if (event.by.actor != work.run.initiator) {
    return Error::denied("", "only who started it may withdraw it");
  }
  using metadata::WithdrawPolicy;
  const WithdrawPolicy policy = work.program.settings.withdraw;
  if (policy == WithdrawPolicy::never) {
    return Error::denied("", "this flow cannot be withdrawn");
  }
  const bool is_decided = was_decided_by_people(work.run) || was_decided_in_calls(work);
  if (policy == WithdrawPolicy::before_first_decision && is_decided) {
    return conflict("", "too_late", "somebody has decided already");
  }
  finish(work, RunResult::withdrawn, &event.by);
  return done();
}

Result<void> act(Work& work, const Urge& event) {
  TENON_CHECK(still_runs(work));
  if (event.seat >= 0) TENON_CHECK(is_undecided(work, event.seat));
  std::vector<int> seats;
  bool is_any_open = false;
  for (std::size_t i = 0; i < work.run.seats.size(); ++i) {
    const int place = static_cast<int>(i);
    const Seat& seat = work.run.seats[i];
    if (seat.state != State::open || (event.seat >= 0 && event.seat != place)) continue;
    is_any_open = true;
    const bool is_new =
        seat.urged_ms == 0 || work.facts.now_ms - seat.urged_ms >= limits::kUrgeEveryMs;
    if (is_new) seats.push_back(place);
  }
  if (!is_any_open) return conflict("seat", "not_open", "nobody is asked now");
  if (seats.empty()) {
    return Error::of(ErrorCode::too_many, "", "urged", "they were urged within half an hour");
  }
  for (const int place : seats) {
    Seat& seat = work.seat(place);
    seat.urged_ms = work.facts.now_ms;
    work.note(entry_of(What::urged, seat, place, &event.by));
    work.tell(Notice::reminder, {seat.keeper()}, seat.node, place);
  }
  return done();
}

Result<void> act(Work& work, const Comment& event) {
  if (event.by.comment.empty() && event.by.attachments.empty()) {
    return Error::invalid("comment", "required", "is empty");
  }
  work.note(entry_by(What::commented, event.by));
  return done();
}

Result<void> act(Work& work, const CopyTo& event) {
  if (event.people.empty()) return Error::invalid("people", "required", "says who gets a copy");
  if (work.facts.people == nullptr) throw Fault("a flow step needs people, none were handed in");
  for (const UserId user : event.people) {
    if (work.facts.people->is_active(user)) continue;
    return Error::invalid("people", "disabled", "there is no such person, or they are disabled");
  }
  for (const UserId user : event.people) {
    Entry entry = entry_by(What::copied, event.by);
    entry.other = user;
    work.note(std::move(entry));
  }
  work.tell(Notice::copied, event.people);
  return done();
}

}  // namespace tenon::flow
