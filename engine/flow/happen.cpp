// What happens to a run of itself: it begins, answers come, time passes.
#include <algorithm>

#include "engine/base/limits.h"
#include "engine/flow/acts.h"
#include "engine/flow/approvers.h"
#include "engine/flow/route.h"
#include "engine/flow/seats.h"
#include "engine/flow/times.h"
#include "engine/flow/tokens.h"
#include "engine/flow/view.h"

namespace tenon::flow {
namespace {

using metadata::DueAction;

// Where something answers a token that is there no more, nothing happens.
bool is_stale(const Work& work, int token, int epoch) {
  const Token& at = work.run.tokens[static_cast<std::size_t>(token)];
  const Scope& scope = work.run.scopes[static_cast<std::size_t>(at.scope)];
  return !at.is_live() || at.epoch != epoch || scope.epoch != epoch;
}

Asking asking_at(const Work& work, int node, const formula::Scope& scope) {
  return {work.program, work.run, work.facts, scope, node, false};
}

void set_again(Work& work, const Timer& timer, int action, int count, const std::string& every) {
  Timer next = timer;
  next.state = Timer::State::set;
  next.action = action;
  next.count = count;
  next.at_ms = after(work.facts, work.facts.now_ms, every, false);
  work.run.timers.push_back(next);
}

// A reminder comes `most` times, then the next action; each is counted from now, so what was missed
// while the machine stood still becomes one.
void plan_next(Work& work, const Timer& timer, const std::vector<flow::DueAction>& actions) {
  const auto& action = actions[static_cast<std::size_t>(timer.action)];
  if (timer.count + 1 < action.most && action.action == DueAction::remind) {
    return set_again(work, timer, timer.action, timer.count + 1, action.every);
  }
  if (timer.action + 1 < static_cast<int>(actions.size())) {
    set_again(work, timer, timer.action + 1, 0, action.every);
  }
}

void vote(Work& work, int place, Seat::State state) {
  const int token = work.seat(place).token;
  decide_automatically(work, place, state, "timeout");
  settle(work, token);
}

// The first who is there and has no seat here; the seat stays where it is where nobody is.
Result<void> transfer(Work& work, const Timer& timer, const flow::DueAction& action) {
  const Seat& seat = work.seat(timer.seat);
  const formula::Scope scope = work.values();
  TENON_TRY(const auto people, people_of(asking_at(work, seat.node, scope), action.to));
  for (const UserId user : people) {
    if (holds_seat(work.run, seat.visit, user)) continue;
    hand_on(work, timer.seat, user, nullptr, "timeout");
    return done();
  }
  work.note(entry_of(What::overdue, seat, timer.seat, nullptr));
  return done();
}

Result<void> escalate(Work& work, const Timer& timer, const flow::DueAction& action) {
  const Seat& seat = work.seat(timer.seat);
  const formula::Scope scope = work.values();
  TENON_TRY(auto people, people_of(asking_at(work, seat.node, scope), action.to));
  work.note(entry_of(What::escalated, seat, timer.seat, nullptr));
  work.tell(Notice::escalated, std::move(people), seat.node, timer.seat);
  return done();
}

Result<void> go_to(Work& work, const Timer& timer, int node) {
  TENON_TRY(const Way way, way_to(work, timer.token, node));
  work.note(entry_of(What::overdue, work.seat(timer.seat), timer.seat, nullptr));
  send_back(work, way, node, -1);
  return done();
}

void forget_end(Work& work, int place) {
  for (Timer& timer : work.run.timers) {
    const bool ends = timer.seat == place && timer.action == kDelegationEnds;
    if (ends && timer.state == Timer::State::set) timer.state = Timer::State::cancelled;
  }
}

// Whose seat it is; who takes over from them where they are not there any more. Nobody: it stays.
UserId owner_now(const Work& work, const Seat& seat) {
  const Directory& people = *work.facts.people;
  std::vector<UserId> candidates{seat.behalf_of};
  if (!people.is_active(seat.behalf_of)) {
    const Person* person = people.find(seat.behalf_of);
    if (person != nullptr) candidates = {person->hand_over, person->manager};
    candidates.insert(candidates.end(), people.admins.begin(), people.admins.end());
  }
  for (const UserId user : candidates) {
    if (user == seat.holder) return kNobody;
    if (people.is_active(user) && !holds_seat(work.run, seat.visit, user)) return user;
  }
  return kNobody;
}

// Who stands in now, if anybody, has the seat; else it goes back, unless they are asked here
// already.
void end_delegation(Work& work, int place) {
  const Seat& seat = work.seat(place);
  if (seat.is_final() || seat.behalf_of == kNobody) return;
  const UserId owner = seat.behalf_of;
  const Acting acting = acting_for(*work.facts.people, owner, work.program.id, work.facts.now_ms);
  forget_end(work, place);
  if (acting.user == seat.holder) return end_delegation_at(work, place, acting.until_ms);
  const bool moves = acting.user != owner && !holds_seat(work.run, seat.visit, acting.user);
  const UserId to = moves ? acting.user : owner_now(work, seat);
  if (to == kNobody) return;
  hand_on(work, place, to, nullptr, "delegation_ended");
  if (!moves) return;
  work.seat(place).behalf_of = owner;
  end_delegation_at(work, place, acting.until_ms);
}

Result<void> overdue(Work& work, const Timer& timer) {
  const Seat& seat = work.seat(timer.seat);
  const auto& actions = work.program.node(seat.node).people->on_due;
  const UserId keeper = seat.keeper();
  if (actions.empty()) {
    work.note(entry_of(What::overdue, seat, timer.seat, nullptr));
    work.tell(Notice::reminder, {keeper}, seat.node, timer.seat);
    return done();
  }
  const flow::DueAction& action = actions[static_cast<std::size_t>(timer.action)];
  plan_next(work, timer, actions);
  switch (action.action) {
    case DueAction::remind:
      work.note(entry_of(What::reminded, seat, timer.seat, nullptr));
      work.tell(Notice::reminder, {keeper}, seat.node, timer.seat);
      return done();
    case DueAction::escalate: return escalate(work, timer, action);
    case DueAction::approve: vote(work, timer.seat, Seat::State::approved); return done();
    case DueAction::reject: vote(work, timer.seat, Seat::State::rejected); return done();
    case DueAction::transfer: return transfer(work, timer, action);
    case DueAction::go_to: return go_to(work, timer, action.node);
  }
  return done();
}

}  // namespace

Result<void> act(Work& work, const Begin&) {
  if (!work.run.tokens.empty()) return done();
  work.note({.what = What::began, .node = kStartNode, .actor = work.run.initiator});
  work.run.scopes.push_back({});
  const int token = add_token(work, 0);
  if (work.run.depth > limits::kFlowDepthMax) {
    work.token(token).node = kStartNode;
    fail(work, token,
         Error::of(ErrorCode::limit, "", "limit", "flows call each other 8 deep at most"));
    return done();
  }
  for (std::size_t i = 0; i < work.program.variables.size(); ++i) {
    const Variable& variable = work.program.variables[i];
    if (!variable.initial || !is_empty(work.run.variables[i])) continue;
    auto value = variable.initial->evaluate(work.values());
    if (!value) {
      work.token(token).node = kStartNode;
      fail(work, token, value.error());
      return done();
    }
    work.set_variable(static_cast<int>(i), value.take());
  }
  if (!variables_fit(work.run.variables)) {
    work.token(token).node = kStartNode;
    fail(work, token, Error::of(ErrorCode::limit, "", "limit", "the variables take over 256 KB"));
    return done();
  }
  enter(work, token, work.program.start);
  return done();
}

Result<void> act(Work&, const Continue&) { return done(); }

Result<void> act(Work& work, const Answered& event) {
  if (work.run.asking < 0 || event.request != work.run.request || !work.is_running()) {
    return done();
  }
  const int token = std::exchange(work.run.asking, -1);
  work.answer = event.answer;
  work.token(token).state = Token::State::ready;
  step_token(work, token);
  return done();
}

Result<void> act(Work& work, const Elapsed& event) {
  if (event.timer < 0 || event.timer >= static_cast<int>(work.run.timers.size())) return done();
  Timer& timer = work.run.timers[static_cast<std::size_t>(event.timer)];
  const bool is_due = is_ticking(work.run, timer) && timer.at_ms <= work.facts.now_ms;
  if (!work.is_running() || !is_due || is_stale(work, timer.token, timer.epoch)) return done();
  timer.state = Timer::State::fired;
  const Timer fired = timer;
  if (fired.seat < 0) {
    leave(work, fired.token, "next");
    return done();
  }
  if (fired.action == kDelegationEnds) {
    end_delegation(work, fired.seat);
    return done();
  }
  work.take(work.seat(fired.seat).node, way::kDue);
  auto result = overdue(work, fired);
  // The people who were asked stay asked: an admin is told.
  if (result) return done();
  tell_incident(work, fired.seat, result.error());
  return done();
}

Result<void> act(Work& work, const DelegationChanged& event) {
  if (work.run.state == RunState::finished) return done();
  for (std::size_t i = 0; i < work.run.seats.size(); ++i) {
    const bool is_theirs = std::find(event.holders.begin(), event.holders.end(),
                                     work.run.seats[i].holder) != event.holders.end();
    if (is_theirs) end_delegation(work, static_cast<int>(i));
  }
  return done();
}

Result<void> act(Work& work, const Happened& event) {
  auto& all = work.run.subscriptions;
  if (event.subscription < 0 || event.subscription >= static_cast<int>(all.size())) return done();
  Subscription& one = all[static_cast<std::size_t>(event.subscription)];
  const bool open = one.state == Subscription::State::open;
  if (!open || is_stale(work, one.token, one.epoch)) return done();
  if (work.run.state == RunState::suspended) one.state = Subscription::State::heard;
  if (!work.is_running()) return done();
  one.state = Subscription::State::met;
  leave(work, one.token, "next");
  return done();
}

void go_on_with_heard(Work& work) {
  for (std::size_t i = 0; i < work.run.subscriptions.size() && work.is_running(); ++i) {
    Subscription& one = work.run.subscriptions[i];
    const bool is_heard = one.state == Subscription::State::heard;
    if (!is_heard || is_stale(work, one.token, one.epoch)) continue;
    one.state = Subscription::State::met;
    leave(work, one.token, "next");
  }
}

Result<void> act(Work& work, const Ended& event) {
  if (event.token < 0 || event.token >= static_cast<int>(work.run.tokens.size())) return done();
  if (!work.is_running() || work.token(event.token).state != Token::State::calling) return done();
  Answer answer;
  answer.values.emplace_back("result", std::string(name_of(event.result)));
  const bool is_unfinished = event.result == RunResult::voided ||
                             event.result == RunResult::withdrawn ||
                             event.result == RunResult::suppressed;
  if (is_unfinished) {
    answer.error = Error::invalid("", "subflow", "the flow that was called was not finished");
  }
  if (event.why) {
    answer.error = Error::invalid("", event.why->rule, event.why->message);
  }
  work.answer = std::move(answer);
  work.token(event.token).state = Token::State::ready;
  step_token(work, event.token);
  return done();
}

}  // namespace tenon::flow
