// Looks after the writer's time: a command that takes more of it than it may is told to stop.
//
// A command has kCommand and kEach for each record or line that it writes or reads along. Counted
// is what the thread used of the processor, from the first time the watchdog came by: a command
// that waits for its turn on a busy machine loses nothing. Whoever works looks at `cancelled`
// (storage: between and within statements; formulas), so nothing is cut off in its middle.
#pragma once

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "engine/command/context.h"

namespace tenon::server {

class Watchdog {
 public:
  static constexpr std::chrono::microseconds kCommand{20'000};
  static constexpr std::chrono::microseconds kEach{300};

  Watchdog() : thread_([this] { run(); }) {}
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // What the calling thread does between the two. `cancelled` turns true when it is too much.
  void begin(const command::Changes& changes, std::atomic<bool>& cancelled);
  void end();

  static std::chrono::microseconds allowance(const command::Changes& changes) {
    return kCommand + changes.touched() * kEach;
  }

 private:
  void run();
  void look();

  std::mutex mutex_;
  std::condition_variable begun_;
  bool is_ending_ = false;
  bool is_asleep_ = false;
  pthread_t worker_{};
  const command::Changes* changes_ = nullptr;  // Of the command under way; null: none.
  std::atomic<bool>* cancelled_ = nullptr;
  std::uint64_t number_ = 0;              // Of that command.
  std::uint64_t seen_ = 0;                // Its number, when it was looked at last,
  std::chrono::nanoseconds seen_used_{};  // and what the thread had used when it was first.
  std::thread thread_;                    // Last: it uses all of these.
};

// While one lives, the watchdog looks after what this thread does.
class Watched {
 public:
  Watched(Watchdog& watchdog, const command::Changes& changes, std::atomic<bool>& cancelled)
      : watchdog_(watchdog) {
    watchdog_.begin(changes, cancelled);
  }
  ~Watched() { watchdog_.end(); }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

 private:
  Watchdog& watchdog_;
};

}  // namespace tenon::server
