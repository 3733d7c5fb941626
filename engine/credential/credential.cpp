#include "engine/credential/credential.h"

namespace tenon::credential {
namespace {

constexpr std::string_view kCreate = R"sql(
  CREATE TABLE credential_password (
    user INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE credential_session (
    hash TEXT PRIMARY KEY,
    user INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    address TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX credential_session_of_user ON credential_session (user);
  CREATE TABLE credential_token (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    user INTEGER NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
  ) STRICT;
  CREATE INDEX credential_token_of_user ON credential_token (user, id);
)sql";

constexpr std::string_view kPassword = "SELECT hash FROM credential_password WHERE user = :user";
constexpr std::string_view kSetPassword = R"sql(
  INSERT INTO credential_password (user, hash, changed_at) VALUES (:user, :hash, :now)
  ON CONFLICT (user) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at
)sql";

constexpr std::string_view kAddSession = R"sql(
  INSERT INTO credential_session (hash, user, created_at, used_at, expires_at, address)
  VALUES (:hash, :user, :now, :now, :expires_at, :address)
)sql";
constexpr std::string_view kSession = R"sql(
  SELECT user, created_at, used_at, expires_at, address FROM credential_session
  WHERE hash = :hash
)sql";
constexpr std::string_view kUseSession =
    "UPDATE credential_session SET used_at = :now WHERE hash = :hash";
constexpr std::string_view kEndSession = "DELETE FROM credential_session WHERE hash = :hash";
constexpr std::string_view kEndSessions = "DELETE FROM credential_session WHERE user = :user";
constexpr std::string_view kPurgeSessions =
    "DELETE FROM credential_session WHERE expires_at <= :now";

constexpr std::string_view kAddToken = R"sql(
  INSERT INTO credential_token (id, hash, user, name, scopes, created_at, expires_at)
  VALUES (:id, :hash, :user, :name, :scopes, :created_at, :expires_at)
)sql";
constexpr std::string_view kToken = R"sql(
  SELECT id, user, name, scopes, created_at, expires_at, used_at FROM credential_token
  WHERE hash = :hash
)sql";
constexpr std::string_view kTokens = R"sql(
  SELECT id, user, name, scopes, created_at, expires_at, used_at FROM credential_token
  WHERE user = :user ORDER BY id
)sql";
constexpr std::string_view kUseToken = "UPDATE credential_token SET used_at = :now WHERE id = :id";
constexpr std::string_view kRevokeToken =
    "DELETE FROM credential_token WHERE id = :id AND user = :user";
constexpr std::string_view kPurgeTokens = "DELETE FROM credential_token WHERE expires_at <= :now";

Session session_of(const storage::Row& row) {
  return {.user = {row.integer(0)},
          .created_at_ms = row.integer(1),
          .used_at_ms = row.integer(2),
          .expires_at_ms = row.integer(3),
          .address = row.text(4)};
}

Token token_of(const storage::Row& row) {
  return {.id = row.integer(0),
          .user = {row.integer(1)},
          .name = row.text(2),
          .scopes = row.text(3),
          .created_at_ms = row.integer(4),
          .expires_at_ms = row.integer(5),
          .used_at_ms = row.integer(6)};
}

}  // namespace

storage::Migrations migrations() { return {{"credential_0001_credential", kCreate}}; }

std::optional<std::string> password_hash(storage::Transaction& tx, RecordId user) {
  return tx.statement(kPassword).bind(":user", user.value).maybe([](const storage::Row& row) {
    return row.text(0);
  });
}

void set_password(storage::Transaction& tx, RecordId user, std::string_view hash,
                  std::int64_t now_ms) {
  tx.statement(kSetPassword)
      .bind(":user", user.value)
      .bind(":hash", hash)
      .bind(":now", now_ms)
      .run();
}

void add_session(storage::Transaction& tx, std::string_view hash, RecordId user,
                 std::int64_t now_ms, std::int64_t expires_at_ms, std::string_view address) {
  tx.statement(kAddSession)
      .bind(":hash", hash)
      .bind(":user", user.value)
      .bind(":now", now_ms)
      .bind(":expires_at", expires_at_ms)
      .bind(":address", address)
      .run();
}

std::optional<Session> find_session(storage::Transaction& tx, std::string_view hash) {
  return tx.statement(kSession).bind(":hash", hash).maybe(session_of);
}

void note_session_use(storage::Transaction& tx, std::string_view hash, std::int64_t now_ms) {
  tx.statement(kUseSession).bind(":hash", hash).bind(":now", now_ms).run();
}

void end_session(storage::Transaction& tx, std::string_view hash) {
  tx.statement(kEndSession).bind(":hash", hash).run();
}

void end_all_sessions(storage::Transaction& tx, RecordId user) {
  tx.statement(kEndSessions).bind(":user", user.value).run();
}

std::int64_t purge_expired(storage::Transaction& tx, std::int64_t now_ms) {
  std::int64_t gone = 0;
  for (const std::string_view sql : {kPurgeSessions, kPurgeTokens}) {
    auto statement = tx.statement(sql);
    statement.bind(":now", now_ms).run();
    gone += statement.changes();
  }
  return gone;
}

void add_token(storage::Transaction& tx, const Token& token, std::string_view hash) {
  tx.statement(kAddToken)
      .bind(":id", token.id)
      .bind(":hash", hash)
      .bind(":user", token.user.value)
      .bind(":name", token.name)
      .bind(":scopes", token.scopes)
      .bind(":created_at", token.created_at_ms)
      .bind(":expires_at", token.expires_at_ms)
      .run();
}

std::optional<Token> find_token(storage::Transaction& tx, std::string_view hash) {
  return tx.statement(kToken).bind(":hash", hash).maybe(token_of);
}

void note_token_use(storage::Transaction& tx, std::int64_t id, std::int64_t now_ms) {
  tx.statement(kUseToken).bind(":id", id).bind(":now", now_ms).run();
}

std::vector<Token> tokens_of(storage::Transaction& tx, RecordId user) {
  return tx.statement(kTokens).bind(":user", user.value).all(token_of);
}

bool revoke_token(storage::Transaction& tx, RecordId user, std::int64_t id) {
  auto statement = tx.statement(kRevokeToken);
  statement.bind(":id", id).bind(":user", user.value).run();
  return statement.changes() > 0;
}

}  // namespace tenon::credential
