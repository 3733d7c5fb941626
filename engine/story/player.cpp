#include "engine/story/player.h"

#include <algorithm>

#include "engine/command/create_record.h"
#include "engine/command/delete_record.h"
#include "engine/command/ownership.h"
#include "engine/command/update_record.h"
#include "engine/query/people.h"
#include "engine/story/hands.h"
#include "engine/story/merge.h"

namespace tenon::story {
namespace {

using application::Object;
using metadata::StoryExpect;
using metadata::StoryStep;
using metadata::StoryValues;
using metadata::StoryVerb;

Actor the_system() { return system_actor(Surface::system, "a story"); }

Result<const Object*> object_for(const command::Context& context, const std::string& name) {
  return query::visible_object(context.app, context.app.rights(context.actor), name);
}

Result<command::Input> input_for(const command::Context& context, const Object& object,
                                 const std::string& json) {
  TENON_TRY(const auto document, json::Document::parse(json));
  return command::parse_input(document.root(), object, context.app.rights(context.actor));
}

std::string heading_of(const StoryStep& step, std::size_t number) {
  std::string text = "step " + std::to_string(number) + ": ";
  if (!step.as.empty()) text += step.as + " ";
  text += step.verb == StoryVerb::look ? "look" : std::string(name_of(step.verb));
  const metadata::StoryAct& act = step.act;
  const std::string subject = !step.ref.empty() && step.verb != StoryVerb::create
                                  ? "@" + step.ref
                                  : step.object + step.mapping + step.clock + act.node +
                                        act.person + act.event + (act.node.empty() ? act.flow : "");
  return subject.empty() ? text : text + " " + subject;
}

void append(Lines& lines, Lines more) {
  lines.insert(lines.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

}  // namespace

Played Player::play() {
  played_.name = story_.name;
  if (const auto ready = set_up(); !ready) {
    played_.differences = {"given: " + describe(ready.error())};
    return std::move(played_);
  }
  began_ = world_.last_event();
  for (const StoryStep& one : story_.steps) {
    ++played_.steps;
    step(one);
  }
  return std::move(played_);
}

// ---- Before it begins.

Result<void> Player::set_up() {
  for (const metadata::StoryPerson& person : story_.people) {
    TENON_TRY(const RecordId id, add_person(person));
    references_.keep(person.login, {"user", id});
  }
  for (const metadata::StoryRecord& record : story_.records) {
    TENON_TRY(const RecordId id, create(actor_of(record.as), record.object, json_of(record.set)));
    if (!record.ref.empty()) {
      references_.keep(record.ref, {world_.app().find(record.object)->id(), id});
    }
  }
  return done();
}

Result<RecordId> Player::add_person(const metadata::StoryPerson& person) {
  json::Writer user;
  user.begin_object().key("login").text(person.login);
  user.key("name").text(person.name.empty() ? person.login : person.name);
  if (!person.manager.empty()) {
    user.key("manager").text(text_of(references_.at(person.manager).id));
  }
  if (!person.department.empty()) {
    TENON_TRY(const RecordId id, named("department", person.department));
    user.key("department").text(text_of(id));
  }
  if (!person.position.empty()) {
    TENON_TRY(const RecordId id, named("position", person.position));
    user.key("position").text(text_of(id));
  }
  TENON_TRY(const RecordId id, create(the_system(), "user", user.end_object().take()));
  for (const std::string& role : person.roles) {
    json::Writer assignment;
    assignment.begin_object().key("user").text(text_of(id)).key("role").text(role).end_object();
    TENON_CHECK([&]() -> Result<void> {
      auto made = create(the_system(), "role_assignment", assignment.take());
      return made ? done() : Result<void>(std::move(made.error()));
    }());
  }
  return id;
}

Result<RecordId> Player::named(const std::string& object, const std::string& name) {
  const Object& of = world_.app().system_object(object);
  std::vector<RecordId> found;
  world_.read(the_system(), [&](const query::Context& context) {
    found = record::matching(context.tx, of.table, *of.find_slot("name"), Value{name});
  });
  if (!found.empty()) return found.front();
  json::Writer made;
  made.begin_object().key("name").text(name).end_object();
  return create(the_system(), object, made.take());
}

Result<RecordId> Player::create(const Actor& actor, const std::string& object,
                                const std::string& json) {
  RecordId id;
  TENON_CHECK(world_.write(actor, [&](command::Context& context) -> Result<void> {
    TENON_TRY(const Object* of, object_for(context, object));
    TENON_TRY(auto input, input_for(context, *of, json));
    TENON_TRY(const auto reply, command::create_record(context, {of, std::move(input)}));
    id = reply.id;
    return done();
  }));
  return id;
}

// Somebody of the story; or who has just this role, made when first needed.
Actor Player::actor_of(const std::string& as) {
  if (as.empty()) return the_system();
  const Known* known = references_.find(as);
  if (known == nullptr) {
    const auto made = add_person({.login = as, .name = as, .roles = {as}});
    if (!made) throw Fault("a person with the role " + as + ": " + describe(made.error()));
    references_.keep(as, {"user", *made});
    known = references_.find(as);
  }
  std::optional<Actor> actor;
  world_.read(the_system(), [&](const query::Context& context) {
    actor = query::actor_of(context.app, context.tx, known->id);
  });
  if (!actor) throw Fault(as + " may not sign in any more");
  return *std::move(actor);
}

std::string Player::json_of(const StoryValues& values) const {
  json::Writer writer;
  writer.begin_object();
  for (const metadata::StoryValue& value : values) {
    writer.key(value.field).raw(references_.resolved(value.json));
  }
  return writer.end_object().take();
}

// ---- Its steps.

void Player::step(const StoryStep& step) {
  Lines lines;
  try {
    const Actor actor = actor_of(step.as);
    const std::int64_t before = step.verb == StoryVerb::look ? began_ : world_.last_event();
    runs_.begin(step);
    const Outcome outcome = carry_out(step, actor);
    world_.settle();
    lines = differences(step.expect, outcome, actor, before);
    append(lines, runs_.differences(step, outcome.runs));
  } catch (const Fault& fault) {
    lines = {fault.what()};
  }
  if (lines.empty()) return;
  played_.differences.push_back(heading_of(step, static_cast<std::size_t>(played_.steps)));
  for (const std::string& line : lines) played_.differences.push_back("  " + line);
}

Player::Outcome Player::carry_out(const StoryStep& step, const Actor& actor) {
  switch (step.verb) {
    case StoryVerb::look: return {};
    case StoryVerb::create: return create_step(step, actor);
    case StoryVerb::update: return update_step(step, actor);
    case StoryVerb::erase: return delete_step(step, actor);
    case StoryVerb::action: return action_step(step, actor);
    case StoryVerb::check: return check_step(step, actor);
    case StoryVerb::import: return import_step(step, actor);
    case StoryVerb::clock: return clock_step(step);
    case StoryVerb::restart: return restart_step(step);
    case StoryVerb::publish: return publish_step(step, actor);
    default: return flow_step(step, actor);
  }
}

Player::Outcome Player::publish_step(const StoryStep& step, const Actor& actor) {
  Outcome outcome;
  metadata::Files files = files_;
  // Other stories are of the bundle as it was.
  std::erase_if(files, [](const auto& file) { return file.first.starts_with("stories/"); });
  for (const metadata::StoryValue& one : step.files) {
    if (one.json == "null") {
      files.erase(one.field);
    } else {
      files[one.field] = merged(files[one.field], one.json);
    }
  }
  auto published = world_.publish(actor, files);
  if (!published) {
    outcome.error = std::move(published.error());
  } else {
    files_ = std::move(files);
  }
  return outcome;
}

Player::Outcome Player::flow_step(const StoryStep& step, const Actor& actor) {
  Outcome outcome;
  outcome.record = runs_.record();
  outcome.runs = runs_.carry_out(step, actor);
  outcome.error = outcome.runs.error;
  return outcome;
}

void Player::write(Outcome& outcome, const Actor& actor, const Command& command) {
  auto done_so = world_.write(actor, command);
  if (!done_so) outcome.error = std::move(done_so.error());
}

Player::Outcome Player::create_step(const StoryStep& step, const Actor& actor) {
  Outcome outcome;
  const auto id = create(actor, step.object, json_of(step.set));
  if (!id) {
    outcome.error = id.error();
    return outcome;
  }
  outcome.record = Known{world_.app().find(step.object)->id(), *id};
  if (!step.ref.empty()) references_.keep(step.ref, *outcome.record);
  return outcome;
}

Player::Outcome Player::update_step(const StoryStep& step, const Actor& actor) {
  Outcome outcome;
  outcome.record = references_.at(step.ref);
  write(outcome, actor, [&](command::Context& context) -> Result<void> {
    TENON_TRY(const Object* object, object_for(context, outcome.record->object));
    TENON_TRY(auto input, input_for(context, *object, json_of(step.set)));
    TENON_TRY(const auto reply, command::update_record(context, {object, outcome.record->id,
                                                                 std::move(input), std::nullopt}));
    return done();
  });
  return outcome;
}

Player::Outcome Player::delete_step(const StoryStep& step, const Actor& actor) {
  Outcome outcome;
  outcome.record = references_.at(step.ref);
  write(outcome, actor, [&](command::Context& context) -> Result<void> {
    TENON_TRY(const Object* object, object_for(context, outcome.record->object));
    TENON_TRY(const auto reply,
              command::delete_record(context, {object, outcome.record->id, std::nullopt}));
    return done();
  });
  return outcome;
}

Player::Outcome Player::action_step(const StoryStep& step, const Actor& actor) {
  Outcome outcome;
  outcome.record = references_.at(step.ref);
  const auto with = json::Document::parse(json_of(step.with));
  write(outcome, actor, [&](command::Context& context) -> Result<void> {
    TENON_TRY(const Object* object, object_for(context, outcome.record->object));
    TENON_TRY(const auto details, command::parse_hand_details(with->root()));
    TENON_TRY(const auto reply,
              command::change_hands(context, {object, outcome.record->id,
                                              *command::find_hand_action(step.action), details}));
    return done();
  });
  return outcome;
}

// What a check would refuse is its error, as it would be of a save.
Player::Outcome Player::check_step(const StoryStep& step, const Actor& actor) {
  Outcome outcome;
  std::string name = step.object;
  if (!step.ref.empty()) outcome.record = references_.at(step.ref);
  if (outcome.record) name = outcome.record->object;
  write(outcome, actor, [&](command::Context& context) -> Result<void> {
    TENON_TRY(const Object* object, object_for(context, name));
    TENON_TRY(const auto input, input_for(context, *object, json_of(step.set)));
    command::CheckDraft check{object, std::nullopt, input};
    if (outcome.record) check.id = outcome.record->id;
    TENON_TRY(outcome.checked, command::check_draft(context, check));
    return done();
  });
  if (outcome.checked && !outcome.checked->problems.empty()) {
    outcome.error = Error::invalid(outcome.checked->problems);
  }
  return outcome;
}

Player::Outcome Player::import_step(const StoryStep& step, const Actor& actor) {
  Outcome outcome;
  Actor importer = actor;
  if (!importer.is_system()) importer.surface = Surface::import;
  write(outcome, importer, [&](command::Context& context) -> Result<void> {
    TENON_TRY(const auto document,
              json::Document::parse(files_.at("data/" + step.mapping + ".json")));
    TENON_TRY(auto map, metadata::parse(document.root(), json::To<metadata::ImportMap>{}));
    TENON_TRY(const auto resolved, command::resolve_for(context, std::move(map)));
    TENON_TRY(outcome.imported, command::import_rows(context, {&resolved, step.header, step.rows}));
    return done();
  });
  if (!outcome.imported) return outcome;
  const std::size_t count = std::min(step.refs.size(), outcome.imported->rows.size());
  for (std::size_t i = 0; i < count; ++i) {
    const command::ImportedRow& row = outcome.imported->rows[i];
    if (step.refs[i].empty() || row.fate == command::ImportedRow::Fate::rejected) continue;
    references_.keep(step.refs[i], {world_.app().find(step.object)->id(), row.id});
  }
  return outcome;
}

Player::Outcome Player::clock_step(const StoryStep& step) {
  Outcome outcome;
  const auto to_ms = metadata::parse_clock_step(step.clock, world_.now_ms());
  if (to_ms) {
    world_.advance_to(*to_ms);
  } else {
    outcome.error = to_ms.error();
  }
  return outcome;
}

// What fell due while it stood still is carried out after it.
Player::Outcome Player::restart_step(const StoryStep& step) {
  Outcome outcome;
  const auto at_ms = step.clock.empty() ? Result<std::int64_t>(world_.now_ms())
                                        : metadata::parse_clock_step(step.clock, world_.now_ms());
  if (at_ms) {
    world_.restart(*at_ms);
  } else {
    outcome.error = at_ms.error();
  }
  return outcome;
}

// ---- What was expected.

Lines Player::differences(const StoryExpect& expect, const Outcome& outcome, const Actor& actor,
                          std::int64_t before) {
  Lines lines = error_difference(expect, outcome);
  const auto events = world_.events_after(before);
  if (expect.events || outcome.error) {
    const auto& expected = expect.events.value_or(std::vector<metadata::StoryEvent>{});
    append(lines, difference("events", lines_of(expected, world_.app(), references_),
                             lines_of(events, expected, world_.app(), references_)));
  }
  if (!expect.record.empty()) append(lines, record_difference(expect, outcome, actor));
  for (const metadata::StoryLook& one : expect.records) {
    append(lines, look("@" + one.ref, one.values, references_.at(one.ref), actor));
  }
  for (const metadata::StoryCount& count : expect.counts) {
    append(lines, count_difference(count, actor));
  }
  append(lines, hands_difference(expect, actor));
  append(lines, check_difference(expect, outcome));
  return lines;
}

Lines Player::error_difference(const StoryExpect& expect, const Outcome& outcome) const {
  if (!expect.error && !outcome.error) return {};
  if (!expect.error) {
    Lines lines{"it was refused: " + line_of(*outcome.error)};
    for (const Problem& problem : outcome.error->problems) {
      if (!problem.message.empty()) lines.push_back("  " + problem.message);
    }
    return lines;
  }
  if (!outcome.error) return {"it was done, where this was expected: " + line_of(*expect.error)};
  return difference("error", {line_of(*expect.error)}, {line_of(*outcome.error, *expect.error)});
}

Lines Player::look(const std::string& heading, const std::optional<StoryValues>& values,
                   const Known& record, const Actor& actor) {
  std::vector<std::string> paths;
  for (const auto& value : values.value_or(StoryValues{})) paths.push_back(value.field);
  if (paths.empty()) paths.emplace_back("id");
  Result<query::Page> page = Error::not_found();
  world_.read(actor, [&](const query::Context& context) {
    page = query::read_with_runs(context, record.object, record.id, paths);
  });
  if (!values) return page ? Lines{heading + " may be seen, and should not"} : Lines{};
  if (!page) return {heading + " cannot be looked at: " + line_of(page.error())};
  return difference(heading, lines_of(*values, *page, references_),
                    lines_of(*page, *values, references_));
}

Lines Player::record_difference(const StoryExpect& expect, const Outcome& outcome,
                                const Actor& actor) {
  if (outcome.checked) {
    return difference("record", lines_of(expect.record, *outcome.checked, references_),
                      lines_of(*outcome.checked, expect.record, references_));
  }
  if (!outcome.record) return {"there is no record to look at"};
  return look("record", expect.record, *outcome.record, actor);
}

Lines Player::count_difference(const metadata::StoryCount& count, const Actor& actor) {
  query::ListRecords list;
  list.object = count.object;
  list.fields = {"id"};
  list.filter = count.filter;
  list.limit = 1;
  list.count = query::Count::exact;
  Result<query::Page> page = Error::not_found();
  world_.read(actor, [&](const query::Context& context) { page = query::list(context, list); });
  const std::string heading =
      "count of " + count.object + (count.filter.empty() ? "" : " where " + count.filter);
  if (!page) return {heading + ": " + line_of(page.error())};
  return difference(heading, {std::to_string(count.is)}, {std::to_string(page->count.value_or(0))});
}

Lines Player::hands_difference(const StoryExpect& expect, const Actor& actor) {
  Lines lines;
  world_.read(actor, [&](const query::Context& context) {
    for (const metadata::StoryLines& one : expect.ledgers) {
      const Known& record = references_.at(one.ref);
      append(lines, difference("ledger of @" + one.ref, one.lines,
                               ledger_lines(context, record, references_)));
    }
    for (const metadata::StoryLines& one : expect.actions) {
      const Known& record = references_.at(one.ref);
      append(lines, difference("actions on @" + one.ref, one.lines, action_lines(context, record)));
    }
  });
  return lines;
}

Lines Player::check_difference(const StoryExpect& expect, const Outcome& outcome) {
  Lines lines;
  const auto names = [&](const char* heading, const std::optional<std::vector<std::string>>& wanted,
                         std::vector<int> command::Checked::*slots) {
    if (!wanted) return;
    if (!outcome.checked) return lines.push_back(std::string(heading) + ": nothing was checked");
    Lines sorted = *wanted;
    std::sort(sorted.begin(), sorted.end());
    append(lines, difference(heading, sorted,
                             names_of((*outcome.checked).*slots, *outcome.checked->object)));
  };
  names("required", expect.required, &command::Checked::required);
  names("hidden", expect.hidden, &command::Checked::hidden);
  names("cleared", expect.cleared, &command::Checked::cleared);
  if (expect.rows) {
    append(lines, difference("rows", *expect.rows,
                             outcome.imported ? lines_of(*outcome.imported) : Lines{}));
  }
  return lines;
}

}  // namespace tenon::story
