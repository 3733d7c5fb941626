#include "engine/command/simulate_flow.h"

#include <algorithm>
#include <set>

#include "engine/base/limits.h"
#include "engine/command/create_record.h"
#include "engine/command/flow_driver.h"
#include "engine/flow/reasons.h"
#include "engine/flow/view.h"

namespace tenon::command {
namespace {

using Kind = SimulatedStep::Kind;

// A step of a simulation may take the writer's time of so many records: a dozen rows, read and
// written.
constexpr std::size_t kRecordsPerStep = 12;

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
      : outer_(context.changes),
        context_{context.app, context.actor, context.tx, clock, context.ids, changes},
        clock_(clock),
        command_(command),
        used_(command.script.size()) {}

  Result<Simulation> play(const Watch& watch) {
    StartFlow start = command_.start;
    TENON_CHECK(make_record(start));
    const auto counted = counts();
    TENON_TRY(simulation_.kept, start_flow(context_, start));
    note({.kind = Kind::submit, .comment = start.comment});
    bool moved = true;
    for (int i = 0; moved && is_running(); ++i) {
      if (i == limits::kSimulatedStepsMax) {
        warn("", "too_long", "it has not ended after " + std::to_string(i) + " steps");
        break;
      }
      outer_.note_read(kRecordsPerStep);
      TENON_TRY(moved, move());
    }
    tell();
    const auto& ways = *command_.start.flow->ways;
    for (std::size_t i = 0; i < ways.ways().size(); ++i) {
      simulation_.ways.emplace_back(ways.ways()[i], ways.count(i) > counted[i]);
    }
    if (watch) TENON_CHECK(watch(context_, simulation_));
    return std::move(simulation_);
  }

 private:
  const flow::Run& run() const { return simulation_.kept.run; }
  const application::Flow& flow() const { return *command_.start.flow; }
  bool is_running() const { return run().state == flow::RunState::running; }
  const flow::Program& program(const run::Kept& kept) const {
    return *flow_of(context_, kept).program;
  }

  Result<void> make_record(StartFlow& start) {
    const application::Object& object = *context_.app.find_id(flow().definition->object);
    if (command_.draft) {
      TENON_TRY(const Reply reply, create_record(context_, {&object, *command_.draft}));
      start.record = reply.id;
    }
    auto record = record::read(context_.tx, object.table, start.record);
    if (!record) return Error::not_found();
    simulation_.before = *std::move(record);
    return done();
  }

  std::vector<std::uint64_t> counts() const {
    std::vector<std::uint64_t> counts;
    for (std::size_t i = 0; i < flow().ways->ways().size(); ++i) {
      counts.push_back(flow().ways->count(i));
    }
    return counts;
  }

  // Of a node each rule once: it is the same for everybody who is asked there.
  void warn(std::string node, std::string rule, std::string message) {
    const auto& known = simulation_.warnings;
    const bool is_known = std::any_of(known.begin(), known.end(), [&](const auto& one) {
      return one.node == node && one.rule == rule;
    });
    if (is_known) return;
    simulation_.warnings.push_back({std::move(node), std::move(rule), std::move(message)});
  }

  void note(SimulatedStep step) {
    step.at_ms = clock_.now_ms();
    for (const int place : flow::open_seats(run())) {
      const flow::Seat& seat = run().seats[static_cast<std::size_t>(place)];
      step.open[program(simulation_.kept).node(seat.node).id].push_back(seat.keeper());
    }
    step.entries = run().history.size();
    for (const flow::Seat& seat : run().seats) step.seats.push_back(seat.state);
    for (const flow::Token& token : run().tokens) {
      if (token.is_live()) step.tokens.emplace_back(token.node, token.state);
    }
    simulation_.steps.push_back(std::move(step));
    find_reasons();
  }

  // Of seats that came since the last step: why their people have them.
  void find_reasons() {
    const auto& seats = run().seats;
    std::optional<FlowFacts> gathered;
    for (; reasoned_ < seats.size(); ++reasoned_) {
      const flow::Seat& seat = seats[reasoned_];
      if (seat.node == flow::kStartNode || seat.position != flow::Seat::Position::own) continue;
      if (!gathered) {
        gathered.emplace(context_, flow(), run().initiator, run().record);
        if (!gathered->refresh()) return;
        gathered->ask(flow::preview_people(*flow().program, run(), gathered->facts()));
      }
      find_reason(seat,
                  flow::named_by_sources(*flow().program, run(), gathered->facts(), seat.node));
    }
  }

  void find_reason(const flow::Seat& seat, const std::vector<std::vector<flow::UserId>>& named) {
    const flow::UserId person = seat.behalf_of == flow::kNobody ? seat.holder : seat.behalf_of;
    bool names_nobody = true;
    for (std::size_t i = 0; i < named.size(); ++i) {
      names_nobody = names_nobody && named[i].empty();
      if (std::find(named[i].begin(), named[i].end(), person) == named[i].end()) continue;
      simulation_.sources.emplace(static_cast<int>(reasoned_), static_cast<int>(i));
      return;
    }
    if (!names_nobody || !fallen_back_.insert(seat.visit).second) return;
    warn(flow().program->node(seat.node).id, "fallback",
         "the node names nobody who can decide; those for this case are asked");
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
        if (act == nullptr && command_.others_wait) continue;
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

  // As the job would that goes on where a command has done enough.
  Result<bool> go_on(const std::vector<run::Kept>& runs) {
    for (const run::Kept& kept : runs) {
      const bool is_ready = std::any_of(
          kept.run.tokens.begin(), kept.run.tokens.end(),
          [](const flow::Token& token) { return token.state == flow::Token::State::ready; });
      if (!is_ready) continue;
      TENON_CHECK(act(kept, flow::Continue{}));
      return true;
    }
    return false;
  }

  Result<bool> move() {
    const auto runs = going();
    TENON_TRY(const bool goes_on, go_on(runs));
    if (goes_on) return true;
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
    if (auto done = this->act(kept, event_of(act, by, choice.seat, is_task)); !done) {
      return of_script(choice, std::move(done.error()));
    }
    note({.kind = kind_of(act, is_task),
          .node = node.id,
          .person = seat.holder,
          .to = act.to,
          .comment = act.comment});
    return true;
  }

  // What the script says cannot be done: said at its line.
  Error of_script(const Choice& choice, Error error) const {
    if (choice.act == nullptr) return error;
    const auto line = std::to_string(choice.act - command_.script.data());
    for (Problem& problem : error.problems) {
      problem.at = "script/" + line + (problem.at.empty() ? "" : "/" + problem.at);
    }
    return error;
  }

  Result<bool> elapse(const run::Kept& kept) {
    const std::int64_t at_ms = *flow::next_timer_ms(kept.run);
    clock_.advance_to(at_ms);
    for (std::size_t i = 0; i < kept.run.timers.size(); ++i) {
      const flow::Timer& timer = kept.run.timers[i];
      if (!flow::is_ticking(kept.run, timer) || timer.at_ms != at_ms) continue;
      const int node = kept.run.tokens[static_cast<std::size_t>(timer.token)].node;
      const std::string& id = program(kept).node(node).id;
      const bool is_first = timer.count == 0 && timer.action == 0;
      if (timer.seat >= 0 && is_first) {
        warn(id, "overdue", "what is to be decided here falls due");
      }
      TENON_CHECK(act(kept, flow::Elapsed{static_cast<int>(i)}));
      note({.kind = Kind::time, .node = id});
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
      std::set<int> waiting;
      for (const int place : flow::open_seats(kept.run)) {
        waiting.insert(kept.run.seats[static_cast<std::size_t>(place)].node);
      }
      for (const int node : waiting) {
        warn(program(kept).node(node).id, "waits",
             "it stands here: the script says nothing of who decides");
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

  Changes& outer_;  // Of the command: what it may take its time for.
  Context context_;
  VirtualClock& clock_;
  const SimulateFlow& command_;
  std::vector<bool> used_;
  std::size_t reasoned_ = 0;   // Seats whose reasons were looked for.
  std::set<int> fallen_back_;  // Visits of nodes that name nobody.
  Simulation simulation_;
};

}  // namespace

Result<Simulation> simulate_flow(Context& context, const SimulateFlow& command,
                                 const Watch& watch) {
  for (std::size_t i = 0; i < command.script.size(); ++i) {
    const std::string& node = command.script[i].node;
    if (command.start.flow->program->find(node) >= 0) continue;
    return Error::invalid("script/" + std::to_string(i) + "/node", "unknown_node",
                          "the flow has no node \"" + node + "\"");
  }
  VirtualClock clock(context.clock.now_ms());
  Changes changes;
  changes.command = context.changes.command;
  context.tx.script("SAVEPOINT flow_simulation");
  auto simulation = Player(context, clock, changes, command).play(watch);
  context.tx.script("ROLLBACK TO flow_simulation; RELEASE flow_simulation");
  return simulation;
}

}  // namespace tenon::command
