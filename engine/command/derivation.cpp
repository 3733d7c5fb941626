#include "engine/command/derivation.h"

#include <algorithm>

#include "engine/application/money.h"
#include "engine/command/aggregate.h"
#include "engine/command/elsewhere.h"
#include "engine/command/fill.h"
#include "engine/command/ripple.h"
#include "engine/json/members.h"

namespace tenon::command {
namespace {

using application::Object;

constexpr std::size_t kUpdatedAt = 4;  // Among the system fields.
constexpr int kPassesMax = 32;  // Two for each time that formulas look up and rollups down again.

std::vector<bool> differing(const Values& before, const Values& after) {
  std::vector<bool> changed;
  for (std::size_t i = 0; i < after.size(); ++i) {
    changed.push_back(i >= before.size() || before[i] != after[i]);
  }
  return changed;
}

}  // namespace

Derivation::Derivation(Context& context, const Object& object, const record::Record* before,
                       Draft& draft)
    : context_(context), object_(object), before_(before), draft_(draft), gatherer_(context) {
  const bool is_fresh = draft.system.empty();  // All that is worked out of a draft has one moment.
  if (is_fresh) draft.system = system_values_of(context, before);
  now_ = std::get<DateTime>(draft.system[kUpdatedAt]);
  if (is_fresh) draft.today = query::today(context.app, now_);
}

Derivation::Node Derivation::root() {
  Node node{.object = &object_,
            .before = before_,
            .fields = &draft_.fields,
            .paths = &draft_.paths,
            .paths_before = &draft_.paths_before,
            .changed = &draft_.changed,
            .written = &draft_.written,
            .many = &draft_.many,
            .system = &draft_.system,
            .lines = &draft_.lines,
            .id = before_ != nullptr ? before_->id : RecordId{},
            .at = "",
            .above = nullptr,
            .as_holder = {}};
  node.as_holder = {&object_, node.fields, node.system, nullptr};
  return node;
}

Derivation::Node Derivation::line_node(const Object& object, LineDraft& line, const Node& above,
                                       const Values& system) const {
  Node node{.object = &object,
            .before = line.before_record(),
            .fields = &line.record.fields,
            .paths = &line.paths,
            .paths_before = &line.paths_before,
            .changed = &line.changed,
            .written = &line.written,
            .many = &line.many,
            .system = &system,
            .lines = &line.lines,
            .id = line.record.id,
            .at = line.at + "/",
            .above = &above,
            .as_holder = {}};
  node.as_holder = {&object, node.fields, node.system, &above.as_holder};
  return node;
}

formula::Scope Derivation::scope_of(const Node& node) const {
  formula::Scope scope;
  scope.fields = *node.fields;
  scope.paths = *node.paths;
  scope.system = *node.system;
  node.many->hand_to(scope);
  if (node.before != nullptr) scope.old = node.before->fields;
  if (node.id.value != 0) scope.id = node.id;
  if (!context_.actor.is_system()) scope.user = context_.actor.user;
  scope.now = now_;
  scope.today = draft_.today;
  scope.zone = &context_.app.zone();
  scope.looked_up = looked_up(context_).get();
  scope.cancelled = context_.tx.cancelled();
  return scope;
}

Values Derivation::gather(const Node& node, const Values& fields) {
  const Holder* holder = node.above == nullptr ? nullptr : &node.above->as_holder;
  return gatherer_.paths(*node.object, fields, holder);
}

void Derivation::gather_rows(const Node& node) {
  if (node.object->needs.many.empty()) return;
  gatherer_.rows(*node.object, {node.id, node.lines, node.as_holder}, *node.many);
}

formula::Scope Derivation::scope() {
  gather_rows(root());
  return scope_of(root());
}

// The value in the field's own form; what cannot be is a problem at the field.
Result<Value> Derivation::fitting(const Node& node, int slot, Result<Value> value) const {
  if (value) value = coerce(node.object->type(slot), value.take());
  if (value) return value;
  Error error = std::move(value.error());
  for (Problem& problem : error.problems) problem.at = node.at + node.object->field(slot).name;
  return error;
}

void Derivation::remember_needs() {
  read_ahead();
  const std::function<Result<void>(const Node&)> remember = [&](const Node& node) -> Result<void> {
    if (!node.object->needs.paths.empty()) {
      *node.paths_before = gather(node, *node.fields);
    }
    return visit_lines(node, [&](const Node& line, LineDraft&) { return remember(line); });
  };
  (void)remember(root());
}

Result<void> Derivation::set_defaults(const Input& input) {
  const Node node = root();
  if (before_ == nullptr) {
    // Defaults may look at $user and at what was given.
    draft_.paths = gather(node, draft_.fields);
    TENON_CHECK(default_fields(node, [&](int slot) { return input.find(slot) != nullptr; }));
  }
  return default_lines(node, input);
}

Result<void> Derivation::default_fields(const Node& node,
                                        const std::function<bool(int slot)>& is_given) {
  std::vector<Problem> problems;
  gather_rows(node);  // Lines as they were given.
  for (const application::Default& one : node.object->defaults) {
    if (is_given(one.slot)) {
      // A form sends the default it began with: that is no write.
      const auto slot = static_cast<std::size_t>(one.slot);
      const bool asks = (*node.written)[slot] && node.object->rules.may_lock(one.slot);
      if (asks && is_default(node, one)) (*node.written)[slot] = false;
      continue;
    }
    Value& field = (*node.fields)[static_cast<std::size_t>(one.slot)];
    if (!one.formula) {
      field = one.value;
      continue;
    }
    auto value = fitting(node, one.slot, one.formula->evaluate(scope_of(node)));
    if (value) {
      field = value.take();
    } else {
      json::collect(problems, std::move(value.error()));
    }
  }
  if (!problems.empty()) return Error::invalid(std::move(problems));
  return done();
}

bool Derivation::is_default(const Node& node, const application::Default& one) {
  const Value& field = (*node.fields)[static_cast<std::size_t>(one.slot)];
  if (!one.formula) return field == one.value;
  const auto value = fitting(node, one.slot, one.formula->evaluate(scope_of(node)));
  return value && *value == field;
}

Result<void> Derivation::default_lines(const Node& node, const Input& input) {
  std::map<std::string, const Input*> given;  // By the line's place in the input.
  for (const LinesInput& lines : input.lines) {
    for (const LineInput& line : lines.put) given[line.at] = &line.fields;
  }
  if (given.empty()) return done();
  return visit_lines(node, [&](const Node& line, const LineDraft& draft) -> Result<void> {
    const auto found = given.find(draft.at);
    if (!draft.is_given || found == given.end()) return done();
    const Input& fields = *found->second;
    if (line.before == nullptr && !line.object->defaults.empty()) {
      *line.paths = gather(line, *line.fields);
      TENON_CHECK(default_fields(line, [&](int slot) { return fields.find(slot) != nullptr; }));
    }
    return default_lines(line, fields);
  });
}

// What many lines need is read at once.
void Derivation::read_ahead() {
  struct Lines {
    std::vector<const Values*> fields;
    std::vector<RecordId> known;  // Nothing refers to new ones.
  };
  std::map<const Object*, Lines> all;
  for_each_line(draft_.lines, [&](const Object& object, const LineDraft& line) {
    if (line.is_removed) return;
    all[&object].fields.push_back(&line.record.fields);
    if (line.before) all[&object].known.push_back(line.record.id);
  });
  for (const auto& [object, lines] : all) {
    gatherer_.read_ahead(*object, lines.fields, lines.known);
  }
}

Result<void> Derivation::derive() {
  read_ahead();
  for (int pass = 0; pass < kPassesMax; ++pass) {
    moved_ = false;
    TENON_CHECK(derive(root()));
    if (!moved_ || draft_.lines.empty()) return done();
  }
  throw Fault("the derived fields of " + object_.name() + " do not settle");
}

Result<void> Derivation::derive(const Node& node) {
  application::pair_currencies(*node.object, *node.fields);
  TENON_CHECK(visit_lines(node, [&](const Node& line, LineDraft&) { return derive(line); }));
  TENON_CHECK(roll_up(node));
  for (const application::Lookup& lookup : node.object->lookups) {
    TENON_TRY(auto value, fitting(node, lookup.slot, gatherer_.lookup(lookup, *node.fields)));
    set(node, lookup.slot, std::move(value));
  }
  if (!node.object->needs.paths.empty()) {
    *node.paths = gather(node, *node.fields);
    if (node.before != nullptr) *node.changed = differing(*node.paths_before, *node.paths);
  }
  for (const application::Derived& one : node.object->derived) {
    TENON_TRY(auto value, worked_out(node, one));
    set(node, one.slot, std::move(value));
  }
  return done();
}

Result<Value> Derivation::worked_out(const Node& node, const application::Derived& one) const {
  auto value = fitting(node, one.slot, one.formula.evaluate(scope_of(node)));
  if (value || value.error().code != ErrorCode::invalid) return value;
  if (is_of_input(node, one.formula)) return value;
  return Value{};
}

bool Derivation::is_of_input(const Node& node, const formula::Formula& formula) const {
  if (draft_.is_along) return false;
  const auto moved = [&](int slot) {
    const auto place = static_cast<std::size_t>(slot);
    return slot >= 0 && (*node.fields)[place] != node.before->fields[place];
  };
  const auto changed = [&](int path) {
    const auto place = static_cast<std::size_t>(path);
    return place < node.changed->size() && (*node.changed)[place];
  };
  const bool is_changed = node.before == nullptr ||
                          std::any_of(formula.slots().begin(), formula.slots().end(), moved) ||
                          std::any_of(formula.paths().begin(), formula.paths().end(), changed);
  return is_changed && !is_from_elsewhere(context_.app, *node.object, formula);
}

Result<void> Derivation::roll_up(const Node& node) {
  for (const application::Rollup& rollup : node.object->rollups) {
    if (rollup.is_of_lines) {
      TENON_TRY(auto value, fitting(node, rollup.slot, fold_lines(node, rollup)));
      set(node, rollup.slot, std::move(value));
    } else if (node.before == nullptr) {
      Value& field = (*node.fields)[static_cast<std::size_t>(rollup.slot)];
      if (is_empty(field)) field = of_no_rows(rollup.function);
    } else if (is_being_filled(context_, *node.object, rollup.slot)) {
      TENON_TRY(auto value, fitting(node, rollup.slot, recounted(context_, rollup, node.id)));
      set(node, rollup.slot, std::move(value));
    }
  }
  return done();
}

Result<Value> Derivation::fold_lines(const Node& node, const application::Rollup& rollup) {
  Fold fold(rollup.function);
  for (const LinesDraft& group : *node.lines) {
    if (group.object().place != rollup.rows || group.children->parent_slot != rollup.reference) {
      continue;
    }
    for (const LineDraft& line : group.lines) {
      if (line.is_removed) continue;
      if (rollup.filter) {
        formula::Scope scope;
        scope.fields = line.record.fields;
        scope.zone = &context_.app.zone();
        TENON_TRY(const auto counts, rollup.filter->evaluate(scope));
        if (!is_true(counts)) continue;
      }
      TENON_CHECK(fold.add(
          rollup.of < 0 ? counted() : line.record.fields[static_cast<std::size_t>(rollup.of)]));
    }
  }
  return fold.value();
}

void Derivation::set(const Node& node, int slot, Value value) {
  Value& field = (*node.fields)[static_cast<std::size_t>(slot)];
  if (field == value) return;
  field = std::move(value);
  moved_ = true;
}

// Lines may look up to what is computed of the record, which may run over what is computed of them.
void Derivation::compute() {
  for (int pass = 0; pass < kPassesMax; ++pass) {
    moved_ = false;
    compute(root());
    if (!moved_ || draft_.lines.empty()) return;
  }
}

void Derivation::compute(const Node& node) {
  (void)visit_lines(node, [&](const Node& line, LineDraft&) {
    compute(line);
    return done();
  });
  if (node.object->computed.empty()) return;
  if (node.above != nullptr) *node.paths = gather(node, *node.fields);
  gather_rows(node);
  for (const application::Derived& one : node.object->computed) {
    auto value = fitting(node, one.slot, one.formula.evaluate(scope_of(node)));
    set(node, one.slot, value ? value.take() : Value{});
  }
}

}  // namespace tenon::command
