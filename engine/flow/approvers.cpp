#include "engine/flow/approvers.h"

#include <algorithm>
#include <set>

#include "engine/base/limits.h"

namespace tenon::flow {
namespace {

using metadata::EmptyPolicy;
using metadata::InitiatorPolicy;
using metadata::RepeatPolicy;
using metadata::SourceKind;

// Whom a node had decide, at its latest visit.
std::vector<UserId> actors_of(const Run& run, int node) {
  int visit = 0;
  for (const Seat& seat : run.seats) {
    if (seat.node == node && !seat.is_superseded) visit = std::max(visit, seat.visit);
  }
  std::vector<UserId> actors;
  for (const Seat& seat : run.seats) {
    const bool decided = seat.state == Seat::State::approved || seat.state == Seat::State::done;
    if (seat.visit == visit && decided && seat.actor != kNobody) actors.push_back(seat.actor);
  }
  return actors;
}

Result<UserId> evaluated(const Asking& asking, const Source& source) {
  TENON_TRY(const Value value, source.formula->evaluate(asking.scope));
  const RecordId* user = std::get_if<RecordId>(&value);
  return user == nullptr ? kNobody : *user;
}

const std::vector<UserId>* listed(const std::map<int, std::vector<UserId>>& by_node, int node) {
  const auto found = by_node.find(node);
  return found == by_node.end() ? nullptr : &found->second;
}

class Resolver {
 public:
  explicit Resolver(const Asking& asking)
      : asking_(asking), people_(*asking.facts.people), self_(asking.program.node(asking.node)) {}

  Result<std::vector<UserId>> expand(const std::vector<Source>& sources) const {
    std::vector<UserId> all;
    for (const Source& source : sources) TENON_CHECK(expand(source, all));
    return all;
  }

  Result<Resolution> resolve() {
    const auto* replaced = listed(asking_.run.replaced, asking_.node);
    std::vector<UserId> found;
    if (replaced != nullptr) {
      found = *replaced;
    } else {
      TENON_TRY(found, expand(self_.people->sources));
    }
    for (const UserId user : found) ask(user);
    for_initiator();
    if (!asking_.was_returned) mark_decided();
    if (resolution_.people.empty()) TENON_CHECK(nobody());
    return std::move(resolution_);
  }

 private:
  Result<void> expand(const Source& source, std::vector<UserId>& all) const {
    switch (source.kind) {
      case SourceKind::users:
        for (const std::string& login : source.logins) {
          TENON_TRY(const UserId user, named(login));
          all.push_back(user);
        }
        return done();
      case SourceKind::role: add_members(people_.roles, source.role, source, all); return done();
      case SourceKind::position: {
        if (!people_.positions.contains(source.position)) {
          return Error::invalid("", "unknown_position",
                                "there is no position \"" + source.position + "\"");
        }
        add_members(people_.positions, source.position, source, all);
        return done();
      }
      case SourceKind::managers: return managers(source, all);
      case SourceKind::department_head: return heads(source, all);
      case SourceKind::initiator: all.push_back(asking_.run.initiator); return done();
      case SourceKind::chosen: add(listed(asking_.run.chosen, asking_.node), all); return done();
      case SourceKind::previous: {
        const auto actors = actors_of(asking_.run, source.node);
        add(&actors, all);
        return done();
      }
      case SourceKind::field:
      case SourceKind::formula: {
        TENON_TRY(const UserId user, evaluated(asking_, source));
        if (user != kNobody) all.push_back(user);
        return done();
      }
    }
    return done();
  }

  Result<UserId> named(const std::string& login) const {
    const UserId user = people_.by_login(login);
    if (user != kNobody) return user;
    return Error::invalid("", "unknown_user", "there is nobody \"" + login + "\"");
  }

  static void add(const std::vector<UserId>* users, std::vector<UserId>& all) {
    if (users != nullptr) all.insert(all.end(), users->begin(), users->end());
  }

  using Groups = std::map<std::string, std::vector<UserId>, std::less<>>;
  void add_members(const Groups& groups, const std::string& group, const Source& source,
                   std::vector<UserId>& all) const {
    const auto members = groups.find(group);
    if (members == groups.end()) return;
    const Person* initiator = people_.find(asking_.run.initiator);
    for (const UserId user : members->second) {
      const Person* person = people_.find(user);
      if (source.in_department &&
          (person == nullptr || initiator == nullptr || person->department == RecordId{} ||
           person->department != initiator->department)) {
        continue;
      }
      all.push_back(user);
    }
  }

  // Level 1 is the initiator's own manager. A circle ends where it began.
  Result<void> managers(const Source& source, std::vector<UserId>& all) const {
    std::set<UserId> seen{asking_.run.initiator};
    UserId user = asking_.run.initiator;
    for (int level = 1; level <= std::min(source.to, limits::kManagerLevelsMax);) {
      const Person* person = people_.find(user);
      user = person == nullptr ? kNobody : person->manager;
      if (user == kNobody || !seen.insert(user).second) return done();
      TENON_CHECK(add_level(source, user, level, all));
    }
    return done();
  }

  Result<void> heads(const Source& source, std::vector<UserId>& all) const {
    const Person* initiator = people_.find(asking_.run.initiator);
    std::set<RecordId> seen;
    RecordId at = initiator == nullptr ? RecordId{} : initiator->department;
    for (int level = 1; level <= std::min(source.to, limits::kManagerLevelsMax);) {
      const auto found = people_.departments.find(at);
      if (found == people_.departments.end() || !seen.insert(at).second) return done();
      TENON_CHECK(add_level(source, found->second.head, level, all));
      at = found->second.parent;
    }
    return done();
  }

  // Who is disabled is dropped afterwards, and it is remembered why.
  Result<void> add_level(const Source& source, UserId user, int& level,
                         std::vector<UserId>& all) const {
    const bool counts = level >= source.from;
    if (counts && user != kNobody) all.push_back(user);
    const bool is_vacant = !people_.is_active(user);
    if (is_vacant && counts && source.vacancy == metadata::Vacancy::incident) {
      return Error::invalid("", "vacancy",
                            "there is nobody in office at level " + std::to_string(level));
    }
    if (!is_vacant || source.vacancy != metadata::Vacancy::above) ++level;
    return done();
  }

  void drop(UserId user, std::string reason) {
    resolution_.dropped.push_back({user, std::move(reason)});
  }

  bool is_asked(UserId user) const {
    return std::any_of(resolution_.people.begin(), resolution_.people.end(),
                       [&](const Asked& asked) { return asked.holder == user; });
  }

  void ask(UserId user) {
    if (!people_.is_active(user)) return drop(user, "disabled");
    const Asked asked = asked_for(user);
    if (is_asked(asked.holder)) return drop(user, "duplicate");
    resolution_.people.push_back(asked);
  }

  Asked asked_for(UserId user) const {
    return flow::asked_for(people_, user, asking_.program.id, asking_.facts.now_ms);
  }

  void for_initiator() {
    const InitiatorPolicy policy = self_.people->policies.initiator;
    if (policy == InitiatorPolicy::self ||
        (asking_.was_returned && policy == InitiatorPolicy::skip))
      return;
    while (true) {
      const auto found = std::find_if(resolution_.people.begin(), resolution_.people.end(),
                                      [&](const Asked& asked) { return is_initiators(asked); });
      if (found == resolution_.people.end()) return;
      const Asked instead = instead_of_initiator(policy);
      drop(asking_.run.initiator, "initiator");
      if (instead.holder == kNobody || is_asked(instead.holder)) {
        resolution_.people.erase(found);
      } else {
        *found = instead;
      }
    }
  }

  // Theirs to decide, or to be decided in their name.
  bool is_initiators(const Asked& asked) const {
    const UserId initiator = asking_.run.initiator;
    return asked.holder == initiator || asked.behalf_of == initiator;
  }

  Asked instead_of_initiator(InitiatorPolicy policy) const {
    if (policy == InitiatorPolicy::skip) return {};
    std::vector<UserId> found;
    const Source first{.kind = SourceKind::managers};
    const auto added =
        policy == InitiatorPolicy::manager ? managers(first, found) : heads(first, found);
    if (!added || found.empty() || !people_.is_active(found.front())) return {};
    const Asked instead = asked_for(found.front());
    return is_initiators(instead) ? Asked{} : instead;
  }

  void mark_decided() {
    const RepeatPolicy policy = self_.people->policies.repeat;
    if (policy == RepeatPolicy::none) return;
    const int before = visit_before();
    for (Asked& asked : resolution_.people) {
      asked.decided_before =
          std::any_of(asking_.run.seats.begin(), asking_.run.seats.end(), [&](const Seat& seat) {
            return counts(seat, asked.holder) &&
                   (policy == RepeatPolicy::all || seat.visit == before);
          });
    }
  }

  // The visit of people before this one, on the way that led here; 0: none.
  int visit_before() const {
    int before = 0;
    for (const Seat& seat : asking_.run.seats) {
      if (seat.is_superseded || is_gone(seat.node)) continue;
      const int region = asking_.program.node(seat.node).region;
      if (!asking_.program.is_beside(self_.region, region)) before = std::max(before, seat.visit);
    }
    return before;
  }

  // Really decided, in the epoch that still holds, on the record as it still is.
  bool counts(const Seat& seat, UserId user) const {
    const Token& token = asking_.run.tokens[static_cast<std::size_t>(seat.token)];
    const Scope& scope = asking_.run.scopes[static_cast<std::size_t>(token.scope)];
    return seat.actor == user && seat.state == Seat::State::approved && !seat.is_superseded &&
           token.epoch == scope.epoch && scope.state != Scope::State::cancelled &&
           seat.record_version == asking_.facts.record_version;
  }

  Result<void> nobody() {
    using Verdict = Resolution::Verdict;
    switch (self_.people->policies.empty) {
      case EmptyPolicy::auto_pass: resolution_.verdict = Verdict::pass; return done();
      case EmptyPolicy::auto_reject: resolution_.verdict = Verdict::reject; return done();
      case EmptyPolicy::incident: resolution_.verdict = Verdict::incident; return done();
      case EmptyPolicy::user: {
        TENON_TRY(const UserId user, named(self_.people->policies.empty_user));
        ask(user);
        break;
      }
      case EmptyPolicy::flow_admin:
        for (const UserId admin : people_.admins) ask(admin);
        break;
    }
    if (resolution_.people.empty()) resolution_.verdict = Verdict::incident;
    return done();
  }

  const Asking& asking_;
  const Directory& people_;
  const ProgramNode& self_;
  Resolution resolution_;
};

const Directory& directory_of(const Asking& asking) {
  if (asking.facts.people == nullptr) throw Fault("a flow step needs people, none were handed in");
  return *asking.facts.people;
}

}  // namespace

PeopleQuestion question_of(const Asking& asking, const std::vector<Source>& sources) {
  PeopleQuestion question;
  const auto add = [&](const std::vector<UserId>* users) {
    if (users == nullptr) return;
    question.users.insert(question.users.end(), users->begin(), users->end());
  };
  question.users.push_back(asking.run.initiator);
  add(listed(asking.run.chosen, asking.node));
  add(listed(asking.run.replaced, asking.node));
  for (const Source& source : sources) {
    question.logins.insert(question.logins.end(), source.logins.begin(), source.logins.end());
    if (!source.role.empty()) question.roles.push_back(source.role);
    if (!source.position.empty()) question.positions.push_back(source.position);
    if (source.kind == SourceKind::previous) {
      const auto actors = actors_of(asking.run, source.node);
      add(&actors);
    }
    if (!source.formula) continue;
    const auto user = evaluated(asking, source);  // An error is said by resolve().
    if (user && *user != kNobody) question.users.push_back(*user);
  }
  const auto& people = asking.program.node(asking.node).people;
  if (people && !people->policies.empty_user.empty()) {
    question.logins.push_back(people->policies.empty_user);
  }
  std::sort(question.users.begin(), question.users.end());
  question.users.erase(std::unique(question.users.begin(), question.users.end()),
                       question.users.end());
  return question;
}

Result<Resolution> resolve(const Asking& asking) {
  directory_of(asking);
  return Resolver(asking).resolve();
}

Result<std::vector<UserId>> people_of(const Asking& asking, const std::vector<Source>& sources) {
  const Directory& people = directory_of(asking);
  TENON_TRY(const auto all, Resolver(asking).expand(sources));
  std::vector<UserId> active;
  for (const UserId user : all) {
    const bool is_new = std::find(active.begin(), active.end(), user) == active.end();
    if (is_new && people.is_active(user)) active.push_back(user);
  }
  return active;
}

Acting acting_for(const Directory& people, UserId user, std::string_view flow,
                  std::int64_t now_ms) {
  std::set<UserId> seen{user};
  Acting at{user};
  for (int hop = 0; hop < limits::kDelegationHopsMax; ++hop) {
    const auto found = std::find_if(
        people.delegations.begin(), people.delegations.end(), [&](const Delegation& one) {
          return one.from == at.user && one.begins_ms <= now_ms && now_ms < one.ends_ms &&
                 (one.flow.empty() || one.flow == flow);
        });
    if (found == people.delegations.end()) return at;
    if (!seen.insert(found->to).second) return {user};
    if (!people.is_active(found->to)) return at;
    at.until_ms = at.until_ms == 0 ? found->ends_ms : std::min(at.until_ms, found->ends_ms);
    at.user = found->to;
  }
  return at;
}

Asked asked_for(const Directory& people, UserId user, std::string_view flow, std::int64_t now_ms) {
  const auto [holder, until_ms] = acting_for(people, user, flow, now_ms);
  return {.holder = holder, .behalf_of = holder == user ? kNobody : user, .until_ms = until_ms};
}

}  // namespace tenon::flow
