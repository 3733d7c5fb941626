#include "engine/command/events.h"

#include <algorithm>

#include "engine/json/writer.h"

namespace tenon::command {
namespace {

const Value& empty() {
  static const Value value;
  return value;
}

std::string body_of(const Change& change) {
  json::Writer writer;
  writer.begin_object();
  for (const record::StoredColumn& column : change.object->table.columns) {
    const auto slot = static_cast<std::size_t>(column.slot);
    const Value& before = change.before ? change.before->fields[slot] : empty();
    const Value& after = change.after ? change.after->fields[slot] : empty();
    if (before == after) continue;
    writer.key(change.object->field(column.slot).id).begin_array();
    write(writer, column.type, before);
    write(writer, column.type, after);
    writer.end_array();
  }
  writer.end_object();
  return writer.take();
}

event::Event event_of(Context& context, const Change& change, CommandId command) {
  event::Event event;
  event.id = EventId{context.ids.next()};
  event.at = DateTime{context.clock.now_ms()};
  event.actor = context.actor.user;
  event.surface = std::string(name_of(context.actor.surface));
  event.kind = !change.before ? "create" : !change.after ? "delete" : "update";
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
  if (!change.before || !change.after) return false;
  return std::none_of(change.object->table.columns.begin(), change.object->table.columns.end(),
                      [&](const record::StoredColumn& column) {
                        const auto slot = static_cast<std::size_t>(column.slot);
                        return change.before->fields[slot] != change.after->fields[slot];
                      });
}

}  // namespace

void append_events(Context& context, CommandId command) {
  for (const Change& change : context.changes.all()) {
    if (is_nothing(change)) continue;
    event::append(context.tx, event_of(context, change, command));
  }
}

}  // namespace tenon::command
