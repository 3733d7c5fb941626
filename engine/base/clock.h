// Time and ids come in from outside: nothing in the engine asks the machine for them.
//
// Two clocks (design: decisions). The business clock, this one, stamps records, formulas and
// timers and may be virtual. The process clock (sessions, deadlines) is the runtime's own.
#pragma once

#include <atomic>
#include <cstdint>

namespace tenon {

// Milliseconds since 1970-01-01T00:00:00Z.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t now_ms() const = 0;
};

// A business clock that stands until it is told to go on. Thread-safe; never goes back.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(std::int64_t now_ms) : now_ms_(now_ms) {}
  std::int64_t now_ms() const override { return now_ms_.load(); }
  // Where that is later than now.
  void advance_to(std::int64_t ms);

 private:
  std::atomic<std::int64_t> now_ms_;
};

// Mints record, event and command ids, rising also when the clock goes back. Thread-safe.
// Layout: id.h. 4,096 ids per millisecond and node; beyond, the next millisecond is borrowed.
class IdSource {
 public:
  // `highest` is the highest id ever issued in this database, 0 in a new one.
  IdSource(const Clock& clock, int node, std::int64_t highest);
  std::int64_t next();

 private:
  const Clock& clock_;
  std::int64_t node_;
  std::atomic<std::int64_t> last_;  // Milliseconds and sequence without the node's bits.
};

}  // namespace tenon
