#include "engine/command/assign.h"

#include <algorithm>
#include <utility>

#include "engine/assignment/choose.h"
#include "engine/json/writer.h"
#include "engine/query/decide.h"
#include "engine/query/people.h"
#include "engine/query/team.h"

namespace tenon::command {
namespace {

using application::Object;
using assignment::Candidate;
using assignment::Choice;
using assignment::Strategy;

class Assigning {
 public:
  Assigning(Context& context, const Object& object)
      : asked_(as_system(context)), object_(object), by_(*object.assignment) {}

  record::Assignment by(const decision::Decision& decision) {
    const decision::Table& table = object_.tables[static_cast<std::size_t>(by_.table)].table;
    entry_.kind = "assign";
    entry_.rule = table.id;
    if (!decision.rows.empty()) entry_.row = decision.rows.front();
    to_user(value(decision, by_.user_output));
    if (entry_.chosen.value == 0) to_team(decision);
    entry_.skipped = skipped_json();
    return std::move(entry_);
  }

 private:
  static Value value(const decision::Decision& decision, int output) {
    return output < 0 ? Value{} : decision.value(static_cast<std::size_t>(output));
  }

  void to_user(const Value& user) {
    std::optional<RecordId> id;
    if (const auto* given = std::get_if<RecordId>(&user)) id = *given;
    if (const auto* login = std::get_if<std::string>(&user)) {
      id = query::find_user(asked_.app, asked_.tx, *login);
      if (!id) unknown_.push_back({*login, "unknown_user"});
    }
    if (!id) return;
    entry_.strategy = "user";
    const Candidate candidate = query::candidate_of(asked_, *id);
    take(assignment::choose(Strategy::round_robin, {&candidate, 1}));
  }

  void to_team(const decision::Decision& decision) {
    const Value named = value(decision, by_.team_output);
    std::optional<query::Team> team;
    if (const auto* id = std::get_if<RecordId>(&named)) team = query::find_team(asked_, *id);
    if (const auto* name = std::get_if<std::string>(&named)) {
      team = query::find_team(asked_, *name);
      if (!team) unknown_.push_back({*name, "unknown_team"});
    }
    if (!team) return;
    const Value wanted = value(decision, by_.strategy_output);
    if (const auto* name = std::get_if<std::string>(&wanted)) {
      team->strategy = assignment::find_strategy(*name).value_or(team->strategy);
    }
    entry_.team = team->id;
    entry_.strategy = std::string(name_of(team->strategy));
    auto candidates = query::members_of(asked_, *team, object_);
    if (counts_load(*team, candidates)) {
      query::add_loads(asked_, object_, by_.slot, by_.open ? &*by_.open : nullptr, candidates);
    }
    if (team->strategy == Strategy::weighted) {
      query::add_turns(asked_, object_, team->id, candidates);
    }
    take(assignment::choose(team->strategy, candidates));
  }

  static bool counts_load(const query::Team& team, const std::vector<Candidate>& candidates) {
    if (team.strategy == Strategy::least_loaded || team.strategy == Strategy::capacity) return true;
    return std::any_of(candidates.begin(), candidates.end(),
                       [](const Candidate& one) { return one.capacity.has_value(); });
  }

  void take(Choice choice) {
    entry_.chosen = choice.chosen;
    skipped_.insert(skipped_.end(), choice.skipped.begin(), choice.skipped.end());
  }

  std::string skipped_json() const {
    json::Writer writer;
    writer.begin_array();
    for (const assignment::Skipped& one : skipped_) {
      writer.begin_object().key("user").text(text_of(one.user));
      writer.key("reason").text(name_of(one.reason)).end_object();
    }
    for (const Unknown& one : unknown_) {
      writer.begin_object().key("name").text(one.name);
      writer.key("reason").text(one.reason).end_object();
    }
    writer.end_array();
    return writer.take();
  }

  // What the table names and nobody is called.
  struct Unknown {
    std::string name;
    std::string_view reason;
  };

  const query::Context asked_;
  const Object& object_;
  const application::Assignment& by_;
  record::Assignment entry_;
  std::vector<assignment::Skipped> skipped_;
  std::vector<Unknown> unknown_;
};

// Whether something is worked out of this field: of the record, or of its lines.
bool is_read(const Object& object, int slot) {
  const auto reads = [slot](const application::Derived& one) {
    const auto& slots = one.formula.slots();
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
  };
  const auto begins = [slot](const formula::Path& path) {
    return path.root != formula::Path::Root::user && path.steps[0].slot == slot;
  };
  return !object.children.empty() ||
         std::any_of(object.derived.begin(), object.derived.end(), reads) ||
         std::any_of(object.computed.begin(), object.computed.end(), reads) ||
         std::any_of(object.lookups.begin(), object.lookups.end(),
                     [slot](const auto& one) { return one.steps[0].slot == slot; }) ||
         std::any_of(object.needs.paths.begin(), object.needs.paths.end(), begins);
}

}  // namespace

Result<std::optional<Assigned>> assign(Context& context, const Object& object, const Input& input,
                                       Draft& draft) {
  std::optional<Assigned> none;
  if (!object.assignment) return none;
  const application::Assignment& by = *object.assignment;
  const Value* given = input.find(by.slot);
  if (given != nullptr && !is_empty(*given)) return none;
  const auto& table = object.tables[static_cast<std::size_t>(by.table)];
  const std::string& field = object.field(by.slot).name;
  const auto at_field = [&](Error error) {
    for (Problem& problem : error.problems) problem.at = field;
    return error;
  };
  const formula::Scope scope = scope_of(context, object, nullptr, draft);
  if (by.when) {
    auto applies = by.when->evaluate(scope);
    if (!applies) return at_field(std::move(applies.error()));
    if (!is_true(*applies)) return none;
  }
  auto decision = query::decide(as_system(context), table, scope);
  if (!decision) return at_field(std::move(decision.error()));
  if (decision->results.empty()) return none;
  record::Assignment entry = Assigning(context, object).by(*decision);
  const RecordId chosen = entry.chosen;
  draft.handing = std::move(entry);
  Value& owner = draft.fields[static_cast<std::size_t>(by.slot)];
  const Value before = std::exchange(owner, chosen.value == 0 ? Value{} : Value{chosen});
  if (owner != before && is_read(object, by.slot)) {
    TENON_CHECK(settle(context, object, nullptr, draft));
  }
  return std::optional(Assigned{by.slot});
}

Values as_own(const Context& context, const std::optional<Assigned>& assigned, Values fields) {
  if (assigned && !context.actor.is_system()) {
    fields[static_cast<std::size_t>(assigned->slot)] = context.actor.user;
  }
  return fields;
}

}  // namespace tenon::command
