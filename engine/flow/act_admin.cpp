// What admins of flows do: stop and go on, move, mend incidents.
#include "engine/flow/acts.h"
#include "engine/flow/route.h"
#include "engine/flow/seats.h"
#include "engine/flow/tokens.h"

namespace tenon::flow {
namespace {

Error conflict(std::string at, std::string rule, std::string message) {
  return Error::of(ErrorCode::conflict, std::move(at), std::move(rule), std::move(message));
}

Result<void> live_token(const Work& work, int token) {
  TENON_CHECK(still_runs(work));
  if (token < 0 || token >= static_cast<int>(work.run.tokens.size())) return Error::not_found();
  if (work.run.tokens[static_cast<std::size_t>(token)].is_live()) return done();
  return conflict("token", "too_late", "it has gone on meanwhile");
}

Result<void> has_incident(const Work& work, int token) {
  TENON_CHECK(live_token(work, token));
  const Token& at = work.run.tokens[static_cast<std::size_t>(token)];
  if (at.state == Token::State::incident) return done();
  return conflict("token", "no_incident", "there is no incident to mend");
}

}  // namespace

Result<void> act(Work& work, const Suspend& event) {
  TENON_CHECK(is_admin(event.by));
  TENON_CHECK(still_runs(work));
  work.run.state = RunState::suspended;
  work.run.suspended_ms = work.facts.now_ms;
  work.note(entry_by(What::suspended, event.by));
  return done();
}

// As much later as the run stood still; in working time where it is the due time of a seat (-1: it
// is not) that counts so.
std::int64_t moved(const Work& work, int seat, std::int64_t at_ms) {
  const std::int64_t suspended_ms = work.run.suspended_ms;
  const std::int64_t now_ms = work.facts.now_ms;
  const bool works =
      seat >= 0 &&
      work.program.node(work.run.seats[static_cast<std::size_t>(seat)].node).people->due.working;
  if (!works || work.facts.working == nullptr || at_ms <= suspended_ms) {
    return at_ms + now_ms - suspended_ms;
  }
  const auto& calendar = *work.facts.working;
  const auto later = calendar.add_ms(now_ms, calendar.between_ms(suspended_ms, at_ms));
  return later ? *later : at_ms + now_ms - suspended_ms;
}

// What was still to come comes as much later as it stood still.
Result<void> act(Work& work, const Resume& event) {
  TENON_CHECK(is_admin(event.by));
  if (work.run.state != RunState::suspended) {
    return conflict("", "not_suspended", "the run is not suspended");
  }
  for (Timer& timer : work.run.timers) {
    const bool moves = timer.action != kDelegationEnds;  // That is a date, not a while.
    const bool is_due = timer.action == 0 && timer.count == 0;
    if (timer.state != Timer::State::set || !moves) continue;
    timer.at_ms = moved(work, is_due ? timer.seat : -1, timer.at_ms);
  }
  work.note(entry_by(What::resumed, event.by));
  for (std::size_t i = 0; i < work.run.seats.size(); ++i) {
    Seat& seat = work.run.seats[i];
    if (seat.is_final() || !seat.due_ms) continue;
    seat.due_ms = moved(work, static_cast<int>(i), *seat.due_ms);
    note_due(work, What::due, static_cast<int>(i), "resumed");
  }
  work.run.state = RunState::running;
  work.run.suspended_ms = 0;
  // What it was moved to meanwhile may count votes otherwise.
  for (std::size_t i = 0; i < work.run.tokens.size() && work.is_running(); ++i) {
    settle(work, static_cast<int>(i));
  }
  go_on_with_heard(work);
  return done();
}

Result<void> act(Work& work, const Void& event) {
  TENON_CHECK(is_admin(event.by));
  if (work.run.state == RunState::finished) return still_runs(work);
  finish(work, RunResult::voided, &event.by);
  return done();
}

Result<void> act(Work& work, const Jump& event) {
  TENON_CHECK(is_admin(event.by));
  TENON_CHECK(live_token(work, event.token));
  TENON_TRY(const int to, node_named(work, event.node));
  TENON_TRY(const Way way, way_to(work, event.token, to));
  work.note(entry_by(What::moved, event.by, to));
  send_to(work, way, to);
  return done();
}

Result<void> act(Work& work, const ChangeApprovers& event) {
  TENON_CHECK(is_admin(event.by));
  TENON_CHECK(still_runs(work));
  TENON_TRY(const int node, node_named(work, event.node));
  if (!work.program.node(node).is_human() || node == kStartNode) {
    return Error::invalid("node", "node", "nobody is asked at this node");
  }
  for (const Token& token : work.run.tokens) {
    if (token.state == Token::State::people && token.node == node) {
      return conflict("node", "active", "they are asked already: reassign their seats");
    }
  }
  if (event.people.empty()) return Error::invalid("people", "required", "says who is asked");
  work.run.replaced[node] = event.people;
  work.note(entry_by(What::approvers, event.by, node));
  return done();
}

Result<void> act(Work& work, const Retry& event) {
  TENON_CHECK(is_admin(event.by));
  TENON_CHECK(has_incident(work, event.token));
  Token& token = work.token(event.token);
  token.incident.reset();
  work.note(entry_by(What::retried, event.by, token.node));
  const int returned = token.node;
  const bool was_returned = token.was_returned;
  // A run that never came to its first node begins there.
  enter(work, event.token, returned == kStartNode && !was_returned ? work.program.start : returned);
  return done();
}

Result<void> act(Work& work, const Skip& event) {
  TENON_CHECK(is_admin(event.by));
  TENON_CHECK(has_incident(work, event.token));
  if (work.node_of(event.token).find_port(event.port) == nullptr) {
    return Error::invalid("port", "unknown_port", "nothing leads on by \"" + event.port + "\"");
  }
  work.token(event.token).incident.reset();
  work.note(entry_by(What::passed, event.by, work.token(event.token).node));
  leave(work, event.token, event.port);
  return done();
}

Result<void> act(Work& work, const SetVariables& event) {
  TENON_CHECK(is_admin(event.by));
  if (work.run.state == RunState::finished) return still_runs(work);
  std::vector<int> places;
  for (const auto& [name, value] : event.set) {
    int place = -1;
    for (std::size_t i = 0; i < work.program.variables.size(); ++i) {
      if (work.program.variables[i].name == name) place = static_cast<int>(i);
    }
    if (place < 0) {
      return Error::invalid(name, "unknown_variable", "the flow has no such variable");
    }
    const Kind kind = work.program.variables[static_cast<std::size_t>(place)].kind;
    if (!is_empty(value) && kind_of(value) != kind) {
      return Error::invalid(name, "type", "holds a " + std::string(tenon::name_of(kind)));
    }
    places.push_back(place);
  }
  Values values = work.run.variables;
  Entry entry = entry_by(What::variables, event.by);
  for (std::size_t i = 0; i < places.size(); ++i) {
    values[static_cast<std::size_t>(places[i])] = event.set[i].second;
    entry.reason += (i == 0 ? "" : ", ") + event.set[i].first;
  }
  if (!variables_fit(values)) {
    return Error::of(ErrorCode::limit, "set", "limit", "the variables take over 256 KB");
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    work.set_variable(places[i], event.set[i].second);
  }
  work.note(std::move(entry));
  return done();
}

}  // namespace tenon::flow
