#include "engine/application/pools.h"

#include <algorithm>

#include "engine/application/money.h"

namespace tenon::application {
namespace {

class PoolsCompiler {
 public:
  PoolsCompiler(const metadata::Bundle& bundle, Object& object, std::vector<Problem>& problems)
      : names_(bundle), object_(object), problems_(problems) {}

  void run() {
    for (const metadata::Pool& definition : object_.definition->pools) {
      Pool pool{.id = object_.id() + "." + definition.id, .definition = &definition};
      pool.when = condition(definition.when);
      pool.open = condition(definition.open);
      pool.claim_when = condition(definition.claim.when);
      if (definition.extension) pool.extend_when = condition(definition.extension->when);
      for (const metadata::PoolReturn& one : definition.returns) {
        pool.returns.push_back(
            {&one, condition(one.when), formula_of(one.since), slot_of(one.unchanged)});
      }
      pool.hidden = hidden(definition);
      object_.pools.push_back(std::move(pool));
    }
  }

 private:
  int slot_of(std::string_view field) const {
    const auto& fields = object_.definition->fields;
    for (std::size_t slot = 0; slot < fields.size(); ++slot) {
      if (fields[slot].id == field) return static_cast<int>(slot);
    }
    return -1;
  }

  std::optional<formula::Formula> condition(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return take(formula::compile_as(Kind::boolean, text, object_.id(), names_, object_.needs));
  }

  std::optional<formula::Formula> formula_of(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return take(formula::compile(text, object_.id(), names_, object_.needs));
  }

  std::optional<formula::Formula> take(Result<formula::Formula> formula) {
    if (formula) return formula.take();
    for (Problem& problem : formula.error().problems) {
      problem.at = "objects/" + object_.name() + ".json: ownership/pools " + problem.at;
      problems_.push_back(std::move(problem));
    }
    return std::nullopt;
  }

  // What is computed of a hidden field is hidden along.
  std::vector<bool> hidden(const metadata::Pool& definition) const {
    std::vector<bool> hidden(object_.types.size(), false);
    for (const std::string& field : definition.hidden) {
      const int slot = slot_of(field);
      if (slot < 0) continue;
      hidden[static_cast<std::size_t>(slot)] = true;
      const int currency = currency_slot(object_, slot);
      if (currency >= 0) hidden[static_cast<std::size_t>(currency)] = true;
    }
    for (const auto* formulas : {&object_.derived, &object_.computed}) {
      for (const Derived& one : *formulas) {
        const auto& slots = one.formula.slots();
        const bool tells = std::any_of(slots.begin(), slots.end(), [&](int slot) {
          return slot >= 0 && hidden[static_cast<std::size_t>(slot)];
        });
        if (tells) hidden[static_cast<std::size_t>(one.slot)] = true;
      }
    }
    return hidden;
  }

  metadata::BundleNames names_;
  Object& object_;
  std::vector<Problem>& problems_;
};

bool has(const std::vector<std::string>& sorted, const std::string& id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

}  // namespace

void compile_pools(const metadata::Bundle& bundle, Object& object, std::vector<Problem>& problems) {
  PoolsCompiler(bundle, object, problems).run();
}

formula::Scope pool_scope(const Application& app, const Values& fields) {
  formula::Scope scope;
  scope.fields = fields;
  scope.zone = &app.zone();
  return scope;
}

int home_of(const Application& app, const Object& object, const Values& fields) {
  const formula::Scope scope = pool_scope(app, fields);
  for (std::size_t place = 0; place < object.pools.size(); ++place) {
    const Pool& pool = object.pools[place];
    if (!pool.when) return static_cast<int>(place);
    const auto applies = pool.when->evaluate(scope);
    if (applies && is_true(*applies)) return static_cast<int>(place);
  }
  return -1;
}

const Pool* pool_of(const Application& app, const Object& object, const Values& fields) {
  if (object.pools.empty() || !is_empty(fields[static_cast<std::size_t>(object.owner_slot)])) {
    return nullptr;
  }
  const int home = home_of(app, object, fields);
  return home < 0 ? nullptr : &object.pools[static_cast<std::size_t>(home)];
}

bool is_member(const Actor& actor, const Pool& pool) { return has(actor.pools, pool.id); }

bool is_manager(const Application& app, const Actor& actor, const Pool& pool) {
  return actor.is_system() || has(actor.managed_pools, pool.id) || app.rights(actor).everything;
}

bool sees(const Application& app, const Actor& actor, const Pool& pool) {
  return is_member(actor, pool) || is_manager(app, actor, pool);
}

bool hides_from(const Application& app, const Actor& actor, const Pool& pool) {
  return !pool.definition->hidden.empty() && !is_manager(app, actor, pool);
}

}  // namespace tenon::application
