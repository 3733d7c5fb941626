// Who is signed in: tokens and sessions in the hand of a browser or program → actors, in memory.
//
// A miss is looked up in the database once; a change of users, departments or roles, a new version
// and every sign-out empty the cache, so that rights end everywhere at once. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/application/application.h"
#include "engine/base/actor.h"

namespace tenon::auth {

struct SignedIn {
  Actor actor;
  std::string hash;       // Of the session or token.
  bool is_token = false;  // Of a program: no cookie, no Origin to check.
  std::int64_t expires_ms = 0;
};

inline constexpr std::int64_t kSessionMs = 14LL * 24 * 3600 * 1000;

class SignIns {
 public:
  // `now_ms` is the process clock's. Nothing where nobody is signed in so, or no longer.
  std::shared_ptr<const SignedIn> find(std::string_view hash, std::int64_t now_ms) const;
  // To be asked before the snapshot that load() reads is opened, and handed to it.
  std::int64_t generation() const;
  std::shared_ptr<const SignedIn> load(const application::Application& app,
                                       storage::Transaction& tx, const std::string& hash,
                                       bool is_token, std::int64_t now_ms, std::int64_t generation);
  void forget_all();

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const SignedIn>> known_;
  std::int64_t generation_ = 0;  // Raised by forget_all(): what was read before it is not kept.
};

}  // namespace tenon::auth
