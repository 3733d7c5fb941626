#include "tests/engine/story/pure_story.h"

#include <algorithm>

namespace tenon::story {
namespace {

using metadata::StoryAct;
using metadata::StoryStep;
using metadata::StoryVerb;

constexpr std::string_view kNotices[] = {"task",   "reminder", "escalated", "returned", "cancelled",
                                         "copied", "message",  "incident",  "finished"};

const metadata::Flow* flow_named(const metadata::Bundle& bundle, const std::string& name) {
  for (const metadata::Flow& flow : bundle.flows) {
    if (flow.name == name) return &flow;
  }
  return nullptr;
}

std::string text(const std::string& json) {
  const auto document = json::Document::parse(json);
  return std::string(*document->root().text());
}

}  // namespace

PureStory::PureStory(const metadata::Bundle& bundle, const metadata::Story& story)
    : bundle_(bundle), story_(story) {
  now_ms_ = parse_datetime(story.clock.empty() ? "2027-03-01T01:00:00Z" : story.clock)->ms;
}

Lines PureStory::play() {
  people();
  records(story_.records);
  std::size_t number = 0;
  for (const StoryStep& one : story_.steps) {
    ++number;
    const std::size_t before = differences_.size();
    step(one);
    if (differences_.size() == before) continue;
    differences_.insert(differences_.begin() + static_cast<std::ptrdiff_t>(before),
                        "step " + std::to_string(number) + ": " + one.as + " " +
                            std::string(name_of(one.verb)) + " " + one.act.node + one.act.flow);
  }
  return differences_;
}

void PureStory::people() {
  for (const metadata::StoryPerson& person : story_.people) {
    const flow::UserId id{next_id_++};
    references_.keep(person.login, {"user", id});
    flow::Person& one = directory_.people[id];
    one.login = person.login;
    if (!person.manager.empty()) one.manager = user(person.manager);
    for (const std::string& role : person.roles) {
      directory_.roles[role].push_back(id);
      if (administers(role)) directory_.admins.push_back(id);
    }
    if (!person.position.empty()) directory_.positions[person.position].push_back(id);
    if (person.department.empty()) continue;
    if (references_.find(person.department) == nullptr) {
      references_.keep(person.department, {"department", {next_id_++}});
    }
    one.department = references_.at(person.department).id;
    directory_.departments[one.department];
  }
}

void PureStory::records(const std::vector<metadata::StoryRecord>& records) {
  for (const metadata::StoryRecord& record : records) {
    const RecordId id{next_id_++};
    const std::string ref = record.ref.empty() ? "#" + std::to_string(id.value) : record.ref;
    references_.keep(ref, {record.object, id});
    if (record.object == "delegation") {
      flow::Delegation one;
      for (const metadata::StoryValue& value : record.set) {
        const std::string said = text(value.json);
        if (value.field == "from") one.from = user(said.substr(1));
        if (value.field == "to") one.to = user(said.substr(1));
        if (value.field == "begins") one.begins_ms = parse_datetime(said)->ms;
        if (value.field == "until") one.ends_ms = parse_datetime(said)->ms;
        if (value.field == "flow") one.flow = said;
      }
      directory_.delegations.push_back(one);
      continue;
    }
    if (record.object == "role_assignment") {
      const std::string person = text(record.set.at(0).json);
      auto& members = directory_.roles[text(record.set.at(1).json)];
      members.push_back(user(person.substr(1)));
      std::sort(members.begin(), members.end());
      continue;
    }
    if (record.object == "department") directory_.departments[id];
    records_[ref] = {id, {}, 1};
    const metadata::Object* object = bundle_.find(record.object);
    if (object == nullptr || record.object == "department") {
      set(ref, record.set);
      continue;
    }
    records_[ref].fields.resize(object->fields.size());
    metadata::StoryValues values = record.set;
    for (const metadata::Field& field : object->fields) {
      if (!field.default_json.empty())
        values.insert(values.begin(), {field.name, field.default_json});
    }
    if (!record.as.empty()) values.insert(values.begin(), {"owner", "\"@" + record.as + "\""});
    set(ref, values);
  }
}

// A field of a record; of people and departments what flows know of them.
void PureStory::set(const std::string& ref, const metadata::StoryValues& values) {
  const Known known = references_.at(ref);
  for (const metadata::StoryValue& value : values) {
    const std::string resolved = references_.resolved(value.json);
    const auto document = json::Document::parse(resolved);
    if (known.object == "user" || known.object == "department") {
      const std::string said = document->root().kind() == json::Kind::text ? text(value.json) : "";
      const RecordId other = said.starts_with('@') ? user(said.substr(1)) : RecordId{};
      if (value.field == "manager") directory_.people[known.id].manager = other;
      if (value.field == "hand_over") directory_.people[known.id].hand_over = other;
      if (value.field == "department") directory_.people[known.id].department = other;
      if (value.field == "head") directory_.departments[known.id].head = other;
      if (value.field == "parent") directory_.departments[known.id].parent = other;
      continue;
    }
    const metadata::Object* object = bundle_.find(known.object);
    const metadata::Field* field = object->find(value.field);
    Record& record = records_.at(ref);
    const auto slot = static_cast<std::size_t>(field - object->fields.data());
    record.fields[slot] = parse(document->root(), metadata::type_of(*field)).take();
  }
  if (records_.contains(ref)) ++records_.at(ref).version;
}

void PureStory::step(const StoryStep& step) {
  error_.reset();
  preview_.reset();
  told_.clear();
  if (!step.about.empty()) record_ = step.about;
  Going* going = record_.empty() ? nullptr : newest(record_, step.act.flow);
  const std::size_t entries = going == nullptr ? 0 : going->run.history.size();
  const flow::Run* before = going == nullptr ? nullptr : &going->run;
  if (!carry_out(step)) return;
  const auto& expected = step.expect.error;
  if (expected && !error_) differences_.push_back("  done, where refused: " + line_of(*expected));
  if (!expected && error_) differences_.push_back("  refused: " + describe(*error_));
  if (expected && error_) {
    const Lines lines = difference("  error", {line_of(*expected)}, {line_of(*error_, *expected)});
    differences_.insert(differences_.end(), lines.begin(), lines.end());
  }
  Lines lines = differences(step);
  going = record_.empty() ? nullptr : newest(record_, step.act.flow);
  if (step.expect.runs.history && going != nullptr) {
    const bool same = &going->run == before && step.verb != StoryVerb::look;
    const Lines more = difference(
        "history", *step.expect.runs.history,
        history_lines({*going->program, going->run, references_, {}}, same ? entries : 0));
    lines.insert(lines.end(), more.begin(), more.end());
  }
  for (const std::string& line : lines) differences_.push_back("  " + line);
}

bool PureStory::carry_out(const StoryStep& step) {
  switch (step.verb) {
    case StoryVerb::look: return true;
    case StoryVerb::restart:  // What fell due meanwhile is due now.
      if (!step.clock.empty()) now_ms_ = *metadata::parse_clock_step(step.clock, now_ms_);
      return pass(now_ms_), true;
    case StoryVerb::clock: pass(*metadata::parse_clock_step(step.clock, now_ms_)); return true;
    case StoryVerb::create: {
      if (step.expect.error) return false;
      records({{step.as, step.object, step.ref, step.set}});
      return true;
    }
    case StoryVerb::update:
      if (step.expect.error) return false;
      set(step.ref, step.set);
      return true;
    case StoryVerb::erase:
      if (step.expect.error || references_.at(step.ref).object != "user") return false;
      return leave(step.ref), true;
    case StoryVerb::submit:
    case StoryVerb::button:
    case StoryVerb::preview: return start(step);
    case StoryVerb::disable_user: leave(step.act.person); return true;
    case StoryVerb::reassign: reassign(step); return true;
    case StoryVerb::event:
      messages_.emplace_back(step.act.event, step.act.correlation);
      for (const auto& going : runs_) hear(*going);
      return true;
    default:
      // What may be filled in is the commands' matter.
      if (!shape_of(step.verb).is_of_flows() || (!step.set.empty() && step.expect.error)) {
        return false;
      }
      act(step);
      return true;
  }
}

bool PureStory::start(const StoryStep& step) {
  const auto& expected = step.expect.error;
  const metadata::Flow* flow = flow_named(bundle_, step.act.flow);
  Going* active = newest(record_, step.act.flow);
  const bool is_active = active != nullptr && active->run.state != flow::RunState::finished;
  if (expected && !is_active) return false;
  if (is_active && step.verb == StoryVerb::submit) {
    error_ = Error::of(ErrorCode::conflict, "", "active", "");
    return true;
  }
  auto going = std::make_unique<Going>();
  going->record = record_;
  going->program = flow::compile(bundle_, *flow).take();
  flow::Submission submission{.id = {next_id_++}, .version = 1};
  submission.record = records_.at(record_).id;
  submission.initiator = references_.at(step.as).id;
  for (const auto& one : step.act.chosen) submission.chosen[one.node] = users(one.people);
  for (const metadata::StoryValue& value : step.act.variables) {
    const auto document = json::Document::parse(value.json);
    for (const metadata::Field& variable : flow->variables) {
      if (variable.name != value.field) continue;
      submission.variables.emplace_back(
          value.field, parse(document->root(), metadata::type_of(variable)).take());
    }
  }
  auto run = flow::begin(*going->program, submission);
  if (!run) {
    error_ = run.error();
    return true;
  }
  going->run = run.take();
  if (step.verb == StoryVerb::preview) {
    preview_ = flow::preview(*going->program, going->run, facts_of(*going)).take();
    previewed_ = going->program;
    return true;
  }
  runs_.push_back(std::move(going));
  send(*runs_.back(), flow::Begin{});
  return true;
}

void PureStory::act(const StoryStep& step) {
  Going* going = newest(record_, step.act.flow);
  if (going == nullptr) {
    error_ = Error::not_found();
    return;
  }
  if (step.verb == StoryVerb::remove_sign || step.verb == StoryVerb::urge) {
    const int node = going->program->find(step.act.node);
    std::vector<int> seats;
    if (step.verb == StoryVerb::urge) seats = open_at(going->run, node);
    if (step.verb == StoryVerb::urge && seats.empty()) {
      seats = {seat_of(going->run, node, user(step.as))};
    }
    for (const flow::UserId one : users(step.act.people)) {
      seats.push_back(seat_of(going->run, node, one));
    }
    for (const int seat : seats) {
      if (step.verb == StoryVerb::urge) send(*going, flow::Urge{by(step), seat});
      if (step.verb == StoryVerb::remove_sign) send(*going, flow::RemoveSign{by(step), seat});
    }
    return;
  }
  const auto event = event_of(step, *going);
  if (!event) return;
  if (!step.set.empty() && !step.expect.error) set(record_, step.set);
  send(*going, *event);
}

std::optional<flow::Event> PureStory::event_of(const StoryStep& step, const Going& going) {
  const StoryAct& act = step.act;
  const flow::By who = by(step);
  const int node = going.program->find(act.node);
  const int seat = seat_of(going.run, node, who.actor);
  const int token = token_at(going.run, node >= 0 ? std::optional(node) : std::nullopt);
  switch (step.verb) {
    case StoryVerb::approve: return flow::Approve{who, seat};
    case StoryVerb::reject: return flow::Reject{who, seat};
    case StoryVerb::complete: return flow::Complete{who, seat};
    case StoryVerb::send_back: return flow::Return{who, seat, act.to, act.is_direct};
    case StoryVerb::transfer: return flow::Transfer{who, seat, user(act.to)};
    case StoryVerb::delegate: return flow::Delegate{who, seat, user(act.to)};
    case StoryVerb::answer: return flow::AnswerDelegate{who, seat};
    case StoryVerb::add_sign: {
      using enum flow::Seat::Position;
      const auto position = act.position == "before"  ? before
                            : act.position == "after" ? after
                                                      : parallel;
      return flow::AddSign{who, seat, position, users(act.people)};
    }
    case StoryVerb::take_back: return flow::TakeBack{who, decision_of(going.run, node, who.actor)};
    case StoryVerb::withdraw: return flow::Withdraw{who};
    case StoryVerb::suspend: return flow::Suspend{who};
    case StoryVerb::resume: return flow::Resume{who};
    case StoryVerb::make_void: return flow::Void{who};
    case StoryVerb::comment: return flow::Comment{who};
    case StoryVerb::cc: return flow::CopyTo{who, users(act.people)};
    case StoryVerb::jump: {
      const int from = going.program->find(act.from);
      return flow::Jump{who, token_at(going.run, from >= 0 ? std::optional(from) : std::nullopt),
                        act.node};
    }
    case StoryVerb::retry: return flow::Retry{who, token};
    case StoryVerb::skip: return flow::Skip{who, token, act.port.empty() ? "next" : act.port};
    case StoryVerb::approvers: return flow::ChangeApprovers{who, act.node, users(act.people)};
    case StoryVerb::variables: {
      flow::SetVariables set{who, {}};
      const metadata::Flow* flow = flow_named(bundle_, going.run.flow);
      for (const metadata::StoryValue& value : act.variables) {
        const auto document = json::Document::parse(value.json);
        for (const metadata::Field& variable : flow->variables) {
          if (variable.name != value.field) continue;
          set.set.emplace_back(value.field,
                               parse(document->root(), metadata::type_of(variable)).take());
        }
      }
      return set;
    }
    default: return std::nullopt;
  }
}

void PureStory::reassign(const StoryStep& step) {
  const flow::UserId from = user(step.act.person);
  for (const auto& going : runs_) {
    if (!step.about.empty() && going->record != step.about) continue;
    const auto seats = seats_held(going->run, from);
    if (seats.empty()) continue;
    send(*going, flow::Reassign{by(step), seats, user(step.act.to)});
  }
}

void PureStory::leave(const std::string& person) {
  directory_.people[user(person)].is_active = false;
  for (const auto& going : runs_) send(*going, flow::PersonLeft{user(person)});
}

void PureStory::send(Going& going, const flow::Event& event) {
  auto outcome = flow::step(*going.program, going.run, event, facts_of(going));
  Lines told;
  const auto keep = [&](const std::vector<flow::Effect>& effects) {
    for (const flow::Effect& effect : effects) {
      const auto* notify = std::get_if<flow::Notify>(&effect);
      if (notify == nullptr || notify->notice == flow::Notice::cancelled) continue;
      const auto& to = notify->to.empty() ? directory_.admins : notify->to;
      for (const flow::UserId one : to) {
        told.push_back(std::string(kNotices[static_cast<std::size_t>(notify->notice)]) + " " +
                       references_.name_of(one, "somebody"));
      }
    }
  };
  while (outcome && (outcome->request || outcome->goes_on)) {
    keep(outcome->effects);
    flow::Event next = flow::Continue{};
    if (outcome->request) {
      const flow::Answer given = answer(going, *outcome->request);
      next = flow::Answered{outcome->run.request, given};
    }
    outcome = flow::step(*going.program, outcome->run, next, facts_of(going));
  }
  if (!outcome) {
    error_ = outcome.error();
    return;
  }
  keep(outcome->effects);
  going.run = std::move(outcome->run);
  told_.insert(told_.end(), told.begin(), told.end());
  hear(going);
}

// What happened, or had happened before anybody waited for it.
void PureStory::hear(Going& going) {
  for (std::size_t i = 0; i < going.run.subscriptions.size(); ++i) {
    const flow::Subscription one = going.run.subscriptions[i];
    if (one.state != flow::Subscription::State::open) continue;
    const auto kept =
        std::find(messages_.begin(), messages_.end(), std::pair(one.event, one.correlation));
    if (kept == messages_.end()) continue;
    messages_.erase(kept);
    return send(going, flow::Happened{static_cast<int>(i)});
  }
}

flow::Answer PureStory::answer(Going& going, const flow::Request& request) {
  const auto* write = std::get_if<flow::WriteRecord>(&request);
  if (write == nullptr) return {};
  for (const auto& other : runs_) {
    const bool holds = other.get() != &going && other->record == going.record &&
                       other->run.state != flow::RunState::finished &&
                       other->program->settings.lock == metadata::LockMode::all;
    if (holds) return {.error = Error::of(ErrorCode::locked, "", "locked", "")};
  }
  Record& record = records_.at(going.record);
  const metadata::Object* object = bundle_.find_id(write->object);
  for (const auto& [name, value] : write->set) {
    const metadata::Field* field = object->find_id(name);
    record.fields[static_cast<std::size_t>(field - object->fields.data())] = value;
  }
  ++record.version;
  return {.record = write->record};
}

flow::Facts PureStory::facts_of(const Going& going) {
  const Record& record = records_.at(going.record);
  flow::Facts facts;
  facts.now_ms = now_ms_;
  facts.record = record.id;
  facts.record_version = record.version;
  facts.fields = record.fields;
  facts.people = &directory_;
  return facts;
}

void PureStory::pass(std::int64_t until_ms) {
  while (true) {
    Going* due = nullptr;
    int timer = -1;
    std::int64_t next_ms = until_ms + 1;
    for (const auto& going : runs_) {
      if (going->run.state != flow::RunState::running) continue;
      for (std::size_t i = 0; i < going->run.timers.size(); ++i) {
        const flow::Timer& one = going->run.timers[i];
        if (one.state != flow::Timer::State::set || one.at_ms >= next_ms) continue;
        due = going.get();
        timer = static_cast<int>(i);
        next_ms = one.at_ms;
      }
    }
    if (due == nullptr) break;
    now_ms_ = std::max(now_ms_, next_ms);
    send(*due, flow::Elapsed{timer});
  }
  now_ms_ = until_ms;
}

PureStory::Going* PureStory::newest(const std::string& record, const std::string& flow) {
  for (std::size_t i = runs_.size(); i-- > 0;) {
    if (runs_[i]->record != record) continue;
    if (flow.empty() || runs_[i]->run.flow == flow) return runs_[i].get();
  }
  return nullptr;
}

flow::By PureStory::by(const StoryStep& step) {
  const flow::UserId actor = step.as.empty() ? flow::kNobody : user(step.as);
  const auto& admins = directory_.admins;
  return {.actor = actor,
          .request_id = step.act.request,
          .comment = step.act.comment,
          .is_admin = std::find(admins.begin(), admins.end(), actor) != admins.end()};
}

std::vector<flow::UserId> PureStory::users(const std::vector<std::string>& refs) const {
  std::vector<flow::UserId> all;
  for (const std::string& ref : refs) all.push_back(user(ref));
  return all;
}

Lines PureStory::differences(const StoryStep& step) {
  const metadata::StoryRuns& expect = step.expect.runs;
  Lines lines;
  const auto compare = [&](const std::string& heading, const Lines& expected, const Lines& found) {
    const Lines more = difference(heading, expected, found);
    lines.insert(lines.end(), more.begin(), more.end());
  };
  OpenSeats open;
  Lines jobs;
  for (const auto& going : runs_) {
    if (going->run.state == flow::RunState::finished) continue;
    if (going->record == record_ && (step.act.flow.empty() || going->run.flow == step.act.flow)) {
      add_open({*going->program, going->run, references_, {}}, open);
    }
    if (going->run.state != flow::RunState::running) continue;
    for (const flow::Timer& timer : going->run.timers) {
      if (timer.state != flow::Timer::State::set) continue;
      jobs.push_back("flow_timer " + text_of(DateTime{timer.at_ms}));
    }
  }
  std::sort(jobs.begin(), jobs.end());
  const Going* going = record_.empty() ? nullptr : newest(record_, step.act.flow);
  if (expect.open) compare("open", lines_of(open_of(*expect.open)), lines_of(open));
  if (!expect.run.empty()) {
    compare("run", {expect.run}, {going == nullptr ? "none" : state_of(going->run)});
  }
  if (expect.seats && going == nullptr) compare("seats", *expect.seats, {});
  if (expect.seats && going != nullptr) {
    compare("seats", *expect.seats, seat_lines({*going->program, going->run, references_, {}}));
  }
  if (expect.route)
    compare("route", *expect.route, route_lines(*previewed_, *preview_, references_));
  if (expect.jobs) compare("jobs", *expect.jobs, jobs);
  if (expect.notified) compare("notified", *expect.notified, told_);
  return lines;
}

}  // namespace tenon::story
