// What holds of a run after every step that left no request: as sentences about what does not.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/flow/program.h"
#include "engine/flow/run.h"

namespace tenon::flow::support {

class Invariants {
 public:
  explicit Invariants(const Run& run) : run_(run) {}

  std::vector<std::string> broken() {
    for (std::size_t i = 0; i < run_.tokens.size(); ++i) token(static_cast<int>(i));
    for (std::size_t i = 0; i < run_.scopes.size(); ++i) scope(static_cast<int>(i));
    for (std::size_t i = 0; i < run_.seats.size(); ++i) seat(static_cast<int>(i));
    for (const Timer& timer : run_.timers) {
      if (timer.state == Timer::State::set) owned("a timer", timer.token, timer.epoch);
      const bool of_seat = timer.state == Timer::State::set && timer.seat >= 0;
      expect(!of_seat || !run_.seats[at(timer.seat)].is_final(), "a timer of a seat that is over");
    }
    for (const Subscription& one : run_.subscriptions) {
      const bool is_heard = one.state == Subscription::State::heard;
      if (one.state == Subscription::State::open || is_heard) {
        owned("a subscription", one.token, one.epoch);
      }
      expect(!is_heard || run_.state == RunState::suspended, "what was heard is gone on with");
    }
    const bool live = std::any_of(run_.tokens.begin(), run_.tokens.end(),
                                  [](const Token& token) { return token.is_live(); });
    expect((run_.state == RunState::finished) != live, "a run lives exactly with its tokens");
    expect(run_.asking < 0, "a request is out");
    return broken_;
  }

 private:
  static std::size_t at(int place) { return static_cast<std::size_t>(place); }
  void expect(bool holds, std::string what) {
    if (!holds) broken_.push_back(std::move(what));
  }

  void owned(const std::string& what, int token, int epoch) {
    const Token& owner = run_.tokens[at(token)];
    expect(owner.is_live(), what + " of a token that is over");
    expect(owner.epoch == epoch && run_.scopes[at(owner.scope)].epoch == epoch,
           what + " of an epoch that is over");
  }

  void token(int place) {
    const Token& token = run_.tokens[at(place)];
    if (!token.is_live()) return;
    const Scope& scope = run_.scopes[at(token.scope)];
    expect(scope.state == Scope::State::open, "a live token in a scope that is over");
    expect(scope.epoch == token.epoch, "a live token of an epoch that is over");
    expect(token.state != Token::State::ready && token.state != Token::State::asking,
           "a token rests without waiting for anything");
    expect((token.state == Token::State::incident) == token.incident.has_value(),
           "an incident is on a token that has one");
    if (token.state == Token::State::people) {
      expect(std::any_of(run_.seats.begin(), run_.seats.end(),
                         [&](const Seat& seat) {
                           return seat.token == place && seat.visit == token.visit &&
                                  seat.state == Seat::State::open;
                         }),
             "nobody is asked where people should be");
    }
    if (token.state == Token::State::waiting) {
      const bool waits =
          std::any_of(run_.timers.begin(), run_.timers.end(),
                      [&](const Timer& timer) {
                        return timer.token == place && timer.state == Timer::State::set;
                      }) ||
          std::any_of(run_.subscriptions.begin(), run_.subscriptions.end(),
                      [&](const Subscription& one) {
                        return one.token == place && (one.state == Subscription::State::open ||
                                                      one.state == Subscription::State::heard);
                      });
      expect(waits, "a token waits for nothing");
    }
    if (token.state == Token::State::forked) {
      expect(std::any_of(run_.scopes.begin(), run_.scopes.end(),
                         [&](const Scope& one) {
                           return one.parent_token == place && one.state == Scope::State::open;
                         }),
             "a fork without an open branch");
    }
  }

  void scope(int place) {
    const auto live =
        std::count_if(run_.tokens.begin(), run_.tokens.end(),
                      [&](const Token& token) { return token.scope == place && token.is_live(); });
    const bool open = run_.scopes[at(place)].state == Scope::State::open;
    expect(live == (open ? 1 : 0), "an open scope has one live token, another none");
  }

  void seat(int place) {
    const Seat& seat = run_.seats[at(place)];
    const auto finals =
        std::count_if(run_.history.begin(), run_.history.end(),
                      [&](const Entry& entry) { return entry.seat == place && entry.is_final; });
    expect(finals == (seat.is_final() ? 1 : 0), "a seat that is over has one final entry");
    if (seat.is_final()) return;
    const Token& token = run_.tokens[at(seat.token)];
    expect(token.is_live() && token.visit == seat.visit && token.state == Token::State::people,
           "an open seat of a visit that is over");
    expect(!seat.is_superseded, "an open seat that is void");
  }

  const Run& run_;
  std::vector<std::string> broken_;
};

}  // namespace tenon::flow::support
