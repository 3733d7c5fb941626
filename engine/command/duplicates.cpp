#include "engine/command/duplicates.h"

#include <algorithm>
#include <map>

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

constexpr std::size_t kCandidatesMax = 200;  // That are looked at for how much they are alike.
constexpr int kPage = 200;
constexpr std::size_t kPagesMax = 25;  // Of records that share a key, for all keys together.

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

  // The likest record, apart from `self`, of equal ones one that the actor may see; nothing where
  // there is none.
  std::optional<record::Record> find(const Values& fields, RecordId self) {
    const auto keys = keys_of(context_, rule_, Side::own, fields);
    return rule_.similar ? likest(fields, self, keys) : equal(self, keys);
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
  std::optional<record::Record> equal(RecordId self, const std::vector<std::string>& keys) {
    auto found = candidates(keys, self, Sight::all, 1);
    if (found.empty()) return std::nullopt;
    if (!may_see(context_, against_, found[0])) {
      const auto seen = candidates(keys, self, Sight::seen, 1);
      if (!seen.empty()) found = seen;
    }
    return record::read(context_.tx, against_.table, found[0]);
  }

  std::optional<record::Record> likest(const Values& fields, RecordId self,
                                       const std::vector<std::string>& keys) {
    std::optional<record::Record> best;
    int most = 0;
    bool is_seen = false;
    for (const RecordId candidate : candidates(keys, self, Sight::all, kCandidatesMax)) {
      auto record = record::read(context_.tx, against_.table, candidate);
      if (!record) continue;
      const int likeness = likeness_to(fields, *record);
      if (likeness == 0 || likeness < most || (likeness == most && is_seen)) continue;
      const bool sees = may_see(context_, against_, candidate);
      if (likeness == most && !sees) continue;
      best = std::move(record);
      most = likeness;
      is_seen = sees;
    }
    return best;
  }

  int likeness_to(const Values& fields, const record::Record& record) const {
    const int likeness =
        duplicate::likeness(normal_of(context_, *rule_.similar, Side::own, fields),
                            normal_of(context_, *rule_.similar, Side::other, record.fields));
    return likeness >= rule_.definition->least ? likeness : 0;
  }

  enum class Sight { all, seen };

  // Records that share a key and pass the rule's filter, those that share most keys first, then the
  // newest. Each key is followed, page by page, until there are enough or the pages are used up.
  std::vector<RecordId> candidates(const std::vector<std::string>& keys, RecordId self, Sight sight,
                                   std::size_t count_max) const {
    std::map<std::int64_t, int> counts;
    const std::size_t pages =
        std::max<std::size_t>(kPagesMax / std::max<std::size_t>(keys.size(), 1), 1);
    for (const std::string& key : keys) {
      for (const RecordId id : passing(key, self, sight, count_max, pages)) --counts[-id.value];
    }
    std::vector<std::pair<int, std::int64_t>> order;
    for (const auto& [negative, count] : counts) order.emplace_back(count, negative);
    std::sort(order.begin(), order.end());
    std::vector<RecordId> records;
    for (const auto& [count, negative] : order) {
      if (records.size() < count_max) records.push_back(RecordId{-negative});
    }
    return records;
  }

  std::vector<RecordId> passing(const std::string& key, RecordId self, Sight sight,
                                std::size_t count_max, std::size_t pages) const {
    std::vector<RecordId> found;
    RecordId before;
    for (std::size_t page = 0; page < pages && found.size() < count_max; ++page) {
      auto ids = record::sharing(context_.tx, rule_.definition->id, key, before, kPage);
      const bool is_last = ids.size() < static_cast<std::size_t>(kPage);
      if (!ids.empty()) before = ids.back();
      std::erase(ids, self);
      if (const auto* filter = rule_filter()) ids = among(as_system(context_), ids, filter);
      if (sight == Sight::seen) ids = among(as_query(context_), ids, nullptr);
      found.insert(found.end(), ids.begin(), ids.end());
      if (is_last) break;
    }
    if (found.size() > count_max) found.resize(count_max);
    return found;
  }

  // Which records of the object looked at count; null where all do.
  const formula::Formula* rule_filter() const {
    for (const DuplicateRule& twin : against_.matched_by) {
      if (twin.definition == rule_.definition && twin.when) return &*twin.when;
    }
    return nullptr;
  }

  // Those of them that this actor may see and the condition, as it is kept, lets pass; in their
  // order, the newest first.
  std::vector<RecordId> among(const query::Context& asked, const std::vector<RecordId>& ids,
                              const formula::Formula* condition) const {
    if (ids.empty()) return ids;
    query::Select select(asked, against_);
    std::string list = "[";
    for (const RecordId id : ids) {
      list += (list.size() == 1 ? "" : ",") + std::to_string(id.value);
    }
    storage::SqlBuilder listed = select.column(-1);  // The same SQL for however many.
    listed.text(" IN (SELECT value FROM json_each(").bind(Column{list + "]"}).text("))");
    select.where(std::move(listed));
    if (condition != nullptr) select.where(select.formula(*condition, against_.needs));
    storage::SqlBuilder sql;
    sql.text("SELECT ").append(select.column(-1)).append(select.from_where());
    sql.text(" ORDER BY 1 DESC");
    return query::prepared(asked, sql).all([](const storage::Row& row) {
      return RecordId{row.integer(0)};
    });
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

std::vector<std::string> match_keys(const Context& context, const DuplicateRule& rule,
                                    const Values& fields) {
  return keys_of(context, rule, Side::other, fields);
}

}  // namespace tenon::command
