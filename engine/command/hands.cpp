#include "engine/command/hands.h"

#include "engine/application/pools.h"
#include "engine/assignment/term.h"
#include "engine/command/access.h"
#include "engine/command/return_due.h"
#include "engine/json/document.h"
#include "engine/json/writer.h"

namespace tenon::command {
namespace {

using application::Object;
using application::Pool;

// Since when the values of fields that a pool's clocks watch are as they are.
using Changed = std::map<std::string, std::int64_t>;

Changed parse_changed(const std::string& json) {
  Changed changed;
  const auto document = json::Document::parse(json);
  if (!document) throw Fault("when fields of a record changed is no JSON");
  for (const json::Reader member : document->root()) {
    changed[std::string(member.name())] = *member.integer();
  }
  return changed;
}

std::string text_of(const Changed& changed) {
  json::Writer writer;
  writer.begin_object();
  for (const auto& [field, ms] : changed) writer.key(field).integer(ms);
  return writer.end_object().take();
}

void watch(const Object& object, const record::Record& before, const record::Record& after,
           DateTime now, record::Tenure& tenure) {
  Changed changed = parse_changed(tenure.changed);
  for (const Pool& pool : object.pools) {
    for (const application::PoolReturn& one : pool.returns) {
      const auto slot = static_cast<std::size_t>(one.unchanged);
      if (one.unchanged < 0 || before.fields[slot] == after.fields[slot]) continue;
      changed[object.field(one.unchanged).id] = now.ms;
    }
  }
  tenure.changed = text_of(changed);
}

Values system_values(const record::Record& record) {
  const auto person = [](RecordId id) { return id.value == 0 ? Value{} : Value{id}; };
  return {record.id,         Decimal::of(record.version),
          record.created_at, person(record.created_by),
          record.updated_at, person(record.updated_by)};
}

std::optional<DateTime> moment_of(const Context& context, const Value& value) {
  if (const auto* moment = std::get_if<DateTime>(&value)) return *moment;
  const auto* day = std::get_if<Date>(&value);
  return day == nullptr ? std::nullopt
                        : std::optional(assignment::end_of(context.app.zone(), *day));
}

// Reckons the clocks of a pool for one record.
class Clocks {
 public:
  Clocks(const Context& context, const Object& object, const record::Record& record,
         const record::Tenure& tenure)
      : context_(context),
        object_(object),
        changed_(parse_changed(tenure.changed)),
        system_(system_values(record)),
        scope_(application::pool_scope(context.app, record.fields)) {
    scope_.system = system_;
    scope_.id = record.id;
  }

  assignment::Clock clock(const application::PoolReturn& one) const {
    assignment::Clock clock{.runs = true, .since = std::nullopt, .days = one.definition->days};
    if (one.when) {
      const auto runs = one.when->evaluate(scope_);
      clock.runs = runs && is_true(*runs);
    }
    if (one.since) {
      const auto since = one.since->evaluate(scope_);
      if (since) clock.since = moment_of(context_, *since);
    }
    if (one.unchanged >= 0) {
      const auto at = changed_.find(object_.field(one.unchanged).id);
      if (at != changed_.end()) {
        clock.since = std::max(clock.since.value_or(DateTime{at->second}), DateTime{at->second});
      }
    }
    return clock;
  }

 private:
  const Context& context_;
  const Object& object_;
  const Changed changed_;
  const Values system_;
  formula::Scope scope_;
};

// A change of hands that nobody explained.
record::Assignment by_hand(RecordId after) {
  record::Assignment entry;
  entry.kind = after.value == 0 ? "release" : "assign";
  return entry;
}

void note(Context& context, const Object& object, RecordId record, RecordId before, RecordId after,
          record::Assignment entry) {
  entry.object = object.id();
  entry.record = record;
  entry.at = {context.clock.now_ms()};
  entry.previous = before;
  entry.chosen = after;
  entry.actor = context.actor.user;
  record::append(context.tx, entry);
}

}  // namespace

void reckon_due(const Context& context, const Object& object, const record::Record& record,
                record::Tenure& tenure) {
  tenure.due.reset();
  tenure.due_rule.clear();
  const int home = application::home_of(context.app, object, record.fields);
  if (tenure.owner.value == 0 || home < 0) return;
  const Pool& pool = object.pools[static_cast<std::size_t>(home)];
  const Clocks clocks(context, object, record, tenure);
  std::vector<assignment::Clock> all;
  for (const application::PoolReturn& one : pool.returns) all.push_back(clocks.clock(one));
  const auto due =
      assignment::due_of(context.app.zone(), {.held_since = tenure.since,
                                              .protection_days = pool.definition->protection_days,
                                              .extended_days = tenure.extended_days,
                                              .clocks = all});
  if (!due) return;
  tenure.due = due->at;
  tenure.due_rule = pool.returns[static_cast<std::size_t>(due->clock)].definition->name;
}

void keep_tenure(Context& context, const Object& object, RecordId record,
                 const record::Tenure& tenure) {
  const auto known = record::read_tenure(context.tx, object.id(), record);
  if (known == tenure) return;
  record::keep_tenure(context.tx, object.id(), record, tenure);
  if (tenure.due && (!known || known->due != tenure.due)) schedule_return(context, *tenure.due);
}

void keep_hands(Context& context, const Object& object, const record::Record* before,
                const record::Record* after, const std::optional<record::Assignment>& handing) {
  const RecordId id = after != nullptr ? after->id : before->id;
  const RecordId had = before != nullptr ? owner_of(object, before->fields) : RecordId{};
  const RecordId has = after != nullptr ? owner_of(object, after->fields) : RecordId{};
  const bool is_pooled = !object.pools.empty();
  const bool changes = after != nullptr && had != has;
  if (handing || (is_pooled && changes)) {
    note(context, object, id, had, has, handing ? *handing : by_hand(has));
  }
  if (!is_pooled) return;
  if (after == nullptr) return record::remove_tenure(context.tx, object.id(), id);
  const DateTime now{context.clock.now_ms()};
  auto tenure = record::read_tenure(context.tx, object.id(), id);
  const bool is_anew = before == nullptr || changes || !tenure;
  if (is_anew) tenure = record::Tenure{.owner = has, .since = now};
  if (before != nullptr) watch(object, *before, *after, now, *tenure);
  reckon_due(context, object, *after, *tenure);
  keep_tenure(context, object, id, *tenure);
}

Result<void> check_hands(const Context& context, const Object& object, const Values& before,
                         const Values& after) {
  if (object.pools.empty() || owner_of(object, before) == owner_of(object, after)) return done();
  const auto may = [&](const Pool* pool) {
    return pool == nullptr || application::is_manager(context.app, context.actor, *pool);
  };
  const std::string& at = object.field(object.owner_slot).name;
  if (!may(application::pool_of(context.app, object, before))) {
    return Error{ErrorCode::denied, {{at, "pool", "this lies in a pool: claim it instead"}}};
  }
  if (!may(application::pool_of(context.app, object, after))) {
    return Error{ErrorCode::denied, {{at, "pool", "this would go to a pool: release it instead"}}};
  }
  return done();
}

Result<void> check_hidden(const Context& context, const Object& object, const Values& before,
                          const std::vector<int>& slots) {
  const std::vector<bool> hidden = hidden_fields(context, object, before);
  Error error{ErrorCode::denied, {}};
  for (const int slot : slots) {
    if (hidden.empty() || !hidden[static_cast<std::size_t>(slot)]) continue;
    error.problems.push_back(
        {object.field(slot).name, "pool", "hidden while the record lies in its pool"});
  }
  if (!error.problems.empty()) return error;
  return done();
}

}  // namespace tenon::command
