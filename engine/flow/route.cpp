#include "engine/flow/route.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/flow/tokens.h"

namespace tenon::flow {
namespace {

const Scope& scope_at(const Run& run, int scope) {
  return run.scopes[static_cast<std::size_t>(scope)];
}
const Token& token_at(const Run& run, int token) {
  return run.tokens[static_cast<std::size_t>(token)];
}

Error into_parallel() {
  return Error::of(ErrorCode::conflict, "node", "return_into_parallel",
                   "the node lies within another branch, which cannot be opened again");
}

bool is_forked_at(const Run& run, int scope, int node) {
  return std::any_of(run.tokens.begin(), run.tokens.end(), [&](const Token& token) {
    return token.scope == scope && token.state == Token::State::forked && token.node == node;
  });
}

// The visit of the node whose decisions still hold; 0: never.
int latest_visit(const Run& run, int node) {
  int visit = 0;
  for (const Seat& seat : run.seats) {
    if (seat.node == node && !seat.is_superseded) visit = std::max(visit, seat.visit);
  }
  return visit;
}

// Nodes that a run may come to from this one, and itself.
std::vector<bool> nodes_behind(const Program& program, int node) {
  std::vector<bool> behind(program.nodes.size());
  std::vector<int> next{node};
  while (!next.empty()) {
    const int at = next.back();
    next.pop_back();
    if (at == kBodyEnds || behind[static_cast<std::size_t>(at)]) continue;
    behind[static_cast<std::size_t>(at)] = true;
    for (const Port& port : program.node(at).ports) next.push_back(port.to);
  }
  return behind;
}

// What was decided since the run was there last, and does not hold any more. Where nobody was asked
// there yet: what is asked again behind it, and the visit that is `left`.
void supersede(Work& work, const Way& way, int node, int left) {
  const int since = latest_visit(work.run, node);
  const auto behind = nodes_behind(work.program, node);
  const int region = work.scope(way.scope).region;
  const auto holds = [&](const Seat& seat) {
    if (node == kStartNode) return false;
    if (since > 0) return seat.visit < since;
    const bool is_behind = !is_gone(seat.node) && behind[static_cast<std::size_t>(seat.node)];
    return seat.visit < left && !is_behind;
  };
  for (std::size_t i = 0; i < work.run.seats.size(); ++i) {
    Seat& seat = work.run.seats[i];
    if (!seat.is_final() || seat.is_superseded || holds(seat)) continue;
    const int inside = work.region_of(seat.node);
    // A branch is opened again: its sisters' decisions hold.
    const bool is_sisters = way.reopened >= 0 && work.program.is_beside(way.reopened, inside);
    if (!work.program.holds(region, inside) || is_sisters) continue;
    seat.is_superseded = true;
    const bool decided = seat.state != Seat::State::removed && seat.state != Seat::State::cancelled;
    const int place = static_cast<int>(i);
    if (decided) work.note(entry_of(What::superseded, seat, place, nullptr));
  }
}

int last_people_before(const Work& work, int token) {
  const Token& at = token_at(work.run, token);
  const int region = work.program.node(at.node).region;
  const Seat* last = nullptr;
  for (const Seat& seat : work.run.seats) {
    const bool earlier = seat.visit < at.visit && seat.node != at.node && !seat.is_superseded;
    if (!earlier || is_gone(seat.node)) continue;
    if (!work.program.holds(work.program.node(seat.node).region, region)) continue;
    if (last == nullptr || seat.visit > last->visit) last = &seat;
  }
  return last == nullptr ? kStartNode : last->node;
}

}  // namespace

Result<Way> way_to(const Work& work, int token, int node) {
  const int region = work.program.node(node).region;
  const int outer =
      region == 0 ? -1 : work.program.regions[static_cast<std::size_t>(region)].parent;
  const int opener = region == 0 ? -1 : work.program.regions[static_cast<std::size_t>(region)].node;
  int scope = token_at(work.run, token).scope;
  while (true) {
    const Scope& at = scope_at(work.run, scope);
    if (at.region == region) return Way{.scope = scope};
    const bool reopens = at.region == outer && work.program.node(opener).reopen_branch &&
                         !is_forked_at(work.run, scope, opener);
    if (reopens) return Way{.scope = scope, .reopened = region};
    if (at.parent_token < 0) return into_parallel();
    scope = token_at(work.run, at.parent_token).scope;
  }
}

int send_to(Work& work, const Way& way, int node) {
  int left = 0;  // Of the one token that lives there.
  for (std::size_t i = 0; i < work.run.tokens.size(); ++i) {
    const Token& token = work.run.tokens[i];
    if (token.scope != way.scope || !token.is_live()) continue;
    left = token.visit;
    cancel(work, static_cast<int>(i));
  }
  supersede(work, way, node, left);
  ++work.scope(way.scope).epoch;
  int token = add_token(work, way.scope);
  if (way.reopened >= 0) token = fork_again(work, token, way.reopened);
  work.token(token).was_returned = true;
  enter(work, token, node);
  return token;
}

int send_back(Work& work, const Way& way, int node, int direct_to) {
  const int token = send_to(work, way, node);
  if (++work.run.returns > limits::kReturnsPerRunMax) {
    fail(work, token,
         Error::of(ErrorCode::limit, "", "limit", "a run is sent back at most 50 times"));
    return token;
  }
  // Where the source's branch is gone the way is walked again.
  const bool same =
      direct_to >= 0 && work.program.node(direct_to).region == work.program.node(node).region;
  if (same) work.token(token).direct_to = direct_to;
  if (node == kStartNode && work.run.initiator != kNobody) {
    work.tell(Notice::returned, {work.run.initiator}, node);
  }
  return token;
}

void reject_route(Work& work, int token) {
  using metadata::RejectAction;
  const People& people = *work.node_of(token).people;
  work.take(work.token(token).node, way::kRejected);
  int to = kStartNode;
  switch (people.on_reject.action) {
    case RejectAction::end: return finish(work, RunResult::rejected);
    case RejectAction::to_start: break;
    case RejectAction::to_previous: to = last_people_before(work, token); break;
    case RejectAction::to_node: to = people.reject_to; break;
  }
  const auto way = way_to(work, token, to);
  if (!way) return fail(work, token, way.error());
  send_back(work, *way, to, -1);
}

bool leads_to(Work& work, int from, int to) {
  const formula::Scope scope = work.values();
  for (std::size_t steps = 0; steps <= work.program.nodes.size(); ++steps) {
    if (from == to) return true;
    if (from == kBodyEnds) return false;
    const ProgramNode& node = work.program.node(from);
    std::string port = "next";
    if (node.kind == metadata::NodeKind::end) return false;
    if (node.kind == metadata::NodeKind::condition) {
      const Asking asking{work.program, work.run, work.facts, scope, from, false};
      const Step step = node.behaviour->step({asking, nullptr});
      const Leave* leave = std::get_if<Leave>(&step);
      if (leave == nullptr) return false;
      port = leave->port;
    }
    from = node.find_port(port)->to;
  }
  return false;
}

bool was_visited(const Run& run, int node) {
  return node == kStartNode || latest_visit(run, node) > 0;
}

}  // namespace tenon::flow
