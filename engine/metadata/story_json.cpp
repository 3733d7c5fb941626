#include "engine/json/layout.h"
#include "engine/metadata/definition_json.h"
#include "engine/metadata/story_parts_json.h"

namespace tenon::metadata {
namespace {

std::string json_of(json::Reader reader) {
  json::Writer writer;
  json::copy(reader, writer);
  return writer.take();
}

StoryValues parse_values(json::Reader reader, Problems& problems) {
  StoryValues values;
  if (!expect_kind(reader, json::Kind::object, problems)) return values;
  for (const json::Reader member : reader) {
    values.push_back({std::string(member.name()), json_of(member)});
  }
  return values;
}

// Each item of an array, or the one thing that stands there without one.
template <class F>
void each_item(const std::optional<json::Reader>& reader, F f) {
  if (!reader) return;
  if (reader->kind() != json::Kind::array) return f(*reader);
  for (const json::Reader item : *reader) f(item);
}

StoryPerson parse_person(json::Reader reader, Problems& problems) {
  json::Members members(reader, problems);
  StoryPerson person;
  person.login = members.required_text("login").value_or("");
  person.name = members.text("name").value_or("");
  person.roles = texts(members, "roles");
  person.manager = members.text("manager").value_or("");
  person.department = members.text("department").value_or("");
  person.position = members.text("position").value_or("");
  members.finish();
  return person;
}

StoryRecord parse_record(json::Reader reader, Problems& problems) {
  json::Members members(reader, problems);
  StoryRecord record;
  record.as = members.text("as").value_or("");
  record.object = members.required_text("object").value_or("");
  record.ref = members.text("ref").value_or("");
  record.set = values_of(members, "set");
  members.finish();
  return record;
}

StoryError parse_error(json::Reader reader, Problems& problems) {
  StoryError error;
  if (reader.kind() == json::Kind::text) {
    error.code = *reader.text();
    return error;
  }
  json::Members members(reader, problems);
  error.code = members.required_text("code").value_or("");
  if (const auto list = members.optional("problems")) {
    error.problems.emplace();
    each_item(list, [&](json::Reader item) {
      json::Members problem(item, problems);
      const auto at = problem.text("at");
      error.problems->push_back({at.value_or(""), problem.required_text("rule").value_or("")});
      problem.finish();
    });
  }
  members.finish();
  return error;
}

StoryEvent parse_event(json::Reader reader, Problems& problems) {
  json::Members members(reader, problems);
  StoryEvent event;
  event.kind = members.required_text("kind").value_or("");
  event.ref = referred(members.text("record").value_or(""));
  event.object = members.text("object").value_or("");
  if (event.ref.empty() == event.object.empty()) {
    problems.push_back(reader.problem("required", "must have either \"record\" or \"object\""));
  }
  const auto changes = members.optional("changes");
  members.finish();
  if (!changes || !expect_kind(*changes, json::Kind::object, problems)) return event;
  event.changes.emplace();
  for (const json::Reader change : *changes) {
    std::vector<std::string> pair;
    each_item(change, [&](json::Reader value) { pair.push_back(json_of(value)); });
    if (change.kind() != json::Kind::array || pair.size() != 2) {
      problems.push_back(change.problem("type", "must be [before, after]"));
      continue;
    }
    event.changes->push_back({std::string(change.name()), pair[0], pair[1]});
  }
  return event;
}

void parse_looks(json::Members& members, StoryExpect& expect) {
  const auto reader = members.optional("records");
  if (!reader || !expect_kind(*reader, json::Kind::object, members.problems())) return;
  for (const json::Reader look : *reader) {
    StoryLook one{referred(std::string(look.name())), std::nullopt};
    if (one.ref.empty()) {
      members.problems().push_back(look.problem("reference", "is named as \"@something\""));
    }
    if (!look.is_null()) one.values = parse_values(look, members.problems());
    expect.records.push_back(std::move(one));
  }
}

std::vector<StoryLines> parse_lines(json::Members& members, std::string_view name) {
  std::vector<StoryLines> all;
  const auto reader = members.optional(name);
  if (!reader || !expect_kind(*reader, json::Kind::object, members.problems())) return all;
  for (const json::Reader one : *reader) {
    all.push_back({referred(std::string(one.name())), texts(one, members.problems())});
    if (!all.back().ref.empty()) continue;
    members.problems().push_back(one.problem("reference", "is named as \"@something\""));
  }
  return all;
}

StoryExpect parse_expect(json::Reader reader, Problems& problems) {
  json::Members members(reader, problems);
  StoryExpect expect;
  if (const auto error = members.optional("error")) expect.error = parse_error(*error, problems);
  expect.record = values_of(members, "record");
  parse_looks(members, expect);
  each_item(members.optional("count"), [&](json::Reader item) {
    json::Members count(item, problems);
    StoryCount one;
    one.object = count.required_text("object").value_or("");
    one.filter = count.text("filter").value_or("");
    count.required("is");
    one.is = count.integer("is").value_or(0);
    count.finish();
    expect.counts.push_back(std::move(one));
  });
  expect.ledgers = parse_lines(members, "ledger");
  expect.actions = parse_lines(members, "actions");
  if (const auto events = members.optional("events")) {
    expect.events.emplace();
    each_item(events,
              [&](json::Reader item) { expect.events->push_back(parse_event(item, problems)); });
  }
  expect.required = given_texts(members, "required");
  expect.hidden = given_texts(members, "hidden");
  expect.cleared = given_texts(members, "cleared");
  expect.rows = given_texts(members, "rows");
  expect.runs = parse_runs(members);
  members.finish();
  return expect;
}

// What the verb is about: an object, a record called so, a mapping, a time.
void read_subject(json::Members& members, StoryStep& step, const std::string& subject) {
  switch (step.verb) {
    case StoryVerb::import: {
      step.mapping = subject;
      step.object = members.text("object").value_or("");
      step.refs = texts(members, "refs");
      return;
    }
    case StoryVerb::clock: step.clock = subject; return;
    case StoryVerb::create: {
      step.object = subject;
      step.ref = members.text("ref").value_or("");
      return;
    }
    case StoryVerb::action: {
      step.action = subject;
      step.ref = referred(members.required_text("on").value_or(""));
      step.with = values_of(members, "with");
      if (!step.ref.empty()) return;
      members.problems().push_back(
          members.reader().problem("reference", "\"on\" names a record as \"@something\""));
      return;
    }
    case StoryVerb::check:
    case StoryVerb::update:
    case StoryVerb::erase: {
      step.ref = referred(subject);
      if (!step.ref.empty()) return;
      if (step.verb == StoryVerb::check) {
        step.object = subject;
        return;
      }
      members.problems().push_back(
          members.reader().problem("reference", "a record is named as \"@something\""));
      return;
    }
    default: return;
  }
}

// "comment" and "variables" are verbs only where no other is there: else they belong to it.
bool is_shared(StoryVerb verb) {
  return verb == StoryVerb::comment || verb == StoryVerb::variables;
}

// The verb, whose member is asked for; look where there is none.
StoryVerb find_verb(json::Members& members) {
  std::vector<StoryVerb> found;
  StoryVerb shared = StoryVerb::look;
  if (members.reader().kind() != json::Kind::object) return shared;
  for (std::size_t i = 1; i < kStoryVerbs; ++i) {
    const auto verb = static_cast<StoryVerb>(i);
    if (!members.reader().member(name_of(verb))) continue;
    is_shared(verb) ? static_cast<void>(shared = verb) : found.push_back(verb);
  }
  if (found.size() > 1) {
    members.problems().push_back(members.reader().problem("verb", "a step has one verb"));
  }
  return found.empty() ? shared : found.front();
}

void read_verb(json::Members& members, StoryStep& step) {
  step.verb = find_verb(members);
  const StoryVerbShape& shape = shape_of(step.verb);
  if (shape.subject == StorySubject::truth) members.boolean(shape.name);
  if (shape.subject == StorySubject::text) {
    read_subject(members, step, members.text(shape.name).value_or(""));
  }
  read_act(members, step);
}

StoryStep parse_step(json::Reader reader, Problems& problems) {
  json::Members members(reader, problems);
  StoryStep step;
  step.as = members.text("as").value_or("");
  read_verb(members, step);
  const bool has_fields = step.verb == StoryVerb::create || step.verb == StoryVerb::update ||
                          step.verb == StoryVerb::check;
  if (has_fields) step.set = values_of(members, "set");
  if (step.verb == StoryVerb::import) {
    step.header = texts(members, "header");
    each_item(members.optional("rows"),
              [&](json::Reader row) { step.rows.push_back(texts(row, problems)); });
  }
  const auto expect = members.optional("expect");
  if (expect) step.expect = parse_expect(*expect, problems);
  if (!expect && step.verb == StoryVerb::look && reader.kind() == json::Kind::object) {
    problems.push_back(reader.problem("verb", "a step has a verb, or something to expect"));
  }
  members.finish();
  return step;
}

}  // namespace

bool expect_kind(json::Reader reader, json::Kind kind, Problems& problems) {
  auto fits = reader.expect(kind);
  if (!fits) json::collect(problems, std::move(fits.error()));
  return static_cast<bool>(fits);
}

std::string referred(const std::string& text) {
  return text.starts_with('@') && text.size() > 1 ? text.substr(1) : std::string();
}

StoryValues values_of(json::Members& members, std::string_view name) {
  const auto reader = members.optional(name);
  return reader ? parse_values(*reader, members.problems()) : StoryValues{};
}

StoryTexts given_texts(json::Members& members, std::string_view name) {
  const auto reader = members.optional(name);
  return reader ? std::optional(texts(*reader, members.problems())) : std::nullopt;
}

Story parse(json::Reader reader, json::To<Story>, Problems& problems) {
  json::Members members(reader, problems);
  Story story;
  members.optional("$schema");
  story.name = members.required_text("name").value_or("");
  story.label = optional_label(members, "label");
  if (const auto given = members.optional("given")) {
    json::Members facts(*given, problems);
    story.clock = facts.text("clock").value_or("");
    each_item(facts.optional("users"),
              [&](json::Reader item) { story.people.push_back(parse_person(item, problems)); });
    each_item(facts.optional("records"),
              [&](json::Reader item) { story.records.push_back(parse_record(item, problems)); });
    facts.finish();
  }
  each_item(members.required("steps"),
            [&](json::Reader item) { story.steps.push_back(parse_step(item, problems)); });
  members.finish();
  return story;
}

}  // namespace tenon::metadata
