// What proves who somebody is: passwords, sessions, API tokens.
//
// Owns the tables credential_password, credential_session and credential_token. Hashes come in
// ready-made (runtime/auth); nothing here can be used to sign in if it leaks. Whether something has
// expired is the caller's to judge: it has the process clock.
// Not here: what a person may do (engine/permission), and rate limits (runtime).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id.h"
#include "engine/storage/database.h"
#include "engine/storage/migration.h"

namespace tenon::credential {

struct Session {
  RecordId user;
  std::int64_t created_at_ms = 0;
  std::int64_t used_at_ms = 0;
  std::int64_t expires_at_ms = 0;
  std::string address;  // Where it was opened from, for the person's own list.
};

struct Token {
  std::int64_t id = 0;
  RecordId user;
  std::string name;
  std::string scopes;  // Names with blanks between; "": all that the user may.
  std::int64_t created_at_ms = 0;
  std::int64_t expires_at_ms = 0;
  std::int64_t used_at_ms = 0;  // 0: never.
};

storage::Migrations migrations();

std::optional<std::string> password_hash(storage::Transaction& tx, RecordId user);
void set_password(storage::Transaction& tx, RecordId user, std::string_view hash,
                  std::int64_t now_ms);

void add_session(storage::Transaction& tx, std::string_view hash, RecordId user,
                 std::int64_t now_ms, std::int64_t expires_at_ms, std::string_view address);
std::optional<Session> find_session(storage::Transaction& tx, std::string_view hash);
void note_session_use(storage::Transaction& tx, std::string_view hash, std::int64_t now_ms);
void end_session(storage::Transaction& tx, std::string_view hash);
// Everywhere: when a password changes or a user is suspended.
void end_all_sessions(storage::Transaction& tx, RecordId user);
// Rows of sessions and tokens that nobody can use any more; answers how many went.
std::int64_t purge_expired(storage::Transaction& tx, std::int64_t now_ms);

void add_token(storage::Transaction& tx, const Token& token, std::string_view hash);
std::optional<Token> find_token(storage::Transaction& tx, std::string_view hash);
void note_token_use(storage::Transaction& tx, std::int64_t id, std::int64_t now_ms);
// In order of birth.
std::vector<Token> tokens_of(storage::Transaction& tx, RecordId user);
// false where this user has no such token.
bool revoke_token(storage::Transaction& tx, RecordId user, std::int64_t id);

}  // namespace tenon::credential
