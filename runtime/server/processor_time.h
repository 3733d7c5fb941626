// What a thread has used of the processor: unlike the time of day, it stands still while the thread
// waits for its turn.
#pragma once

#include <pthread.h>
#include <time.h>

#include <chrono>
#include <functional>

namespace tenon::server {

inline std::chrono::nanoseconds processor_time(pthread_t thread) {
  clockid_t clock{};
  timespec used{};
  if (::pthread_getcpuclockid(thread, &clock) != 0 || ::clock_gettime(clock, &used) != 0) {
    return {};
  }
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

// Answers true when the calling thread has worked for longer than a short read may, counted from
// the first time it is asked.
std::function<bool()> short_read_is_over();

// Answers true when the calling thread has worked for this long since now.
std::function<bool()> has_worked_for(std::chrono::microseconds time);

}  // namespace tenon::server
