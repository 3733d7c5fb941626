// Pools: what they are chosen and reckoned by is kept with the record, and what they hide is not
// told elsewhere.
#include <set>

#include "engine/metadata/checks.h"
#include "engine/metadata/derived.h"
#include "engine/metadata/stored_fields.h"

namespace tenon::metadata {
namespace {

class PoolCheck {
 public:
  PoolCheck(Draft& draft, const Bundle& whole, const StoredFields& stored, const Object& object)
      : draft_(draft), whole_(whole), stored_(stored), object_(object) {}

  void check() {
    const Place at = draft_.place("objects", object_.id) / "ownership" / "pools";
    std::set<std::string> names;
    for (std::size_t i = 0; i < object_.pools.size(); ++i) {
      const Pool& pool = object_.pools[i];
      if (!names.insert(pool.name).second) {
        draft_.problem(at / i / "name", "duplicate", "two pools are named \"" + pool.name + "\"");
      }
      if (i > 0 && object_.pools[i - 1].when.empty()) {
        draft_.problem(at / i, "shadowed",
                       "the pool before this one has no \"when\": no record ever comes here");
      }
      check_pool(pool, at / i);
    }
  }

 private:
  void check_pool(const Pool& pool, const Place& at) {
    people(pool.members, at / "members");
    people(pool.managers, at / "managers");
    kept(pool.when, at / "when", Kind::boolean);
    if (!pool.open.empty()) {
      type_formula(draft_, whole_, object_.id, at / "open", Kind::boolean, Asked::of_tables);
    }
    kept(pool.claim.when, at / "claim" / "when", Kind::boolean);
    std::set<std::string> names;
    for (std::size_t i = 0; i < pool.returns.size(); ++i) {
      const PoolReturn& one = pool.returns[i];
      const Place place = at / "returns" / i;
      if (!names.insert(one.name).second) {
        draft_.problem(place / "name", "duplicate", "two returns are named \"" + one.name + "\"");
      }
      kept(one.when, place / "when", Kind::boolean);
      moment(one.since, place / "since");
      if (!one.unchanged.empty()) kept_field(one.unchanged, place / "unchanged");
    }
    if (pool.extension) kept(pool.extension->when, at / "extension" / "when", Kind::boolean);
    for (std::size_t i = 0; i < pool.hidden.size(); ++i) {
      hidden(pool.hidden[i], at / "hidden" / i);
    }
  }

  void people(const PoolPeople& people, const Place& at) {
    for (std::size_t i = 0; i < people.roles.size(); ++i) {
      const auto is_named = [&](const Role& role) { return role.name == people.roles[i]; };
      if (std::any_of(whole_.roles.begin(), whole_.roles.end(), is_named)) continue;
      draft_.problem(at / "roles" / i, "unknown_role",
                     "there is no role \"" + people.roles[i] + "\"");
    }
  }

  void kept(const std::string& text, const Place& at, Kind kind) {
    if (text.empty()) return;
    if (!type_formula(draft_, whole_, object_.id, at, kind, Asked::of_tables)) return;
    alone(text, at, false);
  }

  void moment(const std::string& text, const Place& at) {
    if (text.empty()) return;
    const auto type = type_formula(draft_, whole_, object_.id, at, std::nullopt, Asked::of_tables);
    if (!type) return;
    if (type->type().kind != Kind::date && type->type().kind != Kind::datetime) {
      draft_.problem(at, "pool", "must yield a date or a moment");
      return;
    }
    alone(text, at, true);
  }

  // What decides about pools and due times must be known from the record alone, and stay as it is
  // until the record changes.
  void alone(const std::string& text, const Place& at, bool with_system_fields) {
    formula::Needs needs;
    const auto formula = formula::compile(text, object_.id, BundleNames(whole_), needs);
    if (!formula) return;
    if (formula->has_paths() || !formula->many().empty() || !formula->old_slots().empty()) {
      draft_.problem(at, "pool", "looks at the record's own fields only; a lookup keeps others");
    } else if (formula->is_live()) {
      draft_.problem(
          at, "pool",
          "may not depend on who asks or when, nor look anything up: it is reckoned once");
    }
    for (const int slot : formula->slots()) {
      if (slot >= 0) {
        kept_field(object_.fields[static_cast<std::size_t>(slot)].id, at);
      } else if (!with_system_fields) {
        draft_.problem(at, "pool", "system fields do not count here");
      }
    }
  }

  void kept_field(const std::string& id, const Place& at) {
    const Field* field = object_.find_id(id);
    if (field == nullptr || stored_.contains(object_, *field)) return;
    draft_.problem(at, "computed_on_read",
                   "\"" + field->name + "\" is computed when it is read, or holds lines");
  }

  void hidden(const std::string& id, const Place& at) {
    const Field* field = object_.find_id(id);
    if (field == nullptr) return;
    if (id == object_.title_field || id == object_.owner_field) {
      draft_.problem(at, "pool", "the title and the owner cannot be hidden");
    } else if (field->is_children()) {
      draft_.problem(at, "pool", "lines cannot be hidden; a role's field rights can");
    }
    for (const Object& other : whole_.objects) {
      for (const Field& derived : other.fields) {
        if (derived.is_derived() && other.id != object_.id) told_by(other, derived, id, at);
      }
    }
  }

  // Derived fields of the object itself are hidden along.
  void told_by(const Object& other, const Field& derived, const std::string& id, const Place& at) {
    for (const Reading& reading : readings_of(whole_, other, derived)) {
      if (reading.object != object_.id || reading.field != id) continue;
      draft_.problem(
          at, "pool",
          "\"" + other.name + "." + derived.name + "\" is made of it, and would tell it");
    }
  }

  Draft& draft_;
  const Bundle& whole_;
  const StoredFields& stored_;
  const Object& object_;
};

}  // namespace

void check_pools(Draft& draft, const Bundle& whole) {
  const StoredFields stored(whole);
  for (const Object& own : draft.own.objects) {
    if (own.pools.empty()) continue;
    // Slots are those of the whole object, extensions included.
    const Object* object = whole.find_id(own.id);
    if (object != nullptr) PoolCheck(draft, whole, stored, *object).check();
  }
}

}  // namespace tenon::metadata
