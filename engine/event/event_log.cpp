#include "engine/event/event_log.h"

#include <limits>

namespace tenon::event {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE event_log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    actor INTEGER,
    actor_kind TEXT NOT NULL,
    behalf_of INTEGER,
    surface TEXT NOT NULL,
    kind TEXT NOT NULL,
    object TEXT NOT NULL,
    record INTEGER NOT NULL,
    command INTEGER NOT NULL,
    cause INTEGER,
    depth INTEGER NOT NULL,
    application INTEGER NOT NULL,
    record_version INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_log_of_record ON event_log (object, record, seq);
  CREATE TABLE event_epoch (epoch INTEGER NOT NULL) STRICT;
  INSERT INTO event_epoch (epoch) VALUES (1);
)sql";

constexpr std::string_view kAppend = R"sql(
  INSERT INTO event_log (id, at_ms, actor, actor_kind, behalf_of, surface, kind, object, record,
                         command, cause, depth, application, record_version, body)
  VALUES (:id, :at_ms, :actor, :actor_kind, :behalf_of, :surface, :kind, :object, :record,
          :command, :cause, :depth, :application, :record_version, :body)
)sql";
// Asked for by itself: RETURNING has SQLite make a table for the one row.
constexpr std::string_view kSeq = "SELECT last_insert_rowid()";

constexpr std::string_view kAfter = R"sql(
  SELECT seq, id, at_ms, actor, behalf_of, surface, kind, object, record, command, cause, depth,
         application, record_version, body
  FROM event_log WHERE seq > :seq ORDER BY seq LIMIT :count_max
)sql";

constexpr std::string_view kOfRecord = R"sql(
  SELECT seq, id, at_ms, actor, behalf_of, surface, kind, object, record, command, cause, depth,
         application, record_version, body
  FROM event_log WHERE object = :object AND record = :record AND seq < :before
  ORDER BY seq DESC LIMIT :count_max
)sql";

constexpr std::string_view kIndexCommand =
    "CREATE INDEX event_log_of_command ON event_log (command)";
constexpr std::string_view kOfCommand = R"sql(
  SELECT seq, id, at_ms, actor, behalf_of, surface, kind, object, record, command, cause, depth,
         application, record_version, body
  FROM event_log WHERE command = :command ORDER BY seq
)sql";

// From the newest on, so that a long history costs nothing: versions rise with seq.
constexpr std::string_view kVersionsDown = R"sql(
  SELECT record_version, body FROM event_log WHERE object = :object AND record = :record
  ORDER BY seq DESC
)sql";

constexpr std::string_view kLast = "SELECT coalesce(max(seq), 0) FROM event_log";
constexpr std::string_view kLastId = "SELECT id FROM event_log ORDER BY seq DESC LIMIT 1";
constexpr std::string_view kEpoch = "SELECT epoch FROM event_epoch";
constexpr std::string_view kRaiseEpoch = "UPDATE event_epoch SET epoch = epoch + 1";

Column or_null(std::int64_t id) { return id == 0 ? Column{} : Column{id}; }

Event event_of(const storage::Row& row) {
  Event event;
  event.seq = row.integer(0);
  event.id = {row.integer(1)};
  event.at = {row.integer(2)};
  event.actor = {row.integer(3)};
  event.behalf_of = {row.integer(4)};
  event.surface = row.text(5);
  event.kind = row.text(6);
  event.object = row.text(7);
  event.record = {row.integer(8)};
  event.command = {row.integer(9)};
  event.cause = {row.integer(10)};
  event.depth = static_cast<int>(row.integer(11));
  event.application = row.integer(12);
  event.record_version = row.integer(13);
  event.body = row.text(14);
  return event;
}

}  // namespace

storage::Migrations migrations() {
  return {{"event_0001_log", kCreate}, {"event_0002_command", kIndexCommand}};
}

std::int64_t append(storage::Transaction& tx, const Event& event) {
  tx.statement(kAppend)
      .bind(":id", event.id.value)
      .bind(":at_ms", event.at.ms)
      .bind(":actor", or_null(event.actor.value))
      .bind(":actor_kind", std::string_view(event.actor.value == 0 ? "system" : "user"))
      .bind(":behalf_of", or_null(event.behalf_of.value))
      .bind(":surface", event.surface)
      .bind(":kind", event.kind)
      .bind(":object", event.object)
      .bind(":record", event.record.value)
      .bind(":command", event.command.value)
      .bind(":cause", or_null(event.cause.value))
      .bind(":depth", std::int64_t{event.depth})
      .bind(":application", event.application)
      .bind(":record_version", event.record_version)
      .bind(":body", event.body)
      .run();
  return tx.statement(kSeq).one([](const storage::Row& row) { return row.integer(0); });
}

std::vector<Event> read_after(storage::Transaction& tx, std::int64_t seq, int count_max) {
  return tx.statement(kAfter)
      .bind(":seq", seq)
      .bind(":count_max", std::int64_t{count_max})
      .all(event_of);
}

std::int64_t last(storage::Transaction& tx) {
  return tx.statement(kLast).one([](const storage::Row& row) { return row.integer(0); });
}

std::int64_t last_id(storage::Transaction& tx) {
  return tx.statement(kLastId)
      .maybe([](const storage::Row& row) { return row.integer(0); })
      .value_or(0);
}

Result<std::vector<Event>> read_after(storage::Transaction& tx, Cursor cursor, int count_max) {
  if (cursor.epoch == epoch(tx) && cursor.seq <= last(tx)) {
    return read_after(tx, cursor.seq, count_max);
  }
  return Error::of(ErrorCode::conflict, "cursor", "cursor_restarted",
                   "the data was restored from a backup since; start over");
}

Cursor newest(storage::Transaction& tx) { return {.epoch = epoch(tx), .seq = last(tx)}; }

void raise_epoch(storage::Transaction& tx) { tx.statement(kRaiseEpoch).run(); }

std::int64_t epoch(storage::Transaction& tx) {
  return tx.statement(kEpoch).one([](const storage::Row& row) { return row.integer(0); });
}

std::vector<Event> of_record(storage::Transaction& tx, std::string_view object, RecordId record,
                             std::int64_t before_seq, int count_max) {
  const auto before = before_seq == 0 ? std::numeric_limits<std::int64_t>::max() : before_seq;
  return tx.statement(kOfRecord)
      .bind(":object", object)
      .bind(":record", record.value)
      .bind(":before", before)
      .bind(":count_max", std::int64_t{count_max})
      .all(event_of);
}

std::vector<Event> of_command(storage::Transaction& tx, CommandId command) {
  return tx.statement(kOfCommand).bind(":command", command.value).all(event_of);
}

std::vector<std::string> bodies_since(storage::Transaction& tx, std::string_view object,
                                      RecordId record, std::int64_t version) {
  auto statement = tx.statement(kVersionsDown);
  statement.bind(":object", object).bind(":record", record.value);
  std::vector<std::string> bodies;
  while (const auto row = statement.step()) {
    if (row->integer(0) <= version) break;
    bodies.push_back(row->text(1));
  }
  return {bodies.rbegin(), bodies.rend()};
}

}  // namespace tenon::event
