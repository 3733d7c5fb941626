// Decisions, ways back, and taking one's own decision back.
#include <algorithm>

#include "engine/flow/acts.h"
#include "engine/flow/route.h"
#include "engine/flow/seats.h"
#include "engine/flow/tokens.h"

namespace tenon::flow {
namespace {

using State = Seat::State;

Error conflict(std::string at, std::string rule, std::string message) {
  return Error::of(ErrorCode::conflict, std::move(at), std::move(rule), std::move(message));
}

Result<void> is_of_kind(const Work& work, int seat, metadata::NodeKind kind) {
  const ProgramNode& node = work.program.node(work.run.seats[static_cast<std::size_t>(seat)].node);
  if (node.kind == kind) return done();
  return Error::invalid("seat", "kind",
                        kind == metadata::NodeKind::task ? "this is approved or rejected"
                                                         : "a task is done, not voted on");
}

// Whether anything was decided behind this decision: in its scope, or in branches within.
bool is_built_on(const Work& work, const Seat& decided, int scope) {
  const int region = work.run.scopes[static_cast<std::size_t>(scope)].region;
  return std::any_of(work.run.seats.begin(), work.run.seats.end(), [&](const Seat& seat) {
    return seat.decision > decided.decision && !seat.is_superseded && seat.visit != decided.visit &&
           work.program.holds(region, work.region_of(seat.node));
  });
}

// Or in a flow that was called behind it.
bool is_built_on_in_calls(const Work& work, const Seat& decided, int scope) {
  const int region = work.run.scopes[static_cast<std::size_t>(scope)].region;
  const auto& calls = work.facts.decided_in_calls;
  return std::any_of(calls.begin(), calls.end(), [&](const DecidedInCall& call) {
    const Token& token = work.run.tokens[static_cast<std::size_t>(call.token)];
    const Scope& within = work.run.scopes[static_cast<std::size_t>(token.scope)];
    return call.visit > decided.visit && token.state != Token::State::cancelled &&
           work.program.holds(region, within.region);
  });
}

// The seat anew, at its place in the order.
void renew(Work& work, int place, int token) {
  Seat seat = work.seat(place);
  seat.token = token;
  seat.state = State::waiting;
  seat.opened_ms = seat.decided_ms = 0;
  seat.decision = 0;
  seat.actor = kNobody;
  seat.comment.clear();
  seat.is_superseded = false;
  seat.due_ms.reset();
  const int made = add_seat(work, seat);
  for (std::size_t i = 0; i < work.run.timers.size(); ++i) {
    const Timer timer = work.run.timers[i];
    const bool ends = timer.seat == place && timer.action == kDelegationEnds;
    if (!ends || timer.at_ms <= work.facts.now_ms) continue;
    end_delegation_at(work, made, timer.at_ms);
    break;
  }
  for (Seat& added : work.run.seats) {
    if (added.parent == place && !added.is_superseded) added.parent = made;
  }
}

// The node's visit is not over: the one seat, again.
void take_back_here(Work& work, int place) {
  work.seat(place).is_superseded = true;
  renew(work, place, work.seat(place).token);
}

// Back into the visit: other decisions of it hold, what it closed is asked again.
void take_back_into(Work& work, int place, int scope) {
  const int visit = work.seat(place).visit;
  const int node = work.seat(place).node;
  for (std::size_t i = 0; i < work.run.tokens.size(); ++i) {
    const Token& token = work.run.tokens[i];
    if (token.scope == scope && token.is_live()) cancel(work, static_cast<int>(i));
  }
  ++work.scope(scope).epoch;
  const int token = add_token(work, scope);
  work.token(token).node = node;
  work.token(token).visit = visit;
  work.token(token).state = Token::State::people;
  const std::size_t count = work.run.seats.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (work.run.seats[i].visit != visit || work.run.seats[i].is_superseded) continue;
    work.run.seats[i].token = token;
    const int one = static_cast<int>(i);
    if (one != place && work.run.seats[i].state != State::cancelled) continue;
    work.run.seats[i].is_superseded = true;
    renew(work, one, token);
  }
}

// One's word on a seat, and what follows of it.
void conclude(Work& work, int seat, State state, const By& by) {
  const int token = work.seat(seat).token;
  decide(work, seat, state, by);
  settle(work, token);
}

}  // namespace

Result<void> act(Work& work, const Approve& event) {
  TENON_CHECK(may_decide(work, event.seat, event.by));
  TENON_CHECK(is_of_kind(work, event.seat, metadata::NodeKind::approve));
  conclude(work, event.seat, State::approved, event.by);
  return done();
}

Result<void> act(Work& work, const Reject& event) {
  TENON_CHECK(may_decide(work, event.seat, event.by));
  TENON_CHECK(is_of_kind(work, event.seat, metadata::NodeKind::approve));
  const Seat& seat = work.seat(event.seat);
  if (work.program.node(seat.node).people->comment_required && event.by.comment.empty()) {
    return Error::invalid("comment", "required", "says why it is rejected");
  }
  conclude(work, event.seat, State::rejected, event.by);
  return done();
}

Result<void> act(Work& work, const Complete& event) {
  TENON_CHECK(may_decide(work, event.seat, event.by));
  TENON_CHECK(is_of_kind(work, event.seat, metadata::NodeKind::task));
  conclude(work, event.seat, State::done, event.by);
  return done();
}

Result<void> act(Work& work, const Return& event) {
  TENON_CHECK(may_decide(work, event.seat, event.by));
  TENON_TRY(const int to, node_named(work, event.node));
  const int token = work.seat(event.seat).token;
  const int from = work.token(token).node;
  if (!work.program.node(to).is_human() || !was_visited(work.run, to) || to == from) {
    return Error::invalid("node", "not_visited",
                          "only to people who were asked before, or the initiator");
  }
  TENON_TRY(const Way way, way_to(work, token, to));
  decide(work, event.seat, State::returned, event.by);
  work.take(from, way::kReturned);
  send_back(work, way, to, event.is_direct ? from : -1);
  return done();
}

Result<void> act(Work& work, const TakeBack& event) {
  TENON_CHECK(still_runs(work));
  if (event.seat < 0 || event.seat >= static_cast<int>(work.run.seats.size())) {
    return Error::not_found();
  }
  const Seat seat = work.seat(event.seat);
  if (seat.actor != event.by.actor || seat.decision == 0) {
    return Error::denied("seat", "only one's own decision is taken back");
  }
  const bool voted =
      seat.state == State::approved || seat.state == State::rejected || seat.state == State::done;
  if (!voted || seat.is_superseded || is_gone(seat.node))
    return conflict("seat", "too_late", "it does not hold any more");
  const Token token = work.token(seat.token);
  const bool here = token.state == Token::State::people && token.visit == seat.visit;
  const bool scope_holds = work.scope(token.scope).state == Scope::State::open &&
                           work.scope(token.scope).epoch == token.epoch;
  const bool is_built = !here && (is_built_on(work, seat, token.scope) ||
                                  is_built_on_in_calls(work, seat, token.scope));
  if (!here && (!scope_holds || is_built)) {
    return conflict("seat", "too_late", "what came behind it is decided");
  }
  work.note(entry_of(What::taken_back, seat, event.seat, &event.by));
  if (here) {
    take_back_here(work, event.seat);
    settle(work, seat.token);
    return done();
  }
  const int revived = static_cast<int>(work.run.tokens.size());
  take_back_into(work, event.seat, token.scope);
  settle(work, revived);
  return done();
}

}  // namespace tenon::flow
