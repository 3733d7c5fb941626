#include "engine/run/copy.h"

#include "engine/run/bell.h"

namespace tenon::run {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE flow_copy (
    run INTEGER NOT NULL, user INTEGER NOT NULL, at_ms INTEGER NOT NULL, read_ms INTEGER,
    PRIMARY KEY (run, user)) STRICT, WITHOUT ROWID;
  CREATE INDEX flow_copy_user ON flow_copy (user, at_ms, run);
)sql";
constexpr std::string_view kAdd = R"sql(
  INSERT INTO flow_copy (run, user, at_ms) VALUES (:run, :user, :at_ms)
  ON CONFLICT (run, user) DO UPDATE SET at_ms = excluded.at_ms, read_ms = NULL
)sql";
constexpr std::string_view kOfRun =
    "SELECT user, at_ms, read_ms FROM flow_copy WHERE run = :run ORDER BY at_ms, user";
constexpr std::string_view kHas = "SELECT 1 FROM flow_copy WHERE run = :run AND user = :user";
constexpr std::string_view kUnread = R"sql(
  SELECT 1 FROM flow_copy WHERE run = :run AND user = :user AND read_ms IS NULL
)sql";
constexpr std::string_view kRead = R"sql(
  UPDATE flow_copy SET read_ms = :at_ms WHERE run = :run AND user = :user AND read_ms IS NULL
)sql";

}  // namespace

storage::Migrations copy_migrations() { return {{"run_0011_copy", kCreate}}; }

void add_copy(storage::Transaction& tx, flow::RunId run, flow::UserId user, std::int64_t at_ms) {
  auto statement = tx.statement(kAdd);
  statement.bind(":run", run.value).bind(":user", user.value).bind(":at_ms", at_ms);
  statement.run();
  ring(tx, user);
}

bool has_copy(storage::Transaction& tx, flow::RunId run, flow::UserId user) {
  auto statement = tx.statement(kHas);
  statement.bind(":run", run.value).bind(":user", user.value);
  return statement.step().has_value();
}

bool is_unread(storage::Transaction& tx, flow::RunId run, flow::UserId user) {
  auto statement = tx.statement(kUnread);
  statement.bind(":run", run.value).bind(":user", user.value);
  return statement.step().has_value();
}

std::vector<Copy> copies_of(storage::Transaction& tx, flow::RunId run) {
  auto statement = tx.statement(kOfRun);
  statement.bind(":run", run.value);
  return statement.all([](const storage::Row& row) {
    return Copy{{row.integer(0)}, row.integer(1), row.integer(2)};
  });
}

void mark_read(storage::Transaction& tx, flow::RunId run, flow::UserId user, std::int64_t at_ms) {
  auto statement = tx.statement(kRead);
  statement.bind(":run", run.value).bind(":user", user.value).bind(":at_ms", at_ms);
  statement.run();
}

}  // namespace tenon::run
