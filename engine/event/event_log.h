// The event log: one row per record touched and command, append-only.
//
// Owns the tables event_log and event_epoch. Push, history, flows, webhooks and search are readers
// of it. Rows are never changed, but that erasing personal data redacts bodies. `seq` is the order
// of commits and has no gaps to wait for: there is one writer.
// Who may see which event is decided in engine/query; the body is built by engine/command.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id.h"
#include "engine/event/cursor.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"
#include "engine/value/date.h"

namespace tenon::event {

struct Event {
  std::int64_t seq = 0;  // Given by append().
  EventId id;
  DateTime at;
  RecordId actor;       // 0: the system.
  RecordId behalf_of;   // Whom a flow or token acts for; 0: nobody else.
  std::string surface;  // name_of(Surface)
  std::string kind;     // "create", "update", "delete", "publish" …
  std::string object;   // Its id; "" where it is about no record.
  RecordId record;
  CommandId command;             // The same for all events of one command.
  EventId cause;                 // Of the event that made a flow act; 0: a person did.
  int depth = 0;                 // How many causes lie behind it.
  std::int64_t application = 0;  // The version of the published bundle.
  std::int64_t record_version = 0;
  std::string body = "{}";  // JSON: {field id: [old, new]}.
};

storage::Migrations migrations();

// Answers the event's seq: final only once the group is committed.
std::int64_t append(storage::Transaction& tx, const Event& event);

// Events behind this seq, in order, at most `count_max`.
std::vector<Event> read_after(storage::Transaction& tx, std::int64_t seq, int count_max);
// The seq of the newest event, 0 in an empty log.
std::int64_t last(storage::Transaction& tx);
// Its id, 0 in an empty log: ids rise, and events are never removed.
std::int64_t last_id(storage::Transaction& tx);

// The same for clients. Refused (`conflict`, rule "cursor_restarted") where the cursor is of
// another epoch or lies behind the end: the client starts over from newest().
Result<std::vector<Event>> read_after(storage::Transaction& tx, Cursor cursor, int count_max);
Cursor newest(storage::Transaction& tx);
// After a restore, before anything else is served.
void raise_epoch(storage::Transaction& tx);
std::int64_t epoch(storage::Transaction& tx);

// Events of a record with a smaller seq (0: all), the newest first.
std::vector<Event> of_record(storage::Transaction& tx, std::string_view object, RecordId record,
                             std::int64_t before_seq, int count_max);
// Of one command, in order.
std::vector<Event> of_command(storage::Transaction& tx, CommandId command);
// Bodies of the events that took a record beyond this version, oldest first.
std::vector<std::string> bodies_since(storage::Transaction& tx, std::string_view object,
                                      RecordId record, std::int64_t version);

}  // namespace tenon::event
