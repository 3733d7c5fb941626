// Taking one's own decision back, while nothing that came of it has been decided.
#include <algorithm>
#include <optional>

#include "engine/flow/acts.h"
#include "engine/flow/seats.h"
#include "engine/flow/tokens.h"
#include "engine/flow/voting.h"

namespace tenon::flow {
namespace {

using State = Seat::State;

Error too_late(std::string message) {
  return Error::of(ErrorCode::conflict, "seat", "too_late", std::move(message));
}

int root_of(const Run& run, int place) {
  while (run.seats[static_cast<std::size_t>(place)].parent >= 0) {
    place = run.seats[static_cast<std::size_t>(place)].parent;
  }
  return place;
}

// Whether a seat was added to another, or to one that was.
bool hangs_on(const Run& run, int place, int above) {
  for (; place >= 0; place = run.seats[static_cast<std::size_t>(place)].parent) {
    if (place == above) return true;
  }
  return false;
}

// Of the same visit: whether a seat is asked only once the other has been decided.
bool comes_after(const Work& work, int other, int mine) {
  const Run& run = work.run;
  if (hangs_on(run, other, mine) || hangs_on(run, mine, other)) return true;
  const auto& seats = run.seats;
  const Seat& first = seats[static_cast<std::size_t>(root_of(run, mine))];
  const Seat& second = seats[static_cast<std::size_t>(root_of(run, other))];
  const auto mode = work.program.node(first.node).people->voting.mode;
  return mode == metadata::VoteMode::sequence && first.order < second.order;
}

// Whether anything was decided behind this decision, within the region; what goes on beside it, in
// other branches, is not behind it.
bool is_built_on(const Work& work, int mine, int region) {
  const Seat& decided = work.run.seats[static_cast<std::size_t>(mine)];
  const int own = work.region_of(decided.node);
  for (std::size_t i = 0; i < work.run.seats.size(); ++i) {
    const Seat& seat = work.run.seats[i];
    if (seat.decision <= decided.decision || seat.is_superseded) continue;
    if (seat.visit == decided.visit) {
      if (comes_after(work, static_cast<int>(i), mine)) return true;
      continue;
    }
    const int inside = work.region_of(seat.node);
    if (work.program.holds(region, inside) && !work.program.is_beside(own, inside)) return true;
  }
  return false;
}

// Or in a flow that was called behind it.
bool is_built_on_in_calls(const Work& work, int mine, int region) {
  const Seat& decided = work.run.seats[static_cast<std::size_t>(mine)];
  const int own = work.region_of(decided.node);
  const auto& calls = work.facts.decided_in_calls;
  return std::any_of(calls.begin(), calls.end(), [&](const DecidedInCall& call) {
    const Token& token = work.run.tokens[static_cast<std::size_t>(call.token)];
    const int inside = work.run.scopes[static_cast<std::size_t>(token.scope)].region;
    return call.visit > decided.visit && token.state != Token::State::cancelled &&
           work.program.holds(region, inside) && !work.program.is_beside(own, inside);
  });
}

// The seat anew, at its place in the order.
int renew(Work& work, int place, int token) {
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
  return made;
}

// The node's visit is not over: the one seat again; whose turn had come by it waits again.
void take_back_here(Work& work, int place) {
  work.seat(place).is_superseded = true;
  const int token = work.seat(place).token;
  renew(work, place, token);
  const metadata::Voting& voting = work.node_of(token).people->voting;
  const int visit = work.seat(place).visit;
  const auto in_turn = seats_in_turn(work.run, visit, voting);
  for (const int other : seats_of(work.run, visit)) {
    const bool stays = std::find(in_turn.begin(), in_turn.end(), other) != in_turn.end();
    if (work.seat(other).state != State::open || stays) continue;
    // Who waits for those added before them was asked, and keeps their time.
    stand_back(work, other, !is_held_up(work.run, other));
  }
}

// Where a decision whose visit is over goes back into.
struct Back {
  int scope;
  bool forks = false;  // All branches had ended: this one is opened again, beside none.
};
std::optional<Back> way_back(const Work& work, const Token& token) {
  const auto& scopes = work.run.scopes;
  const Scope& own = scopes[static_cast<std::size_t>(token.scope)];
  if (own.epoch != token.epoch || own.state == Scope::State::cancelled) return std::nullopt;
  if (own.state == Scope::State::open) return Back{token.scope};
  const bool is_latest =
      std::none_of(scopes.begin() + token.scope + 1, scopes.end(), [&](const Scope& later) {
        return later.parent_token == own.parent_token && later.region == own.region;
      });
  if (own.parent_token < 0 || !is_latest) return std::nullopt;
  const int opener = work.program.regions[static_cast<std::size_t>(own.region)].node;
  if (work.program.node(opener).parallel != metadata::ParallelMode::all) return std::nullopt;
  const Token& fork = work.run.tokens[static_cast<std::size_t>(own.parent_token)];
  if (fork.state == Token::State::forked && fork.node == opener) return Back{token.scope};
  const Scope& outer = scopes[static_cast<std::size_t>(fork.scope)];
  if (outer.state != Scope::State::open || outer.epoch != fork.epoch) return std::nullopt;
  return Back{fork.scope, true};
}

// A token at the seat's visit again, in place of the one that lives there.
int revive(Work& work, int place, const Back& back) {
  const Seat seat = work.seat(place);
  const int region = work.scope(work.token(seat.token).scope).region;
  for (std::size_t i = 0; i < work.run.tokens.size(); ++i) {
    const Token& token = work.run.tokens[i];
    if (token.scope == back.scope && token.is_live()) cancel(work, static_cast<int>(i));
  }
  work.scope(back.scope).state = Scope::State::open;
  ++work.scope(back.scope).epoch;
  int token = add_token(work, back.scope);
  if (back.forks) token = fork_again(work, token, region);
  work.token(token).node = seat.node;
  work.token(token).visit = seat.visit;
  work.token(token).state = Token::State::people;
  return token;
}

// Back into the visit: other decisions of it hold, what it closed is asked again, but for who is
// not there any more.
void take_back_into(Work& work, int place, int token) {
  const int visit = work.seat(place).visit;
  const std::size_t count = work.run.seats.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (work.run.seats[i].visit != visit || work.run.seats[i].is_superseded) continue;
    work.run.seats[i].token = token;
    const int one = static_cast<int>(i);
    const Seat& seat = work.run.seats[i];
    const bool asks_again =
        seat.state == State::cancelled && work.facts.people->is_active(seat.holder);
    if (one != place && !asks_again) continue;
    work.run.seats[i].is_superseded = true;
    renew(work, one, token);
  }
}

}  // namespace

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
  if (!voted || seat.is_superseded || is_gone(seat.node)) {
    return too_late("it does not hold any more");
  }
  if (work.facts.people == nullptr) throw Fault("a flow step needs people, none were handed in");
  const Token token = work.token(seat.token);
  const bool here = token.state == Token::State::people && token.visit == seat.visit;
  const auto back = here ? Back{token.scope} : way_back(work, token);
  const int region = back ? work.scope(back->scope).region : 0;
  if (!back || is_built_on(work, event.seat, region) ||
      is_built_on_in_calls(work, event.seat, region)) {
    return too_late("what came behind it is decided");
  }
  work.note(entry_of(What::taken_back, seat, event.seat, &event.by));
  if (here) {
    take_back_here(work, event.seat);
    settle(work, seat.token);
    return done();
  }
  const int revived = revive(work, event.seat, *back);
  take_back_into(work, event.seat, revived);
  settle(work, revived);
  return done();
}

}  // namespace tenon::flow
