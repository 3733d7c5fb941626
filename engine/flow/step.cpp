#include "engine/flow/step.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/flow/acts.h"
#include "engine/flow/tokens.h"

namespace tenon::flow {
namespace {

const By* by_of(const Event& event) {
  return std::visit(
      [](const auto& one) -> const By* {
        if constexpr (requires { one.by; }) return &one.by;
        return nullptr;
      },
      event);
}

// A request is one of an act on this seat: the same id on another is another request.
std::string request_key(const Event& event) {
  const By* by = by_of(event);
  if (by == nullptr || by->request_id.empty()) return "";
  const int seat = std::visit(
      [](const auto& one) {
        if constexpr (requires { int{one.seat}; }) return int{one.seat};
        return -1;
      },
      event);
  return seat < 0 ? by->request_id : std::to_string(seat) + "/" + by->request_id;
}

std::optional<PeopleQuestion> about(std::vector<UserId> users) {
  PeopleQuestion question;
  question.users = std::move(users);
  return question;
}

// Whom a timer tells, or hands the seat to.
std::optional<PeopleQuestion> of_timer(const Program& program, const Run& run, int place,
                                       const Facts& facts) {
  if (place < 0 || place >= static_cast<int>(run.timers.size())) return std::nullopt;
  const Timer& timer = run.timers[static_cast<std::size_t>(place)];
  if (timer.seat < 0 || timer.state != Timer::State::set) return std::nullopt;
  const Seat& seat = run.seats[static_cast<std::size_t>(timer.seat)];
  if (timer.action == kDelegationEnds) return about({seat.behalf_of});
  const int node = seat.node;
  const auto& actions = program.node(node).people->on_due;
  if (actions.empty()) return std::nullopt;
  const auto& sources = actions[static_cast<std::size_t>(timer.action)].to;
  if (sources.empty()) return std::nullopt;
  Work work(program, run, facts);
  const formula::Scope scope = work.values();
  return question_of({program, run, facts, scope, node, false}, sources);
}

// Others need nobody, or ask by a request.
struct Needed {
  const Program& program;
  const Run& run;
  const Facts& facts;
  std::optional<PeopleQuestion> operator()(const Transfer& one) { return about({one.to}); }
  std::optional<PeopleQuestion> operator()(const Delegate& one) { return about({one.to}); }
  std::optional<PeopleQuestion> operator()(const Reassign& one) { return about({one.to}); }
  std::optional<PeopleQuestion> operator()(const AddSign& one) { return about(one.people); }
  std::optional<PeopleQuestion> operator()(const CopyTo& one) { return about(one.people); }
  // Who would be asked again with them.
  std::optional<PeopleQuestion> operator()(const TakeBack& one) {
    std::vector<UserId> users;
    if (one.seat < 0 || one.seat >= static_cast<int>(run.seats.size())) return about({});
    const int visit = run.seats[static_cast<std::size_t>(one.seat)].visit;
    for (const Seat& seat : run.seats) {
      if (seat.visit == visit) users.push_back(seat.holder);
    }
    return about(std::move(users));
  }
  std::optional<PeopleQuestion> operator()(const PersonLeft& one) {
    std::vector<UserId> users{one.person};
    for (const Seat& seat : run.seats) {
      if (seat.holder == one.person && seat.behalf_of != kNobody) users.push_back(seat.behalf_of);
    }
    return about(std::move(users));
  }
  std::optional<PeopleQuestion> operator()(const DelegationChanged&) {
    std::vector<UserId> users;
    for (const Seat& seat : run.seats) {
      if (!seat.is_final() && seat.behalf_of != kNobody) users.push_back(seat.behalf_of);
    }
    return about(std::move(users));
  }
  std::optional<PeopleQuestion> operator()(const Elapsed& one) {
    return of_timer(program, run, one.timer, facts);
  }
  template <class Other>
  std::optional<PeopleQuestion> operator()(const Other&) {
    return std::nullopt;
  }
};

}  // namespace

bool is_repeated(const Run& run, const Event& event) {
  const std::string key = request_key(event);
  if (key.empty()) return false;
  return std::any_of(run.history.begin(), run.history.end(), [&](const Entry& entry) {
    return entry.request_id == key && entry.actor == by_of(event)->actor;
  });
}

Result<Run> begin(const Program& program, const Submission& submission) {
  Run run{.id = submission.id,
          .flow = program.id,
          .version = submission.version,
          .record = submission.record,
          .initiator = submission.initiator,
          .depth = submission.depth};
  run.variables.resize(program.variables.size());
  for (const auto& [name, value] : submission.variables) {
    const auto found = std::find_if(program.variables.begin(), program.variables.end(),
                                    [&](const Variable& one) { return one.name == name; });
    if (found == program.variables.end()) {
      return Error::invalid(name, "unknown_variable", "the flow has no such variable");
    }
    if (!is_empty(value) && kind_of(value) != found->kind) {
      return Error::invalid(name, "type", "holds a " + std::string(tenon::name_of(found->kind)));
    }
    run.variables[static_cast<std::size_t>(found - program.variables.begin())] = value;
  }
  for (const auto& [id, people] : submission.chosen) {
    const int node = program.find(id);
    if (node <= kStartNode || !program.node(node).people) {
      return Error::invalid("chosen/" + id, "unknown_node", "nobody is chosen for such a node");
    }
    run.chosen[node] = people;
  }
  return run;
}

Result<Outcome> step(const Program& program, Run run, const Event& event, const Facts& facts) {
  if (is_repeated(run, event)) {
    Outcome repeated;
    repeated.run = std::move(run);
    repeated.is_repeated = true;
    return repeated;
  }
  Work work(program, std::move(run), facts);
  if (work.run.started_ms == 0) work.run.started_ms = facts.now_ms;
  const std::size_t known = work.run.history.size();
  TENON_CHECK(std::visit([&](const auto& one) { return act(work, one); }, event));
  // The history keeps the key in place of the request's id.
  for (std::size_t i = known; i < work.run.history.size(); ++i) {
    Entry& entry = work.run.history[i];
    if (!entry.request_id.empty()) entry.request_id = request_key(event);
  }
  drive(work);
  return Outcome{.run = std::move(work.run),
                 .request = std::move(work.request),
                 .effects = std::move(work.effects),
                 .taken = std::move(work.taken),
                 .goes_on = work.goes_on};
}

std::optional<PeopleQuestion> people_needed(const Program& program, const Run& run,
                                            const Event& event, const Facts& facts) {
  return std::visit(Needed{program, run, facts}, event);
}

}  // namespace tenon::flow
