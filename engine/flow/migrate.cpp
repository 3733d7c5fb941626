#include "engine/flow/migrate.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/flow/acts.h"
#include "engine/flow/node_map.h"
#include "engine/flow/seats.h"
#include "engine/flow/tokens.h"

namespace tenon::flow {
namespace {

using metadata::FlowNode;

const FlowNode* definition_of(const Edition& edition, int node) {
  if (node <= kStartNode) return nullptr;
  return &edition.definition.nodes[static_cast<std::size_t>(node) - 1];
}

Result<void> may_migrate(const Edition& from, const Edition& to, const Run& run,
                         const Migration& how) {
  TENON_CHECK(is_admin(how.by));
  const auto conflict = [](std::string rule, std::string message) {
    return Error::of(ErrorCode::conflict, "", std::move(rule), std::move(message));
  };
  if (run.state == RunState::finished) return conflict("finished", "the run is over");
  if (from.version == to.version) {
    return conflict("current", "the run is on version " + std::to_string(to.version) + " already");
  }
  if (run.asking >= 0) throw Fault("a run is moved to another version in the middle of a step");
  return done();
}

// What is asked of the flow as a whole.
void check_flows(const Edition& from, const Edition& to, std::vector<Problem>& problems) {
  if (from.definition.kind != to.definition.kind) {
    problems.push_back({"kind", "flow_kind", "the flow is of another kind"});
  }
  if (from.definition.object != to.definition.object) {
    problems.push_back({"object", "object", "the flow is about another object"});
  }
}

// ---- Variables: by name.
class Variables {
 public:
  Variables(const Edition& from, const Edition& to, const Run& run)
      : from_(from), to_(to), run_(run) {}

  Values moved(MigrationReport& report) {
    Values values(to_.program.variables.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string& name = to_.program.variables[i].name;
      const int old = place_of(from_, name);
      if (old < 0) {
        report.variables_added.push_back(name);
        fresh_.push_back(static_cast<int>(i));
        continue;
      }
      const Value& value = run_.variables[static_cast<std::size_t>(old)];
      if (is_empty(value) || fits(static_cast<std::size_t>(old), i)) {
        values[i] = value;
      } else {
        report.problems.push_back({"variables/" + name, "variable_kind",
                                   "what \"" + name + "\" holds is of another kind than it says"});
      }
    }
    for (const Variable& variable : from_.program.variables) {
      if (place_of(to_, variable.name) < 0) report.variables_dropped.push_back(variable.name);
    }
    return values;
  }

  // Those that are new begin with their first values, in their order.
  void begin_fresh(Work& work, MigrationReport& report) const {
    for (const int place : fresh_) {
      const Variable& variable = work.program.variables[static_cast<std::size_t>(place)];
      if (!variable.initial) continue;
      auto value = variable.initial->evaluate(work.values());
      if (value) {
        work.set_variable(place, value.take());
      } else {
        report.problems.push_back(
            {"variables/" + variable.name, "variable_initial",
             "its first value cannot be computed: " + describe(value.error())});
      }
    }
    if (!variables_fit(work.run.variables)) {
      report.problems.push_back({"variables", "limit", "the variables take over 256 KB"});
    }
  }

 private:
  static int place_of(const Edition& edition, const std::string& name) {
    const auto& all = edition.program.variables;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Variable& one) { return one.name == name; });
    return found == all.end() ? -1 : static_cast<int>(found - all.begin());
  }

  bool fits(std::size_t old, std::size_t place) const {
    const metadata::Field& was = from_.definition.variables[old];
    const metadata::Field& is = to_.definition.variables[place];
    return from_.program.variables[old].kind == to_.program.variables[place].kind &&
           was.to == is.to;
  }

  const Edition& from_;
  const Edition& to_;
  const Run& run_;
  std::vector<int> fresh_;
};

// ---- Places: nodes and regions are those of the other version.
class Places {
 public:
  Places(const Edition& from, const Edition& to, const NodeMap& map, Run& run)
      : from_(from), to_(to), map_(map), run_(run) {}

  void move(MigrationReport& report) {
    for (GoneNode& gone : run_.gone) gone.region = map_.around(gone.region);
    for (std::size_t i = 0; i < run_.tokens.size(); ++i) {
      Token& token = run_.tokens[i];
      const int was = token.node;
      token.node = token.is_live() ? map_.node(was) : past(was);
      if (token.direct_to >= 0) token.direct_to = map_.node(token.direct_to);
      const bool has_moved =
          token.is_live() && to_.program.node(token.node).id != from_.program.node(was).id;
      if (has_moved) report.moves.push_back({static_cast<int>(i), was, token.node});
    }
    for (Seat& seat : run_.seats) {
      if (!seat.is_final()) ++report.seats_kept;
      seat.node = seat.is_final() ? past(seat.node) : map_.node(seat.node);
    }
    for (Scope& scope : run_.scopes) scope.region = map_.around(scope.region);
    run_.chosen = people_of(run_.chosen);
    run_.replaced = people_of(run_.replaced);
    run_.version = to_.version;
  }

 private:
  int past(int node) {
    if (is_gone(node)) return node;
    const int there = map_.past_node(node);
    if (there >= 0) return there;
    const auto known = std::find_if(run_.gone.begin(), run_.gone.end(), [&](const GoneNode& one) {
      return one.version == from_.version && one.node == node;
    });
    const auto place = static_cast<int>(known - run_.gone.begin());
    if (known == run_.gone.end()) {
      const int region = from_.program.node(node).region;
      run_.gone.push_back({from_.version, node, map_.around(region)});
    }
    return kGoneNodes - place;
  }

  // Those of nodes that are gone are not asked any more.
  std::map<int, std::vector<UserId>> people_of(
      const std::map<int, std::vector<UserId>>& people) const {
    std::map<int, std::vector<UserId>> moved;
    for (const auto& [node, users] : people) {
      if (const int there = map_.node(node); there >= 0) moved[there] = users;
    }
    return moved;
  }

  const Edition& from_;
  const Edition& to_;
  const NodeMap& map_;
  Run& run_;
};

// ---- Times: of live tokens, by the definitions of before and after.
int set_timers(const Run& run, int token) {
  return static_cast<int>(
      std::count_if(run.timers.begin(), run.timers.end(), [&](const Timer& timer) {
        return timer.token == token && timer.state == Timer::State::set &&
               timer.action != kDelegationEnds;
      }));
}

bool waits_otherwise(const FlowNode& was, const FlowNode& is) {
  return was.wait != is.wait || was.duration != is.duration || was.until != is.until ||
         was.event != is.event || was.correlation != is.correlation;
}

void renew_seats(Work& work, int token, bool due_differs) {
  for (std::size_t i = 0; i < work.run.seats.size(); ++i) {
    const Seat& seat = work.run.seats[i];
    const bool counts = seat.token == token && !seat.is_final() && seat.opened_ms != 0;
    if (counts) renew_due(work, static_cast<int>(i), due_differs);
  }
}

void renew_times(Work& work, const Edition& from, const Edition& to, const Run& before,
                 const Migration& how, MigrationReport& report) {
  for (std::size_t i = 0; i < before.tokens.size(); ++i) {
    const int token = static_cast<int>(i);
    const Token& was = before.tokens[i];
    const FlowNode* old_node = was.is_live() ? definition_of(from, was.node) : nullptr;
    const FlowNode* new_node = was.is_live() ? definition_of(to, work.token(token).node) : nullptr;
    if (old_node == nullptr || new_node == nullptr) continue;
    const bool due_differs = !(old_node->due == new_node->due);
    const bool asks = was.state == Token::State::people;
    const bool waits = was.state == Token::State::waiting;
    const bool differs = (asks && (due_differs || !(old_node->on_due == new_node->on_due))) ||
                         (waits && waits_otherwise(*old_node, *new_node));
    if (!differs) {
      report.times_kept += set_timers(work.run, token);
      continue;
    }
    if (asks) renew_seats(work, token, due_differs);
    if (waits) wait_again(work, token, how.since_ms[i]);
    report.times_renewed += set_timers(work.run, token);
  }
}

// By the new rules of voting; a run that stands still is asked when it goes on.
bool settle_all(Work& work) {
  bool decides = false;
  for (std::size_t i = 0; i < work.run.tokens.size() && work.is_running(); ++i) {
    if (work.run.tokens[i].state != Token::State::people) continue;
    const int visit = work.run.tokens[i].visit;
    settle(work, static_cast<int>(i));
    const Token& token = work.run.tokens[i];
    decides = decides || token.state != Token::State::people || token.visit != visit;
  }
  return decides;
}

}  // namespace

std::vector<std::int64_t> versions_of_history(const Run& run) {
  std::vector<std::int64_t> versions(run.history.size());
  std::int64_t version = run.version;
  for (std::size_t i = run.history.size(); i-- > 0;) {
    versions[i] = version;
    if (run.history[i].what == What::migrated) version = std::stoll(run.history[i].reason);
  }
  return versions;
}

Result<Migrated> migrate(const Edition& from, const Edition& to, Run run, const Migration& how,
                         const Facts& facts) {
  TENON_CHECK(may_migrate(from, to, run, how));
  TENON_TRY(const auto map, NodeMap::make(from.program, to.program, how.nodes));
  Migrated migrated;
  MigrationReport& report = migrated.report;
  check_flows(from, to, report.problems);
  for (Problem& problem : misplaced(from.program, to.program, run, map)) {
    report.problems.push_back(std::move(problem));
  }
  const Run before = run;
  Variables variables(from, to, before);
  run.variables = variables.moved(report);
  if (report.problems.empty()) Places(from, to, map, run).move(report);
  if (!report.problems.empty()) {
    migrated.outcome.run = before;
    return migrated;
  }
  Work work(to.program, std::move(run), facts);
  variables.begin_fresh(work, report);
  if (!report.problems.empty()) {
    migrated.outcome.run = before;
    return migrated;
  }
  Entry entry = entry_by(What::migrated, how.by);
  entry.reason = std::to_string(from.version);
  work.note(std::move(entry));
  for (const MigrationReport::Move& move : report.moves) {
    work.note({.what = What::moved, .node = move.to, .actor = how.by.actor, .reason = "migrated"});
  }
  renew_times(work, from, to, before, how, report);
  report.decides = settle_all(work);
  drive(work);
  migrated.outcome = {.run = std::move(work.run),
                      .request = std::move(work.request),
                      .effects = std::move(work.effects),
                      .taken = std::move(work.taken),
                      .goes_on = work.goes_on};
  return migrated;
}

}  // namespace tenon::flow
