#include "engine/flow/voting.h"

#include <algorithm>

namespace tenon::flow {
namespace {

using metadata::VoteMode;
using Position = Seat::Position;
using State = Seat::State;

const Seat& at(const Run& run, int seat) { return run.seats[static_cast<std::size_t>(seat)]; }

bool is_void(const Seat& seat) {
  return seat.state == State::removed || seat.state == State::cancelled ||
         seat.state == State::returned || seat.is_superseded;
}

std::vector<int> added_to(const Run& run, int seat, Position position) {
  std::vector<int> added;
  for (std::size_t i = 0; i < run.seats.size(); ++i) {
    const Seat& one = run.seats[i];
    if (one.parent == seat && one.position == position && !is_void(one)) {
      added.push_back(static_cast<int>(i));
    }
  }
  return added;
}

bool all_approved(const Run& run, const std::vector<int>& seats) {
  return std::all_of(seats.begin(), seats.end(),
                     [&](int seat) { return vote_of(run, seat) == Vote::approved; });
}

// Weights of the seats that vote.
struct Tally {
  int total = 0;
  int approved = 0;
  int rejected = 0;
  bool is_added_rejected = false;  // By somebody added before or after a seat.
};

// `equally`: each counts one.
Tally tally(const Run& run, int visit, bool equally) {
  Tally tally;
  for (const int place : seats_of(run, visit)) {
    const Seat& seat = at(run, place);
    if (is_void(seat)) continue;
    if (!seat.is_vote()) {
      tally.is_added_rejected |= seat.state == State::rejected;
      continue;
    }
    const int weight = equally ? 1 : seat.weight;
    tally.total += weight;
    const Vote vote = vote_of(run, place);
    if (vote == Vote::approved) tally.approved += weight;
    if (vote == Vote::rejected) tally.rejected += weight;
  }
  return tally;
}

Vote count_all(const Tally& tally, bool wait_all) {
  const bool all_said = tally.approved + tally.rejected == tally.total;
  if (tally.rejected > 0 && (!wait_all || all_said)) return Vote::rejected;
  return tally.approved == tally.total ? Vote::approved : Vote::open;
}

Vote count_any(const Tally& tally, metadata::AnyReject any_reject) {
  if (tally.approved > 0) return Vote::approved;
  const bool enough =
      any_reject == metadata::AnyReject::first ? tally.rejected > 0 : tally.rejected == tally.total;
  return enough ? Vote::rejected : Vote::open;
}

// `need` of `of`: passes when that much approved, fails when it cannot be reached any more.
Vote count_share(const Tally& tally, std::int64_t need, std::int64_t of) {
  if (std::int64_t{tally.approved} * of >= need) return Vote::approved;
  if (std::int64_t{tally.total - tally.rejected} * of < need) return Vote::rejected;
  return Vote::open;
}

}  // namespace

std::vector<int> seats_of(const Run& run, int visit) {
  std::vector<int> seats;
  for (std::size_t i = 0; i < run.seats.size(); ++i) {
    if (run.seats[i].visit == visit) seats.push_back(static_cast<int>(i));
  }
  std::stable_sort(seats.begin(), seats.end(),
                   [&](int a, int b) { return at(run, a).order < at(run, b).order; });
  return seats;
}

Vote vote_of(const Run& run, int place) {
  const Seat& seat = at(run, place);
  switch (seat.state) {
    case State::rejected: return Vote::rejected;
    case State::approved:
    case State::done:
      return all_approved(run, added_to(run, place, Position::after)) ? Vote::approved : Vote::open;
    default: return Vote::open;
  }
}

Vote count(const Run& run, int visit, const metadata::Voting& voting) {
  Tally all = tally(run, visit, false);
  // Where nobody who is left weighs anything, their opinion decides all the same.
  if (all.total == 0) all = tally(run, visit, true);
  if (all.is_added_rejected) return Vote::rejected;
  if (all.total == 0) return Vote::open;
  switch (voting.mode) {
    case VoteMode::all:
    case VoteMode::sequence: return count_all(all, voting.wait_all);
    case VoteMode::any: return count_any(all, voting.any_reject);
    case VoteMode::ratio: return count_share(all, std::int64_t{voting.need} * all.total, 100);
    // A count stays when seats are added; where there are fewer, all of them are needed.
    case VoteMode::count:
    case VoteMode::weight: return count_share(all, std::min(voting.need, all.total), 1);
  }
  return Vote::open;
}

bool is_held_up(const Run& run, int place) {
  return !all_approved(run, added_to(run, place, Position::before));
}

std::vector<int> turns(const Run& run, int visit, const metadata::Voting& voting) {
  auto turns = seats_in_turn(run, visit, voting);
  std::erase_if(turns, [&](int seat) { return at(run, seat).state != State::waiting; });
  return turns;
}

std::vector<int> seats_in_turn(const Run& run, int visit, const metadata::Voting& voting) {
  std::vector<int> turns;
  bool is_blocked = false;  // In a sequence, by a seat before this one.
  for (const int place : seats_of(run, visit)) {
    const Seat& seat = at(run, place);
    if (is_void(seat)) continue;
    const bool waits = !seat.is_final() && !is_held_up(run, place);
    if (seat.is_vote()) {
      const bool in_order = voting.mode == VoteMode::sequence;
      if (waits && !(in_order && is_blocked)) turns.push_back(place);
      is_blocked |= vote_of(run, place) != Vote::approved;
    } else if (waits) {
      const State parent = at(run, seat.parent).state;
      const bool its_turn =
          seat.position == Position::before || parent == State::approved || parent == State::done;
      if (its_turn) turns.push_back(place);
    }
  }
  return turns;
}

}  // namespace tenon::flow
