#include "engine/story/seat_choice.h"

#include <algorithm>

namespace tenon::story {
namespace {

using flow::Run;
using flow::Seat;
using flow::Token;
using flow::UserId;

// The latest seat of the node for which this holds.
template <class Holds>
int latest(const Run& run, int node, Holds holds) {
  for (std::size_t i = run.seats.size(); i-- > 0;) {
    if (run.seats[i].node == node && holds(run.seats[i])) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace

int seat_of(const Run& run, int node, UserId user) {
  const auto is_theirs = [&](const Seat& seat) {
    return seat.holder == user || seat.helper == user;
  };
  int seat = latest(
      run, node, [&](const Seat& one) { return is_theirs(one) && one.state == Seat::State::open; });
  if (seat < 0) {
    seat = latest(run, node, [&](const Seat& one) { return is_theirs(one) && !one.is_final(); });
  }
  if (seat < 0) seat = latest(run, node, is_theirs);
  if (seat < 0) seat = latest(run, node, [](const Seat& one) { return !one.is_final(); });
  return seat >= 0 ? seat : latest(run, node, [](const Seat&) { return true; });
}

int decision_of(const Run& run, int node, UserId user) {
  const int seat = latest(run, node, [&](const Seat& one) {
    return one.actor == user && one.decision > 0 && !one.is_superseded;
  });
  return seat >= 0 ? seat : seat_of(run, node, user);
}

std::vector<int> open_at(const Run& run, int node) {
  std::vector<int> seats;
  for (std::size_t i = 0; i < run.seats.size(); ++i) {
    const Seat& seat = run.seats[i];
    if (seat.node == node && seat.state == Seat::State::open) seats.push_back(static_cast<int>(i));
  }
  return seats;
}

std::vector<int> seats_held(const Run& run, UserId user) {
  std::vector<int> seats;
  for (std::size_t i = 0; i < run.seats.size(); ++i) {
    if (run.seats[i].holder == user && !run.seats[i].is_final()) {
      seats.push_back(static_cast<int>(i));
    }
  }
  return seats;
}

int token_at(const Run& run, std::optional<int> node) {
  int found = -1;
  for (std::size_t i = 0; i < run.tokens.size(); ++i) {
    const Token& token = run.tokens[i];
    if (!token.is_live() || (node && token.node != *node)) continue;
    if (!node && token.state == Token::State::forked) continue;
    found = static_cast<int>(i);
  }
  return found;
}

}  // namespace tenon::story
