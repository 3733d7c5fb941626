// The ways out of a flow's nodes: which there are, and which a step took. Pure.
//
// A way is a port ("next", a branch, "else"), or what people and time make of a node. Who counts
// them sees what stories and simulations never came to.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/flow/program.h"

namespace tenon::flow {

namespace way {
inline constexpr std::string_view kSkipped = "skipped";    // Its `when` did not hold.
inline constexpr std::string_view kRejected = "rejected";  // The node was, not only a seat.
inline constexpr std::string_view kReturned = "returned";
inline constexpr std::string_view kDue = "due";
inline constexpr std::string_view kEnd = "end";
}  // namespace way

struct Taken {
  int node = 0;
  std::string way;
  friend auto operator<=>(const Taken&, const Taken&) = default;
};

// By node, but for the initiator's own.
std::vector<Taken> ways_of(const Program& program);

// How often each way was taken. Thread-safe.
class WayCounts {
 public:
  explicit WayCounts(const Program& program) : ways_(ways_of(program)), counts_(ways_.size()) {}

  void add(const std::vector<Taken>& taken);
  const std::vector<Taken>& ways() const { return ways_; }
  std::uint64_t count(std::size_t way) const { return counts_[way].load(); }

 private:
  std::vector<Taken> ways_;
  std::vector<std::atomic<std::uint64_t>> counts_;  // By place in ways_.
};

}  // namespace tenon::flow
