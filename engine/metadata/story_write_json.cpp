// A story as its file has it: the other half of story_json.cpp.
#include "engine/metadata/story_parts_json.h"

namespace tenon::metadata {
namespace {

void write(json::Writer& writer, const StoryPerson& person) {
  writer.begin_object().key("login").text(person.login);
  write_text(writer, "name", person.name);
  write_texts(writer, "roles", person.roles);
  write_text(writer, "manager", person.manager);
  write_text(writer, "department", person.department);
  write_text(writer, "position", person.position);
  writer.end_object();
}

void write(json::Writer& writer, const StoryRecord& record) {
  writer.begin_object();
  write_text(writer, "as", record.as);
  writer.key("object").text(record.object);
  write_text(writer, "ref", record.ref);
  write_values(writer, "set", record.set);
  writer.end_object();
}

void write(json::Writer& writer, const StoryError& error) {
  if (!error.problems) {
    writer.text(error.code);
    return;
  }
  writer.begin_object().key("code").text(error.code).key("problems").begin_array();
  for (const StoryProblem& problem : *error.problems) {
    writer.begin_object();
    write_text(writer, "at", problem.at);
    writer.key("rule").text(problem.rule).end_object();
  }
  writer.end_array().end_object();
}

void write(json::Writer& writer, const StoryEvent& event) {
  writer.begin_object().key("kind").text(event.kind);
  if (event.ref.empty()) {
    writer.key("object").text(event.object);
  } else {
    writer.key("record").text("@" + event.ref);
  }
  if (event.changes) {
    writer.key("changes").begin_object();
    for (const StoryChange& change : *event.changes) {
      writer.key(change.field).begin_array().raw(change.from).raw(change.to).end_array();
    }
    writer.end_object();
  }
  writer.end_object();
}

void write(json::Writer& writer, const StoryCount& count) {
  writer.begin_object().key("object").text(count.object);
  write_text(writer, "filter", count.filter);
  writer.key("is").integer(count.is).end_object();
}

void write_looks(json::Writer& writer, const std::vector<StoryLook>& looks) {
  if (looks.empty()) return;
  writer.key("records").begin_object();
  for (const StoryLook& look : looks) {
    writer.key("@" + look.ref);
    if (!look.values) {
      writer.null();
      continue;
    }
    writer.begin_object();
    for (const StoryValue& value : *look.values) writer.key(value.field).raw(value.json);
    writer.end_object();
  }
  writer.end_object();
}

void write_lines(json::Writer& writer, std::string_view name, const std::vector<StoryLines>& all) {
  if (all.empty()) return;
  writer.key(name).begin_object();
  for (const StoryLines& one : all) {
    writer.key("@" + one.ref);
    write_list_of_texts(writer, one.lines);
  }
  writer.end_object();
}

void write(json::Writer& writer, const StoryExpect& expect) {
  writer.begin_object();
  if (expect.error) {
    writer.key("error");
    write(writer, *expect.error);
  }
  write_values(writer, "record", expect.record);
  write_looks(writer, expect.records);
  if (expect.counts.size() == 1) {
    writer.key("count");
    write(writer, expect.counts.front());
  } else if (!expect.counts.empty()) {
    writer.key("count").begin_array();
    for (const StoryCount& count : expect.counts) write(writer, count);
    writer.end_array();
  }
  write_lines(writer, "ledger", expect.ledgers);
  write_lines(writer, "actions", expect.actions);
  if (expect.events) {
    writer.key("events").begin_array();
    for (const StoryEvent& event : *expect.events) write(writer, event);
    writer.end_array();
  }
  write_given_texts(writer, "required", expect.required);
  write_given_texts(writer, "hidden", expect.hidden);
  write_given_texts(writer, "cleared", expect.cleared);
  write_given_texts(writer, "rows", expect.rows);
  write_runs(writer, expect.runs);
  writer.end_object();
}

void write_subject(json::Writer& writer, const StoryStep& step) {
  switch (step.verb) {
    case StoryVerb::restart: writer.key("restart").boolean(true); return;
    case StoryVerb::import: {
      writer.key("import").text(step.mapping);
      write_text(writer, "object", step.object);
      write_texts(writer, "refs", step.refs);
      return;
    }
    case StoryVerb::clock: writer.key("clock").text(step.clock); return;
    case StoryVerb::create: {
      writer.key("create").text(step.object);
      write_text(writer, "ref", step.ref);
      return;
    }
    case StoryVerb::action: {
      writer.key("action").text(step.action).key("on").text("@" + step.ref);
      write_values(writer, "with", step.with);
      return;
    }
    case StoryVerb::check:
    case StoryVerb::update:
    case StoryVerb::erase: {
      writer.key(name_of(step.verb)).text(step.ref.empty() ? step.object : "@" + step.ref);
      return;
    }
    default: return;
  }
}

void write(json::Writer& writer, const StoryStep& step) {
  writer.begin_object();
  write_text(writer, "as", step.as);
  write_subject(writer, step);
  write_act(writer, step);
  write_values(writer, "set", step.set);
  write_texts(writer, "header", step.header);
  if (!step.rows.empty()) {
    writer.key("rows").begin_array();
    for (const auto& row : step.rows) write_list_of_texts(writer, row);
    writer.end_array();
  }
  const StoryExpect& expect = step.expect;
  const bool expects = expect.error || !expect.record.empty() || !expect.records.empty() ||
                       !expect.counts.empty() || !expect.ledgers.empty() ||
                       !expect.actions.empty() || expect.events || expect.required ||
                       expect.hidden || expect.cleared || expect.rows || !expect.runs.is_empty();
  if (expects) {
    writer.key("expect");
    write(writer, expect);
  }
  writer.end_object();
}

template <class T>
void write_each(json::Writer& writer, std::string_view name, const std::vector<T>& items) {
  if (items.empty()) return;
  writer.key(name).begin_array();
  for (const T& item : items) write(writer, item);
  writer.end_array();
}

}  // namespace

void write_values(json::Writer& writer, std::string_view name, const StoryValues& values) {
  if (values.empty()) return;
  writer.key(name).begin_object();
  for (const StoryValue& value : values) writer.key(value.field).raw(value.json);
  writer.end_object();
}

void write_given_texts(json::Writer& writer, std::string_view name, const StoryTexts& texts) {
  if (!texts) return;
  writer.key(name);
  write_list_of_texts(writer, *texts);
}

void write(json::Writer& writer, const Story& story) {
  writer.begin_object();
  writer.key("name").text(story.name);
  write_label(writer, "label", story.label);
  if (!story.clock.empty() || !story.people.empty() || !story.records.empty()) {
    writer.key("given").begin_object();
    write_text(writer, "clock", story.clock);
    write_each(writer, "users", story.people);
    write_each(writer, "records", story.records);
    writer.end_object();
  }
  write_each(writer, "steps", story.steps);
  writer.end_object();
}

}  // namespace tenon::metadata
