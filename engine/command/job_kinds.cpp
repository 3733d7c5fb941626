#include "engine/command/job_kinds.h"

#include <algorithm>

#include "engine/command/fill.h"
#include "engine/command/flow_jobs.h"
#include "engine/command/key_fill.h"
#include "engine/command/migrate_runs.h"
#include "engine/command/purge.h"
#include "engine/command/reassign_runs.h"
#include "engine/command/return_due.h"

namespace tenon::command {
namespace {

constexpr JobKind kJobKinds[] = {
    {"fill_fields", job::Lane::bulk, fill_fields, false},
    {"fill_keys", job::Lane::bulk, fill_some_keys, false},
    {"flow_continue", job::Lane::interactive, flow_continue, false},
    {"flow_timer", job::Lane::timers, flow_timer, false},
    {"forget_keys", job::Lane::maintenance, forget_keys, true},
    {"forget_messages", job::Lane::maintenance, forget_messages, true},
    {"migrate_runs", job::Lane::bulk, migrate_some, false},
    {"purge_files", job::Lane::maintenance, purge_files, true},
    {"purge_jobs", job::Lane::maintenance, purge_jobs, true},
    {"purge_records", job::Lane::maintenance, purge_records, true},
    {"reassign_runs", job::Lane::bulk, reassign_some, false},
    {"reckon_tenures", job::Lane::timers, reckon_tenures, false},
    {"return_due", job::Lane::timers, return_due, false},
    {"return_one", job::Lane::timers, return_one, false},
};

constexpr std::int32_t kNightSeconds = 3 * 3600;

}  // namespace

std::span<const JobKind> job_kinds() { return kJobKinds; }

const JobKind* find_job_kind(std::string_view name) {
  const auto kinds = job_kinds();
  const auto found =
      std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.name == name; });
  return found == kinds.end() ? nullptr : &*found;
}

std::int64_t next_night_ms(const Context& context) {
  const calendar::Zone& zone = context.app.zone();
  const calendar::Local now = zone.local(context.clock.now_ms());
  return zone.moment({now.days + (now.seconds < kNightSeconds ? 0 : 1), kNightSeconds});
}

}  // namespace tenon::command
