#include "runtime/server/processor_time.h"

#include <optional>

namespace tenon::server {
namespace {

using Time = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kShort{2};
// Whatever it waits for, the disk maybe: the others wait along.
constexpr std::chrono::milliseconds kShortWithWaiting{50};

struct ShortRead {
  Time::time_point begun;
  std::chrono::nanoseconds used;
};

}  // namespace

std::function<bool()> short_read_is_over() {
  return [read = std::optional<ShortRead>()]() mutable {
    const auto now = Time::now();
    if (!read) {
      read = ShortRead{now, processor_time(::pthread_self())};
      return false;
    }
    const auto passed = now - read->begun;
    if (passed < kShort) return false;
    return passed >= kShortWithWaiting || processor_time(::pthread_self()) - read->used >= kShort;
  };
}

std::function<bool()> has_worked_for(std::chrono::microseconds time) {
  return [time, begun = processor_time(::pthread_self())] {
    return processor_time(::pthread_self()) - begun >= time;
  };
}

}  // namespace tenon::server
