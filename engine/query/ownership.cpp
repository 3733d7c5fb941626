#include "engine/query/ownership.h"

#include "engine/assignment/term.h"
#include "engine/query/named_field.h"
#include "engine/query/sight.h"
#include "engine/query/team.h"
#include "engine/record/assignment_table.h"

namespace tenon::query {
namespace {

using application::Object;
using application::Pool;
using assignment::Hindrance;
using assignment::Obstacle;

// What is counted is the same for everybody.
Context as_system(const Context& context) {
  static const Actor actor = system_actor(Surface::system, "what people hold");
  return query::context(context.app, actor, context.tx, context.now);
}

bool holds(const application::Application& app, const std::optional<formula::Formula>& condition,
           const Values& fields) {
  if (!condition) return true;
  const auto value = condition->evaluate(application::pool_scope(app, fields));
  return value && is_true(*value);
}

std::vector<Refusal> refusals_of(const std::vector<Hindrance>& hindrances) {
  std::vector<Refusal> refusals;
  for (const Hindrance& one : hindrances) {
    refusals.push_back({std::string(name_of(one.obstacle)), one.bound, one.count, one.until});
  }
  return refusals;
}

}  // namespace

std::string user_name(const Context& context, RecordId user) {
  const Object& users = context.app.system_object("user");
  const auto page = read(context, users.name(), user, {users.definition->title_field});
  if (!page || page->rows[0].size() < 3) return "";
  const auto* text = std::get_if<std::string>(&page->rows[0][2]);
  return text == nullptr ? "" : *text;
}

// A member's own bound goes before the pool's.
std::optional<std::int64_t> Hands::capacity_of(const Pool& pool, RecordId user) const {
  const metadata::Pool& rules = *pool.definition;
  std::optional<std::int64_t> capacity;
  if (rules.claim.capacity) capacity = *rules.claim.capacity;
  if (rules.members.team.empty()) return capacity;
  const Context asked = as_system(context_);
  const auto team = find_team(asked, rules.members.team);
  if (!team) return capacity;
  const Object& members = context_.app.system_object("team_member");
  for (const RecordId id :
       record::matching(context_.tx, members.table, *members.find_slot("user"), Value{user})) {
    const auto member = record::read(context_.tx, members.table, id);
    if (!member || value_of(members, *member, "team") != Value{team->id}) continue;
    if (const auto* own = std::get_if<Decimal>(&value_of(members, *member, "capacity"))) {
      return own->whole();
    }
  }
  return capacity;
}

const Hands::Person& Hands::person(const Object& object, const Pool& pool, RecordId user) {
  const auto [place, fresh] = people_.try_emplace({pool.id, user.value});
  Person& person = place->second;
  if (!fresh) return person;
  const Context asked = as_system(context_);
  person.is_active = candidate_of(asked, user).active;
  person.capacity = capacity_of(pool, user);
  if (person.capacity) {
    std::vector<assignment::Candidate> one{{.user = user}};
    add_loads(asked, object, object.owner_slot, pool.open ? &*pool.open : nullptr, one);
    person.open = one.front().load;
  }
  if (pool.definition->claim.daily_limit) {
    const DateTime since{context_.app.zone().day_start_ms(today(context_.app, context_.now).days)};
    person.today = record::count_claims(context_.tx, object.id(), user, pool.id, since);
  }
  return person;
}

std::vector<Hindrance> Hands::claim(const Object& object, const Pool& pool,
                                    const record::Record& record, RecordId user) {
  const Person& who = person(object, pool, user);
  const metadata::PoolClaim& rules = pool.definition->claim;
  const calendar::Zone& zone = context_.app.zone();
  assignment::Claim claim{.now = context_.now};
  claim.is_member = application::sees(context_.app, context_.actor, pool);
  claim.is_active = who.is_active;
  claim.applies = holds(context_.app, pool.claim_when, record.fields);
  claim.daily_limit = rules.daily_limit;
  claim.today = who.today;
  claim.day_ends = assignment::end_of(zone, today(context_.app, context_.now));
  claim.capacity = who.capacity;
  claim.open = who.open;
  if (rules.cool_down_days > 0) {
    const auto left = record::left_at(context_.tx, object.id(), record.id, user);
    if (left) {
      claim.cool_down_until = assignment::days_after(zone, *left, rules.cool_down_days);
    }
  }
  return assignment::judge_claim(claim);
}

std::vector<Hindrance> Hands::assign(const Object& object, const Pool& pool, RecordId user) {
  const Person& who = person(object, pool, user);
  assignment::Claim claim{.now = context_.now};
  claim.is_active = who.is_active;
  claim.capacity = who.capacity;
  claim.open = who.open;
  return assignment::judge_claim(claim);
}

namespace {

// Whose rules bind it, and whether it lies there.
Ownership place_of(const Context& context, const Object& object, const record::Record& record) {
  Ownership of;
  const int home = application::home_of(context.app, object, record.fields);
  of.owner = owner_of(object, record.fields);
  if (home < 0) return of;
  of.pool = &object.pools[static_cast<std::size_t>(home)];
  of.is_in_pool = of.owner.value == 0;
  return of;
}

record::Tenure tenure_of(const Context& context, const Object& object, RecordId id) {
  return record::read_tenure(context.tx, object.id(), id).value_or(record::Tenure{});
}

}  // namespace

Ownership Hands::of(const Object& object, const record::Record& record) {
  Ownership of = place_of(context_, object, record);
  if (of.pool == nullptr) return of;
  of.tenure = tenure_of(context_, object, record.id);
  for (const metadata::PoolReturn& one : of.pool->definition->returns) {
    if (one.name != of.tenure.due_rule) continue;
    of.due_label = metadata::text_in(one.label, context_.actor.locale);
  }
  if (!of.is_in_pool && of.pool->definition->protection_days > 0) {
    of.protected_until = assignment::days_after(context_.app.zone(), of.tenure.since,
                                                of.pool->definition->protection_days);
  }
  offer(object, record, of);
  return of;
}

std::vector<OfferedAction> Hands::actions(const Object& object, const record::Record& record) {
  Ownership of = place_of(context_, object, record);
  if (of.pool != nullptr) offer(object, record, of);
  return std::move(of.actions);
}

void Hands::offer(const Object& object, const record::Record& record, Ownership& of) {
  const bool manages = application::is_manager(context_.app, context_.actor, *of.pool);
  const bool is_person = !context_.actor.is_system();
  const bool is_own = is_person && of.owner == context_.actor.user;
  if (of.is_in_pool && is_person && application::sees(context_.app, context_.actor, *of.pool)) {
    of.actions.push_back(
        {"claim", refusals_of(claim(object, *of.pool, record, context_.actor.user))});
  }
  if (is_own) of.actions.push_back({"release", {}});
  if (!is_own && !of.is_in_pool && manages) of.actions.push_back({"return", {}});
  if (!of.is_in_pool && (is_own || manages)) offer_extension(object, record, of);
  if (manages) of.actions.push_back({"assign", {}});
}

void Hands::offer_extension(const Object& object, const record::Record& record,
                            Ownership& of) const {
  const auto& rules = of.pool->definition->extension;
  if (!rules || of.pool->returns.empty()) return;
  const record::Tenure tenure = tenure_of(context_, object, record.id);
  OfferedAction action{"extend", {}};
  if (!holds(context_.app, of.pool->extend_when, record.fields)) {
    action.refusals.push_back({"condition", 0, 0, std::nullopt});
  }
  if (tenure.extensions >= rules->count_max) {
    action.refusals.push_back({"extensions", rules->count_max, tenure.extensions, std::nullopt});
  }
  if (!tenure.due) action.refusals.push_back({"not_due", 0, 0, std::nullopt});
  of.actions.push_back(std::move(action));
}

void add_actions(const Context& context, Page& page) {
  const Object& object = *page.object;
  if (object.pools.empty()) return;
  std::vector<RecordId> ids;
  std::map<std::int64_t, std::size_t> rows;
  for (std::size_t row = 0; row < page.rows.size(); ++row) {
    ids.push_back(std::get<RecordId>(page.rows[row][0]));
    rows[ids.back().value] = row;
  }
  Hands hands(context);
  const auto& rights = context.rights.objects[static_cast<std::size_t>(object.place)];
  for (const record::Record& record : record::read_many(context.tx, object.table, ids)) {
    May& may = page.may[rows.at(record.id.value)];
    may.actions = hands.actions(object, record);
    may.hidden = hidden_in_pool(context, object, record.fields);
    for (std::size_t slot = 0; slot < may.hidden.size(); ++slot) {
      if (!rights.readable[slot]) may.hidden[slot] = false;  // Is nobody's to know.
    }
  }
}

Result<std::optional<Ownership>> ownership(const Context& context, std::string_view name,
                                           RecordId id) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, name));
  const auto record = record::read(context.tx, object->table, id);
  if (!record) return Error::not_found();
  const int home = application::home_of(context.app, *object, record->fields);
  const bool belongs =
      home >= 0 &&
      application::sees(context.app, context.actor, object->pools[static_cast<std::size_t>(home)]);
  if (!belongs && !sees(context, *object, record->fields)) return Error::not_found();
  if (object->pools.empty()) return std::optional<Ownership>{};
  return std::optional(Hands(context).of(*object, *record));
}

}  // namespace tenon::query
