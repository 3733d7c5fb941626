#include "engine/story/compare.h"

#include <algorithm>

#include "engine/application/money.h"
#include "engine/json/layout.h"

namespace tenon::story {
namespace {

using application::Application;
using application::Object;
using metadata::StoryEvent;
using metadata::StoryValue;
using metadata::StoryValues;

std::string json_of(const Type& type, const Value& value) {
  json::Writer writer;
  write(writer, type, value);
  return writer.take();
}

// As the API would write it, so that "12.5" and "12.50" of a field with two digits are the same.
std::string usual(const std::string& json, const Type& type, const References& references) {
  const std::string resolved = references.resolved(json);
  const auto document = json::Document::parse(resolved);
  if (!document) return resolved;
  const auto value = parse_whole(document->root(), type);
  return references.named(value ? json_of(type, *value) : resolved);
}

const query::Output* output_of(const query::Page& page, const std::string& path) {
  const auto& outputs = page.outputs();
  const auto found = std::find_if(outputs.begin(), outputs.end(),
                                  [&](const query::Output& one) { return one.path.text == path; });
  return found == outputs.end() ? nullptr : &*found;
}

// "price.amount" is a bare number.
Type type_told(const query::Output& output) {
  Type type = *output.type;
  if (output.path.is_bare) type.currencies.clear();
  return type;
}

std::string line(const std::string& field, const std::string& json) { return field + " = " + json; }

Lines problem_lines(const std::vector<Problem>& problems) {
  Lines lines;
  for (const Problem& problem : problems) lines.push_back(problem.at + ": " + problem.rule);
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string with_problems(std::string_view code, const Lines& problems) {
  std::string text(code);
  text += " [";
  for (const std::string& problem : problems) {
    text += (&problem == &problems.front() ? "" : ", ") + problem;
  }
  return text + "]";
}

std::string changes_text(Lines changes) {
  std::sort(changes.begin(), changes.end());
  std::string text = " {";
  for (const std::string& change : changes) {
    text += (&change == &changes.front() ? "" : ", ") + change;
  }
  return text + "}";
}

std::string line_of_event(const event::Event& event, bool with_changes, const Application& app,
                          const References& references) {
  const Object* object = app.find_id(event.object);
  if (object == nullptr) return event.kind;
  std::string text = event.kind + " " + references.name_of(event.record, object->name());
  if (!with_changes) return text;
  const auto body = json::Document::parse(event.body);
  if (!body) throw Fault("an event's body is no JSON");
  Lines changes;
  for (const json::Reader change : body->root()) {
    const metadata::Field* field = object->definition->find_id(change.name());
    Lines pair;
    for (const json::Reader value : change) {
      json::Writer writer;
      json::copy(value, writer);
      pair.push_back(references.named(writer.take()));
    }
    changes.push_back((field == nullptr ? std::string(change.name()) : field->name) + ": " +
                      pair.at(0) + " → " + pair.at(1));
  }
  return text + changes_text(std::move(changes));
}

std::string line_of_expected(const StoryEvent& event, const Application& app,
                             const References& references) {
  const Known* known = references.find(event.ref);
  const Object* object = event.ref.empty()  ? app.find(event.object)
                         : known == nullptr ? nullptr
                                            : app.find_id(known->object);
  std::string text = event.kind + " " + (event.ref.empty() ? event.object : "@" + event.ref);
  if (!event.changes) return text;
  Lines changes;
  for (const metadata::StoryChange& change : *event.changes) {
    const auto slot = object == nullptr ? std::nullopt : object->find_slot(change.field);
    const auto shown = [&](const std::string& json) {
      return slot ? usual(json, object->type(*slot), references) : json;
    };
    changes.push_back(change.field + ": " + shown(change.from) + " → " + shown(change.to));
  }
  return text + changes_text(std::move(changes));
}

}  // namespace

Lines difference(const std::string& heading, const Lines& expected, const Lines& found) {
  if (expected == found) return {};
  Lines lines{heading};
  Lines rest = found;
  Lines missing;
  for (const std::string& one : expected) {
    const auto same = std::find(rest.begin(), rest.end(), one);
    same == rest.end() ? missing.push_back(one) : static_cast<void>(rest.erase(same));
  }
  for (const std::string& one : missing) lines.push_back("  - " + one);
  for (const std::string& one : rest) lines.push_back("  + " + one);
  if (lines.size() == 1) lines.push_back("  the same, in another order");
  return lines;
}

std::string line_of(const Error& error) {
  return with_problems(name_of(error.code), problem_lines(error.problems));
}

std::string line_of(const metadata::StoryError& error) {
  if (!error.problems) return error.code;
  std::vector<Problem> problems;
  for (const auto& problem : *error.problems) problems.push_back({problem.at, problem.rule, ""});
  return with_problems(error.code, problem_lines(problems));
}

std::string line_of(const Error& error, const metadata::StoryError& like) {
  return like.problems ? line_of(error) : std::string(name_of(error.code));
}

Lines lines_of(const StoryValues& values, const query::Page& page, const References& references) {
  Lines lines;
  for (const StoryValue& value : values) {
    const query::Output* output = output_of(page, value.field);
    lines.push_back(line(value.field, output == nullptr
                                          ? value.json
                                          : usual(value.json, type_told(*output), references)));
  }
  return lines;
}

Lines lines_of(const query::Page& page, const StoryValues& asked, const References& references) {
  Lines lines;
  for (const StoryValue& value : asked) {
    const query::Output* output = output_of(page, value.field);
    if (output == nullptr) continue;
    const auto place = static_cast<std::size_t>(output - page.outputs().data());
    lines.push_back(
        line(value.field, references.named(json_of(*output->type, page.rows.front()[place]))));
  }
  return lines;
}

Lines lines_of(const StoryValues& values, const command::Checked& checked,
               const References& references) {
  Lines lines;
  for (const StoryValue& value : values) {
    const auto slot = checked.object->find_slot(value.field);
    lines.push_back(
        line(value.field,
             slot ? usual(value.json, checked.object->type(*slot), references) : value.json));
  }
  return lines;
}

Lines lines_of(const command::Checked& checked, const StoryValues& asked,
               const References& references) {
  Lines lines;
  for (const StoryValue& value : asked) {
    const auto slot = checked.object->find_slot(value.field);
    if (!slot) continue;
    const Value found = application::written_value(*checked.object, *slot, checked.fields);
    lines.push_back(
        line(value.field, references.named(json_of(checked.object->type(*slot), found))));
  }
  return lines;
}

Lines lines_of(const std::vector<StoryEvent>& events, const Application& app,
               const References& references) {
  Lines lines;
  for (const StoryEvent& event : events) {
    lines.push_back(line_of_expected(event, app, references));
  }
  return lines;
}

Lines lines_of(const std::vector<event::Event>& events, const std::vector<StoryEvent>& like,
               const Application& app, const References& references) {
  Lines lines;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const bool with_changes = i >= like.size() || like[i].changes;
    lines.push_back(line_of_event(events[i], with_changes, app, references));
  }
  return lines;
}

Lines lines_of(const command::Imported& imported) {
  using Fate = command::ImportedRow::Fate;
  Lines lines;
  for (const command::ImportedRow& row : imported.rows) {
    switch (row.fate) {
      case Fate::created: lines.emplace_back("created"); break;
      case Fate::updated: lines.emplace_back("updated"); break;
      case Fate::unchanged: lines.emplace_back("unchanged"); break;
      case Fate::rejected: {
        std::string text = "rejected";
        for (const std::string& problem : problem_lines(row.problems)) text += ": " + problem;
        lines.push_back(std::move(text));
      }
    }
  }
  return lines;
}

Lines names_of(const std::vector<int>& slots, const Object& object) {
  Lines names;
  for (const int slot : slots) names.push_back(object.field(slot).name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace tenon::story
