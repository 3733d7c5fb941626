#include "engine/command/draft.h"

#include <algorithm>

#include "engine/command/access.h"
#include "engine/command/gather.h"
#include "engine/json/members.h"

namespace tenon::command {
namespace {

Values system_values_of(Context& context, const record::Record* before) {
  record::Record saved;
  if (before != nullptr) saved = *before;
  const DateTime now{context.clock.now_ms()};
  saved.version += 1;
  if (before == nullptr) saved.created_at = now;
  if (before == nullptr) saved.created_by = context.actor.user;
  saved.updated_at = now;
  saved.updated_by = context.actor.user;
  return system_values(saved);
}

// The value in the field's own form; what cannot be is a problem at the field.
Result<Value> fitting(const application::Object& object, int slot, Result<Value> value) {
  if (value) value = coerce(object.type(slot), value.take());
  if (value) return value;
  Error error = std::move(value.error());
  for (Problem& problem : error.problems) problem.at = object.field(slot).name;
  return error;
}

Result<void> set_defaults(Context& context, const application::Object& object, const Input& input,
                          Draft& draft) {
  std::vector<Problem> problems;
  for (const application::Default& one : object.defaults) {
    if (input.find(one.slot) != nullptr) continue;
    Value& field = draft.fields[static_cast<std::size_t>(one.slot)];
    if (!one.formula) {
      field = one.value;
      continue;
    }
    auto value =
        fitting(object, one.slot, one.formula->evaluate(scope_of(context, nullptr, draft)));
    if (value) {
      field = value.take();
    } else {
      json::collect(problems, std::move(value.error()));
    }
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return done();
}

Result<void> derive(Context& context, const application::Object& object,
                    const record::Record* before, Draft& draft) {
  for (const application::Derived& one : object.derived) {
    TENON_TRY(draft.fields[static_cast<std::size_t>(one.slot)],
              fitting(object, one.slot, one.formula.evaluate(scope_of(context, before, draft))));
  }
  return done();
}

// Fields computed on read are there for the rules, but are not written. One that cannot be worked
// out is empty, as it is for readers: it is no reason to refuse the record.
void compute(Context& context, const application::Object& object, const record::Record* before,
             Draft& draft) {
  for (const application::Derived& one : object.computed) {
    auto value = fitting(object, one.slot, one.formula.evaluate(scope_of(context, before, draft)));
    draft.fields[static_cast<std::size_t>(one.slot)] = value ? value.take() : Value{};
  }
}

std::vector<bool> differing(const Values& before, const Values& after) {
  std::vector<bool> changed;
  for (std::size_t i = 0; i < after.size(); ++i) {
    changed.push_back(i >= before.size() || before[i] != after[i]);
  }
  return changed;
}

}  // namespace

formula::Scope scope_of(Context& context, const record::Record* before, const Draft& draft) {
  formula::Scope scope;
  scope.fields = draft.fields;
  scope.paths = draft.paths;
  scope.system = draft.system;
  if (before != nullptr) scope.id = before->id;
  if (!context.actor.is_system()) scope.user = context.actor.user;
  scope.now = {context.clock.now_ms()};
  scope.today = query::today(context.app, scope.now);
  scope.zone = &context.app.zone();
  return scope;
}

Result<void> settle(Context& context, const application::Object& object,
                    const record::Record* before, Draft& draft) {
  draft.paths = gather(context, object, draft.fields);
  TENON_CHECK(derive(context, object, before, draft));
  compute(context, object, before, draft);
  return done();
}

Result<Draft> draft_of(Context& context, const application::Object& object,
                       const record::Record* before, const Input& input) {
  Draft draft;
  draft.system = system_values_of(context, before);
  draft.fields = before != nullptr ? before->fields : Values(object.types.size());
  for (const Input::Entry& entry : input.entries) {
    draft.fields[static_cast<std::size_t>(entry.slot)] = entry.value;
  }
  if (before == nullptr) {
    // Defaults may look at $user and at what was given.
    draft.paths = gather(context, object, draft.fields);
    TENON_CHECK(set_defaults(context, object, input, draft));
  }
  draft.paths = gather(context, object, draft.fields);
  if (before != nullptr && !draft.paths.empty()) {
    draft.changed = differing(gather(context, object, before->fields), draft.paths);
  }
  TENON_CHECK(derive(context, object, before, draft));
  compute(context, object, before, draft);
  return draft;
}

Result<rule::Verdict> judge(Context& context, const application::Object& object,
                            const record::Record* before, Draft& draft) {
  const rule::Draft judged{scope_of(context, before, draft),
                           before == nullptr ? nullptr : &before->fields, draft.changed};
  TENON_TRY(auto verdict, rule::judge(object.rules, judged, context.actor.locale));
  for (const int place : verdict.decided) ++(*object.decided)[static_cast<std::size_t>(place)];
  if (verdict.cleared.empty()) return verdict;
  draft.fields = verdict.fields;
  TENON_CHECK(settle(context, object, before, draft));
  verdict.fields = draft.fields;
  return verdict;
}

Result<void> check_references(Context& context, const application::Object& object,
                              const record::Record* before, const Input& input) {
  std::vector<Problem> problems;
  for (const Input::Entry& entry : input.entries) {
    const auto* id = std::get_if<RecordId>(&entry.value);
    if (id == nullptr) continue;
    if (before != nullptr && before->fields[static_cast<std::size_t>(entry.slot)] == entry.value) {
      continue;
    }
    const application::Object* target = context.app.find_id(object.field(entry.slot).to);
    if (may_refer_to(context, *target, *id)) continue;
    problems.push_back({object.field(entry.slot).name, "reference",
                        "there is no such " + target->name() + ", or it may not be seen"});
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return done();
}

}  // namespace tenon::command
