// One published bundle version, checked and compiled: immutable, shared by every request.
//
// What is worked out here once is not worked out again while somebody waits: tables and their
// statements, rules, derived fields in the order they depend on each other, defaults, who refers to
// whom, the rights of each set of roles. A request keeps the snapshot it began with.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <vector>

#include "engine/application/flows.h"
#include "engine/application/memo.h"
#include "engine/application/rows.h"
#include "engine/calendar/zone.h"
#include "engine/decision/decide.h"
#include "engine/formula/formula.h"
#include "engine/metadata/bundle.h"
#include "engine/metadata/stored_fields.h"
#include "engine/permission/rights.h"
#include "engine/record/catalogue.h"
#include "engine/record/table.h"
#include "engine/rule/judge.h"
#include "engine/value/number_pattern.h"

namespace tenon::application {

struct Derived {
  int slot;
  formula::Formula formula;
};

struct Default {
  int slot;
  Value value;  // Where there is no formula.
  std::optional<formula::Formula> formula;
};

// How often each rule's condition was true since this application was published: what a story, or
// a designer, asks when it wants to know which rules never decide. Counting changes no verdict.
using RuleCounts = std::vector<std::atomic<std::uint32_t>>;
struct Object;

// Rows of a decision table that are records: which of their fields are its cells (-1: none).
struct RecordRows {
  std::string object;      // Its id.
  std::vector<int> slots;  // In the order of decision::fields_of().
  std::optional<formula::Formula> filter;
  formula::Needs needs;  // Of the filter.
};

struct DecisionTable {
  decision::Table table;  // Needs are those of the object.
  std::optional<RecordRows> rows;
};

// Who gets a new record: what a table of this object says.
struct Assignment {
  int slot = -1;   // Of the field.
  int table = -1;  // Place in Object::tables.
  int user_output = -1;
  int team_output = -1;
  int strategy_output = -1;
  std::optional<formula::Formula> when;
  std::optional<formula::Formula> open;
};

// When records go back to their pool by themselves.
struct PoolReturn {
  const metadata::PoolReturn* definition;
  std::optional<formula::Formula> when;
  std::optional<formula::Formula> since;
  int unchanged = -1;  // Slot; -1: none.
};

// Where an object's records lie that are in nobody's hands (pools.h). Its formulas read kept fields
// of the record alone.
struct Pool {
  std::string id;  // "object.pool": of all objects.
  const metadata::Pool* definition;
  std::optional<formula::Formula> when;
  std::optional<formula::Formula> open;
  std::optional<formula::Formula> claim_when;
  std::vector<PoolReturn> returns;
  std::optional<formula::Formula> extend_when;
  std::vector<bool> hidden;  // By slot: from all but managers, while in the pool.
};

// Slots of a pair of fields that a duplicate rule compares.
struct MatchSlots {
  int slot;   // Of the rule's object.
  int other;  // Of the object it looks at.
  metadata::NormalForm form;
};

struct DuplicateRule {
  const metadata::Duplicate* definition;
  std::vector<MatchSlots> fields;
  std::optional<MatchSlots> similar;
  // In `duplicates` whether the rule applies, in `matched_by` which records count.
  std::optional<formula::Formula> when;
};

struct Object {
  int place;  // In Application::objects and Rights::objects.
  const metadata::Object* definition;
  std::vector<Type> types;  // By slot; of formula fields that of their result.
  record::Table table;
  formula::Needs needs;  // Of all formulas below.
  rule::Program rules;
  std::shared_ptr<RuleCounts> decided;  // By place in the program.
  std::vector<Derived> derived;         // Stored formula fields, in dependency order.
  std::vector<Derived> computed;        // Formula fields computed on read, in dependency order.
  std::vector<Default> defaults;
  std::vector<DecisionTable> tables;
  std::optional<Assignment> assignment;
  std::vector<Pool> pools;                // The first that fits counts.
  std::vector<DuplicateRule> duplicates;  // Of this object, in their order.
  std::vector<DuplicateRule> matched_by;  // Rules that look at this object's records.
  std::vector<BackReference> back_references;
  std::vector<AutoNumber> auto_numbers;
  std::vector<Children> children;
  std::vector<Many> many;
  std::vector<Rollup> rollups;
  std::vector<Lookup> lookups;
  std::vector<Use> rolled_up_by;
  std::vector<Use> looked_up_by;  // Behind a reference; not at the first step.
  int top = -1;  // Of lines: place of the object whose records hold them; -1: no lines.
  int title_slot = -1;
  int owner_slot = -1;                               // -1: records have no owner.
  std::vector<std::pair<std::string, int>> aliases;  // Former names → slot.

  const std::string& id() const { return definition->id; }
  const std::string& name() const { return definition->name; }
  const metadata::Field& field(int slot) const {
    return definition->fields[static_cast<std::size_t>(slot)];
  }
  const Type& type(int slot) const { return types[static_cast<std::size_t>(slot)]; }
  bool is_line() const { return top >= 0; }
  const Children* find_children(int slot) const;
  const Many* find_many(std::string_view id) const;
  // The slot of a field by its current name or a former one.
  std::optional<int> find_slot(std::string_view name) const;
  // The formula of a field computed on read; null where the field is kept in a column.
  const formula::Formula* find_computed(int slot) const;
};

class Application {
 public:
  std::int64_t version() const { return version_; }
  const metadata::Bundle& bundle() const { return bundle_; }
  const calendar::Zone& zone() const { return zone_; }
  const std::vector<Object>& objects() const { return objects_; }

  const Object* find(std::string_view name) const;  // By its current name or its id.
  const Object* find_id(std::string_view id) const;
  // Objects of the system bundle, which is always there.
  const Object& system_object(std::string_view id) const;

  // As the bundle has them now, by id.
  const std::vector<Flow>& flows() const { return flows_; }
  const Flow* find_flow(std::string_view name) const;  // By its current name or its id.
  // One that runs may still be on, whether the bundle has it or not.
  const Flow* find_flow(std::string_view id, std::int64_t version) const;
  std::vector<const Flow*> flows_of(std::string_view object) const;
  // Whether runs can hold records of this object (by its id).
  bool may_be_held(std::string_view object) const { return held_.contains(object); }

  // Worked out at the first call for these roles. Thread-safe.
  const permission::Rights& rights(const Actor& actor) const;

  // Those of the system, for what is computed for everybody on somebody's behalf.
  const permission::Rights& all_rights() const { return all_rights_; }

  // For what other rooms work out at the first request for it.
  Memo& memo() const { return memo_; }

 private:
  friend Result<std::shared_ptr<const Application>> compile(
      metadata::Bundle bundle, const record::Catalogue& catalogue, std::int64_t version,
      const std::vector<run::Version>& pinned);
  explicit Application(metadata::Bundle bundle, calendar::Zone zone, std::int64_t version);

  metadata::Bundle bundle_;
  calendar::Zone zone_;
  std::int64_t version_;
  std::vector<Object> objects_;
  std::map<std::string, int, std::less<>> by_name_;
  std::map<std::string, int, std::less<>> by_id_;
  std::vector<Flow> flows_;
  std::vector<Flow> earlier_flows_;  // Versions that runs are still on.
  std::set<std::string, std::less<>> held_;
  permission::Rights all_rights_;
  mutable std::shared_mutex rights_mutex_;
  mutable std::map<std::vector<std::string>, std::unique_ptr<const permission::Rights>> rights_;
  mutable Memo memo_;
};

// `bundle` must have been loaded without a problem; the catalogue must be that after its DDL.
// `pinned`: the versions of flows that are in use, the newest of each as the bundle has it. Refused
// where a formula or rule does not compile, or a flow that runs are still on.
Result<std::shared_ptr<const Application>> compile(metadata::Bundle bundle,
                                                   const record::Catalogue& catalogue,
                                                   std::int64_t version,
                                                   const std::vector<run::Version>& pinned = {});

// Whether a field is kept in a column (metadata/stored_fields.h), and of which type it is: for the
// catalogue.
class FieldFacts {
 public:
  explicit FieldFacts(const metadata::Bundle& bundle);
  bool is_stored(const metadata::Object& object, const metadata::Field& field) const;
  // A kept formula that reads the record which holds the line.
  bool reads_holder(const metadata::Object& object, const metadata::Field& field) const;
  Type type_of(const metadata::Object& object, const metadata::Field& field) const;

 private:
  metadata::StoredFields stored_;
  std::map<std::pair<std::string, std::string>, Type> formulas_;  // By object and field id.
  std::string country_;
};

}  // namespace tenon::application
