#include "engine/command/simulate_flow.h"

#include <algorithm>

#include "engine/command/flow_driver.h"
#include "engine/flow/view.h"

namespace tenon::command {
namespace {

using Kind = SimulatedStep::Kind;

constexpr int kStepsMax = 1'000;

flow::Event event_of(const ScriptedAct& act, const flow::By& by, int seat, bool is_task) {
  switch (act.kind) {
    case ScriptedAct::Kind::reject: return flow::Reject{by, seat};
    case ScriptedAct::Kind::send_back: return flow::Return{by, seat, act.to};
    default: break;
  }
  if (is_task) return flow::Complete{by, seat};
  return flow::Approve{by, seat};
}

Kind kind_of(const ScriptedAct& act, bool is_task) {
  switch (act.kind) {
    case ScriptedAct::Kind::reject: return Kind::reject;
    case ScriptedAct::Kind::send_back: return Kind::send_back;
    default: return is_task ? Kind::complete : Kind::approve;
  }
}

class Player {
 public:
  Player(Context& context, VirtualClock& clock, Changes& changes, const SimulateFlow& command)
      : context_{context.app, context.actor, context.tx, clock, context.ids, changes},
        clock_(clock),
        command_(command),
        used_(command.script.size()) {}

  Result<Simulation> play() {
    TENON_TRY(simulation_.kept, start_flow(context_, command_.start));
    note({.kind = Kind::submit, .comment = command_.start.comment});
    bool moved = true;
    for (int i = 0; moved && is_running(); ++i) {
      if (i == kStepsMax) {
        warn("", "too_long", "it has not ended after 1,000 steps");
        break;
      }
      TENON_TRY(moved, move());
    }
    tell();
    return std::move(simulation_);
  }

 private:
  const flow::Run& run() const { return simulation_.kept.run; }
  bool is_running() const { return run().state == flow::RunState::running; }
  const flow::Program& program(const run::Kept& kept) const {
    return *flow_of(context_, kept).program;
  }

  void warn(std::string node, std::string rule, std::string message) {
    simulation_.warnings.push_back({std::move(node), std::move(rule), std::move(message)});
  }

  void note(SimulatedStep step) {
    step.at_ms = clock_.now_ms();
    for (const int place : flow::open_seats(run())) {
      const flow::Seat& seat = run().seats[static_cast<std::size_t>(place)];
      step.open[program(simulation_.kept).node(seat.node).id].push_back(seat.keeper());
    }
    simulation_.steps.push_back(std::move(step));
  }

  // The run and those it called, as they stand.
  std::vector<run::Kept> going() {
    std::vector<run::Kept> all{simulation_.kept};
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& tokens = all[i].run.tokens;
      const flow::RunId caller = all[i].run.id;
      std::vector<int> calling;
      for (std::size_t token = 0; token < tokens.size(); ++token) {
        if (tokens[token].state == flow::Token::State::calling) {
          calling.push_back(static_cast<int>(token));
        }
      }
      for (const int token : calling) {
        const auto id = run::called_by(context_.tx, caller, token);
        auto called = id ? run::read(context_.tx, *id) : std::nullopt;
        if (called) all.push_back(*std::move(called));
      }
    }
    return all;
  }

  Result<void> act(run::Kept kept, const flow::Event& event) {
    FlowDriver driver(context_);
    TENON_CHECK(driver.act(std::move(kept), event));
    simulation_.kept = *run::read(context_.tx, run().id);
    return done();
  }

  // What somebody is scripted to do with an open seat; nothing where the script is silent.
  const ScriptedAct* scripted(const run::Kept& kept, const flow::Seat& seat) {
    const std::string& node = program(kept).node(seat.node).id;
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const ScriptedAct& one = command_.script[i];
      const bool is_theirs = one.person == flow::kNobody || one.person == seat.holder;
      if (!used_[i] && one.node == node && is_theirs) return &one;
    }
    return nullptr;
  }

  // Who acts next, and when: the earliest of those that the script does not keep silent.
  struct Choice {
    std::size_t run = 0;
    int seat = -1;
    const ScriptedAct* act = nullptr;
    std::int64_t at_ms = 0;
  };
  std::optional<Choice> choose(const std::vector<run::Kept>& runs) {
    std::optional<Choice> best;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      for (const int place : flow::open_seats(runs[i].run)) {
        const flow::Seat& seat = runs[i].run.seats[static_cast<std::size_t>(place)];
        const ScriptedAct* act = scripted(runs[i], seat);
        if (act != nullptr && act->kind == ScriptedAct::Kind::stay_silent) continue;
        const std::int64_t asked_ms = seat.opened_ms + (act == nullptr ? 0 : act->after_ms);
        const std::int64_t at_ms = std::max(clock_.now_ms(), asked_ms);
        // Who has a line in the script goes before who has none.
        const bool is_better = !best || at_ms < best->at_ms ||
                               (at_ms == best->at_ms && act != nullptr && best->act == nullptr);
        if (is_better) best = Choice{i, place, act, at_ms};
      }
    }
    return best;
  }

  Result<bool> move() {
    const auto runs = going();
    const auto choice = choose(runs);
    std::optional<std::pair<std::int64_t, std::size_t>> timer;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const auto next = flow::next_timer_ms(runs[i].run);
      if (next && (!timer || *next < timer->first)) timer = {*next, i};
    }
    if (timer && (!choice || timer->first <= choice->at_ms)) return elapse(runs[timer->second]);
    if (choice) return decide(runs[choice->run], *choice);
    return happen(runs);
  }

  Result<bool> decide(const run::Kept& kept, const Choice& choice) {
    const flow::Seat seat = kept.run.seats[static_cast<std::size_t>(choice.seat)];
    const flow::ProgramNode& node = program(kept).node(seat.node);
    const bool is_task = node.kind == metadata::NodeKind::task;
    const ScriptedAct act = choice.act == nullptr ? ScriptedAct{} : *choice.act;
    if (choice.act != nullptr) {
      used_[static_cast<std::size_t>(choice.act - command_.script.data())] = true;
    }
    clock_.advance_to(choice.at_ms);
    const flow::By by{.actor = seat.holder, .comment = act.comment};
    TENON_CHECK(this->act(kept, event_of(act, by, choice.seat, is_task)));
    note({.kind = kind_of(act, is_task),
          .node = node.id,
          .person = seat.holder,
          .to = act.to,
          .comment = act.comment});
    return true;
  }

  Result<bool> elapse(const run::Kept& kept) {
    const std::int64_t at_ms = *flow::next_timer_ms(kept.run);
    clock_.advance_to(at_ms);
    for (std::size_t i = 0; i < kept.run.timers.size(); ++i) {
      const flow::Timer& timer = kept.run.timers[i];
      if (timer.state != flow::Timer::State::set || timer.at_ms != at_ms) continue;
      if (timer.seat >= 0) {
        const int node = kept.run.seats[static_cast<std::size_t>(timer.seat)].node;
        warn(program(kept).node(node).id, "overdue", "what is to be decided here falls due");
      }
      TENON_CHECK(act(kept, flow::Elapsed{static_cast<int>(i)}));
      note({.kind = Kind::time});
      return true;
    }
    return false;
  }

  Result<bool> happen(const std::vector<run::Kept>& runs) {
    for (const run::Kept& kept : runs) {
      for (std::size_t i = 0; i < kept.run.subscriptions.size(); ++i) {
        const flow::Subscription& one = kept.run.subscriptions[i];
        if (one.state != flow::Subscription::State::open) continue;
        TENON_CHECK(act(kept, flow::Happened{static_cast<int>(i)}));
        note({.kind = Kind::event, .event = one.event, .correlation = one.correlation});
        return true;
      }
    }
    return false;
  }

  // What people should know of it, beside what it came to.
  void tell() {
    for (const run::Kept& kept : going()) {
      for (const flow::Token& token : kept.run.tokens) {
        if (!token.is_live() || !token.incident) continue;
        warn(program(kept).node(token.node).id, token.incident->rule, token.incident->message);
      }
    }
    for (const flow::Entry& entry : run().history) {
      if (entry.what != flow::What::automatic) continue;
      warn(program(simulation_.kept).node(entry.node).id, "nobody", "nobody is asked here");
    }
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const ScriptedAct& one = command_.script[i];
      if (used_[i] || one.kind == ScriptedAct::Kind::stay_silent) continue;
      warn(one.node, "not_asked", "the script has something that nobody was asked for");
    }
  }

  Context context_;
  VirtualClock& clock_;
  const SimulateFlow& command_;
  std::vector<bool> used_;
  Simulation simulation_;
};

}  // namespace

Result<Simulation> simulate_flow(Context& context, const SimulateFlow& command) {
  for (const ScriptedAct& act : command.script) {
    if (command.start.flow->program->find(act.node) >= 0) continue;
    return Error::invalid("script", "unknown_node", "the flow has no node \"" + act.node + "\"");
  }
  VirtualClock clock(context.clock.now_ms());
  Changes changes;
  changes.command = context.changes.command;
  context.tx.script("SAVEPOINT flow_simulation");
  auto simulation = Player(context, clock, changes, command).play();
  context.tx.script("ROLLBACK TO flow_simulation; RELEASE flow_simulation");
  return simulation;
}

}  // namespace tenon::command
