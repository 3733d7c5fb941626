// A request that a client repeats has one effect: what it was answered is kept under its key.
//
// Owns the table idempotency. The answer is written in the command's own transaction, so that there
// is never the one without the other; a refusal has had no effect and is not kept. Keys are the
// user's own and are forgotten after a day. Time is the process clock's, handed in.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/command/context.h"
#include "engine/storage/migration.h"

namespace tenon::command {

inline constexpr std::int64_t kIdempotencyMs = 24LL * 3600 * 1000;

struct RepeatKey {
  std::string key;     // As the client chose it.
  std::string digest;  // Of the whole request: the same key on another request is refused.
  std::int64_t now_ms = 0;
};

struct Answer {
  int status = 200;
  std::string body;  // JSON, or "".
  std::string etag;
  std::string location;
};

storage::Migrations idempotency_migrations();

// Removes some of the keys that have had their day; answers how many.
int forget_keys(storage::Transaction& tx, std::int64_t now_ms, int count_max);

// The answer kept under the key, or else that of `run`, kept. Without a key: `run`.
Result<Answer> once(Context& context, const std::optional<RepeatKey>& key,
                    const std::function<Result<Answer>()>& run);

}  // namespace tenon::command
