#include "runtime/auth/sign_ins.h"

#include "engine/credential/credential.h"
#include "engine/query/people.h"

namespace tenon::auth {
namespace {

struct Holder {
  RecordId user;
  std::int64_t expires_ms;
};

std::optional<Holder> holder_of(storage::Transaction& tx, const std::string& hash, bool is_token) {
  if (is_token) {
    const auto token = credential::find_token(tx, hash);
    if (!token) return std::nullopt;
    return Holder{token->user, token->expires_at_ms};
  }
  const auto session = credential::find_session(tx, hash);
  if (!session) return std::nullopt;
  return Holder{session->user, session->expires_at_ms};
}

}  // namespace

std::shared_ptr<const SignedIn> SignIns::find(std::string_view hash, std::int64_t now_ms) const {
  const std::lock_guard lock(mutex_);
  const auto known = known_.find(std::string(hash));
  if (known == known_.end() || known->second->expires_ms <= now_ms) return nullptr;
  return known->second;
}

std::int64_t SignIns::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

std::shared_ptr<const SignedIn> SignIns::load(const application::Application& app,
                                              storage::Transaction& tx, const std::string& hash,
                                              bool is_token, std::int64_t now_ms,
                                              std::int64_t generation) {
  const auto holder = holder_of(tx, hash, is_token);
  if (!holder || holder->expires_ms <= now_ms) return nullptr;
  auto actor = query::actor_of(app, tx, holder->user);
  if (!actor) return nullptr;
  actor->surface = is_token ? Surface::api : Surface::form;
  auto made = std::make_shared<const SignedIn>(
      SignedIn{std::move(*actor), hash, is_token, holder->expires_ms});
  const std::lock_guard lock(mutex_);
  if (generation == generation_) known_[hash] = made;
  return made;
}

void SignIns::forget_all() {
  const std::lock_guard lock(mutex_);
  known_.clear();
  ++generation_;
}

}  // namespace tenon::auth
