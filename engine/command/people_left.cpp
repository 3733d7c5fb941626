#include "engine/command/people_left.h"

#include <algorithm>
#include <array>
#include <set>

#include "engine/command/flow_driver.h"
#include "engine/query/directory.h"
#include "engine/query/named_field.h"

namespace tenon::command {
namespace {

using flow::UserId;

bool is_user(const Context& context, const application::Object& object) {
  return &object == &context.app.system_object("user");
}

bool has_changed(const application::Object& object, const record::Record& before,
                 const record::Record& after) {
  constexpr std::array<std::string_view, 5> kFields{"from", "to", "begins", "until", "flow"};
  return std::any_of(kFields.begin(), kFields.end(), [&](std::string_view field) {
    return query::value_of(object, before, field) != query::value_of(object, after, field);
  });
}

// Who stood in by it, and whoever stands in for them in turn.
std::vector<UserId> holders_by(Context& context, UserId to) {
  flow::PeopleQuestion question;
  question.users.push_back(to);
  const flow::Directory people = query::directory(as_system(context), question);
  std::vector<UserId> holders{to};
  for (std::size_t i = 0; i < holders.size(); ++i) {
    for (const flow::Delegation& one : people.delegations) {
      const bool is_known = std::find(holders.begin(), holders.end(), one.to) != holders.end();
      if (one.from == holders[i] && !is_known) holders.push_back(one.to);
    }
  }
  return holders;
}

std::vector<int> seats_of(const flow::Run& run, UserId holder) {
  std::vector<int> seats;
  for (std::size_t i = 0; i < run.seats.size(); ++i) {
    const bool is_theirs = run.seats[i].holder == holder && !run.seats[i].is_final();
    if (is_theirs) seats.push_back(static_cast<int>(i));
  }
  return seats;
}

Result<void> leave(Context& context, UserId person) {
  for (const flow::RunId id : run::runs_seating(context.tx, person)) {
    auto kept = run::read(context.tx, id);
    if (!kept) continue;
    TENON_CHECK(FlowDriver(context).act(std::move(*kept), flow::PersonLeft{person}));
  }
  return done();
}

}  // namespace

Result<void> move_seats(Context& context, const application::Object& object,
                        const record::Record& before, const record::Record* after) {
  if (!is_user(context, object)) return done();
  const auto is_active = [&](const record::Record& record) {
    return is_true(query::value_of(object, record, "active"));
  };
  const bool leaves = after == nullptr || (is_active(before) && !is_active(*after));
  return leaves ? leave(context, before.id) : done();
}

Result<void> hand_seats(Context& context, const application::Object& object,
                        const record::Record& before, RecordId to) {
  if (!is_user(context, object)) return done();
  const flow::By by{.actor = flow::kNobody, .is_admin = true};
  for (const flow::RunId id : run::runs_seating(context.tx, before.id)) {
    const auto kept = run::read(context.tx, id);
    if (!kept) continue;
    // Refused where they are asked there already, or the run stands still: who leaves goes on.
    for (const int seat : seats_of(kept->run, before.id)) {
      auto now = run::read(context.tx, id);
      (void)FlowDriver(context).act(std::move(*now), flow::Reassign{by, {seat}, to});
    }
  }
  return leave(context, before.id);
}

Result<void> renew_delegated(Context& context, const application::Object& object,
                             const record::Record& before, const record::Record* after) {
  if (&object != &context.app.system_object("delegation")) return done();
  if (after != nullptr && !has_changed(object, before, *after)) return done();
  const Value to = query::value_of(object, before, "to");
  if (is_empty(to)) return done();
  const flow::DelegationChanged changed{holders_by(context, std::get<RecordId>(to))};
  std::set<flow::RunId> runs;
  for (const UserId holder : changed.holders) {
    for (const flow::RunId id : run::runs_seating(context.tx, holder)) runs.insert(id);
  }
  for (const flow::RunId id : runs) {
    auto kept = run::read(context.tx, id);
    if (!kept) continue;
    TENON_CHECK(FlowDriver(context).act(std::move(*kept), changed));
  }
  return done();
}

}  // namespace tenon::command
