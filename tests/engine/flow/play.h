// Plays a flow as a story would: people by their logins, time by hand, requests answered.
// Who they are: small_flows.h.
#pragma once

#include <catch2/catch.hpp>

#include "engine/flow/step.h"
#include "engine/flow/view.h"
#include "tests/engine/flow/invariants.h"
#include "tests/engine/flow/small_flows.h"

namespace tenon::flow::support {

class Play {
 public:
  explicit Play(const std::string& flow) : program(program_of(flow)) {
    facts.now_ms = 1'800'000'000'000;
    facts.record = {77};
    facts.fields.resize(8);
    facts.people = &people;
  }

  std::shared_ptr<const Program> program;
  Directory people = usual_people();
  Facts facts;
  Run run;
  std::vector<Effect> effects;    // Of the last act.
  std::vector<Request> requests;  // Of the last act, but for people.
  std::vector<std::string> ways;  // Taken in the last act: "first.next".
  std::vector<Answer> answers;    // Given to them in this order; then empty ones.
  int request_id = 0;

  Play& total(const std::string& amount) {
    facts.fields[3] = *Decimal::parse(amount);
    return *this;
  }

  Play& submit(Submission submission = {}) {
    submission.initiator = who("ann");
    submission.record = facts.record;
    run = begin(*program, submission).take();
    act(Begin{});
    return *this;
  }

  // Steps until nothing is asked; every state that rests is sound.
  Result<void> try_act(const Event& event) {
    effects.clear();
    requests.clear();
    ways.clear();
    facts.people = &people;  // Of this copy.
    auto outcome = step(*program, run, event, facts);
    while (outcome && (outcome->request || outcome->goes_on)) {
      took(outcome->taken);
      for (const Effect& effect : outcome->effects) effects.push_back(effect);
      Event next = Continue{};
      if (outcome->request) next = Answered{outcome->run.request, answer(*outcome->request)};
      outcome = step(*program, outcome->run, next, facts);
    }
    if (!outcome) return std::move(outcome.error());
    for (const Effect& effect : outcome->effects) effects.push_back(effect);
    took(outcome->taken);
    run = std::move(outcome->run);
    const auto broken = Invariants(run).broken();
    for (const std::string& what : broken) UNSCOPED_INFO(what);
    CHECK(broken.empty());
    return done();
  }
  Play& act(const Event& event) {
    auto result = try_act(event);
    if (!result) FAIL(describe(result.error()));
    return *this;
  }
  // "conflict decided"
  std::string refused(const Event& event) {
    const Run before = run;
    const auto result = try_act(event);
    if (result) return "";
    CHECK(run == before);
    const Error& error = result.error();
    return std::string(name_of(error.code)) +
           (error.problems.empty() ? "" : " " + error.problems.front().rule);
  }

  By by(std::string_view login, std::string comment = "") {
    return {who(login), "r" + std::to_string(++request_id), std::move(comment), login == "hal"};
  }
  // The seat that somebody has to decide; else their latest.
  int seat_of(std::string_view login) const {
    int latest = -1;
    for (std::size_t i = 0; i < run.seats.size(); ++i) {
      const Seat& seat = run.seats[i];
      if (seat.holder != who(login) && seat.helper != who(login)) continue;
      if (seat.state == Seat::State::open) return static_cast<int>(i);
      latest = static_cast<int>(i);
    }
    return latest;
  }
  Play& approve(std::string_view login) { return act(Approve{by(login), seat_of(login)}); }
  Play& reject(std::string_view login) { return act(Reject{by(login, "no"), seat_of(login)}); }
  Play& complete(std::string_view login) { return act(Complete{by(login), seat_of(login)}); }
  Play& back(std::string_view login, const std::string& node, bool direct = false) {
    return act(Return{by(login), seat_of(login), node, direct});
  }
  Play& add(std::string_view login, Seat::Position position, std::vector<UserId> added) {
    return act(AddSign{by(login), seat_of(login), position, std::move(added)});
  }
  // Goes on with the time; what falls due happens, in order.
  Play& pass(std::int64_t ms) {
    const std::int64_t until = facts.now_ms + ms;
    for (auto next = next_timer_ms(run); next && *next <= until; next = next_timer_ms(run)) {
      facts.now_ms = std::max(facts.now_ms, *next);
      for (std::size_t i = 0; i < run.timers.size(); ++i) {
        const Timer timer = run.timers[i];
        if (is_ticking(run, timer) && timer.at_ms == *next) {
          act(Elapsed{static_cast<int>(i)});
          break;
        }
      }
    }
    facts.now_ms = until;
    return *this;
  }

  // "first: bob, cid; second: fay"
  std::string open() const {
    std::map<int, std::string> by_node;
    for (const int place : open_seats(run)) {
      const Seat& seat = run.seats[static_cast<std::size_t>(place)];
      std::string& text = by_node[seat.node];
      text += (text.empty() ? "" : ", ") + login_of(seat.keeper());
    }
    std::string all;
    for (const auto& [node, text] : by_node) {
      all += (all.empty() ? "" : "; ") + program->node(node).id + ": " + text;
    }
    return all;
  }
  std::string state() const {
    for (const Token& token : run.tokens) {
      if (token.is_live() && token.incident) return "incident " + token.incident->rule;
    }
    return std::string(run.state == RunState::finished ? name_of(run.result) : name_of(run.state));
  }
  // What happened to seats: "approved first bob", the engine's own with its reason.
  std::vector<std::string> history() const {
    std::vector<std::string> lines;
    for (const Entry& entry : run.history) {
      if (entry.seat < 0 || entry.what == What::opened || entry.what == What::due) continue;
      const Seat& seat = run.seats[static_cast<std::size_t>(entry.seat)];
      std::string line(name_of(entry.what));
      line += " " + program->node(seat.node).id + " ";
      line += login_of(entry.actor == kNobody ? seat.holder : entry.actor);
      if (entry.other != kNobody) line += " > " + login_of(entry.other);
      if (!entry.reason.empty()) line += " " + entry.reason;
      lines.push_back(std::move(line));
    }
    return lines;
  }
  // "task bob": notices of the last act, in order.
  std::vector<std::string> notices() const {
    constexpr std::string_view kWords[] = {"task",     "reminder",  "escalated",
                                           "returned", "cancelled", "copied",
                                           "message",  "incident",  "finished"};
    std::vector<std::string> lines;
    for (const Effect& effect : effects) {
      const auto* notify = std::get_if<Notify>(&effect);
      if (notify == nullptr) continue;
      std::string line(kWords[static_cast<std::size_t>(notify->notice)]);
      for (const UserId user : notify->to) line += " " + login_of(user);
      lines.push_back(std::move(line));
    }
    return lines;
  }

 private:
  void took(const std::vector<Taken>& taken) {
    for (const Taken& one : taken) ways.push_back(program->node(one.node).id + "." + one.way);
  }
  Answer answer(const Request& request) {
    if (std::holds_alternative<PeopleQuestion>(request)) return {};
    requests.push_back(request);
    if (requests.size() <= answers.size()) return answers[requests.size() - 1];
    return {};
  }
};

using Lines = std::vector<std::string>;

}  // namespace tenon::flow::support
