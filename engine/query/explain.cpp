#include "engine/query/explain.h"

#include "engine/metadata/derived.h"
#include "engine/metadata/many.h"
#include "engine/query/input_sight.h"

namespace tenon::query {
namespace {

using application::Object;
using formula::Explanation;
using metadata::BundleNames;

// What is asked about, compiled with current names, so that places in it are those people see.
struct Asked {
  const Object* object;
  formula::Formula formula;
  formula::Needs needs;
  int field = -1;  // Whose it is, by its slot: its value may be read; -1: nobody's.
};

Result<Asked> asked(const Context& context, const Object& object, const std::string& text,
                    int field) {
  const BundleNames::Changes told = BundleNames::Changes::told;
  const BundleNames by_id(context.app.bundle(), BundleNames::By::id, told);
  const BundleNames by_name(context.app.bundle(), BundleNames::By::name, told);
  const auto current = [&](const std::string& of, const std::string& id) {
    return std::optional(metadata::current_name(context.app.bundle(), of, id));
  };
  TENON_TRY(const auto named, formula::rewrite(text, object.id(), by_id, current));
  formula::Needs needs;
  TENON_TRY(auto formula, formula::compile(named, object.id(), by_name, needs));
  return Asked{&object, std::move(formula), std::move(needs), field};
}

class Telling {
 public:
  Telling(const Asked& asked, const InputSight& sight, const KeptScope& seen, const KeptScope& all)
      : asked_(asked), sight_(sight), seen_(seen), all_(all) {}

  ExplainedPart tell() const {
    const Explanation whole = formula::explain(asked_.formula, all_.scope());
    return part(whole, sight_.sees(whole.reads, seen_, all_), true);
  }

 private:
  // `open`: nothing of the whole is hidden, so that what was looked at can be told.
  ExplainedPart part(const Explanation& from, bool open, bool is_whole) const {
    ExplainedPart made;
    made.kind = from.kind;
    if (sight_.names(from.reads)) {
      const auto begin = static_cast<std::size_t>(from.begin);
      const auto count = static_cast<std::size_t>(from.end - from.begin);
      made.text = asked_.formula.text().substr(begin, count);
    }
    tell_value(from, open, is_whole, made);
    for (const Explanation& one : from.parts) made.parts.push_back(part(one, open, false));
    return made;
  }

  void tell_value(const Explanation& from, bool open, bool is_whole, ExplainedPart& made) const {
    using State = ExplainedPart::State;
    if (open) {
      made.state = from.state == Explanation::State::value   ? State::value
                   : from.state == Explanation::State::error ? State::error
                                                             : State::unused;
      made.value = from.value;
      made.rule = from.rule;
      made.finding = from.finding;
    } else if (is_whole && asked_.field >= 0) {
      made.state = State::value;  // An error is an empty field.
      made.value = from.value;
    } else if (from.is_input && sight_.sees(from.reads, seen_, all_)) {
      made.state = State::value;
      made.value = input(from);
    }
  }

  const Value& input(const Explanation& from) const {
    if (!from.reads.paths.empty()) return all_.path(from.reads.paths.front());
    return all_.field(from.reads.slots.front());
  }

  const Asked& asked_;
  const InputSight& sight_;
  const KeptScope& seen_;
  const KeptScope& all_;
};

std::vector<int> slots_of(const formula::Formula& formula) {
  std::vector<int> slots;
  for (const auto* some : {&formula.slots(), &formula.old_slots()}) {
    for (const int slot : *some) {
      if (slot >= 0) slots.push_back(slot);
    }
  }
  return slots;
}

Result<ExplainedPart> explained(const Context& context, const Asked& asked, RecordId id) {
  auto slots = slots_of(asked.formula);
  if (asked.field >= 0) slots.push_back(asked.field);
  const Context everything = seeing_all(context);
  TENON_TRY(const auto seen, KeptScope::read(context, *asked.object, asked.needs, slots, id));
  if (!seen) return Error::not_found();
  TENON_TRY(const auto all, KeptScope::read(everything, *asked.object, asked.needs, slots, id));
  // Its pool may hide the field of this one record.
  if (asked.field >= 0 && seen->field(asked.field) != all->field(asked.field)) {
    return Error::not_found();
  }
  const InputSight sight(context, *asked.object, asked.needs);
  return Telling(asked, sight, *seen, *all).tell();
}

}  // namespace

Result<ExplainedField> explain_field(const Context& context, std::string_view object_name,
                                     RecordId id, std::string_view field_name) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, object_name));
  const auto slot = object->find_slot(field_name);
  const auto& rights = context.rights.objects[static_cast<std::size_t>(object->place)];
  if (!slot || !rights.may_read(*slot)) return Error::not_found();
  const metadata::Field& field = object->field(*slot);
  if (!field.is_derived()) {
    return Error::invalid(
        "", "not_computed",
        "\"" + field.name + "\" is given, not computed: its history tells by whom");
  }
  TENON_TRY(const auto formula, asked(context, *object, metadata::as_formula(field), *slot));
  TENON_TRY(auto part, explained(context, formula, id));
  auto fitting = coerce(object->type(*slot), part.value);
  if (fitting) part.value = fitting.take();
  return ExplainedField{object, *slot, std::move(part)};
}

Result<ExplainedRule> explain_rule(const Context& context, std::string_view object_name,
                                   RecordId id, std::string_view rule_name) {
  TENON_TRY(const auto* object, visible_object(context.app, context.rights, object_name));
  for (const metadata::Rule& rule : context.app.bundle().rules) {
    if (rule.object != object->id() || rule.name != rule_name) continue;
    TENON_TRY(const auto when, asked(context, *object, rule.when, -1));
    const InputSight sight(context, *object, when.needs);
    if (!sight.names(formula::reads_of(when.formula))) return Error::not_found();
    ExplainedRule explained_rule{&rule, "", {}};
    if (!rule.field.empty()) {
      explained_rule.field = metadata::current_name(context.app.bundle(), object->id(), rule.field);
      const auto slot = object->find_slot(explained_rule.field);
      const auto& rights = context.rights.objects[static_cast<std::size_t>(object->place)];
      if (!slot || !rights.may_read(*slot)) return Error::not_found();
    }
    TENON_TRY(explained_rule.when, explained(context, when, id));
    return explained_rule;
  }
  return Error::not_found();
}

}  // namespace tenon::query
