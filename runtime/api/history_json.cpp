#include "runtime/api/history_json.h"

#include "engine/value/references.h"

namespace tenon::api {
namespace {

void write_change(json::Writer& writer, const application::Object& object, int slot,
                  const Value& value, const std::vector<std::string>& titles) {
  const auto targets = targets_of(value);
  if (targets.empty()) return tenon::write(writer, object.type(slot), value);
  const bool several = std::holds_alternative<ReferenceList>(value);
  if (several) writer.begin_array();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    writer.begin_object().key("id").text(text_of(targets[i])).key("name");
    titles[i].empty() ? writer.null() : writer.text(titles[i]);
    writer.end_object();
  }
  if (several) writer.end_array();
}

void write_lines(json::Writer& writer, const std::vector<query::HistoryLine>& lines) {
  writer.key("lines").begin_array();
  for (const query::HistoryLine& line : lines) {
    writer.begin_object().key("id").text(text_of(line.id)).key("kind").text(line.kind);
    write_changes(writer, *line.object, line.changes);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

void write_changes(json::Writer& writer, const application::Object& object,
                   const std::vector<query::HistoryChange>& changes) {
  writer.key("changes").begin_array();
  for (const query::HistoryChange& change : changes) {
    writer.begin_object().key("field").text(object.field(change.slot).name);
    if (object.field(change.slot).is_children()) {
      write_lines(writer, change.lines);
    } else {
      writer.key("old");
      write_change(writer, object, change.slot, change.before, change.before_titles);
      writer.key("new");
      write_change(writer, object, change.slot, change.after, change.after_titles);
    }
    writer.end_object();
  }
  writer.end_array();
}

std::string history_json(const query::History& history) {
  json::Writer writer;
  writer.begin_object().key("entries").begin_array();
  for (const query::HistoryEntry& entry : history.entries) {
    writer.begin_object().key("seq").text(std::to_string(entry.seq));
    writer.key("at").text(text_of(entry.at)).key("kind").text(entry.kind).key("actor");
    if (entry.actor.value == 0) {
      writer.null();
    } else {
      writer.begin_object().key("id").text(text_of(entry.actor));
      writer.key("name").text(entry.actor_name).end_object();
    }
    writer.key("surface").text(entry.surface).key("version").integer(entry.version);
    writer.key("command").text(text_of(entry.command));
    write_changes(writer, *history.object, entry.changes);
    writer.end_object();
  }
  writer.end_array().key("next");
  history.next == 0 ? writer.null() : writer.text(std::to_string(history.next));
  writer.end_object();
  return writer.take();
}

}  // namespace tenon::api
