#include "engine/assignment/claim.h"

#include <algorithm>
#include <array>

namespace tenon::assignment {
namespace {

constexpr std::array<std::string_view, 6> kObstacles{"not_a_member", "inactive", "condition",
                                                     "daily_limit",  "capacity", "cool_down"};

}  // namespace

std::string_view name_of(Obstacle obstacle) {
  return kObstacles[static_cast<std::size_t>(obstacle)];
}

std::vector<Hindrance> judge_claim(const Claim& claim) {
  std::vector<Hindrance> hindrances;
  if (!claim.is_member) hindrances.push_back({Obstacle::not_a_member, 0, 0, std::nullopt});
  if (!claim.is_active) hindrances.push_back({Obstacle::inactive, 0, 0, std::nullopt});
  if (!claim.applies) hindrances.push_back({Obstacle::condition, 0, 0, std::nullopt});
  if (claim.daily_limit && claim.today >= *claim.daily_limit) {
    // A limit of none at all does not end with the day.
    const auto until = *claim.daily_limit > 0 ? std::optional(claim.day_ends) : std::nullopt;
    hindrances.push_back({Obstacle::daily_limit, *claim.daily_limit, claim.today, until});
  }
  if (claim.capacity && claim.open >= *claim.capacity) {
    hindrances.push_back({Obstacle::capacity, *claim.capacity, claim.open, std::nullopt});
  }
  if (claim.cool_down_until && claim.now < *claim.cool_down_until) {
    hindrances.push_back({Obstacle::cool_down, 0, 0, claim.cool_down_until});
  }
  return hindrances;
}

std::optional<DateTime> possible_at(const std::vector<Hindrance>& hindrances) {
  std::optional<DateTime> latest;
  for (const Hindrance& one : hindrances) {
    if (!one.until) return std::nullopt;
    latest = latest ? std::max(*latest, *one.until) : *one.until;
  }
  return latest;
}

}  // namespace tenon::assignment
