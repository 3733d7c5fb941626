// Stories: whether what they call by name is there when they do.
#include <set>

#include "engine/base/suggest.h"
#include "engine/metadata/checks.h"

namespace tenon::metadata {
namespace {

constexpr std::array kErrorCodes{ErrorCode::invalid,   ErrorCode::malformed, ErrorCode::denied,
                                 ErrorCode::not_found, ErrorCode::conflict,  ErrorCode::limit,
                                 ErrorCode::locked,    ErrorCode::too_large};
constexpr std::array<std::string_view, 3> kEventKinds{"create", "update", "delete"};
constexpr std::array<std::string_view, 5> kActions{"claim", "release", "return", "extend",
                                                   "assign"};

class StoryCheck {
 public:
  StoryCheck(Draft& draft, const Bundle& whole, const Story& story)
      : draft_(draft), whole_(whole), story_(story), at_(draft.place("stories", story.name)) {
    for (const Role& role : whole.roles) roles_.push_back(role.name);
    for (const ImportMap& map : draft.imports) mappings_.push_back(map.name);
  }

  void run() {
    if (!story_.clock.empty() && !parse_datetime(story_.clock)) {
      draft_.problem(at_ / "given" / "clock", "datetime",
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
        one_of(roles_, person.roles[role], "role", place / "roles" / role);
      }
      if (!person.manager.empty()) known(person.manager, place / "manager");
      make(person.login, place / "login");
      logins_.insert(person.login);
    }
  }

  template <class Names>
  void one_of(const Names& names, const std::string& name, const std::string& kind,
              const Place& place) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    draft_.problem(place, "unknown_" + kind,
                   "there is no " + kind + " \"" + name + "\"" +
                       did_you_mean(name, std::span<const typename Names::value_type>(names)));
  }

  void make(const std::string& ref, const Place& place) {
    if (ref.empty() || refs_.insert(ref).second) return;
    draft_.problem(place, "duplicate", "the story calls something else \"@" + ref + "\"");
  }

  void known(const std::string& ref, const Place& place) {
    if (refs_.contains(ref)) return;
    const std::vector<std::string> all(refs_.begin(), refs_.end());
    draft_.problem(place, "unknown_reference",
                   "nothing is called \"@" + ref + "\" by then" +
                       did_you_mean(ref, std::span<const std::string>(all)));
  }

  // A login of the story's people, or a role, which somebody has who has no other.
  void actor(const std::string& as, const Place& place) {
    if (as.empty() || logins_.contains(as)) return;
    one_of(roles_, as, "role", place);
    refs_.insert(as);
  }

  void value(const std::string& json, const Place& place) {
    if (!json.starts_with("\"@") || json.starts_with("\"@@") || json.size() < 4) return;
    known(json.substr(2, json.size() - 3), place);
  }

  void values(const StoryValues& values, const Place& place) {
    for (const StoryValue& one : values) value(one.json, place / one.field);
  }

  void step(const StoryStep& step, const Place& place) {
    actor(step.as, place / "as");
    values(step.set, place / "set");
    values(step.with, place / "with");
    switch (step.verb) {
      case StoryVerb::look:
      case StoryVerb::restart: break;
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
      case StoryVerb::import: one_of(mappings_, step.mapping, "mapping", place / "import"); break;
      case StoryVerb::clock: {
        if (!parse_clock_step(step.clock, INT64_MIN / 2)) {
          draft_.problem(place / "clock", "clock", "must be \"+49h\", \"+PT5M\" or a moment");
        }
        break;
      }
    }
    expect(step.expect, place / "expect");
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
      type_formula(draft_, whole_, count.object, place / "count" / "filter", Kind::boolean,
                   Asked::of_tables);
    }
    if (!expect.events) return;
    for (std::size_t i = 0; i < expect.events->size(); ++i) {
      const StoryEvent& event = (*expect.events)[i];
      one_of(kEventKinds, event.kind, "event", place / "events" / i / "kind");
      if (!event.ref.empty()) known(event.ref, place / "events" / i / "record");
    }
  }

  Draft& draft_;
  const Bundle& whole_;
  const Story& story_;
  Place at_;
  std::vector<std::string> roles_;
  std::vector<std::string> mappings_;
  std::set<std::string> refs_;
  std::set<std::string> logins_;
};

}  // namespace

void check_stories(Draft& draft, const Bundle& whole) {
  for (const Story& story : draft.stories) StoryCheck(draft, whole, story).run();
}

}  // namespace tenon::metadata
