#include "engine/command/events.h"

#include <algorithm>

#include "engine/application/money.h"
#include "engine/json/writer.h"

namespace tenon::command {
namespace {

// Of a record or of a line: both have a before and an after.
template <class Change>
void write_fields(json::Writer& writer, const Change& change) {
  const application::Object& object = *change.object;
  const auto value = [&](const std::optional<record::Record>& record, int slot) {
    return record ? application::written_value(object, slot, record->fields) : Value{};
  };
  for (const record::StoredColumn& column : object.table.columns) {
    if (application::is_currency(object, column.slot)) continue;  // Told with its amount.
    const Value before = value(change.before, column.slot);
    const Value after = value(change.after, column.slot);
    if (before == after) continue;
    writer.key(change.object->field(column.slot).id).begin_array();
    write(writer, column.type, before);
    write(writer, column.type, after);
    writer.end_array();
  }
}

template <class Change>
std::string_view kind_of_change(const Change& change) {
  return !change.before ? "create" : !change.after ? "delete" : "update";
}

void write_line(json::Writer& writer, const LineChange& change) {
  const record::Record& known = change.after ? *change.after : *change.before;
  writer.begin_object().key("id").text(text_of(known.id));
  writer.key("object").text(change.object->id());
  writer.key("kind").text(kind_of_change(change));
  writer.key("fields").begin_object();
  write_fields(writer, change);
  writer.end_object().end_object();
}

// Lines are told at the field of the record through which they hang on it, those within lines, too.
void write_lines(json::Writer& writer, const Change& change) {
  for (const application::Children& children : change.object->children) {
    const auto is_here = [&](const LineChange& line) {
      return line.slot == children.slot && (line.before || line.after);
    };
    if (std::none_of(change.lines.begin(), change.lines.end(), is_here)) continue;
    writer.key(change.object->field(children.slot).id).begin_array();
    for (const LineChange& line : change.lines) {
      if (is_here(line)) write_line(writer, line);
    }
    writer.end_array();
  }
}

event::Event event_of(Context& context, const Change& change, CommandId command) {
  event::Event event;
  event.id = EventId{context.ids.next()};
  event.at = DateTime{context.clock.now_ms()};
  event.actor = context.actor.user;
  event.surface = std::string(name_of(context.actor.surface));
  event.kind = kind_of_change(change);
  event.object = change.object->id();
  event.command = command;
  event.application = context.app.version();
  const record::Record& known = change.after ? *change.after : *change.before;
  event.record = known.id;
  event.record_version = change.after ? known.version : known.version + 1;
  event.body = body_of(change);
  return event;
}

// Made and erased by this command, or as it was at its beginning.
bool is_nothing(const Change& change) {
  if (!change.before && !change.after) return true;
  if (!change.before || !change.after || !change.lines.empty()) return false;
  return std::none_of(change.object->table.columns.begin(), change.object->table.columns.end(),
                      [&](const record::StoredColumn& column) {
                        const auto slot = static_cast<std::size_t>(column.slot);
                        return change.before->fields[slot] != change.after->fields[slot];
                      });
}

}  // namespace

std::string body_of(const Change& change) {
  json::Writer writer;
  writer.begin_object();
  write_fields(writer, change);
  write_lines(writer, change);
  writer.end_object();
  return writer.take();
}

void append_events(Context& context, CommandId command) {
  for (const Change& change : context.changes.all()) {
    if (is_nothing(change)) continue;
    event::append(context.tx, event_of(context, change, command));
  }
}

}  // namespace tenon::command
