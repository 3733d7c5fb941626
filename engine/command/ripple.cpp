#include "engine/command/ripple.h"

#include "engine/base/limits.h"
#include "engine/command/aggregate.h"
#include "engine/command/fill.h"
#include "engine/command/save.h"
#include "engine/query/later.h"
#include "engine/query/select.h"
#include "engine/record/rollup_table.h"
#include "engine/value/references.h"

namespace tenon::command {
namespace {

using application::Object;
using application::Rollup;
using metadata::Aggregate;

const Object& object_at(const Context& context, int place) {
  return context.app.objects()[static_cast<std::size_t>(place)];
}

const Value& value_at(const record::Record& record, int slot) {
  return record.fields[static_cast<std::size_t>(slot)];
}

// What the rollup becomes without one value and with another; nothing where that cannot be told
// without looking at all rows.
Result<std::optional<Value>> moved(const Rollup& rollup, const Value& now, const Value* gone,
                                   const Value* come) {
  const bool goes = gone != nullptr && !is_empty(*gone);
  const bool comes = come != nullptr && !is_empty(*come);
  if (!goes && !comes) return std::optional(now);
  const Decimal zero = Decimal::of(0);
  const Decimal number = std::holds_alternative<Decimal>(now) ? std::get<Decimal>(now) : zero;
  switch (rollup.function) {
    case Aggregate::count: {
      const std::int64_t more = (comes ? 1 : 0) - (goes ? 1 : 0);
      TENON_TRY(const auto count, add(number, Decimal::of(more)));
      return std::optional(Value{count});
    }
    case Aggregate::sum: {
      TENON_TRY(const auto less, subtract(number, goes ? std::get<Decimal>(*gone) : zero));
      TENON_TRY(const auto sum, add(less, comes ? std::get<Decimal>(*come) : zero));
      return std::optional(Value{sum});
    }
    case Aggregate::minimum:
    case Aggregate::maximum: {
      const bool least = rollup.function == Aggregate::minimum;
      const auto beats = [&](const Value& a, const Value& b) {
        return least ? compare(a, b) < 0 : compare(a, b) > 0;
      };
      if (comes && (is_empty(now) || !beats(now, *come))) return std::optional(*come);
      if (goes && !beats(now, *gone)) return std::optional<Value>{};
      return std::optional(now);
    }
    case Aggregate::average:
    case Aggregate::first:
    case Aggregate::last: break;
  }
  return std::optional<Value>{};
}

// A sum that keeps fewer digits than its rows cannot be moved on: what was rounded away is gone.
bool is_exact(const Context& context, const Object& object, const Rollup& rollup) {
  if (rollup.function != Aggregate::sum) return true;
  return object.type(rollup.slot).scale >= object_at(context, rollup.rows).type(rollup.of).scale;
}

std::string field_id(const Object& object, const Rollup& rollup) {
  return object.id() + "." + object.field(rollup.slot).id;
}

Error too_many() {
  return Error::of(ErrorCode::limit, "", "derived_records",
                   "more than " + std::to_string(limits::kDerivedRecordsMax) +
                       " other records would change along");
}

}  // namespace

void Ripple::add(const Object& object, const record::Record* before, const record::Record* after) {
  if (object.rolled_up_by.empty() && object.looked_up_by.empty()) return;
  steps_.push_back({&object, before == nullptr ? std::nullopt : std::optional(*before),
                    after == nullptr ? std::nullopt : std::optional(*after)});
}

Result<void> Ripple::run() {
  while (!steps_.empty()) {
    const Step step = std::move(steps_.front());
    steps_.pop_front();
    TENON_CHECK(follow(step));
  }
  return done();
}

Result<void> Ripple::follow(const Step& step) {
  for (const application::Use& use : step.object->rolled_up_by) TENON_CHECK(roll_up(step, use));
  if (!step.before || !step.after) return done();  // Nothing refers to what comes or goes.
  for (const application::Use& use : step.object->looked_up_by) TENON_CHECK(look_up(step, use));
  return done();
}

Result<std::optional<Ripple::Share>> Ripple::share_of(
    const Rollup& rollup, const std::optional<record::Record>& row) const {
  if (!row) return std::optional<Share>{};
  const auto targets = targets_of(value_at(*row, rollup.reference));
  if (targets.empty()) return std::optional<Share>{};
  if (rollup.filter) {
    formula::Scope scope;
    scope.fields = row->fields;
    scope.zone = &context_.app.zone();
    TENON_TRY(const auto counts, rollup.filter->evaluate(scope));
    if (!is_true(counts)) return std::optional<Share>{};
  }
  return std::optional(Share{{targets.begin(), targets.end()},
                             rollup.of < 0 ? counted() : value_at(*row, rollup.of)});
}

Result<void> Ripple::roll_up(const Step& step, const application::Use& use) {
  const Object& object = object_at(context_, use.object);
  const Rollup& rollup = object.rollups[static_cast<std::size_t>(use.index)];
  if (rollup.is_of_lines) return done();
  TENON_TRY(const auto gone, share_of(rollup, step.before));
  TENON_TRY(const auto come, share_of(rollup, step.after));
  const Value* gone_value = gone ? &gone->value : nullptr;
  const Value* come_value = come ? &come->value : nullptr;
  if (gone) {
    for (const RecordId target : gone->targets) {
      const bool stays = come && come->targets.contains(target);
      if (stays && gone->value == come->value) continue;
      TENON_CHECK(adjust(object, rollup, target, gone_value, stays ? come_value : nullptr));
    }
  }
  if (!come) return done();
  for (const RecordId target : come->targets) {
    if (gone && gone->targets.contains(target)) continue;
    TENON_CHECK(adjust(object, rollup, target, nullptr, come_value));
  }
  return done();
}

Result<void> Ripple::adjust(const Object& object, const Rollup& rollup, RecordId target,
                            const Value* gone, const Value* come) {
  const auto record = record::read(context_.tx, object.table, target);
  if (!record) return done();  // Erased; when it is restored, it is counted anew.
  std::optional<Value> value;
  if (rollup.function == Aggregate::average) {
    TENON_TRY(value, moved_average(object, rollup, target, gone, come));
  }
  const bool is_there = !is_being_filled(context_, object, rollup.slot);
  if (!value && is_there && is_exact(context_, object, rollup)) {
    TENON_TRY(value, moved(rollup, value_at(*record, rollup.slot), gone, come));
  }
  if (!value) {
    TENON_TRY(value, counted_anew(context_, object, rollup, target));
  }
  TENON_TRY(auto fitting, coerce(object.type(rollup.slot), std::move(*value)));
  if (fitting == value_at(*record, rollup.slot)) return done();
  return derive_again(object, target, Input{{{rollup.slot, std::move(fitting)}}, {}});
}

// Nothing where what it is made of is not kept yet, or is being worked out.
Result<std::optional<Value>> Ripple::moved_average(const Object& object, const Rollup& rollup,
                                                   RecordId target, const Value* gone,
                                                   const Value* come) {
  if (is_being_filled(context_, object, rollup.slot)) return std::optional<Value>{};
  const std::string field = field_id(object, rollup);
  auto kept = record::read_rollup_sum(context_.tx, field, target);
  if (!kept) return std::optional<Value>{};
  if (gone != nullptr && !is_empty(*gone)) {
    TENON_TRY(kept->sum, subtract(kept->sum, std::get<Decimal>(*gone)));
    --kept->count;
  }
  if (come != nullptr && !is_empty(*come)) {
    TENON_TRY(kept->sum, tenon::add(kept->sum, std::get<Decimal>(*come)));
    ++kept->count;
  }
  record::keep_rollup_sum(context_.tx, field, target, *kept);
  TENON_TRY(auto value, average_of(kept->sum, kept->count));
  return std::optional(std::move(value));
}

Result<void> Ripple::look_up(const Step& step, const application::Use& use) {
  const Object& object = object_at(context_, use.object);
  const auto& steps = object.lookups[static_cast<std::size_t>(use.index)].steps;
  const int slot = steps[static_cast<std::size_t>(use.step)].slot;
  if (slot >= 0 && value_at(*step.before, slot) == value_at(*step.after, slot)) return done();
  std::vector<RecordId> ids{step.after->id};
  for (int at = use.step - 1; at >= 0; --at) {
    const auto& hop = steps[static_cast<std::size_t>(at)];
    ids =
        record::referring_to_any(context_.tx, object_at(context_, hop.object).table, hop.slot, ids);
  }
  const Object* top = &object;
  if (object.is_line()) {
    top = &object_at(context_, object.top);
    ids = record::roots_of(context_.tx, object.table, ids);
  }
  for (const RecordId id : ids) TENON_CHECK(derive_again(*top, id, {}));
  return done();
}

Result<void> Ripple::derive_again(const Object& object, RecordId id, const Input& input) {
  if (++derived_ > limits::kDerivedRecordsMax) return too_many();
  const auto before = record::read(context_.tx, object.table, id);
  if (!before) return done();
  TENON_TRY(auto draft, draft_along(context_, object, *before, input));
  TENON_CHECK(save_changed(context_, object, *before, draft, *this));
  return done();
}

Result<void> Ripple::recount(const Object& object, RecordId record, Input input) {
  for (const Rollup& rollup : object.rollups) {
    if (rollup.is_of_lines) continue;
    TENON_TRY(auto value, counted_anew(context_, object, rollup, record));
    TENON_TRY(auto fitting, coerce(object.type(rollup.slot), std::move(value)));
    input.entries.push_back({rollup.slot, std::move(fitting)});
  }
  return derive_again(object, record, input);
}

namespace {

// Of the first and the last only one row is read.
Result<Fold> fold_of(Context& context, const Rollup& rollup, RecordId record) {
  const Object& rows = object_at(context, rollup.rows);
  const query::Context asked = as_system(context);
  query::Select select(asked, rows);
  storage::SqlBuilder target;
  target.bind(Column{record.value});
  select.where(select.refers(rollup.reference, target));
  if (rollup.filter) select.where(select.formula(*rollup.filter, rows.needs));
  const bool is_last = rollup.function == Aggregate::last;
  const bool is_one = is_last || rollup.function == Aggregate::first;
  if (is_one) select.where(std::move(select.column(rollup.of).text(" IS NOT NULL")));
  storage::SqlBuilder sql;
  sql.text("SELECT ");
  if (rollup.of < 0) {
    sql.text("1");
  } else {
    sql.append(select.column(rollup.of));
  }
  sql.append(select.from_where()).text(" ORDER BY t0.id");
  if (is_last) sql.text(" DESC");
  if (is_one) sql.text(" LIMIT 1");
  auto statement = context.tx.statement(sql.sql());
  sql.bind_all(statement);
  Fold fold(rollup.function);
  while (const auto row = statement.step()) {
    Value value = counted();
    if (rollup.of >= 0) value = query::value_at(*row, 0, rows.type(rollup.of));
    TENON_CHECK(fold.add(value));
  }
  return fold;
}

}  // namespace

Result<Value> recounted(Context& context, const Rollup& rollup, RecordId record) {
  TENON_TRY(const auto fold, fold_of(context, rollup, record));
  return fold.value();
}

Result<Value> counted_anew(Context& context, const Object& object, const Rollup& rollup,
                           RecordId record) {
  TENON_TRY(const auto fold, fold_of(context, rollup, record));
  if (rollup.function == Aggregate::average) {
    record::keep_rollup_sum(context.tx, field_id(object, rollup), record,
                            {fold.sum(), fold.count()});
  }
  return fold.value();
}

void forget_counted(Context& context, const Object& object, const Rollup& rollup, RecordId record) {
  if (rollup.function != Aggregate::average) return;
  record::forget_rollup_sum(context.tx, field_id(object, rollup), record);
}

}  // namespace tenon::command
