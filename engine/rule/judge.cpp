#include "engine/rule/judge.h"

#include <algorithm>

#include "engine/rule/maker.h"
#include "engine/value/references.h"

namespace tenon::rule {
namespace {

bool holds(const std::vector<int>& slots, int slot) {
  return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

class Judgement {
 public:
  Judgement(const Program& program, const Draft& draft, std::string_view locale, const Maker* maker)
      : program_(program),
        draft_(&draft),
        with_lines_(draft.with_lines),
        scope_(draft.scope),
        locale_(locale),
        maker_(maker) {
    verdict_.fields.assign(draft.scope.fields.begin(), draft.scope.fields.end());
    waiting_.reserve(program.rules.size());
  }

  // Each pass but the last empties something that nothing fills again, so it ends.
  Result<Verdict> pronounce() {
    for (std::size_t pass = 0; pass <= program_.rules.size(); ++pass) {
      const std::size_t cleared = verdict_.cleared.size();
      TENON_CHECK(apply_all());
      if (verdict_.cleared.size() == cleared) {
        if (failed_) return std::move(*failed_);
        require_what_shows();
        return std::move(verdict_);
      }
      begin_again();
    }
    throw Fault("the rules of an object do not settle");
  }

 private:
  // What cannot be worked out may be so because of what a later rule empties.
  Result<void> apply_all() {
    for (std::size_t place = 0; place < program_.rules.size(); ++place) {
      const Rule& rule = program_.rules[place];
      auto applies = is_true_of_draft(rule, rule.when);
      if (!applies) {
        if (!failed_) failed_ = std::move(applies.error());
        continue;
      }
      if (!*applies) continue;
      if (rule.when) verdict_.decided.push_back(static_cast<int>(place));
      TENON_CHECK(apply(rule));
    }
    return done();
  }

  // Of what was said before something was emptied only that remains.
  void begin_again() {
    const auto empties = [&](int place) {
      return program_.rules[static_cast<std::size_t>(place)].effect == Effect::clear;
    };
    Verdict next;
    next.fields = std::move(verdict_.fields);
    next.cleared = std::move(verdict_.cleared);
    std::copy_if(verdict_.decided.begin(), verdict_.decided.end(), std::back_inserter(next.decided),
                 empties);
    verdict_ = std::move(next);
    waiting_.clear();
    failed_.reset();
  }

  Result<bool> is_true_of_draft(const Rule& rule,
                                const std::optional<formula::Formula>& condition) {
    if (!condition) return true;
    return is_true_of(rule, *condition, draft_->scope.paths);
  }

  Result<bool> is_true_of(const Rule& rule, const formula::Formula& condition,
                          std::span<const Value> paths) {
    scope_.fields = verdict_.fields;
    scope_.paths = paths;
    auto answer = condition.evaluate(scope_);
    if (answer) return is_true(*answer);
    Error error = std::move(answer.error());
    for (Problem& problem : error.problems) problem.at = place(rule);
    return error;
  }

  Result<void> apply(const Rule& rule) {
    switch (rule.effect) {
      case Effect::require: waiting_.push_back(&rule); break;
      case Effect::hide: verdict_.hidden.push_back(rule.slot); break;
      case Effect::clear: return clear(rule);
      case Effect::reject: report(rule, rule.name, message(rule, "is not allowed")); break;
      case Effect::read_only: lock(rule); break;
      case Effect::options: return narrow(rule);
    }
    return done();
  }

  // Always a refusal, never a warning: that the field was written is itself the change. What a rule
  // empties is nobody's write any more.
  void lock(const Rule& rule) {
    if (!holds(verdict_.read_only, rule.slot)) verdict_.read_only.push_back(rule.slot);
    if (holds(verdict_.cleared, rule.slot)) return;
    if (!is_written(rule.slot) && !is_written(rule.currency)) return;
    verdict_.problems.push_back(
        {this->place(rule), rule.name, message(rule, "cannot be changed now")});
  }

  static bool is_set(const std::vector<bool>& set, int slot) {
    const auto place = static_cast<std::size_t>(slot);
    return slot >= 0 && place < set.size() && set[place];
  }

  bool is_written(int slot) const { return is_set(draft_->written, slot); }

  // A children field has no value of its own.
  bool is_filled(int slot) const {
    return !is_empty(verdict_.fields[static_cast<std::size_t>(slot)]) || is_set(with_lines_, slot);
  }

  Result<void> narrow(const Rule& rule) {
    const Value& value = verdict_.fields[static_cast<std::size_t>(rule.slot)];
    bool fits = true;
    if (rule.filter && std::holds_alternative<ReferenceList>(value)) {
      return narrow_list(rule, std::get<ReferenceList>(value));
    }
    if (rule.filter) {
      TENON_TRY(fits, is_true_of_draft(rule, rule.filter));
    } else {
      leave_options(rule);
      fits = is_among(rule.options, value);
    }
    if (!fits && !is_empty(value)) {
      report(rule, rule.name, message(rule, "is not among what may be chosen here"));
    }
    return done();
  }

  // What was in the list before and does not fit (any more) is a warning, unless the rule's inputs
  // changed: who adds another record is not held up by it.
  Result<void> narrow_list(const Rule& rule, const ReferenceList& list) {
    if (maker_ == nullptr) return done();
    const auto slot = static_cast<std::size_t>(rule.slot);
    bool refused = false;
    bool warned = false;
    for (const RecordId item : list.items) {
      const Values paths = maker_->paths_with(rule.slot, item);
      TENON_TRY(const bool fits, is_true_of(rule, *rule.filter, paths));
      if (fits) continue;
      const bool was_there = draft_->before != nullptr && refers_to((*draft_->before)[slot], item);
      (was_there && !inputs_changed(rule) ? warned : refused) = true;
    }
    if (!refused && !warned) return done();
    auto& told = refused ? verdict_.problems : verdict_.warnings;
    told.push_back({place(rule), rule.name,
                    message(rule, "has records that are not among what may be chosen here")});
    return done();
  }

  // What every rule that applies leaves, in the order of the first.
  void leave_options(const Rule& rule) {
    const auto [left, is_first] = verdict_.options.emplace(rule.slot, rule.options);
    if (is_first) return;
    std::erase_if(left->second, [&](const std::string& option) {
      return std::find(rule.options.begin(), rule.options.end(), option) == rule.options.end();
    });
  }

  static bool is_among(const std::vector<std::string>& options, const Value& value) {
    const auto known = [&](const std::string& one) {
      return std::find(options.begin(), options.end(), one) != options.end();
    };
    if (const auto* list = std::get_if<TextList>(&value)) {
      return std::all_of(list->items.begin(), list->items.end(), known);
    }
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr && known(*text);
  }

  Result<void> clear(const Rule& rule) {
    verdict_.hidden.push_back(rule.slot);
    if (!is_filled(rule.slot)) return done();
    verdict_.cleared.push_back(rule.slot);
    if (maker_ != nullptr) {
      TENON_TRY(again_, maker_->emptied(rule.slot));
      draft_ = &*again_;
      scope_ = draft_->scope;
      with_lines_ = draft_->with_lines;
      verdict_.fields.assign(scope_.fields.begin(), scope_.fields.end());
      return done();
    }
    const auto slot = static_cast<std::size_t>(rule.slot);
    verdict_.fields[slot] = Value{};
    if (rule.currency >= 0) verdict_.fields[static_cast<std::size_t>(rule.currency)] = Value{};
    if (is_set(with_lines_, rule.slot)) with_lines_[slot] = false;
    return done();
  }

  // Last, because a field that some later rule hides is not asked for.
  void require_what_shows() {
    verdict_.required.reserve(waiting_.size());
    for (const Rule* rule : waiting_) {
      if (holds(verdict_.hidden, rule->slot) || holds(verdict_.required, rule->slot)) continue;
      verdict_.required.push_back(rule->slot);
      if (is_filled(rule->slot)) continue;
      report(*rule, "required", message(*rule, "must be filled in"));
    }
  }

  void report(const Rule& rule, std::string name, std::string text) {
    auto& list = refuses(rule) ? verdict_.problems : verdict_.warnings;
    list.push_back({place(rule), std::move(name), std::move(text)});
  }

  // An old record that breaks a newer rule can still be edited elsewhere.
  bool refuses(const Rule& rule) const {
    if (draft_->before == nullptr) return true;
    if (moved(rule.slot) || moved(rule.currency)) return true;
    return inputs_changed(rule);
  }

  bool inputs_changed(const Rule& rule) const {
    return (rule.when && reads_change(*rule.when)) ||
           (rule.filter && reads_change(*rule.filter, rule.slot));
  }

  bool moved(int slot) const {
    if (slot < 0) return false;
    const auto place = static_cast<std::size_t>(slot);
    if (is_set(program_.children, slot)) return is_written(slot);
    return (*draft_->before)[place] != verdict_.fields[place];
  }

  // `but`: a slot that is not looked at, here what the rule is about.
  bool reads_change(const formula::Formula& condition, int but = -1) const {
    const auto is_moved = [&](int slot) { return slot != but && moved(slot); };
    const auto& slots = condition.slots();
    const auto& paths = condition.paths();
    const auto& many = condition.many();
    return std::any_of(slots.begin(), slots.end(), is_moved) ||
           std::any_of(paths.begin(), paths.end(),
                       [&](int need) { return is_set(draft_->changed, need); }) ||
           std::any_of(many.begin(), many.end(), [&](const formula::ManyUse& use) {
             return is_set(draft_->changed_rows, use.place);
           });
  }

  std::string place(const Rule& rule) const {
    return rule.slot < 0 ? "" : program_.fields[static_cast<std::size_t>(rule.slot)];
  }

  std::string message(const Rule& rule, const char* otherwise) const {
    return rule.message.empty() ? otherwise : metadata::text_in(rule.message, locale_);
  }

  const Program& program_;
  const Draft* draft_;
  std::optional<Draft> again_;  // As it is since a rule has emptied something.
  std::vector<bool> with_lines_;
  formula::Scope scope_;  // The draft's, with the fields of the verdict so far.
  std::string_view locale_;
  const Maker* maker_;
  std::optional<Error> failed_;  // Of the first condition of this pass that has no answer.
  Verdict verdict_;
  std::vector<const Rule*> waiting_;
};

Result<Rule> compile_rule(const metadata::Rule& definition, const metadata::Object& object,
                          const formula::Names& names, formula::Needs& needs) {
  TENON_TRY(auto when,
            formula::compile_as(Kind::boolean, definition.when, object.id, names, needs));
  Rule rule{definition.name,    std::move(when),    definition.effect, -1,
            definition.message, definition.options, std::nullopt};
  if (!definition.filter.empty()) {
    TENON_TRY(rule.filter, formula::compile_choice(definition.filter, object.id, definition.field,
                                                   names, needs));
  }
  for (std::size_t slot = 0; slot < object.fields.size(); ++slot) {
    if (object.fields[slot].id == definition.field) rule.slot = static_cast<int>(slot);
    const std::string& money = object.fields[slot].currency_of;
    if (!money.empty() && money == definition.field) rule.currency = static_cast<int>(slot);
  }
  return rule;
}

}  // namespace

Result<Program> compile(const metadata::Bundle& bundle, const metadata::Object& object,
                        const formula::Names& names, formula::Needs& needs) {
  Program program;
  for (std::size_t slot = 0; slot < object.fields.size(); ++slot) {
    program.fields.push_back(object.fields[slot].name);
    program.children.push_back(object.fields[slot].is_children());
    if (!object.fields[slot].required) continue;
    program.rules.push_back(
        {"required", std::nullopt, Effect::require, static_cast<int>(slot), {}});
  }
  std::vector<const metadata::Rule*> definitions;
  for (const metadata::Rule& rule : bundle.rules) {
    if (rule.object == object.id) definitions.push_back(&rule);
  }
  std::sort(definitions.begin(), definitions.end(), [](const auto* a, const auto* b) {
    return std::tie(a->order, a->name) < std::tie(b->order, b->name);
  });
  for (const metadata::Rule* definition : definitions) {
    TENON_TRY(auto rule, compile_rule(*definition, object, names, needs));
    program.rules.push_back(std::move(rule));
  }
  return program;
}

bool Program::may_lock(int slot) const {
  return std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) {
    return rule.effect == Effect::read_only && (rule.slot == slot || rule.currency == slot);
  });
}

Result<Verdict> judge(const Program& program, const Draft& draft, std::string_view locale) {
  return Judgement(program, draft, locale, nullptr).pronounce();
}

Result<Verdict> judge(const Program& program, const Draft& draft, std::string_view locale,
                      const Maker& maker) {
  return Judgement(program, draft, locale, &maker).pronounce();
}

}  // namespace tenon::rule
