// The walk through a story: what it calls "@something" is of the object it was made of.
#include <algorithm>
#include <map>

#include "engine/metadata/story_verbs.h"
#include "engine/metadata/translate.h"

namespace tenon::metadata {
namespace {

class StoryWalk {
 public:
  explicit StoryWalk(Translator& translator) : translator_(translator) {}

  void walk(Story& story, const Place& place) {
    for (const StoryPerson& person : story.people) objects_[person.login] = "user";
    for (std::size_t i = 0; i < story.records.size(); ++i) {
      StoryRecord& record = story.records[i];
      const Place at = place / "given" / "records" / i;
      acts(record.as);
      const std::string object = translator_.object(record.object, at / "object");
      fields(object, record.set, at / "set");
      if (!record.ref.empty()) objects_[record.ref] = object;
    }
    for (std::size_t i = 0; i < story.steps.size(); ++i) {
      step(story.steps[i], place / "steps" / i);
    }
  }

 private:
  std::string object_of(const std::string& ref) const {
    const auto known = objects_.find(ref);
    return known == objects_.end() ? "" : known->second;
  }

  void fields(const std::string& object, StoryValues& values, const Place& place) {
    if (object.empty()) return;
    for (StoryValue& value : values) translator_.field(object, value.field, place / value.field);
  }

  void paths(const std::string& object, StoryValues& values, const Place& place) {
    if (object.empty()) return;
    for (StoryValue& value : values) translator_.path(object, value.field, place / value.field);
  }

  void names(const std::string& object, std::optional<std::vector<std::string>>& fields,
             const Place& place) {
    if (object.empty() || !fields) return;
    for (std::size_t i = 0; i < fields->size(); ++i) {
      translator_.field(object, (*fields)[i], place / i);
    }
  }

  // Who acts for the first time as somebody who has a role is called like that role.
  void acts(const std::string& as) {
    if (!as.empty()) objects_.try_emplace(as, "user");
  }

  void step(StoryStep& step, const Place& place) {
    acts(step.as);
    std::string object = object_of(step.ref.empty() ? step.about : step.ref);
    if (!step.object.empty()) {
      const bool is_import = step.verb == StoryVerb::import;
      object = translator_.object(step.object, place / (is_import ? "object" : name_of(step.verb)));
      for (const std::string& ref : step.refs) objects_[ref] = object;
    }
    fields(object, step.set, place / "set");
    if (!step.act.flow.empty()) {
      const bool is_subject = shape_of(step.verb).subject == StorySubject::flow;
      translator_.flow(step.act.flow, place / (is_subject ? name_of(step.verb) : "flow"));
    }
    if (step.verb == StoryVerb::create && !step.ref.empty()) objects_[step.ref] = object;
    refusal(object, step, place / "expect" / "error");
    expect(object, step.expect, place / "expect");
  }

  // Of an action, what it is told is no field.
  void refusal(const std::string& object, StoryStep& step, const Place& place) {
    auto& error = step.expect.error;
    if (!error || !error->problems || object.empty()) return;
    for (StoryProblem& problem : *error->problems) {
      const auto is_told = [&](const StoryValue& value) { return value.field == problem.at; };
      if (problem.at.empty() || std::any_of(step.with.begin(), step.with.end(), is_told)) continue;
      // Of an act on a run only what the form sets is a field.
      const bool is_set = std::any_of(step.set.begin(), step.set.end(), is_told);
      if (shape_of(step.verb).is_of_flows() && !is_set) continue;
      translator_.field(object, problem.at, place);
    }
  }

  void expect(const std::string& object, StoryExpect& expect, const Place& place) {
    paths(object, expect.record, place / "record");
    for (StoryLook& look : expect.records) {
      if (look.values) paths(object_of(look.ref), *look.values, place / "records");
    }
    for (StoryCount& count : expect.counts) {
      const std::string of = translator_.object(count.object, place / "count" / "object");
      if (!of.empty() && !count.filter.empty()) {
        translator_.formula(of, count.filter, place / "count" / "filter");
      }
    }
    if (expect.events) {
      for (std::size_t i = 0; i < expect.events->size(); ++i) {
        event((*expect.events)[i], place / "events" / i);
      }
    }
    names(object, expect.required, place / "required");
    names(object, expect.hidden, place / "hidden");
    names(object, expect.cleared, place / "cleared");
  }

  void event(StoryEvent& event, const Place& place) {
    const std::string object = event.ref.empty()
                                   ? translator_.object(event.object, place / "object")
                                   : object_of(event.ref);
    if (object.empty() || !event.changes) return;
    for (StoryChange& change : *event.changes) {
      translator_.field(object, change.field, place / "changes" / change.field);
    }
  }

  Translator& translator_;
  std::map<std::string, std::string> objects_;  // What the story calls so → object id.
};

}  // namespace

void translate(Story& story, Translator& translator, const Place& place) {
  StoryWalk(translator).walk(story, place);
}

}  // namespace tenon::metadata
