#include "engine/command/fill.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/command/filler.h"
#include "engine/command/numbering.h"
#include "engine/query/select.h"

namespace tenon::command {
namespace {

using application::Application;
using application::Object;

constexpr int kChunk = 500;  // Records read at once.
constexpr std::string_view kFillFields = "fill_fields";

// A formula over the record's own fields, in one go.
void fill(const query::Context& context, const Object& object,
          const application::Derived& derived) {
  query::Select select(context, object);
  const bool number = derived.formula.type().kind == Kind::number;
  storage::SqlBuilder sql;
  sql.text("UPDATE ").name(object.table.name).text(" AS t0 SET ");
  sql.name(record::find_column(object.table, derived.slot)->name).text(" = ");
  sql.append(number ? select.formula(derived.formula, object.needs, object.type(derived.slot).scale)
                    : select.formula(derived.formula, object.needs));
  auto statement = context.tx.statement(sql.sql());
  sql.bind_all(statement);
  statement.run();
}

Result<void> number_all(Context& context, const Stale& stale) {
  for (const Numbering& one : numberings(context.app, stale)) {
    for (std::optional<RecordId> after = RecordId{}; after;) {
      TENON_TRY(after, number_some(context, one, *after, kChunk));
    }
  }
  return done();
}

Result<bool> work_out_all(Context& context, Filler& filler, const Object& object) {
  bool moved = false;
  RecordId after{};
  while (true) {
    const auto ids = record::ids_after(context.tx, object.table, after, kChunk);
    for (const RecordId id : ids) {
      TENON_TRY(const bool one, filler.work_out(object, id));
      moved = moved || one;
    }
    if (static_cast<int>(ids.size()) < kChunk) return moved;
    after = ids.back();
  }
}

Result<void> work_out_all(Context& context, const Stale& stale) {
  Filler filler(context, stale);
  const auto objects = filler.objects(false);
  for (int pass = 0; pass < kFillPassesMax; ++pass) {
    bool moved = false;
    for (const Object* object : objects) {
      TENON_TRY(const bool one, work_out_all(context, filler, *object));
      moved = moved || one;
    }
    if (!moved) return done();
  }
  throw Fault("derived fields do not settle");
}

void add_fill_job(const Context& context) {
  job::NewJob job;
  job.kind = kFillFields;
  job.lane = job::Lane::bulk;
  job.key = "derived";
  job.made_by = context.actor.user;
  job::add(context.tx, {context.ids.next()}, job, context.clock.now_ms());
}

void schedule(const Context& context, const Stale& stale, std::int64_t total) {
  record::set_building_fields(context.tx, stale.all(), total);
  add_fill_job(context);
}

// Each record is looked at twice at least: to fill it, and to see that nothing moves any more.
std::int64_t total_of(Context& context, const Stale& stale) {
  std::int64_t total = 0;
  for (const Object* object : Filler(context, stale).objects(true)) {
    total += 2 * record::count_rows(context.tx, object->table);
  }
  return total;
}

}  // namespace

Fill plan_fill(const Context& context, const metadata::Bundle& after) {
  Fill fill{Stale(context.app.bundle(), after, record::building_fields(context.tx))};
  std::int64_t rows = 0;
  for (const Object& object : context.app.objects()) {
    if (fill.stale.any_of(object.id())) rows += record::count_rows(context.tx, object.table);
  }
  fill.is_long = rows > limits::kFillRowsMax;
  return fill;
}

Result<void> fill_derived(const Context& context, const Application& after, const Fill& plan) {
  const Actor actor = system_actor(Surface::system, "a derived field changed with a publish");
  Changes nothing;
  Context own{after, actor, context.tx, context.clock, context.ids, nothing};
  TENON_CHECK(go_on_behind_numbers(context, after));
  if (plan.is_long) {
    schedule(context, plan.stale, total_of(own, plan.stale));
    return done();
  }
  record::set_building_fields(context.tx, {}, 0);
  if (plan.stale.empty()) return done();
  TENON_CHECK(number_all(own, plan.stale));
  const DateTime now{context.clock.now_ms()};
  const query::Context asked = query::context(after, actor, context.tx, now);
  for (const Object& object : after.objects()) {
    for (const application::Derived& derived : object.derived) {
      const bool whole = !derived.formula.has_paths();
      if (whole && plan.stale.contains(object, derived.slot)) fill(asked, object, derived);
    }
  }
  return work_out_all(own, plan.stale);
}

void resume_fill(Context& context) {
  if (record::building_progress(context.tx)) add_fill_job(context);
}

bool is_being_filled(const Context& context, const Object& object, int slot) {
  return object.built_of(slot) != application::Built::kept &&
         record::building_progress(context.tx).has_value();
}

}  // namespace tenon::command
