#include "engine/flow/tokens.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/flow/route.h"
#include "engine/flow/seats.h"
#include "engine/flow/suppressed.h"
#include "engine/flow/view.h"

namespace tenon::flow {
namespace {

using State = Token::State;

template <class Act>
void each_token_in(Work& work, int scope, Act act) {
  for (std::size_t i = 0; i < work.run.tokens.size(); ++i) {
    const Token& token = work.run.tokens[i];
    if (token.scope == scope && token.is_live()) act(static_cast<int>(i));
  }
}

void cancel_branches(Work& work, int parent) {
  for (std::size_t i = 0; i < work.run.scopes.size(); ++i) {
    Scope& scope = work.run.scopes[i];
    if (scope.parent_token != parent || scope.state != Scope::State::open) continue;
    scope.state = Scope::State::cancelled;
    ++scope.epoch;
    each_token_in(work, static_cast<int>(i), [&](int token) { cancel(work, token); });
  }
}

// After a branch has ended.
void join(Work& work, int parent) {
  if (work.token(parent).state != State::forked) return;
  if (work.node_of(parent).parallel == metadata::ParallelMode::any) cancel_branches(work, parent);
  const auto& scopes = work.run.scopes;
  const bool waits = std::any_of(scopes.begin(), scopes.end(), [&](const Scope& scope) {
    return scope.parent_token == parent && scope.state == Scope::State::open;
  });
  if (waits) return;
  work.note({.what = What::joined, .node = work.token(parent).node});
  leave(work, parent, "next");
}

void end_body(Work& work, int place) {
  Token& token = work.token(place);
  token.state = State::left;
  Scope& scope = work.scope(token.scope);
  scope.state = Scope::State::done;
  if (scope.parent_token < 0) return finish(work, RunResult::completed);
  join(work, scope.parent_token);
}

void fork(Work& work, int place, const std::vector<int>& branches) {
  work.token(place).state = State::forked;
  const int node = work.token(place).node;
  work.note({.what = What::branches, .node = node});
  std::vector<std::pair<int, int>> heads;  // Token, node.
  for (const int branch : branches) {
    work.take(node, work.program.node(node).ports[static_cast<std::size_t>(branch) + 1].name);
    const auto& regions = work.program.regions;
    const auto region = std::find_if(regions.begin(), regions.end(), [&](const auto& one) {
      return one.node == node && one.branch == branch;
    });
    work.run.scopes.push_back(
        {.region = static_cast<int>(region - regions.begin()), .parent_token = place});
    const int token = add_token(work, static_cast<int>(work.run.scopes.size()) - 1);
    heads.emplace_back(token,
                       work.program.node(node).ports[static_cast<std::size_t>(branch) + 1].to);
  }
  for (const auto& [token, to] : heads) {
    if (work.token(token).is_live()) enter(work, token, to);
  }
}

void ask(Work& work, int place, Ask&& step) {
  work.token(place).state = State::asking;
  work.run.asking = place;
  ++work.run.request;
  work.request = std::move(step.request);
}

void wait(Work& work, int place, const Wait& step) {
  Token& token = work.token(place);
  token.state = State::waiting;
  if (step.until_ms) {
    work.run.timers.push_back({.token = place, .epoch = token.epoch, .at_ms = *step.until_ms});
  }
  if (step.event.empty()) return;
  work.run.subscriptions.push_back(
      {.token = place, .epoch = token.epoch, .event = step.event, .correlation = step.correlation});
}

void call(Work& work, int place, Start&& step) {
  if (work.run.depth >= limits::kFlowDepthMax) {
    return fail(work, place,
                Error::of(ErrorCode::limit, "", "limit", "flows call each other 8 deep at most"));
  }
  work.token(place).state = State::calling;
  work.effects.emplace_back(
      StartFlow{place, std::move(step.flow), step.record, std::move(step.variables)});
}

std::size_t bytes_of(const Values& values) {
  std::size_t bytes = 0;
  for (const Value& value : values) {
    bytes += 16;
    if (const auto* text = std::get_if<std::string>(&value)) bytes += text->size();
    if (const auto* json = std::get_if<Json>(&value)) bytes += json->text.size();
    if (const auto* list = std::get_if<TextList>(&value)) {
      for (const std::string& item : list->items) bytes += item.size();
    }
  }
  return bytes;
}

void go_on(Work& work, int place, Leave&& step) {
  for (auto& [variable, value] : step.set) work.set_variable(variable, std::move(value));
  if (!variables_fit(work.run.variables)) {
    return fail(work, place,
                Error::of(ErrorCode::limit, "", "limit", "the variables take over 256 KB"));
  }
  for (Effect& effect : step.effects) work.effects.push_back(std::move(effect));
  leave(work, place, step.port);
}

struct Apply {
  Work& work;
  int place;
  void operator()(Leave& step) const { go_on(work, place, std::move(step)); }
  void operator()(Ask& step) const { ask(work, place, std::move(step)); }
  void operator()(Wait& step) const { wait(work, place, step); }
  void operator()(Seats& step) const { open_visit(work, place, step.people); }
  void operator()(Fork& step) const { fork(work, place, step.branches); }
  void operator()(Start& step) const { call(work, place, std::move(step)); }
  void operator()(Finish& step) const {
    work.take(work.token(place).node, way::kEnd);
    finish(work, step.result);
  }
  void operator()(Fail& step) const { fail(work, place, step.error); }
};

}  // namespace

void step_token(Work& work, int place) {
  const ProgramNode& node = work.node_of(place);
  const formula::Scope scope = work.values();
  const std::optional<Answer> answer = std::exchange(work.answer, std::nullopt);
  if (node.when && !answer) {
    auto holds = node.when->evaluate(scope);
    if (!holds) return fail(work, place, holds.error());
    if (!is_true(*holds)) {
      work.note({.what = What::skipped, .node = work.token(place).node});
      work.take(work.token(place).node, way::kSkipped);
      return go(work, place, "next");
    }
  }
  const Asking asking{work.program,
                      work.run,
                      work.facts,
                      scope,
                      work.token(place).node,
                      work.token(place).was_returned};
  Step step = node.behaviour->step({asking, answer ? &*answer : nullptr});
  std::visit(Apply{work, place}, step);
}

namespace {

bool may_enter(Work& work, int place) {
  if (work.run.visits < limits::kFlowStepsPerRunMax) return true;
  fail(work, place, Error::of(ErrorCode::limit, "", "limit", "a run enters at most 10,000 nodes"));
  return false;
}

}  // namespace

int add_token(Work& work, int scope) {
  work.run.tokens.push_back({.scope = scope, .epoch = work.scope(scope).epoch});
  return static_cast<int>(work.run.tokens.size()) - 1;
}

int fork_again(Work& work, int place, int region) {
  Token& token = work.token(place);
  token.node = work.program.regions[static_cast<std::size_t>(region)].node;
  token.visit = ++work.run.visits;
  token.state = State::forked;
  work.run.scopes.push_back({.region = region, .parent_token = place});
  return add_token(work, static_cast<int>(work.run.scopes.size()) - 1);
}

void enter(Work& work, int place, int node) {
  if (node == kBodyEnds) return end_body(work, place);
  Token& token = work.token(place);
  token.node = node;
  if (!may_enter(work, place)) return;
  token.visit = ++work.run.visits;
  token.state = State::ready;
  ++work.entered;
  work.note({.what = What::entered, .node = node});
}

void leave(Work& work, int place, std::string_view port) {
  work.take(work.token(place).node, port);
  go(work, place, port);
}

void go(Work& work, int place, std::string_view port) {
  Token& token = work.token(place);
  const Port* way = work.program.node(token.node).find_port(port);
  int to = way == nullptr ? kBodyEnds : way->to;
  const int direct = std::exchange(token.direct_to, -1);
  token.was_returned = false;
  if (direct >= 0 && leads_to(work, to, direct)) to = direct;
  enter(work, place, to);
}

namespace {

// The times and events it waits for are not waited for any more.
void forget_waits(Work& work, int place) {
  for (Timer& timer : work.run.timers) {
    if (timer.token == place && timer.state == Timer::State::set) {
      timer.state = Timer::State::cancelled;
    }
  }
  for (Subscription& one : work.run.subscriptions) {
    const bool waits =
        one.state == Subscription::State::open || one.state == Subscription::State::heard;
    if (one.token == place && waits) one.state = Subscription::State::cancelled;
  }
}

std::vector<Subscription> heard_by(const Run& run, int place) {
  std::vector<Subscription> heard;
  for (const Subscription& one : run.subscriptions) {
    const bool is_heard = one.token == place && one.state == Subscription::State::heard;
    if (is_heard) heard.push_back(one);
  }
  return heard;
}

bool has_heard(const std::vector<Subscription>& heard, const Wait& waits) {
  return std::any_of(heard.begin(), heard.end(), [&](const Subscription& one) {
    return one.event == waits.event && one.correlation == waits.correlation;
  });
}

}  // namespace

bool variables_fit(const Values& variables) {
  return bytes_of(variables) <= limits::kFlowVariablesBytesMax;
}

void wait_again(Work& work, int place, std::int64_t since_ms) {
  const auto heard = heard_by(work.run, place);
  forget_waits(work, place);
  Facts then = work.facts;
  then.now_ms = since_ms;
  const formula::Scope scope = work.values();
  const Asking asking{work.program, work.run, then, scope, work.token(place).node, false};
  Step step = work.node_of(place).behaviour->step({asking, nullptr});
  if (auto* waits = std::get_if<Wait>(&step)) {
    if (waits->until_ms) *waits->until_ms += stood_since(work.run, since_ms);
    wait(work, place, *waits);
    if (!waits->event.empty() && has_heard(heard, *waits)) {
      work.run.subscriptions.back().state = Subscription::State::heard;
    }
    return;
  }
  if (const auto* failed = std::get_if<Fail>(&step)) fail(work, place, failed->error);
}

void cancel(Work& work, int place) {
  Token& token = work.token(place);
  if (token.state == State::calling) work.effects.emplace_back(StopFlow{place});
  if (work.run.asking == place) {
    work.run.asking = -1;
    work.request.reset();
  }
  token.state = State::cancelled;
  token.incident.reset();
  cancel_seats(work, place);
  forget_waits(work, place);
  cancel_branches(work, place);
}

void fail(Work& work, int place, const Error& error) {
  Token& token = work.token(place);
  token.state = State::incident;
  token.incident = incident_of(error);
  work.note({.what = What::incident, .node = token.node, .reason = token.incident->rule});
  work.tell(Notice::incident, {}, token.node);
}

void finish(Work& work, RunResult result, const By* by) {
  Run& run = work.run;
  const bool approves = work.program.kind == metadata::FlowKind::approval;
  if (result == RunResult::completed && approves) result = RunResult::approved;
  for (std::size_t i = 0; i < run.tokens.size(); ++i) {
    if (run.tokens[i].is_live()) cancel(work, static_cast<int>(i));
  }
  for (Scope& scope : run.scopes) {
    if (scope.state == Scope::State::open) scope.state = Scope::State::cancelled;
  }
  run.state = RunState::finished;
  run.result = result;
  run.finished_ms = work.facts.now_ms;
  Entry entry = by == nullptr ? Entry{.what = What::finished} : entry_by(What::finished, *by);
  entry.reason = name_of(result);
  work.note(std::move(entry));
  if (run.initiator != kNobody) work.tell(Notice::finished, {run.initiator});
}

void drive(Work& work) {
  // One request at a time: what is evaluated next sees what it wrote.
  while (work.is_running() && work.run.asking < 0) {
    const auto& tokens = work.run.tokens;
    const auto ready = std::find_if(tokens.begin(), tokens.end(),
                                    [](const Token& one) { return one.state == State::ready; });
    if (ready == tokens.end()) return;
    work.goes_on = work.entered >= limits::kFlowStepsPerCommandMax;
    if (work.goes_on) return;
    step_token(work, static_cast<int>(ready - tokens.begin()));
  }
}

}  // namespace tenon::flow
