#include "engine/command/fill.h"

#include <algorithm>
#include <set>

#include "engine/command/ripple.h"
#include "engine/command/save.h"
#include "engine/metadata/derived.h"
#include "engine/query/select.h"

namespace tenon::command {
namespace {

using application::Application;
using application::Object;

constexpr int kChunk = 500;     // Records read at once.
constexpr int kPassesMax = 64;  // Longer than any chain of objects that people can follow.

// Fields by the ids of their object and their own.
using Fields = std::set<std::pair<std::string, std::string>>;

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

bool is_same(const metadata::Field& was, const metadata::Field& field) {
  return was.type == field.type && was.formula == field.formula && was.scale == field.scale &&
         was.function == field.function && was.of == field.of && was.filter == field.filter &&
         was.path == field.path && was.outcome == field.outcome;
}

// Its records got their numbers with this publish (numbering.h).
bool is_numbered_now(const metadata::Field* was, const metadata::Field& field) {
  return field.is_auto_number() && (was == nullptr || !was->is_auto_number());
}

// Kept fields whose own definition changed, and all that is made of them.
class Stale {
 public:
  Stale(const Application& before, const Application& after) : before_(before), after_(after) {
    const bool same_zone = before.bundle().time_zone == after.bundle().time_zone;
    for (const Object& object : after.objects()) {
      const metadata::Object* old = before.bundle().find_id(object.id());
      if (old == nullptr) continue;  // A new object has no rows.
      for (const metadata::Field& field : object.definition->fields) {
        const metadata::Field* was = old->find_id(field.id);
        if (is_numbered_now(was, field)) fields_.insert({object.id(), field.id});
        if (!field.is_derived()) continue;
        const bool same = was != nullptr && is_same(*was, field);
        if (!same || (!same_zone && field.is_formula())) fields_.insert({object.id(), field.id});
      }
    }
    spread();
  }

  const Fields& fields() const { return fields_; }
  bool contains(const Object& object, int slot) const {
    return fields_.contains({object.id(), object.field(slot).id});
  }

 private:
  void spread() {
    for (bool grows = true; grows;) {
      grows = false;
      for (const Object& object : after_.objects()) {
        if (before_.bundle().find_id(object.id()) == nullptr) continue;
        for (const metadata::Field& field : object.definition->fields) {
          if (!field.is_derived() || fields_.contains({object.id(), field.id})) continue;
          const auto readings = metadata::readings_of(after_.bundle(), *object.definition, field);
          const bool reads = std::any_of(readings.begin(), readings.end(), [&](const auto& one) {
            return fields_.contains({one.object, one.field});
          });
          if (!reads) continue;
          fields_.insert({object.id(), field.id});
          grows = true;
        }
      }
    }
  }

  const Application& before_;
  const Application& after_;
  Fields fields_;
};

class Filler {
 public:
  Filler(Context& context, const Stale& stale) : context_(context), stale_(stale) {}

  Result<void> run() {
    const auto objects = to_work_out();
    for (int pass = 0; pass < kPassesMax && !objects.empty(); ++pass) {
      bool moved = false;
      for (const Object* object : objects) {
        TENON_TRY(const bool one, work_out(*object));
        moved = moved || one;
      }
      if (!moved) return done();
    }
    if (objects.empty()) return done();
    throw Fault("derived fields do not settle");
  }

 private:
  // Objects with fields that SQL cannot fill in one go; of lines, the object that holds them.
  std::set<const Object*> to_work_out() const {
    std::set<const Object*> objects;
    for (const Object& object : context_.app.objects()) {
      const bool rolls = std::any_of(
          object.rollups.begin(), object.rollups.end(),
          [&](const application::Rollup& one) { return stale_.contains(object, one.slot); });
      const bool looks = std::any_of(
          object.lookups.begin(), object.lookups.end(),
          [&](const application::Lookup& one) { return stale_.contains(object, one.slot); });
      const bool climbs = std::any_of(
          object.derived.begin(), object.derived.end(), [&](const application::Derived& one) {
            return stale_.contains(object, one.slot) && one.formula.has_paths();
          });
      if (!rolls && !looks && !climbs) continue;
      const auto top = static_cast<std::size_t>(object.is_line() ? object.top : object.place);
      objects.insert(&context_.app.objects()[top]);
    }
    return objects;
  }

  Result<bool> work_out(const Object& object) {
    bool moved = false;
    RecordId after{};
    while (true) {
      const auto ids = record::ids_after(context_.tx, object.table, after, kChunk);
      for (const RecordId id : ids) {
        TENON_TRY(const bool one, work_out(object, id));
        moved = moved || one;
      }
      if (static_cast<int>(ids.size()) < kChunk) return moved;
      after = ids.back();
    }
  }

  Result<bool> work_out(const Object& object, RecordId id) {
    const auto record = record::read(context_.tx, object.table, id);
    Input counted;
    for (const application::Rollup& rollup : object.rollups) {
      if (rollup.is_of_lines || !stale_.contains(object, rollup.slot)) continue;
      TENON_TRY(auto value, recounted(context_, rollup, id));
      TENON_TRY(auto fitting, coerce(object.type(rollup.slot), std::move(value)));
      counted.entries.push_back({rollup.slot, std::move(fitting)});
    }
    TENON_TRY(auto draft, draft_of(context_, object, &*record, counted));
    return save_silently(context_, object, *record, draft);
  }

  Context& context_;
  const Stale& stale_;
};

}  // namespace

Result<void> fill_derived(const Context& context, const Application& after) {
  const Actor actor = system_actor(Surface::system, "a derived field changed with a publish");
  const DateTime now{context.clock.now_ms()};
  const query::Context asked = query::context(after, actor, context.tx, now);
  const Stale stale(context.app, after);
  if (stale.fields().empty()) return done();
  for (const Object& object : after.objects()) {
    for (const application::Derived& derived : object.derived) {
      const bool whole = !derived.formula.has_paths();
      if (whole && stale.contains(object, derived.slot)) fill(asked, object, derived);
    }
  }
  Changes nothing;
  Context own{after, actor, context.tx, context.clock, context.ids, nothing};
  return Filler(own, stale).run();
}

}  // namespace tenon::command
