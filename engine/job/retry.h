// When a job that failed is tried again: ever later, with some jitter, until it is an incident.
//
// Work in the database fails for a reason that stays, so it is tried a few times within minutes.
// An outside effect may fail because the other side is down for days: it is tried for three of
// them. Pure; the jitter is taken from the job's id, so that it is the same in every replay.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tenon::job {

// In the order in which they are served.
enum class Lane { interactive, timers, effects, bulk, maintenance };
std::string_view name_of(Lane lane);

inline constexpr int kAttemptsMax = 5;                              // In the database.
inline constexpr std::int64_t kEffectRetryMs = 72LL * 3600 * 1000;  // Outside: as long as this.
inline constexpr std::int64_t kRetryDelayMaxMs = 3600LL * 1000;

// How long to wait after the `attempt`th try (from 1) of what has been due since `age_ms`; nothing
// where it is not tried again.
std::optional<std::int64_t> retry_delay_ms(Lane lane, int attempt, std::int64_t age_ms,
                                           std::int64_t id);

}  // namespace tenon::job
