#include "engine/flow/work.h"

namespace tenon::flow {

Work::Work(const Program& program_given, Run run_given, const Facts& facts_given)
    : program(program_given),
      run(std::move(run_given)),
      facts(facts_given),
      entered(facts_given.entered) {
  renew();
}

void Work::renew() {
  values_ = facts.fields;
  values_.resize(static_cast<std::size_t>(program.field_count));
  values_.insert(values_.end(), run.variables.begin(), run.variables.end());
}

int Work::region_of(int node) const {
  if (!is_gone(node)) return program.node(node).region;
  return run.gone[static_cast<std::size_t>(kGoneNodes - node)].region;
}

formula::Scope Work::values() {
  formula::Scope scope;
  scope.fields = values_;
  scope.paths = facts.paths;
  scope.id = facts.record;
  if (run.initiator != kNobody) scope.user = run.initiator;
  scope.today = facts.today;
  scope.now = {facts.now_ms};
  scope.zone = facts.zone;
  scope.looked_up = facts.looked_up;
  scope.system = facts.system;
  scope.many = facts.many;
  scope.old = facts.old;
  return scope;
}

void Work::set_variable(int place, Value value) {
  run.variables[static_cast<std::size_t>(place)] = std::move(value);
  renew();
}

void Work::note(Entry entry) {
  entry.at_ms = facts.now_ms;
  run.history.push_back(std::move(entry));
}

void Work::tell(Notice notice, std::vector<UserId> to, int node, int seat_place) {
  effects.emplace_back(Notify{notice, std::move(to), node, seat_place});
}

Entry entry_of(What what, const Seat& seat, int place, const By* by) {
  Entry entry = by == nullptr ? Entry{.what = what} : entry_by(what, *by);
  entry.node = seat.node;
  entry.seat = place;
  entry.behalf_of = seat.behalf_of;
  return entry;
}

Entry entry_by(What what, const By& by, int node) {
  return {.what = what,
          .node = node,
          .actor = by.actor,
          .comment = by.comment,
          .attachments = by.attachments,
          .changed = by.changed,
          .request_id = by.request_id};
}

}  // namespace tenon::flow
