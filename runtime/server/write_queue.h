// Writes on their way to the writer, and how they are put together into groups that share an fsync.
//
// A group is closed when everybody who is expected is there: those who waited while the last one
// was made durable, and those it answered, who mostly come back at once. They are waited for only a
// small part of what an fsync takes; a single client never waits. Thread-safe, one taker.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "runtime/api/engine.h"

namespace tenon::server {

class WriteQueue {
 public:
  using Group = std::vector<std::shared_ptr<api::Write>>;

  bool push(std::shared_ptr<api::Write> write);  // false where it is full, or ending.
  // Waits for something to write. Empty at the end, when everything was taken.
  Group take();
  // By the taker, when the group is durable and before it is answered.
  void note_durable();
  void end();
  std::size_t size() const;

 private:
  using Time = std::chrono::steady_clock;

  void wait_for_company(std::unique_lock<std::mutex>& lock);

  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<std::shared_ptr<api::Write>> writes_;
  std::size_t wanted_ = 1;    // As many wake the taker.
  std::size_t taken_ = 0;     // In the group under way.
  std::size_t expected_ = 1;  // In the next one.
  Time::time_point taken_at_;
  Time::duration patience_{};
  bool is_ending_ = false;
};

}  // namespace tenon::server
