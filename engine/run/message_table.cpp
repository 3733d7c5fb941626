#include "engine/run/message.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_message (
    id INTEGER PRIMARY KEY, event TEXT NOT NULL, correlation TEXT NOT NULL,
    until_ms INTEGER NOT NULL) STRICT;
  CREATE INDEX flow_message_event ON flow_message (event, correlation, id);
  CREATE INDEX flow_message_until ON flow_message (until_ms);
)sql";
constexpr std::string_view kKeep = R"sql(
  INSERT INTO flow_message (event, correlation, until_ms) VALUES (:event, :correlation, :until_ms)
)sql";
constexpr std::string_view kTake = R"sql(
  DELETE FROM flow_message WHERE id = (
    SELECT id FROM flow_message
    WHERE event = :event AND correlation = :correlation AND until_ms > :now ORDER BY id LIMIT 1)
)sql";
constexpr std::string_view kForget = R"sql(
  DELETE FROM flow_message WHERE id IN (
    SELECT id FROM flow_message WHERE until_ms <= :now ORDER BY until_ms LIMIT :count_max)
)sql";

}  // namespace

storage::Migrations message_migrations() { return {{"run_0010_message", kCreate}}; }

void keep_message(storage::Transaction& tx, std::string_view event, std::string_view correlation,
                  std::int64_t until_ms) {
  auto statement = tx.statement(kKeep);
  statement.bind(":event", event).bind(":correlation", correlation).bind(":until_ms", until_ms);
  statement.run();
}

bool take_message(storage::Transaction& tx, std::string_view event, std::string_view correlation,
                  std::int64_t now_ms) {
  auto statement = tx.statement(kTake);
  statement.bind(":event", event).bind(":correlation", correlation).bind(":now", now_ms);
  statement.run();
  return statement.changes() > 0;
}

int forget_messages(storage::Transaction& tx, std::int64_t now_ms, int count_max) {
  auto statement = tx.statement(kForget);
  statement.bind(":now", now_ms).bind(":count_max", std::int64_t{count_max});
  statement.run();
  return static_cast<int>(statement.changes());
}

}  // namespace tenon::run
