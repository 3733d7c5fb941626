#include "runtime/server/watchdog.h"

#include "runtime/server/processor_time.h"

namespace tenon::server {
namespace {

constexpr std::chrono::milliseconds kTick{5};
// What the sanitizers cost is not the command's fault.
#ifdef __SANITIZE_ADDRESS__
constexpr int kSlowness = 5;
#else
constexpr int kSlowness = 1;
#endif

}  // namespace

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  begun_.notify_one();
  thread_.join();
}

void Watchdog::begin(const command::Changes& changes, std::atomic<bool>& cancelled) {
  bool was_asleep = false;
  {
    const std::lock_guard lock(mutex_);
    worker_ = ::pthread_self();
    changes_ = &changes;
    cancelled_ = &cancelled;
    ++number_;
    was_asleep = std::exchange(is_asleep_, false);
  }
  if (was_asleep) begun_.notify_one();
}

void Watchdog::end() {
  const std::lock_guard lock(mutex_);
  changes_ = nullptr;
  cancelled_ = nullptr;
}

void Watchdog::run() {
  std::unique_lock lock(mutex_);
  while (!is_ending_) {
    if (changes_ == nullptr) {
      is_asleep_ = true;
      begun_.wait(lock, [this] { return is_ending_ || !is_asleep_; });
    }
    begun_.wait_for(lock, kTick, [this] { return is_ending_; });
    if (changes_ != nullptr) look();
  }
}

void Watchdog::look() {
  const auto used = processor_time(worker_);
  if (number_ != seen_) {
    seen_ = number_;
    seen_used_ = used;
  } else if (used - seen_used_ > allowance(*changes_) * kSlowness) {
    *cancelled_ = true;
  }
}

}  // namespace tenon::server
