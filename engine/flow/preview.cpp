#include "engine/flow/preview.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/flow/view.h"
#include "engine/flow/work.h"

namespace tenon::flow {
namespace {

// What would happen next to a run that rests; nothing where only an admin can help.
std::optional<Event> next_event(const Program& program, const Run& run) {
  const auto open = open_seats(run);
  if (!open.empty()) {
    const Seat& seat = run.seats[static_cast<std::size_t>(open.front())];
    if (seat.helper != kNobody) return AnswerDelegate{{.actor = seat.helper}, open.front()};
    const By by{.actor = seat.holder};
    if (program.node(seat.node).kind == metadata::NodeKind::task) {
      return Complete{by, open.front()};
    }
    return Approve{by, open.front()};
  }
  int timer = -1;
  for (std::size_t i = 0; i < run.timers.size(); ++i) {
    const bool earlier =
        timer < 0 || run.timers[i].at_ms < run.timers[static_cast<std::size_t>(timer)].at_ms;
    if (is_ticking(run, run.timers[i]) && earlier) timer = static_cast<int>(i);
  }
  if (timer >= 0) return Elapsed{timer};
  for (std::size_t i = 0; i < run.subscriptions.size(); ++i) {
    if (run.subscriptions[i].state == Subscription::State::open) {
      return Happened{static_cast<int>(i)};
    }
  }
  for (std::size_t i = 0; i < run.tokens.size(); ++i) {
    if (run.tokens[i].state == Token::State::calling) {
      return Ended{static_cast<int>(i), RunResult::completed};
    }
  }
  return std::nullopt;
}

using Copies = std::map<int, std::vector<UserId>>;  // By node: who is sent one.

void note_copies(const std::vector<Effect>& effects, Copies& copies) {
  for (const Effect& effect : effects) {
    const auto* notify = std::get_if<Notify>(&effect);
    if (notify != nullptr && notify->notice == Notice::copied) copies[notify->node] = notify->to;
  }
}

Preview told(const Run& run, const Copies& copies) {
  Preview preview{.result = run.result};
  for (const Entry& entry : run.history) {
    if (entry.what == What::migrated) preview.nodes.clear();
    if (entry.what == What::entered) preview.nodes.push_back(entry.node);
  }
  std::map<int, PreviewStop> stops;  // By visit.
  for (const Seat& seat : run.seats) {
    PreviewStop& stop = stops[seat.visit];
    stop.node = seat.node;
    const bool automatic = seat.state == Seat::State::approved && seat.actor == kNobody;
    stop.people.push_back({seat.holder, seat.behalf_of, automatic});
    if (!stop.due_ms) stop.due_ms = seat.due_ms;
  }
  for (const Token& token : run.tokens) {
    if (!token.incident) continue;
    stops[token.visit].node = token.node;
    stops[token.visit].incident = token.incident;
  }
  int visit = run.visits;  // The newest entry of the history is the newest visit.
  for (auto entry = run.history.rbegin(); entry != run.history.rend(); ++entry) {
    if (entry->what == What::migrated) break;  // Before: nodes of another version.
    if (entry->what != What::entered) continue;
    const auto copied = copies.find(entry->node);
    if (copied != copies.end()) stops[visit].node = entry->node;
    for (const UserId person : copied == copies.end() ? std::vector<UserId>{} : copied->second) {
      stops[visit].people.push_back({person, kNobody, false});
    }
    --visit;
  }
  for (auto& [place, stop] : stops) preview.stops.push_back(std::move(stop));
  return preview;
}

}  // namespace

Result<Preview> preview(const Program& program, const Run& run, const Facts& given) {
  Facts facts = given;
  Copies copies;
  TENON_TRY(Outcome outcome, step(program, run, Begin{}, facts));
  for (int steps = 0; steps < limits::kFlowStepsPerRunMax; ++steps) {
    note_copies(outcome.effects, copies);
    if (outcome.run.state == RunState::finished) break;
    std::optional<Event> event;
    if (outcome.request) {
      event = Answered{outcome.run.request, {}};
    } else if (outcome.goes_on) {
      event = Continue{};
    } else {
      event = next_event(program, outcome.run);
    }
    if (!event) break;
    if (std::holds_alternative<Elapsed>(*event)) {
      facts.now_ms = std::max(facts.now_ms, next_timer_ms(outcome.run).value_or(0));
    }
    TENON_TRY(outcome, step(program, std::move(outcome.run), *event, facts));
  }
  return told(outcome.run, copies);
}

PeopleQuestion preview_people(const Program& program, const Run& run, const Facts& facts) {
  Work work(program, run, facts);
  const formula::Scope scope = work.values();
  PeopleQuestion all;
  const auto add = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  for (std::size_t i = 0; i < program.nodes.size(); ++i) {
    if (!program.nodes[i].people) continue;
    const PeopleQuestion one = question_of({program, run, facts, scope, static_cast<int>(i), false},
                                           program.nodes[i].people->sources);
    add(all.logins, one.logins);
    add(all.roles, one.roles);
    add(all.positions, one.positions);
    add(all.users, one.users);
  }
  std::sort(all.users.begin(), all.users.end());
  all.users.erase(std::unique(all.users.begin(), all.users.end()), all.users.end());
  return all;
}

}  // namespace tenon::flow
