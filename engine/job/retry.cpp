#include "engine/job/retry.h"

#include <algorithm>

namespace tenon::job {
namespace {

constexpr std::int64_t kFirstDelayMs = 1'000;
constexpr int kDoublingsMax = 20;

// Between three quarters and all of the delay, so that what failed together does not come back so.
std::int64_t jittered(std::int64_t delay_ms, std::int64_t id, int attempt) {
  const std::uint64_t mixed =
      (static_cast<std::uint64_t>(id) + static_cast<std::uint64_t>(attempt)) *
      0x9E37'79B9'7F4A'7C15u;
  const auto part = static_cast<std::int64_t>(mixed >> 54);  // Below 1,024.
  return delay_ms - delay_ms / 4 * part / 1024;
}

}  // namespace

std::string_view name_of(Lane lane) {
  switch (lane) {
    case Lane::interactive: return "interactive";
    case Lane::timers: return "timers";
    case Lane::effects: return "effects";
    case Lane::bulk: return "bulk";
    case Lane::maintenance: return "maintenance";
  }
  return "maintenance";
}

std::optional<std::int64_t> retry_delay_ms(Lane lane, int attempt, std::int64_t age_ms,
                                           std::int64_t id) {
  if (lane == Lane::effects ? age_ms >= kEffectRetryMs : attempt >= kAttemptsMax) {
    return std::nullopt;
  }
  const int doublings = std::clamp(attempt - 1, 0, kDoublingsMax);
  const std::int64_t delay = std::min(kFirstDelayMs << doublings, kRetryDelayMaxMs);
  return jittered(delay, id, attempt);
}

}  // namespace tenon::job
