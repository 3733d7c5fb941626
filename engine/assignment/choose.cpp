#include "engine/assignment/choose.h"

#include <algorithm>
#include <array>

namespace tenon::assignment {
namespace {

constexpr std::array<std::string_view, 4> kStrategies{"round_robin", "least_loaded", "weighted",
                                                      "capacity"};
constexpr std::array<std::string_view, 4> kReasons{"inactive", "absent", "off_hours", "full"};
constexpr std::int64_t kRecentMax = 1'000;

std::optional<Reason> why_not(const Candidate& candidate) {
  if (!candidate.active) return Reason::inactive;
  if (candidate.absent) return Reason::absent;
  if (!candidate.on_duty) return Reason::off_hours;
  if (candidate.capacity && candidate.load >= *candidate.capacity) return Reason::full;
  return std::nullopt;
}

// a/b < c/d of whole numbers, the divisors above zero.
bool is_less(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
  return a * d < c * b;
}

// Whether `a` should be preferred to `b`, by the strategy alone.
bool is_better(Strategy strategy, const Candidate& a, const Candidate& b) {
  switch (strategy) {
    case Strategy::round_robin: return false;  // The tie decides.
    case Strategy::least_loaded: return a.load < b.load;
    case Strategy::weighted: return is_less(a.recent + 1, a.weight, b.recent + 1, b.weight);
    case Strategy::capacity:
      // Without a bound there is always the most room.
      if (!a.capacity || !b.capacity) return !a.capacity && b.capacity;
      return *a.capacity - a.load > *b.capacity - b.load;
  }
  return false;
}

}  // namespace

std::optional<Strategy> find_strategy(std::string_view name) {
  const auto found = std::find(kStrategies.begin(), kStrategies.end(), name);
  if (found == kStrategies.end()) return std::nullopt;
  return static_cast<Strategy>(found - kStrategies.begin());
}

std::string_view name_of(Strategy strategy) {
  return kStrategies[static_cast<std::size_t>(strategy)];
}

std::string_view name_of(Reason reason) { return kReasons[static_cast<std::size_t>(reason)]; }

Choice choose(Strategy strategy, std::span<const Candidate> candidates) {
  Choice choice;
  const Candidate* best = nullptr;
  for (const Candidate& candidate : candidates) {
    if (const auto reason = why_not(candidate)) {
      choice.skipped.push_back({candidate.user, *reason});
      continue;
    }
    const bool better = best == nullptr || is_better(strategy, candidate, *best) ||
                        (!is_better(strategy, *best, candidate) && candidate.last < best->last);
    if (better) best = &candidate;
  }
  if (best != nullptr) choice.chosen = best->user;
  return choice;
}

std::int64_t recent_max(std::span<const Candidate> candidates) {
  std::int64_t sum = 0;
  for (const Candidate& candidate : candidates) sum += candidate.weight;
  return std::clamp<std::int64_t>(sum - 1, 0, kRecentMax);
}

}  // namespace tenon::assignment
