#include "engine/command/key_fill.h"

#include <algorithm>
#include <sstream>

#include "engine/base/limits.h"
#include "engine/command/duplicates.h"
#include "engine/record/match_key_table.h"

namespace tenon::command {
namespace {

using application::Application;
using application::DuplicateRule;
using application::Object;

constexpr int kChunk = 500;
constexpr std::string_view kFillKeys = "fill_keys";

struct StaleRule {
  const Object* object;  // Whose records have the keys.
  const DuplicateRule* rule;

  const std::string& id() const { return rule->definition->id; }
};

// What the keys of a rule are made of; where it changes they are made anew.
std::string form_of(const DuplicateRule& rule, const std::string& country) {
  std::string form = rule.definition->against;
  bool has_numbers = false;  // Which country they are of without a prefix is a part of their keys.
  const auto add = [&](const metadata::MatchField& field) {
    form += " " + field.other + ":" + std::to_string(static_cast<int>(field.form));
    has_numbers = has_numbers || field.form == metadata::NormalForm::phone;
  };
  for (const metadata::MatchField& field : rule.definition->fields) add(field);
  if (rule.definition->fields.empty()) {
    form += " ~";
    add(rule.definition->similar);
  }
  return has_numbers ? form + " " + country : form;
}

std::vector<StaleRule> stale_rules(storage::Transaction& tx, const Application& app) {
  std::vector<StaleRule> stale;
  for (const Object& object : app.objects()) {
    for (const DuplicateRule& rule : object.matched_by) {
      const bool is_made =
          record::match_form(tx, rule.definition->id) == form_of(rule, app.bundle().country);
      if (!is_made) stale.push_back({&object, &rule});
    }
  }
  return stale;
}

void note_made(const Context& context, const StaleRule& one) {
  record::set_match_form(context.tx, one.id(), form_of(*one.rule, context.app.bundle().country));
}

void make_keys(const Context& context, const StaleRule& one, RecordId id) {
  const auto record = record::read(context.tx, one.object->table, id);
  if (!record) return;
  record::set_match_keys(context.tx, one.id(), id, match_keys(context, *one.rule, record->fields));
}

void make_all(const Context& context, const StaleRule& one) {
  for (RecordId after{};;) {
    const auto ids = record::ids_after(context.tx, one.object->table, after, kChunk);
    for (const RecordId id : ids) make_keys(context, one, id);
    if (static_cast<int>(ids.size()) < kChunk) return note_made(context, one);
    after = ids.back();
  }
}

std::int64_t rows_of(storage::Transaction& tx, const std::vector<StaleRule>& stale) {
  std::int64_t rows = 0;
  for (const StaleRule& one : stale) rows += record::count_rows(tx, one.object->table);
  return rows;
}

void add_job(const Context& context) {
  job::NewJob job;
  job.kind = kFillKeys;
  job.lane = job::Lane::bulk;
  job.key = "keys";
  job.made_by = context.actor.user;
  job::add(context.tx, {context.ids.next()}, job, context.clock.now_ms());
}

// Where the job stands.
struct Position {
  std::int64_t version = 0;  // Of the application: another publish begins anew.
  std::string rule = {};
  RecordId after = {};

  std::string text() const {
    return std::to_string(version) + " " + rule + " " + std::to_string(after.value);
  }
  static Position parse(const std::string& text) {
    Position position;
    std::istringstream in(text);
    in >> position.version >> position.rule >> position.after.value;
    return position;
  }
};

}  // namespace

void fill_keys(Context& context, const Application& after) {
  const auto stale = stale_rules(context.tx, after);
  if (stale.empty()) return;
  for (const StaleRule& one : stale) record::forget_match_keys(context.tx, one.id());
  if (rows_of(context.tx, stale) > limits::kFillRowsMax) return add_job(context);
  const Actor actor = system_actor(Surface::system, "a duplicate rule changed with a publish");
  Changes nothing;
  const Context own{after, actor, context.tx, context.clock, context.ids, nothing};
  for (const StaleRule& one : stale) make_all(own, one);
}

void resume_keys(Context& context) {
  if (!stale_rules(context.tx, context.app).empty()) add_job(context);
}

Result<job::Step> fill_some_keys(Context& context, const JobRun& run) {
  const auto stale = stale_rules(context.tx, context.app);
  if (stale.empty()) return job::Step(job::Finished{});
  const StaleRule& one = stale.front();
  auto position = Position::parse(run.job.position);
  const bool is_anew = position.version != context.app.version();
  if (is_anew || position.rule != one.id()) position = {context.app.version(), one.id(), {}};
  const auto ids = record::ids_after(context.tx, one.object->table, position.after, kChunk);
  std::size_t count = 0;
  while (count < ids.size() && (count == 0 || run.has_time())) {
    make_keys(context, one, position.after = ids[count++]);
  }
  if (count == ids.size() && static_cast<int>(count) < kChunk) note_made(context, one);
  const std::int64_t done = (is_anew ? 0 : run.job.done) + static_cast<std::int64_t>(count);
  const std::int64_t total = is_anew ? rows_of(context.tx, stale) : run.job.total;
  return job::Step(job::GoesOn{position.text(), std::min(done, total), total});
}

}  // namespace tenon::command
