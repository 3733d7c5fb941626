#include "engine/story/saved_story.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/application/money.h"
#include "engine/query/directory.h"
#include "engine/query/list.h"
#include "engine/query/people.h"
#include "engine/story/run_lines.h"
#include "engine/value/references.h"

namespace tenon::story {
namespace {

using command::SimulatedStep;
using flow::UserId;
using metadata::StoryStep;
using metadata::StoryVerb;

constexpr std::string_view kRef = "record";
constexpr int kDepthMax = 4;  // What is referred to by what is referred to.
constexpr std::size_t kGivenMax = 100;

// Everybody whom the run knows, and those above them.
std::vector<UserId> people_in(const command::Simulation& simulation,
                              const command::StartFlow& start) {
  const flow::Run& run = simulation.kept.run;
  std::set<UserId> people{run.initiator};
  for (const flow::Seat& seat : run.seats) people.insert({seat.holder, seat.behalf_of});
  for (const flow::Entry& entry : run.history) people.insert({entry.actor, entry.other});
  for (const auto& [node, chosen] : start.chosen) people.insert(chosen.begin(), chosen.end());
  people.erase(flow::kNobody);
  return {people.begin(), people.end()};
}

class Saver {
 public:
  Saver(const query::Context& context, const SavedSimulation& saved)
      : context_(context), saved_(saved) {
    directory_ = query::directory(context, {.users = people_in(saved.simulation, saved.start)});
    for (const UserId user : people_in(saved.simulation, saved.start)) person(user);
  }

  Result<metadata::Story> save(const std::string& name) {
    story_.name = name;
    story_.label = saved_.flow.definition->label;
    story_.clock = text_of(DateTime{saved_.began_ms});
    TENON_CHECK(record());
    for (const SimulatedStep& step : saved_.simulation.steps) add(step);
    StoryStep& last = story_.steps.back();
    const flow::Run& run = saved_.simulation.kept.run;
    last.expect.runs.seats = seat_lines({*saved_.flow.program, run, references_, {}});
    return std::move(story_);
  }

 private:
  // Their manager before them.
  void person(UserId user) {
    const flow::Person* known = directory_.find(user);
    if (known == nullptr || !written_.insert(user).second) return;
    references_.keep(known->login, {"user", user});
    if (known->manager != flow::kNobody) person(known->manager);
    metadata::StoryPerson one{.login = known->login};
    if (const auto actor = query::actor_of(context_.app, context_.tx, user)) {
      one.roles = actor->roles;
    }
    const flow::Person* manager = directory_.find(known->manager);
    if (manager != nullptr) one.manager = manager->login;
    const query::Person about = query::person_of(context_.app, context_.tx, user);
    one.department = about.department_name;
    one.position = about.position_name;
    story_.people.push_back(std::move(one));
  }

  std::string login_of(UserId user) const {
    const flow::Person* person = directory_.find(user);
    return person == nullptr ? "" : person->login;
  }

  const application::Object& object() const {
    return *context_.app.find_id(saved_.simulation.kept.object);
  }

  // The record as it was submitted.
  Result<void> record() {
    const record::Record& before = saved_.simulation.before;
    metadata::StoryRecord record{.as = login_of(saved_.simulation.kept.run.initiator),
                                 .object = object().name(),
                                 .ref = std::string(kRef)};
    record.set = values_of(object(), before.fields, 0);
    for (const query::LineSet& lines : query::lines_of(context_, object(), before.id)) {
      record.set.push_back({object().field(lines.children->slot).name, lines_text(lines)});
    }
    story_.records.push_back(std::move(record));
    return done();
  }

  // What is kept of a record and means the same elsewhere.
  metadata::StoryValues values_of(const application::Object& object, const Values& fields,
                                  int depth) {
    metadata::StoryValues set;
    for (std::size_t slot = 0; slot < object.definition->fields.size(); ++slot) {
      const metadata::Field& field = object.definition->fields[slot];
      const bool is_told = field.is_given() && field.currency_of.empty() &&
                           !field.is_auto_number() && field.to != "file";
      if (!is_told || is_empty(fields[slot])) continue;
      if (!field.to.empty() && field.to != "user" && !give(field.to, fields[slot], depth)) continue;
      // Money of a page has its currency with it already; that of a record has it beside it.
      const bool is_whole = std::holds_alternative<Json>(fields[slot]);
      json::Writer writer;
      write(writer, object.types[slot],
            is_whole ? fields[slot]
                     : application::written_value(object, static_cast<int>(slot), fields));
      set.push_back({field.name, references_.named(writer.take())});
    }
    return set;
  }

  std::string lines_text(const query::LineSet& lines) {
    json::Writer writer;
    writer.begin_array();
    for (const query::LineRow& row : lines.rows) {
      writer.begin_object();
      for (const auto& value : values_of(lines.object(), row.fields, 0)) {
        writer.key(value.field).raw(value.json);
      }
      for (const query::LineSet& inner : row.lines) {
        writer.key(lines.object().field(inner.children->slot).name).raw(lines_text(inner));
      }
      writer.end_object();
    }
    return writer.end_array().take();
  }

  // What a field refers to, made before who refers to it. Whether all of it is in the story.
  bool give(const std::string& to, const Value& value, int depth) {
    const application::Object* object = context_.app.find_id(to);
    if (object == nullptr || metadata::system_bundle().find_id(to) != nullptr) return false;
    const auto targets = targets_of(value);
    return std::all_of(targets.begin(), targets.end(),
                       [&](RecordId id) { return give(*object, id, depth); });
  }

  bool give(const application::Object& object, RecordId id, int depth) {
    if (given_.contains(id)) return true;
    if (depth == kDepthMax || given_.size() == kGivenMax || object.is_line()) return false;
    std::vector<std::string> names;
    for (const metadata::Field& field : object.definition->fields) {
      const bool is_own = !field.is_derived() && !field.is_children();
      if (is_own && field.currency_of.empty()) names.push_back(field.name);
    }
    const auto page = query::read(context_, object.name(), id, names);
    if (!page) return false;
    Values fields(object.types.size());
    for (std::size_t i = 0; i < page->outputs().size(); ++i) {
      const auto slot = object.find_slot(page->outputs()[i].path.text);
      if (!slot) continue;
      fields[static_cast<std::size_t>(*slot)] = page->rows.front()[i];
    }
    metadata::StoryRecord record{.object = object.name()};
    record.set = values_of(object, fields, depth + 1);
    given_.insert(id);
    record.ref = object.name() + std::to_string(given_.size());
    references_.keep(record.ref, {object.id(), id});
    story_.records.push_back(std::move(record));
    return true;
  }

  void go_to(std::int64_t at_ms) {
    if (at_ms <= now_ms_) return;
    now_ms_ = at_ms;
    story_.steps.push_back({.verb = StoryVerb::clock, .clock = text_of(DateTime{at_ms})});
  }

  static StoryVerb verb_of(SimulatedStep::Kind kind) {
    switch (kind) {
      case SimulatedStep::Kind::submit: return StoryVerb::submit;
      case SimulatedStep::Kind::approve: return StoryVerb::approve;
      case SimulatedStep::Kind::reject: return StoryVerb::reject;
      case SimulatedStep::Kind::complete: return StoryVerb::complete;
      case SimulatedStep::Kind::send_back: return StoryVerb::send_back;
      case SimulatedStep::Kind::time: return StoryVerb::clock;
      case SimulatedStep::Kind::event: return StoryVerb::event;
    }
    return StoryVerb::look;
  }

  void add(const SimulatedStep& step) {
    StoryStep one;
    one.verb = verb_of(step.kind);
    if (one.verb == StoryVerb::clock) {
      now_ms_ = step.at_ms;
      one.clock = text_of(DateTime{step.at_ms});
    } else {
      if (now_ms_ == 0) now_ms_ = saved_.began_ms;
      go_to(step.at_ms);
      fill(step, one);
    }
    one.expect.runs.open.emplace();
    for (const auto& [node, people] : step.open) {
      metadata::StoryOpen open{node, {}};
      for (const UserId user : people) open.people.push_back(login_of(user));
      one.expect.runs.open->push_back(std::move(open));
    }
    if (&step == &saved_.simulation.steps.back()) {
      one.expect.runs.run = state_of(saved_.simulation.kept.run);
    }
    story_.steps.push_back(std::move(one));
  }

  void fill(const SimulatedStep& step, StoryStep& one) {
    one.about = kRef;
    one.act.comment = step.comment;
    one.act.event = step.event;
    one.act.correlation = step.correlation;
    one.act.to = step.to;
    if (one.verb == StoryVerb::event) return;
    if (one.verb != StoryVerb::submit) {
      one.as = login_of(step.person);
      one.act.node = step.node;
      return;
    }
    one.as = login_of(saved_.simulation.kept.run.initiator);
    one.act.flow = saved_.flow.name();
    for (const auto& [node, people] : saved_.start.chosen) {
      metadata::StoryChosen chosen{node, {}};
      for (const UserId user : people) chosen.people.push_back(login_of(user));
      one.act.chosen.push_back(std::move(chosen));
    }
    for (const auto& [name, value] : saved_.start.variables) {
      for (const metadata::Field& variable : saved_.flow.definition->variables) {
        if (variable.name != name) continue;
        json::Writer writer;
        write(writer, metadata::type_of(variable), value);
        one.act.variables.push_back({name, references_.named(writer.take())});
      }
    }
  }

  const query::Context& context_;
  const SavedSimulation& saved_;
  flow::Directory directory_;
  References references_;
  std::set<UserId> written_;
  std::set<RecordId> given_;  // Records that others refer to.
  std::int64_t now_ms_ = 0;
  metadata::Story story_;
};

}  // namespace

Result<metadata::Story> saved_story(const query::Context& context, const SavedSimulation& saved,
                                    const std::string& name) {
  return Saver(context, saved).save(name);
}

}  // namespace tenon::story
