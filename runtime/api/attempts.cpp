#include "runtime/api/attempts.h"

namespace tenon::api {
namespace {

constexpr int kFailuresMax = 10;
constexpr std::int64_t kWindowMs = 5 * 60 * 1000;
constexpr std::size_t kKeysMax = 100'000;  // Beyond, the oldest are not told apart any more.

}  // namespace

bool Attempts::is_closed(const std::string& key, std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  const auto count = counts_.find(key);
  if (count == counts_.end()) return false;
  if (now_ms - count->second.since_ms > kWindowMs) {
    counts_.erase(count);
    return false;
  }
  return count->second.failures >= kFailuresMax;
}

void Attempts::failed(const std::string& key, std::int64_t now_ms) {
  const std::lock_guard lock(mutex_);
  if (counts_.size() >= kKeysMax) {
    std::erase_if(counts_,
                  [&](const auto& entry) { return now_ms - entry.second.since_ms > kWindowMs; });
  }
  Count& count = counts_[key];
  if (count.failures == 0 || now_ms - count.since_ms > kWindowMs) count = {0, now_ms};
  ++count.failures;
}

void Attempts::succeeded(const std::string& key) {
  const std::lock_guard lock(mutex_);
  counts_.erase(key);
}

}  // namespace tenon::api
