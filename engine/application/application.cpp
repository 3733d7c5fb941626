#include "engine/application/application.h"

#include "engine/application/links.h"
#include "engine/application/money.h"

#include <algorithm>
#include <mutex>

#include "engine/application/pools.h"
#include "engine/application/tables.h"

namespace tenon::application {
namespace {

int slot_of(const metadata::Object& object, std::string_view field) {
  for (std::size_t slot = 0; slot < object.fields.size(); ++slot) {
    if (object.fields[slot].id == field) return static_cast<int>(slot);
  }
  return -1;
}

// Compiles one object; problems are collected over all of them.
class ObjectCompiler {
 public:
  ObjectCompiler(const metadata::Bundle& bundle, const FieldFacts& facts,
                 const record::Catalogue& catalogue, std::vector<Problem>& problems)
      : bundle_(bundle),
        names_(bundle),
        facts_(facts),
        catalogue_(catalogue),
        problems_(problems) {}

  Object compile(const metadata::Object& definition, int place) {
    Object object{.place = place, .definition = &definition};
    for (const metadata::Field& field : definition.fields) {
      object.types.push_back(facts_.type_of(definition, field));
      if (!field.is_auto_number()) continue;
      const auto slot = static_cast<int>(object.types.size()) - 1;
      object.auto_numbers.push_back(
          {slot, *NumberPattern::parse(field.pattern), slot_of(definition, field.scope)});
    }
    object.table = record::table_of(
        catalogue_, definition,
        [this](const auto& o, const auto& f) { return facts_.is_stored(o, f); },
        [this](const auto& o, const auto& f) { return facts_.type_of(o, f); });
    object.title_slot = slot_of(definition, definition.title_field);
    object.owner_slot = slot_of(definition, definition.owner_field);
    formulas(object);
    defaults(object);
    aliases(object);
    const metadata::BundleNames names(bundle_, metadata::BundleNames::By::id,
                                      metadata::BundleNames::Changes::told);
    if (auto rules = rule::compile(bundle_, definition, names, object.needs)) {
      object.rules = rules.take();
      object.decided = std::make_shared<RuleCounts>(object.rules.rules.size());
    } else {
      report(definition, "rules", rules.error());
    }
    compile_tables(bundle_, object, problems_);
    compile_pools(bundle_, object, problems_);
    compile_duplicates(bundle_, object, problems_);
    return object;
  }

 private:
  void report(const metadata::Object& object, const std::string& part, Error& error) {
    for (Problem& problem : error.problems) {
      problem.at = "objects/" + object.name + ".json: " + part + " " + problem.at;
      problems_.push_back(std::move(problem));
    }
  }

  void formulas(Object& object) {
    for (std::size_t slot = 0; slot < object.types.size(); ++slot) {
      const metadata::Field& field = object.definition->fields[slot];
      if (!field.is_formula()) continue;
      auto formula = formula::compile(field.formula, object.id(), names_, object.needs);
      if (!formula) {
        report(*object.definition, "fields/" + field.name, formula.error());
        continue;
      }
      const bool stored = facts_.is_stored(*object.definition, field);
      (stored ? object.derived : object.computed)
          .push_back({static_cast<int>(slot), formula.take()});
    }
    order(object.derived);
    order(object.computed);
  }

  // A formula comes after those whose fields it reads; check() has refused circles.
  static void order(std::vector<Derived>& derived) {
    std::vector<Derived> ordered;
    std::vector<Derived> waiting = std::move(derived);
    while (!waiting.empty()) {
      const auto ready = std::find_if(waiting.begin(), waiting.end(), [&](const Derived& one) {
        const auto& slots = one.formula.slots();
        return std::none_of(waiting.begin(), waiting.end(), [&](const Derived& other) {
          return std::find(slots.begin(), slots.end(), other.slot) != slots.end();
        });
      });
      if (ready == waiting.end()) throw Fault("formula fields depend on each other in a circle");
      ordered.push_back(std::move(*ready));
      waiting.erase(ready);
    }
    derived = std::move(ordered);
  }

  void defaults(Object& object) {
    for (std::size_t slot = 0; slot < object.types.size(); ++slot) {
      const metadata::Field& field = object.definition->fields[slot];
      Default one{.slot = static_cast<int>(slot)};
      if (!field.default_formula.empty()) {
        auto formula = formula::compile(field.default_formula, object.id(), names_, object.needs);
        if (formula) {
          one.formula = formula.take();
        } else {
          report(*object.definition, "fields/" + field.name + "/default_formula", formula.error());
        }
      } else if (!field.default_json.empty()) {
        one.value = literal(*object.definition, field, object.types[slot]);
        default_currency(object, field, static_cast<int>(slot));
      } else {
        continue;
      }
      object.defaults.push_back(std::move(one));
    }
  }

  // Of an amount in one of several.
  static void default_currency(Object& object, const metadata::Field& field, int slot) {
    const int beside = currency_slot(object, slot);
    const auto document = json::Document::parse(field.default_json);
    if (beside < 0 || !document) return;
    auto money = parse_money(document->root(), object.type(slot));
    if (money) object.defaults.push_back({.slot = beside, .value = std::move(money->currency)});
  }

  Value literal(const metadata::Object& object, const metadata::Field& field, const Type& type) {
    const auto document = json::Document::parse(field.default_json);
    if (document) {
      auto value = parse(document->root(), type);
      if (value) return value.take();
      report(object, "fields/" + field.name + "/default", value.error());
    }
    return {};
  }

  void aliases(Object& object) {
    for (const record::Alias& alias : catalogue_.aliases) {
      if (alias.object != object.id()) continue;
      const int slot = slot_of(*object.definition, alias.field);
      if (slot >= 0) object.aliases.emplace_back(alias.alias, slot);
    }
  }

  const metadata::Bundle& bundle_;
  metadata::BundleNames names_;
  const FieldFacts& facts_;
  const record::Catalogue& catalogue_;
  std::vector<Problem>& problems_;
};

void add_back_references(std::vector<Object>& objects,
                         const std::map<std::string, int, std::less<>>& by_id) {
  for (Object& object : objects) {
    for (int slot = 0; slot < static_cast<int>(object.types.size()); ++slot) {
      const metadata::Field& field = object.field(slot);
      const auto target = by_id.find(field.to);
      // Lines go with what holds them; a copied reference is cleared with the one it follows.
      if (target == by_id.end() || !field.is_given()) continue;
      objects[static_cast<std::size_t>(target->second)].back_references.push_back(
          {object.place, slot, field.on_delete});
    }
  }
}

// A formula over the record alone can be worked out while others read; what reads a field that
// waits, waits as well. Derived formulas are in the order in which they read each other.
bool mark_building(Object& object, const BuildingFields& building) {
  std::vector<Built> built(object.types.size(), Built::kept);
  for (const record::FieldId& one : building) {
    if (one.object != object.id()) continue;
    const int slot = slot_of(*object.definition, one.field);
    if (slot >= 0) built[static_cast<std::size_t>(slot)] = Built::waits;
  }
  const auto is = [](Built what) { return [what](Built one) { return one == what; }; };
  if (std::all_of(built.begin(), built.end(), is(Built::kept))) return false;
  for (const Derived& one : object.computed)
    built[static_cast<std::size_t>(one.slot)] = Built::kept;
  for (const Derived& one : object.derived) {
    Built& own = built[static_cast<std::size_t>(one.slot)];
    if (own == Built::kept || one.formula.has_paths() || !one.formula.many().empty()) continue;
    const auto& slots = one.formula.slots();
    const bool waits = std::any_of(slots.begin(), slots.end(), [&](int slot) {
      return slot >= 0 && built[static_cast<std::size_t>(slot)] == Built::waits;
    });
    if (!waits) own = Built::live;
  }
  object.built = std::move(built);
  return true;
}

}  // namespace

std::optional<int> Object::find_slot(std::string_view name) const {
  for (std::size_t slot = 0; slot < definition->fields.size(); ++slot) {
    const metadata::Field& field = definition->fields[slot];
    if (field.name == name && field.currency_of.empty()) return static_cast<int>(slot);
  }
  for (const auto& [alias, slot] : aliases) {
    if (alias == name) return slot;
  }
  return std::nullopt;
}

const Children* Object::find_children(int slot) const {
  for (const Children& one : children) {
    if (one.slot == slot) return &one;
  }
  return nullptr;
}

const Many* Object::find_many(std::string_view id) const {
  for (const Many& one : many) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

namespace {

const formula::Formula* find_in(const std::vector<Derived>& formulas, int slot) {
  for (const Derived& one : formulas) {
    if (one.slot == slot) return &one.formula;
  }
  return nullptr;
}

}  // namespace

const formula::Formula* Object::find_computed(int slot) const { return find_in(computed, slot); }

const formula::Formula* Object::find_derived(int slot) const { return find_in(derived, slot); }

Application::Application(metadata::Bundle bundle, calendar::Zone zone, std::int64_t version)
    : bundle_(std::move(bundle)),
      zone_(std::move(zone)),
      version_(version),
      all_rights_(permission::all_rights(bundle_)) {}

const Object* Application::find(std::string_view name) const {
  auto place = by_name_.find(name);
  if (place == by_name_.end()) return find_id(name);
  return &objects_[static_cast<std::size_t>(place->second)];
}

const Object* Application::find_id(std::string_view id) const {
  const auto place = by_id_.find(id);
  return place == by_id_.end() ? nullptr : &objects_[static_cast<std::size_t>(place->second)];
}

const Object& Application::system_object(std::string_view id) const {
  const Object* object = find_id(id);
  if (object == nullptr) throw Fault("the system bundle lacks " + std::string(id));
  return *object;
}

const permission::Rights& Application::rights(const Actor& actor) const {
  if (actor.is_system()) return all_rights_;
  {
    const std::shared_lock lock(rights_mutex_);
    if (const auto known = rights_.find(actor.roles); known != rights_.end()) {
      return *known->second;
    }
  }
  auto rights =
      std::make_unique<const permission::Rights>(permission::rights_of(bundle_, actor.roles));
  const std::unique_lock lock(rights_mutex_);
  return *rights_.emplace(actor.roles, std::move(rights)).first->second;
}

const Flow* Application::find_flow(std::string_view name) const {
  for (const Flow& flow : flows_) {
    if (flow.name() == name) return &flow;
  }
  for (const Flow& flow : flows_) {
    if (flow.id() == name) return &flow;
  }
  return nullptr;
}

const Flow* Application::find_flow(std::string_view id, std::int64_t version) const {
  for (const auto* flows : {&flows_, &earlier_flows_}) {
    for (const Flow& flow : *flows) {
      if (flow.id() == id && flow.version == version) return &flow;
    }
  }
  return nullptr;
}

std::vector<const Flow*> Application::flows_of(std::string_view object) const {
  std::vector<const Flow*> of;
  for (const Flow& flow : flows_) {
    if (flow.definition->object == object) of.push_back(&flow);
  }
  return of;
}

Result<std::shared_ptr<const Application>> compile(metadata::Bundle bundle,
                                                   const record::Catalogue& catalogue,
                                                   std::int64_t version,
                                                   const BuildingFields& building,
                                                   const std::vector<run::Version>& pinned) {
  TENON_TRY(auto zone, calendar::Zone::find(bundle.time_zone));
  std::shared_ptr<Application> application(
      new Application(std::move(bundle), std::move(zone), version));
  const metadata::Bundle& kept = application->bundle_;
  const FieldFacts facts(kept);
  std::vector<Problem> problems;
  ObjectCompiler compiler(kept, facts, catalogue, problems);
  for (const metadata::Object& definition : kept.objects) {
    const int place = static_cast<int>(application->objects_.size());
    application->objects_.push_back(compiler.compile(definition, place));
    application->by_name_.emplace(definition.name, place);
    application->by_id_.emplace(definition.id, place);
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  add_back_references(application->objects_, application->by_id_);
  if (auto linked = link_objects(kept, application->objects_); !linked) {
    return std::move(linked.error());
  }
  for (Object& object : application->objects_) {
    if (mark_building(object, building)) application->may_be_building_ = true;
  }
  application->flows_ = compile_flows(kept, pinned, problems);
  application->earlier_flows_ = compile_earlier_flows(kept, pinned, problems);
  if (!problems.empty()) return Error::invalid(std::move(problems));
  for (const auto* flows : {&application->flows_, &application->earlier_flows_}) {
    for (const Flow& flow : *flows) {
      if (flow.holds_records()) application->held_.insert(flow.definition->object);
    }
  }
  return std::shared_ptr<const Application>(std::move(application));
}

}  // namespace tenon::application
