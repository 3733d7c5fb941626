#include "engine/command/ownership.h"

#include <array>

#include "engine/application/pools.h"
#include "engine/command/access.h"
#include "engine/command/hands.h"
#include "engine/command/record_hold.h"
#include "engine/command/save.h"
#include "engine/json/members.h"
#include "engine/query/ownership.h"
#include "engine/query/sight.h"

namespace tenon::command {
namespace {

using application::Object;
using application::Pool;

constexpr std::array<std::string_view, 5> kActions{"claim", "release", "return", "extend",
                                                   "assign"};
constexpr std::size_t kReasonMax = 500;

std::string_view name_of(HandAction action) { return kActions[static_cast<std::size_t>(action)]; }

std::string words(const query::Refusal& refusal) {
  const std::string numbers =
      std::to_string(refusal.count) + " of " + std::to_string(refusal.bound);
  const std::string until = refusal.until ? ", until " + text_of(*refusal.until) : "";
  if (refusal.rule == "daily_limit") return numbers + " claims today" + until;
  if (refusal.rule == "capacity") return "no room: " + numbers + " records in these hands";
  if (refusal.rule == "cool_down") return "who had it before waits" + until;
  if (refusal.rule == "extensions") return "extended " + numbers + " times";
  if (refusal.rule == "condition") return "the pool does not allow it for this record";
  if (refusal.rule == "inactive") return "this person may not sign in";
  if (refusal.rule == "not_due") return "it does not go back by itself";
  return "not by the rules of the pool";
}

Error error_of(const std::vector<query::Refusal>& refusals) {
  std::vector<Problem> problems;
  for (const query::Refusal& one : refusals) problems.push_back({"", one.rule, words(one)});
  return Error::invalid(std::move(problems));
}

// Carries out one action on one record.
class Hands {
 public:
  Hands(Context& context, const ChangeHands& command)
      : context_(context), command_(command), object_(*command.object) {}

  Result<Reply> run() {
    if (command_.details.reason.size() > kReasonMax) {
      return Error::of(ErrorCode::limit, "reason", "reason", "at most 500 bytes");
    }
    const query::Context asked = as_query(context_);
    TENON_TRY(const auto of, query::ownership(asked, object_.name(), command_.id));
    if (!of || of->pool == nullptr) {
      return Error::invalid("", "no_pool", "no pool of " + object_.name() + " has this record");
    }
    TENON_CHECK(check_offered(*of));
    const auto before = record::read(context_.tx, object_.table, command_.id);
    if (command_.action == HandAction::extend) return extend(*before, *of);
    TENON_TRY(const RecordId to, receiver(*of));
    return hand(*before, to, *of->pool);
  }

 private:
  Result<void> check_offered(const query::Ownership& of) const {
    for (const query::OfferedAction& one : of.actions) {
      if (one.name != name_of(command_.action)) continue;
      if (!one.refusals.empty()) return error_of(one.refusals);
      return done();
    }
    if (command_.action == HandAction::claim && !of.is_in_pool) return taken(of);
    const bool is_about_owner =
        command_.action != HandAction::assign && command_.action != HandAction::claim;
    if (of.is_in_pool && is_about_owner) {
      return Error::invalid("", "in_pool", "it lies in the pool already");
    }
    return Error::denied("", "this is not yours to do with this " + object_.name());
  }

  Error taken(const query::Ownership& of) const {
    if (of.owner == context_.actor.user) {
      return Error::of(ErrorCode::conflict, "", "yours", "you have it already");
    }
    std::string name = query::user_name(as_query(context_), of.owner);
    if (name.empty()) name = "somebody else";
    return Error::of(ErrorCode::conflict, "", "taken",
                     name + " has it since " + text_of(of.tenure.since));
  }

  Result<RecordId> receiver(const query::Ownership& of) const {
    if (command_.action == HandAction::claim) return context_.actor.user;
    if (command_.action != HandAction::assign) return RecordId{};
    const Object& users = context_.app.system_object("user");
    if (!may_see(context_, users, command_.details.user)) {
      return Error::invalid("user", "reference", "there is no such user, or it may not be seen");
    }
    if (of.owner == command_.details.user) {
      return Error::of(ErrorCode::conflict, "user", "unchanged", "they have it already");
    }
    query::Hands hands(as_query(context_));
    std::vector<Problem> problems;
    for (const auto& one : hands.assign(object_, *of.pool, command_.details.user)) {
      const query::Refusal refusal{std::string(assignment::name_of(one.obstacle)), one.bound,
                                   one.count, one.until};
      problems.push_back({"user", refusal.rule, words(refusal)});
    }
    if (!problems.empty()) return Error::invalid(std::move(problems));
    return command_.details.user;
  }

  Result<Reply> hand(const record::Record& before, RecordId to, const Pool& pool);
  Result<Reply> extend(const record::Record& record, const query::Ownership& of);

  Context& context_;
  const ChangeHands& command_;
  const Object& object_;
};

// The write path with one field set, as the engine: what may be done was asked before.
Result<record::Record> hand_over(Context& context, const Object& object,
                                 const record::Record& before, RecordId to,
                                 record::Assignment entry) {
  const Input input{{{object.owner_slot, to.value == 0 ? Value{} : Value{to}}}, {}};
  TENON_CHECK(check_hold(context, object, before.id, {object.owner_slot}));
  TENON_TRY(auto draft, draft_of(context, object, &before, input));
  TENON_TRY(auto verdict, judge(context, object, &before, draft));
  if (!verdict.accepts()) return Error::invalid(std::move(verdict.problems));
  draft.fields = std::move(verdict.fields);
  if (to.value == 0 && application::pool_of(context.app, object, draft.fields) == nullptr) {
    return Error::invalid("", "no_pool", "no pool takes this " + object.name());
  }
  draft.handing = std::move(entry);
  Ripple ripple(context);
  TENON_TRY(auto after, save_changed(context, object, before, draft, ripple));
  TENON_CHECK(ripple.run());
  return after;
}

Result<Reply> Hands::hand(const record::Record& before, RecordId to, const Pool& pool) {
  record::Assignment entry;
  entry.kind = name_of(command_.action);
  entry.rule = pool.id;
  entry.reason = command_.details.reason;
  TENON_TRY(auto after, hand_over(context_, object_, before, to, std::move(entry)));
  return Reply{&object_, after.id, std::move(after)};
}

// No field changes and so no event: the ledger has it.
Result<Reply> Hands::extend(const record::Record& record, const query::Ownership& of) {
  record::Tenure tenure = of.tenure;
  tenure.extensions += 1;
  tenure.extended_days += of.pool->definition->extension->days;
  reckon_due(context_, object_, record, tenure);
  keep_tenure(context_, object_, record.id, tenure);
  record::Assignment entry;
  entry.object = object_.id();
  entry.record = record.id;
  entry.at = {context_.clock.now_ms()};
  entry.kind = name_of(HandAction::extend);
  entry.rule = of.pool->id;
  entry.previous = entry.chosen = of.owner;
  entry.actor = context_.actor.user;
  entry.reason = command_.details.reason;
  record::append(context_.tx, entry);
  return Reply{&object_, record.id, record};
}

}  // namespace

std::optional<HandAction> find_hand_action(std::string_view name) {
  const auto found = std::find(kActions.begin(), kActions.end(), name);
  if (found == kActions.end()) return std::nullopt;
  return static_cast<HandAction>(found - kActions.begin());
}

Result<HandDetails> parse_hand_details(json::Reader reader) {
  std::vector<Problem> problems;
  json::Members members(reader, problems);
  const auto user = members.text("user");
  HandDetails details{{}, members.text("reason").value_or("")};
  members.finish();
  const auto id = user ? parse_id_text(*user) : Result<std::int64_t>(0);
  if (!id) problems.push_back({"user", "reference", "is no id of a user"});
  if (!problems.empty()) return Error::invalid(std::move(problems));
  details.user = RecordId{*id};
  return details;
}

Result<Reply> change_hands(Context& context, const ChangeHands& command) {
  auto reply = Hands(context, command).run();
  if (reply) return reply;
  return as_told(context, *command.object, std::move(reply.error()));
}

Result<void> return_by_itself(Context& context, const Object& object, const record::Record& record,
                              const std::string& due_rule) {
  const int home = application::home_of(context.app, object, record.fields);
  const Pool& pool = object.pools[static_cast<std::size_t>(home)];
  record::Assignment entry;
  entry.kind = name_of(HandAction::take_back);
  entry.rule = pool.id;
  entry.reason = due_rule;
  for (std::size_t row = 0; row < pool.returns.size(); ++row) {
    if (pool.returns[row].definition->name == due_rule) entry.row = static_cast<int>(row);
  }
  TENON_CHECK(hand_over(context, object, record, RecordId{}, std::move(entry)));
  return done();
}

}  // namespace tenon::command
