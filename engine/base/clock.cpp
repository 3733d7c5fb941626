#include "engine/base/clock.h"

namespace tenon {
namespace {

constexpr std::int64_t kEpochMs = 1'767'225'600'000;  // 2026-01-01T00:00:00Z
constexpr int kSequenceBits = 12;
constexpr int kNodeBits = 10;
constexpr std::int64_t kSequenceMask = (std::int64_t{1} << kSequenceBits) - 1;

}  // namespace

void VirtualClock::advance_to(std::int64_t ms) {
  std::int64_t now = now_ms_.load();
  while (now < ms && !now_ms_.compare_exchange_weak(now, ms)) {
  }
}

IdSource::IdSource(const Clock& clock, int node, std::int64_t highest)
    : clock_(clock),
      node_(node),
      last_(((highest >> (kNodeBits + kSequenceBits)) << kSequenceBits) |
            (highest & kSequenceMask)) {}

std::int64_t IdSource::next() {
  const std::int64_t now = (clock_.now_ms() - kEpochMs) << kSequenceBits;
  std::int64_t last = last_.load(std::memory_order_relaxed);
  std::int64_t mine = 0;
  do {
    mine = last + 1 > now ? last + 1 : now;
  } while (!last_.compare_exchange_weak(last, mine, std::memory_order_relaxed));
  const std::int64_t milliseconds = mine >> kSequenceBits;
  return (milliseconds << (kNodeBits + kSequenceBits)) | (node_ << kSequenceBits) |
         (mine & kSequenceMask);
}

}  // namespace tenon
