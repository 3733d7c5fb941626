#include "engine/command/duplicates.h"

#include <algorithm>

#include "engine/command/access.h"
#include "engine/command/draft.h"
#include "engine/duplicate/likeness.h"
#include "engine/duplicate/normal.h"
#include "engine/query/later.h"
#include "engine/query/select.h"
#include "engine/record/match_key_table.h"

namespace tenon::command {
namespace {

using application::DuplicateRule;
using application::MatchSlots;
using application::Object;
using metadata::OnDuplicate;
using metadata::Reveals;

constexpr int kCandidatesMax = 200;

enum class Side { own, other };

int slot_at(const MatchSlots& match, Side side) {
  return side == Side::own ? match.slot : match.other;
}

std::string normal_of(const Context& context, const MatchSlots& match, Side side,
                      const Values& fields) {
  return duplicate::normal(match.form, fields[static_cast<std::size_t>(slot_at(match, side))],
                           context.app.bundle().country);
}

// One key of all fields that must be equal, or the signature of the one that may be alike. None
// where one of the fields is empty.
std::vector<std::string> keys_of(const Context& context, const DuplicateRule& rule, Side side,
                                 const Values& fields) {
  if (rule.fields.empty()) {
    return duplicate::signature(normal_of(context, *rule.similar, side, fields));
  }
  std::string key;
  for (const MatchSlots& match : rule.fields) {
    const std::string part = normal_of(context, match, side, fields);
    if (part.empty()) return {};
    key += (key.empty() ? "" : "\x1f") + part;
  }
  return {key};
}

bool differs(const DuplicateRule& rule, Side side, const Values& a, const Values& b) {
  const auto moved = [&](const MatchSlots& match) {
    const auto slot = static_cast<std::size_t>(slot_at(match, side));
    return a[slot] != b[slot];
  };
  return std::any_of(rule.fields.begin(), rule.fields.end(), moved) ||
         (rule.similar && moved(*rule.similar));
}

class Search {
 public:
  Search(Context& context, const Object& object, const DuplicateRule& rule)
      : context_(context),
        object_(object),
        rule_(rule),
        against_(*context.app.find_id(rule.definition->against)) {}

  // The likest record, apart from `self`; nothing where there is none.
  std::optional<record::Record> find(const Values& fields, RecordId self) {
    std::optional<record::Record> best;
    int most = 0;
    const auto keys = keys_of(context_, rule_, Side::own, fields);
    const auto& id = rule_.definition->id;
    for (const RecordId candidate : record::sharing(context_.tx, id, keys, kCandidatesMax)) {
      if (candidate == self) continue;
      auto record = record::read(context_.tx, against_.table, candidate);
      if (!record) continue;
      const int likeness = likeness_to(fields, *record);
      if (likeness <= most) continue;
      if (!passes_filter(*record)) continue;
      best = std::move(record);
      most = likeness;
    }
    return best;
  }

  Warning warning(const record::Record& found) const {
    if (!may_see(context_, against_, found.id)) return {problem(found)};
    return {problem(found), &against_, found.id};
  }

  Problem problem(const record::Record& found) const {
    const int slot = rule_.fields.empty() ? rule_.similar->slot : rule_.fields[0].slot;
    const metadata::Duplicate& definition = *rule_.definition;
    std::string message = metadata::text_in(definition.message, context_.actor.locale);
    if (message.empty()) message = "there is likely the same " + against_.name() + " already";
    const std::string told = revealed(found);
    if (!told.empty()) message += ": " + told;
    return {object_.field(slot).name, "duplicate." + definition.name, message};
  }

 private:
  int likeness_to(const Values& fields, const record::Record& record) const {
    if (!rule_.similar) return 100;
    const int likeness =
        duplicate::likeness(normal_of(context_, *rule_.similar, Side::own, fields),
                            normal_of(context_, *rule_.similar, Side::other, record.fields));
    return likeness >= rule_.definition->least ? likeness : 0;
  }

  bool passes_filter(const record::Record& record) const {
    for (const DuplicateRule& twin : against_.matched_by) {
      if (twin.definition != rule_.definition || !twin.when) continue;
      return passes(*twin.when, record.id);
    }
    return true;
  }

  // As it is kept, with what it needs.
  bool passes(const formula::Formula& condition, RecordId id) const {
    const query::Context asked = as_system(context_);
    query::Select select(asked, against_);
    storage::SqlBuilder itself = select.column(-1);
    itself.text(" = ").bind(Column{id.value});
    select.where(std::move(itself));
    select.where(select.formula(condition, against_.needs));
    storage::SqlBuilder sql;
    sql.text("SELECT 1").append(select.from_where());
    auto statement = query::prepared(asked, sql);
    return statement.step().has_value();
  }

  // Whoever may read the record is told its title anyway.
  std::string revealed(const record::Record& found) const {
    const bool seen = may_see(context_, against_, found.id);
    const Reveals reveals = seen ? Reveals::title : rule_.definition->reveals;
    if (reveals == Reveals::nothing) return "";
    const Object& users = context_.app.system_object("user");
    const auto owner = record::read(context_.tx, users.table, owner_of(against_, found.fields));
    if (reveals == Reveals::title) {
      const auto slot = static_cast<std::size_t>(against_.title_slot);
      return against_.title_slot < 0 ? "" : text_of(against_.types[slot], found.fields[slot]);
    }
    if (!owner) return "";
    const auto slot = static_cast<std::size_t>(users.title_slot);
    return text_of(users.types[slot], owner->fields[slot]);
  }

  Context& context_;
  const Object& object_;
  const DuplicateRule& rule_;
  const Object& against_;
};

// What the keys of a rule are made of; where it changes they are made anew.
std::string form_of(const DuplicateRule& rule) {
  std::string form = rule.definition->against;
  const auto add = [&](const metadata::MatchField& field) {
    form += " " + field.other + ":" + std::to_string(static_cast<int>(field.form));
  };
  for (const metadata::MatchField& field : rule.definition->fields) add(field);
  if (rule.definition->fields.empty()) {
    form += " ~";
    add(rule.definition->similar);
  }
  return form;
}

std::vector<RecordId> all_of(storage::Transaction& tx, const Object& object) {
  storage::SqlBuilder sql;
  sql.text("SELECT id FROM ").name(object.table.name).text(" WHERE deleted_at IS NULL");
  return tx.statement(sql.sql()).all(
      [](const storage::Row& row) { return RecordId{row.integer(0)}; });
}

}  // namespace

Result<Duplicates> find_duplicates(Context& context, const Object& object,
                                   const record::Record* before, Draft& draft) {
  Duplicates duplicates;
  if (object.duplicates.empty()) return duplicates;
  const Values& fields = draft.fields;
  formula::Scope scope = scope_of(context, object, before, draft);
  scope.user = {};  // Looked for as the system.
  for (const DuplicateRule& rule : object.duplicates) {
    if (before != nullptr && !differs(rule, Side::own, before->fields, fields)) continue;
    const RecordId self = before == nullptr ? RecordId{} : before->id;
    if (rule.when) {
      TENON_TRY(const auto applies, rule.when->evaluate(scope));
      if (!is_true(applies)) continue;
    }
    Search search(context, object, rule);
    const auto found = search.find(fields, self);
    if (!found) continue;
    const OnDuplicate action = rule.definition->action;
    // One that may not be seen cannot be written into either: then it blocks.
    const bool merges =
        action == OnDuplicate::merge && before == nullptr && may_see(context, object, found->id);
    if (merges && !duplicates.merge_into) duplicates.merge_into = found->id;
    const bool warns = merges || action == OnDuplicate::warn;
    if (warns) {
      duplicates.warnings.push_back(search.warning(*found));
    } else {
      duplicates.problems.push_back(search.problem(*found));
    }
  }
  return duplicates;
}

void keep_keys(Context& context, const Object& object, const record::Record* before,
               const record::Record* after) {
  for (const DuplicateRule& rule : object.matched_by) {
    const bool same = before != nullptr && after != nullptr &&
                      !differs(rule, Side::other, before->fields, after->fields);
    if (same) continue;
    const RecordId id = after != nullptr ? after->id : before->id;
    record::set_match_keys(context.tx, rule.definition->id, id,
                           after == nullptr ? std::vector<std::string>{}
                                            : keys_of(context, rule, Side::other, after->fields));
  }
}

void fill_keys(Context& context, const application::Application& app) {
  for (const Object& object : app.objects()) {
    for (const DuplicateRule& rule : object.matched_by) {
      const std::string& id = rule.definition->id;
      const std::string form = form_of(rule);
      if (record::match_form(context.tx, id) == form) continue;
      record::set_match_form(context.tx, id, form);
      for (const RecordId one : all_of(context.tx, object)) {
        const auto record = record::read(context.tx, object.table, one);
        record::set_match_keys(context.tx, id, one,
                               keys_of(context, rule, Side::other, record->fields));
      }
    }
  }
}

}  // namespace tenon::command
