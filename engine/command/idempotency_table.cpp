#include "engine/command/idempotency.h"

namespace tenon::command {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE idempotency (
    user INTEGER NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    etag TEXT NOT NULL,
    location TEXT NOT NULL,
    PRIMARY KEY (user, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX idempotency_at ON idempotency (at);
)sql";

constexpr std::string_view kFind = R"sql(
  SELECT digest, status, body, etag, location FROM idempotency
  WHERE user = :user AND key = :key AND at > :oldest
)sql";
constexpr std::string_view kKeep = R"sql(
  INSERT INTO idempotency (user, key, digest, at, status, body, etag, location)
  VALUES (:user, :key, :digest, :at, :status, :body, :etag, :location)
  ON CONFLICT (user, key) DO UPDATE SET digest = excluded.digest, at = excluded.at,
    status = excluded.status, body = excluded.body, etag = excluded.etag,
    location = excluded.location
)sql";
// A few at a time, so that a busy day does not fall on one command of the next.
constexpr std::string_view kForget = R"sql(
  DELETE FROM idempotency WHERE (user, key) IN (
    SELECT user, key FROM idempotency WHERE at <= :oldest ORDER BY at LIMIT :count_max)
)sql";

constexpr int kForgottenByEach = 16;

struct Kept {
  std::string digest;
  Answer answer;
};

std::optional<Kept> find(Context& context, const RepeatKey& key) {
  auto statement = context.tx.statement(kFind);
  statement.bind(":user", context.actor.user.value).bind(":key", key.key);
  statement.bind(":oldest", key.now_ms - kIdempotencyMs);
  return statement.maybe([](const storage::Row& row) {
    return Kept{row.text(0),
                {static_cast<int>(row.integer(1)), row.text(2), row.text(3), row.text(4)}};
  });
}

void keep(Context& context, const RepeatKey& key, const Answer& answer) {
  forget_keys(context.tx, key.now_ms, kForgottenByEach);
  context.tx.statement(kKeep)
      .bind(":user", context.actor.user.value)
      .bind(":key", key.key)
      .bind(":digest", key.digest)
      .bind(":at", key.now_ms)
      .bind(":status", std::int64_t{answer.status})
      .bind(":body", answer.body)
      .bind(":etag", answer.etag)
      .bind(":location", answer.location)
      .run();
}

}  // namespace

int forget_keys(storage::Transaction& tx, std::int64_t now_ms, int count_max) {
  auto statement = tx.statement(kForget);
  statement.bind(":oldest", now_ms - kIdempotencyMs).bind(":count_max", std::int64_t{count_max});
  statement.run();
  return static_cast<int>(statement.changes());
}

storage::Migrations idempotency_migrations() { return {{"command_0001_idempotency", kCreate}}; }

Result<Answer> once(Context& context, const std::optional<RepeatKey>& key,
                    const std::function<Result<Answer>()>& run) {
  if (!key) return run();
  if (auto kept = find(context, *key)) {
    if (kept->digest == key->digest) return std::move(kept->answer);
    return Error::invalid("Idempotency-Key", "idempotency_key",
                          "this key was given to another request");
  }
  TENON_TRY(auto answer, run());
  keep(context, *key, answer);
  return answer;
}

}  // namespace tenon::command
