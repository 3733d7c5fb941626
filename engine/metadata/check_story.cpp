// Stories: whether what they call by name is there when they do.
#include "engine/metadata/check_story.h"

namespace tenon::metadata {
namespace {

constexpr std::array kErrorCodes{ErrorCode::invalid,   ErrorCode::malformed, ErrorCode::denied,
                                 ErrorCode::not_found, ErrorCode::conflict,  ErrorCode::limit,
                                 ErrorCode::locked,    ErrorCode::too_large, ErrorCode::too_many};
constexpr std::array<std::string_view, 3> kEventKinds{"create", "update", "delete"};
constexpr std::array<std::string_view, 5> kActions{"claim", "release", "return", "extend",
                                                   "assign"};

class StoryCheck : StoryNames {
 public:
  StoryCheck(Draft& draft_given, const Bundle& whole_given, const Story& story)
      : StoryNames(draft_given, whole_given),
        story_(story),
        at_(draft_given.place("stories", story.name)) {
    for (const ImportMap& map : draft.imports) mappings_.push_back(map.name);
  }

  void run() {
    if (!story_.clock.empty() && !parse_datetime(story_.clock)) {
      draft.problem(at_ / "given" / "clock", "datetime",
                    "must be a moment, as 2027-03-01T09:00:00+08:00");
    }
    people();
    for (std::size_t i = 0; i < story_.records.size(); ++i) {
      const Place place = at_ / "given" / "records" / i;
      actor(story_.records[i].as, place / "as");
      values(story_.records[i].set, place / "set");
      make(story_.records[i].ref, place / "ref");
    }
    for (std::size_t i = 0; i < story_.steps.size(); ++i) {
      step(story_.steps[i], at_ / "steps" / i);
    }
  }

 private:
  void people() {
    for (std::size_t i = 0; i < story_.people.size(); ++i) {
      const StoryPerson& person = story_.people[i];
      const Place place = at_ / "given" / "users" / i;
      for (std::size_t role = 0; role < person.roles.size(); ++role) {
        one_of(roles, person.roles[role], "role", place / "roles" / role);
      }
      if (!person.manager.empty()) known(person.manager, place / "manager");
      make(person.login, place / "login");
      logins.insert(person.login);
    }
  }

  void step(const StoryStep& step, const Place& place) {
    actor(step.as, place / "as");
    values(step.set, place / "set");
    values(step.with, place / "with");
    check_act(*this, step, place);
    switch (step.verb) {
      case StoryVerb::create: make(step.ref, place / "ref"); break;
      case StoryVerb::action: {
        one_of(kActions, step.action, "action", place / "action");
        known(step.ref, place / "on");
        break;
      }
      case StoryVerb::update:
      case StoryVerb::erase:
      case StoryVerb::check: {
        if (!step.ref.empty()) known(step.ref, place / name_of(step.verb));
        break;
      }
      case StoryVerb::import: import(step, place); break;
      case StoryVerb::clock: time(step.clock, place / "clock"); break;
      case StoryVerb::restart:
        if (!step.clock.empty()) time(step.clock, place / "down");
        break;
      default: break;
    }
    expect(step.expect, place / "expect");
  }

  void import(const StoryStep& step, const Place& place) {
    one_of(mappings_, step.mapping, "mapping", place / "import");
    for (std::size_t i = 0; i < step.refs.size(); ++i) make(step.refs[i], place / "refs" / i);
    if (!step.refs.empty() && step.object.empty()) {
      draft.problem(place / "object", "required", "says of which object the rows are");
    }
  }

  void time(const std::string& text, const Place& place) {
    if (parse_clock_step(text, INT64_MIN / 2)) return;
    draft.problem(place, "clock", "must be \"+49h\", \"+PT5M\" or a moment");
  }

  void expect(const StoryExpect& expect, const Place& place) {
    if (expect.error) {
      std::vector<std::string_view> codes;
      for (const ErrorCode code : kErrorCodes) codes.push_back(name_of(code));
      one_of(codes, expect.error->code, "code", place / "error");
    }
    values(expect.record, place / "record");
    for (const StoryLook& look : expect.records) {
      known(look.ref, place / "records" / ("@" + look.ref));
      if (look.values) values(*look.values, place / "records" / ("@" + look.ref));
    }
    for (const StoryLines& one : expect.ledgers) known(one.ref, place / "ledger" / ("@" + one.ref));
    for (const StoryLines& one : expect.actions) {
      known(one.ref, place / "actions" / ("@" + one.ref));
    }
    for (const StoryCount& count : expect.counts) {
      if (count.filter.empty()) continue;
      type_formula(draft, whole, count.object, place / "count" / "filter", Kind::boolean,
                   Asked::of_reader);
    }
    if (!expect.events) return;
    for (std::size_t i = 0; i < expect.events->size(); ++i) {
      const StoryEvent& event = (*expect.events)[i];
      one_of(kEventKinds, event.kind, "event", place / "events" / i / "kind");
      if (!event.ref.empty()) known(event.ref, place / "events" / i / "record");
    }
  }

  const Story& story_;
  Place at_;
  std::vector<std::string> mappings_;
};

}  // namespace

void check_stories(Draft& draft, const Bundle& whole) {
  for (const Story& story : draft.stories) StoryCheck(draft, whole, story).run();
}

}  // namespace tenon::metadata
