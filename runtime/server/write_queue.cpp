#include "runtime/server/write_queue.h"

#include <algorithm>

#include "engine/base/limits.h"

namespace tenon::server {
namespace {

constexpr std::size_t kWritesMax = 10'000;
constexpr std::chrono::milliseconds kPatienceMax{2};
constexpr int kPatiencePart = 4;  // Of what the last group took.

}  // namespace

bool WriteQueue::push(std::shared_ptr<api::Write> write) {
  const std::lock_guard lock(mutex_);
  if (is_ending_ || writes_.size() >= kWritesMax) return false;
  writes_.push_back(std::move(write));
  if (writes_.size() == wanted_) filled_.notify_one();
  return true;
}

WriteQueue::Group WriteQueue::take() {
  std::unique_lock lock(mutex_);
  wanted_ = 1;
  filled_.wait(lock, [this] { return is_ending_ || !writes_.empty(); });
  wait_for_company(lock);
  taken_ = std::min<std::size_t>(writes_.size(), limits::kGroupCommandsMax);
  const auto end = writes_.begin() + static_cast<std::ptrdiff_t>(taken_);
  Group group(std::make_move_iterator(writes_.begin()), std::make_move_iterator(end));
  writes_.erase(writes_.begin(), end);
  taken_at_ = Time::now();
  return group;
}

void WriteQueue::wait_for_company(std::unique_lock<std::mutex>& lock) {
  if (writes_.size() >= expected_) return;
  wanted_ = expected_;
  filled_.wait_for(lock, patience_, [this] { return is_ending_ || writes_.size() >= expected_; });
}

void WriteQueue::note_durable() {
  const std::lock_guard lock(mutex_);
  expected_ = std::min<std::size_t>(taken_ + writes_.size(), limits::kGroupCommandsMax);
  patience_ = std::min<Time::duration>((Time::now() - taken_at_) / kPatiencePart, kPatienceMax);
}

void WriteQueue::end() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  filled_.notify_all();
}

std::size_t WriteQueue::size() const {
  const std::lock_guard lock(mutex_);
  return writes_.size();
}

}  // namespace tenon::server
